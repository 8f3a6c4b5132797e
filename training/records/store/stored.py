"""Checked records -> `built/training/<name>/<table>.parquet` with their sidecars, and all of them read back.

One folder an import. Nothing in them names a person: hashes stand for participants and certificates. The
sidecars say of which files they were made (for `workbench purge`) and under which key the hashes were taken.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.built import is_whole, sha256, write_tables
from analysis.errors import BadRows, MissingFile, PacksFolderProblem, UnreadableFile, shown
from analysis.findings import stop_on
from analysis.intake.persons.masks import looks_personal
from analysis.intake.persons.participant_keys import key_name
from analysis.places import fold
from training.records.checking import CheckedRecords
from training.records.records import COLUMNS, Records, arrange_table, join_records

FINDINGS = "findings"
#: The table whose sidecar is looked at for what an import holds.
_CLASSES = "classes"


def records_folder() -> Path:
    """Where imports lie."""
    return paths.built_folder() / "training"


def import_names() -> list[str]:
    """The imports that are there, in order."""
    folder = records_folder()
    inner = folder.iterdir() if folder.is_dir() else ()
    return sorted(path.name for path in inner if (path / f"{_CLASSES}.parquet").is_file())


def import_name(sources: Sequence[str]) -> str:
    """A name for an import, from its files: small letters, figures and hyphens, nothing that names a person.

    Examples
    --------
    >>> import_name(["Lớp K01 (PAPI).xlsx"]), import_name(["a.xlsx", "b.xlsx"])
    ('lop-k01-papi', 'a-b')
    """
    stems = [Path(source).stem for source in sources]
    kept = [stem for stem in stems if not looks_personal(stem.replace("_", " ").replace("-", " "))]
    name = re.sub(r"[^a-z0-9]+", "-", fold(" ".join(kept[:2]))).strip("-")[:60]
    return name or "records"


def store_records(
    checked: CheckedRecords, name: str, key: bytes, files: Iterable[Path] = (), *, replace: bool = False
) -> Path:
    """Write an import, whole or not at all.

    Parameters
    ----------
    checked : CheckedRecords
    name : str
        The import's folder: small letters, figures and hyphens.
    key : bytes
        The one that `checked` was made with.
    files : iterable of Path
        What it was made of; those in `raw/` are written down, so that a purge takes the records with them.
    replace : bool
        Whether an import of that name may be replaced.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    WorkbenchError
        A finding stops; nothing is written then.
    BadRows
        The name is unusable or taken, or a class is in another import already.
    PacksFolderProblem
        The folder cannot be written; what stood there is left as it was.
    """
    stop_on(checked.findings)
    folder = records_folder() / name
    _check_name(name, folder, replace)
    _check_classes(checked.records, name)
    files = list(files)
    inputs = {
        "import": name,
        "key": key_name(key),
        "raw": [raw for raw in map(in_raw, files) if raw],
        "sources": [sha256(file) for file in files],
        "simulated": checked.simulated,
    }
    findings = checked.findings.assign(row=checked.findings["row"].astype("Int64"))
    tables = {folder / f"{table}.parquet": rows for table, rows in checked.records.tables().items()}
    write_tables({**tables, folder / f"{FINDINGS}.parquet": _as_text(findings)}, inputs, {})
    return folder


def _as_text(findings: pd.DataFrame) -> pd.DataFrame:
    texts = [column for column in findings.columns if column != "row"]
    return findings.assign(**{column: findings[column].astype("str") for column in texts})


def _check_name(name: str, folder: Path, replace: bool) -> None:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,79}", name):
        raise BadRows(
            f'An import cannot be called "{name}".',
            vi=f'Không dùng được tên "{name}". Hãy dùng chữ thường không dấu, chữ số và dấu gạch nối.',
            expected="small letters a-z, figures and hyphens",
            got=name,
        )
    if folder.exists() and not replace:
        raise BadRows(
            f"There are records called {name} already.",
            vi=f"Đã có hồ sơ tên {name}. Hãy thêm --replace để thay, hoặc đặt tên khác bằng --name.",
            where=paths.short(folder),
            expected="a new name, or --replace",
            got="records of that name",
            hint="Add --replace to put these in their place, or give another --name.",
        )


def _check_classes(records: Records, name: str) -> None:
    """One class in two imports would count twice."""
    own = set(records.classes["class_id"])
    for other in import_names():
        twice = sorted(own & set(_read_import(other).classes["class_id"])) if other != name else []
        if twice:
            raise BadRows(
                f"Classes are in the records called {other} already: {shown(twice)}.",
                vi=f"Các lớp đã có trong hồ sơ tên {other}: {shown(twice)}. Mỗi lớp chỉ nhập một lần; hãy "
                f"nhập lại dưới "
                f"tên đó (--name {other} --replace).",
                where=paths.short(records_folder() / other),
                expected="each class in one import",
                got=shown(twice),
                hint=f"Import its files together under that name: --name {other} --replace.",
            )


def in_raw(file: Path) -> str:
    """A file's path from the data folder where it lies in `raw/`, else ""."""
    folder = paths.data_folder()
    resolved = file.resolve()
    return resolved.relative_to(folder).as_posix() if resolved.is_relative_to(folder / "raw") else ""


