"""A survey file and a name -> the round's drafted files in the data folder, all of them or none."""

from __future__ import annotations

import filecmp
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from analysis import paths
from analysis.errors import MissingFile, UnknownName, shown
from analysis.findings import stop_on
from analysis.intake.reading import read_tables
from analysis.intake.table import RawTable
from analysis.rounds import round_names
from analysis.scaffold.draft import Draft, Wanted, draft_round
from analysis.scaffold.drafted import drafted_files, read_drafted
from analysis.scaffold.placing import taken, write_files

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
#: Folders of the data folder that a round's file may lie in; git ignores the first in a checkout.
_FILES_IN = ("raw", "example")


def new_round(
    name: str,
    file: Path | None = None,
    *,
    like: str = "",
    codebook: str = "",
    framework: str = "",
    year: int = 0,
    copy: bool = False,
    reading: Mapping[str, object] | None = None,
    columns: Mapping[str, str] | None = None,
    province: str = "",
    words: Sequence[str] = (),
    again: bool = False,
) -> tuple[Draft, list[Path]]:
    """Draft a round from a file and write the draft.

    Parameters
    ----------
    name : str
        Of the round: a-z, 0-9 and -.
    file : Path, optional
        In `raw/` of the data folder, or anywhere with `copy`; with `again` that of the draft before.
    like : str, optional
        A round whose settings are tried first.
    codebook, framework : str, optional
        Those to match the file with; "none" for a survey of another kind.
    year : int, optional
        Of the fieldwork; by default the year in the round's name.
    copy : bool, optional
        Copy the file into `raw/`.
    reading : mapping, optional
        sheet, header_row, encoding, legacy, delimiter, as `intake.reading.read_tables` takes them.
    columns : mapping, optional
        Part of `roles.ROLES` -> column of the file, where the person knows; "" where the file has none.
    province : str, optional
        Whose rows are taken of a file with several, by code or name.
    words : sequence of str, optional
        Columns whose words are read as codes; "all" for all of few words.
    again : bool, optional
        Draft a drafted round again: what was asked for before counts too, and what the person changed or
        decided in the draft stays.

    Returns
    -------
    tuple of Draft and list of Path
        What was drafted, and the files that were written.

    Raises
    ------
    UnknownName
        A name that cannot be used, no year, several sheets.
    MissingFile
        No such file, it lies outside the data folder, or there is no draft to be made again.
    UnreadableFile
    BadRows
        The settings of the draft before are no TOML.
    PacksFolderProblem
        Something that would be written over is there already, or nothing can be written.
    """
    before = read_drafted(name) if again else None
    asked = {
        "like": like, "codebook": codebook, "framework": framework, "year": year, "province": province,
        "reading": {key: value for key, value in (reading or {}).items() if value},
        "columns": dict(columns or {}), "words": list(words),
    }  # fmt: skip
    if before:
        asked = before.asked_with(asked)
    year = _checked(name, asked.pop("year"), again)
    path, inside = _located(file or Path(before.file), copy) if file or before else _no_file()
    raw = _read(path, asked["reading"])
    wanted = Wanted(name, inside, year, **(asked | {"words": tuple(asked["words"])}))
    draft = draft_round(raw, path, wanted)
    data = paths.data_folder()
    copies = {data / inside: path} if copy and path != data / inside else {}
    drafted = drafted_files(name, draft.files, inside, asked | {"year": year})
    if before:
        files, stale = before.merged(draft.files)
        written = write_files(files | drafted, copies, replace=True, remove=stale)
    else:
        written = write_files({data / part: text for part, text in draft.files.items()} | drafted, copies)
    return draft, [path for path in written if path not in drafted]


def _no_file() -> NoReturn:
    raise MissingFile(
        "No file is named.",
        vi="Chưa chỉ ra tệp khảo sát. Hãy thêm --file TỆP.",
        expected="a survey file (.dta, .sav, .csv, .xlsx, .ods, .parquet)",
        hint="Add --file FILE; only with --again it may be left out.",
    )


def _checked(name: str, year: int, again: bool) -> int:
    """The year; stops on a name that is no file's name, or that is taken."""
    if not _NAME.fullmatch(name):
        raise UnknownName(
            f'"{name}" cannot be the name of a round.',
            vi=f'"{name}" không dùng làm tên vòng được. Hãy dùng chữ thường không dấu, số và dấu -, ví '
            "dụ papi-2023.",
            expected="a-z, 0-9 and -, such as papi-2023",
            got=name,
        )
    if name in round_names() and not again:
        raise taken(paths.rows_file("rounds", f"{name}.toml"))
    found = year or int(next(iter(_YEAR.findall(name)), 0))
    if not found:
        raise UnknownName(
            "The year of the fieldwork is not known.",
            vi="Chưa biết năm khảo sát. Hãy ghi năm trong tên vòng (papi-2023) hoặc thêm --year 2023.",
            expected="a year in the round's name, or --year",
            got=name,
            hint=f"workbench round new {name} --year 2023 …",
        )
    return found


def _located(file: Path, copy: bool) -> tuple[Path, str]:
    """Where the file lies, and its path from the data folder (after copying, with `copy`)."""
    data = paths.data_folder()
    tried = [file.expanduser(), data / file, data / "raw" / file]
    path = next((one.resolve() for one in tried if one.is_file()), None)
    if path is None:
        raise MissingFile(
            f"There is no file {file.name}.",
            vi=f"Không tìm thấy tệp {file.name}. Hãy kiểm tra lại đường dẫn.",
            where=paths.short(file),
            expected="a survey file (.dta, .sav, .csv, .xlsx, .ods, .parquet)",
            hint=f"Put the file into {paths.short(data / 'raw')}, or name it with its whole path and --copy.",
        )
    if path.is_relative_to(data) and path.relative_to(data).parts[0] in _FILES_IN:
        return path, path.relative_to(data).as_posix()
    in_raw = (data / "raw" / path.name).resolve()
    if in_raw.is_file() and filecmp.cmp(path, in_raw, shallow=False):
        return in_raw, f"raw/{path.name}"  # copied there already
    if not copy:
        raw = paths.short(data / "raw")
        raise MissingFile(
            f"{path.name} does not lie in raw/ of the data folder.",
            vi=f"Tệp {path.name} không nằm trong thư mục raw của thư mục dữ liệu. Hãy thêm --copy để "
            "chương trình chép vào, "
            f"hoặc tự chép vào {raw} rồi chạy lại.",
            where=paths.short(path),
            expected=f"a file in {raw}",
            hint="Add --copy, or put the file there yourself.",
        )
    return path, f"raw/{path.name}"


def _read(path: Path, reading: Mapping[str, object]) -> RawTable:
    tables, findings = read_tables(path, **reading)
    stop_on(findings)
    if len(tables) > 1:
        names = [table.sheet for table in tables]
        raise UnknownName(
            f"{path.name} has {len(tables)} sheets.",
            vi=f"Tệp {path.name} có {len(tables)} trang tính: {shown(names)}. Hãy chỉ rõ trang cần đọc "
            "bằng --sheet.",
            where=path.name,
            expected="--sheet with one of them",
            got=shown(names),
            hint=f'Add --sheet "{names[0]}".',
        )
    return tables[0]