def copy_to_raw(files: Iterable[Path]) -> list[Path]:
    """Copies of files in the data folder's `raw/`, for keeping the originals with the records.

    Raises
    ------
    PacksFolderProblem
        Another file of that name is there, or the folder cannot be written.
    """
    made = []
    for file in files:
        target = paths.data_folder() / "raw" / file.name
        if target.exists() and sha256(target) != sha256(file):
            raise PacksFolderProblem(
                f"Another file called {file.name} is in raw/ already.",
                vi=f"Trong raw/ đã có một tệp khác tên {file.name}. Hãy đổi tên tệp rồi chạy lại.",
                where="raw/",
                expected="a new name, or the same file",
                got="another file of that name",
            )
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                shutil.copyfile(file, target)
        except OSError as fault:
            raise PacksFolderProblem(
                f"{file.name} cannot be copied to raw/.",
                vi=f"Không chép được {file.name} vào raw/. Hãy kiểm tra quyền ghi và chỗ trống.",
                where="raw/",
                got=f"{type(fault).__name__}: {fault.strerror or fault}",
            ) from fault
        made.append(target)
    return made


def known_names(names: Iterable[str] | None = None) -> list[str]:
    """The names of the imports asked for, all of them by default.

    Raises
    ------
    MissingFile
        There are none, or none of that name.
    """
    there = import_names()
    wanted = there if names is None else list(names)
    missing = [name for name in wanted if name not in there]
    if missing or not wanted:
        raise MissingFile(
            "There are no such training records." if missing else "There are no training records yet.",
            vi=f"Chưa có hồ sơ bồi dưỡng{' tên ' + shown(missing) if missing else ''}. Hãy nhập bằng lệnh: "
            "workbench training import TỆP.xlsx.",
            where=paths.short(records_folder()),
            expected=shown(there) or "an import",
            got=shown(missing) or "none",
            hint="workbench training import FILE.xlsx",
        )
    return wanted


def read_records(names: Iterable[str] | None = None) -> Records:
    """The records of all imports (or of those named) as one.

    Raises
    ------
    MissingFile
        There are none, or none of that name.
    UnreadableFile
        A file was changed since it was written.
    BadRows
        Imports were made with different keys, so that a person cannot be told in both.
    """
    wanted = known_names(names)
    keys = {name: _about(name)["key"] for name in wanted}
    if len(set(keys.values())) > 1:
        raise BadRows(
            "The records were imported with different keys.",
            vi="Các hồ sơ được nhập bằng những khóa khác nhau nên không nhận ra cùng một học viên. Hãy nhập "
            "lại bằng một "
            "khóa.",
            where=paths.short(records_folder()),
            expected="one key for all",
            got=shown(f"{name}: {key}" for name, key in keys.items()),
            hint="Import the files again with WORKBENCH_KEY_FILE naming one key.",
        )
    return join_records(_read_import(name) for name in wanted)


def raw_of_import(name: str) -> list[str]:
    """The files of `raw/` that an import was made of, as its sidecar names them.

    Raises
    ------
    UnreadableFile
        The sidecar is not there or cannot be read.
    """
    return list(_about(name).get("raw", []))


def _about(name: str) -> dict[str, object]:
    sidecar = records_folder() / name / f"{_CLASSES}.json"
    try:
        return json.loads(sidecar.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise _changed(sidecar) from fault


def _read_import(name: str) -> Records:
    folder = records_folder() / name
    inputs = {key: _about(name)[key] for key in ("import", "key")}
    tables = {}
    for table in COLUMNS:
        path = folder / f"{table}.parquet"
        if not is_whole(path, inputs):
            raise _changed(path)
        tables[table] = arrange_table(table, pd.read_parquet(path))
    return Records(**tables)


def _changed(path: Path) -> UnreadableFile:
    return UnreadableFile(
        f"{path.name} of the training records is not as it was written.",
        vi=f"Tệp {path.name} của hồ sơ bồi dưỡng đã bị thay đổi hoặc bị thiếu. Hãy nhập lại hồ sơ.",
        where=paths.short(path),
        expected="the file that the import wrote",
        got="another one, or none",
        hint="Import the files again with --replace.",
    )
