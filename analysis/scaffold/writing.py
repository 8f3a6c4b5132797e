"""A survey file and a name -> the round's drafted files in the data folder, all of them or none."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from analysis import paths
from analysis.errors import MissingFile, PacksFolderProblem, UnknownName, shown
from analysis.findings import stop_on
from analysis.intake.reading import read_tables
from analysis.intake.table import RawTable
from analysis.rounds import round_names
from analysis.scaffold.draft import Draft, Wanted, draft_round

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
#: Folders of the data folder that a round's file may lie in; git ignores the first in a checkout.
_FILES_IN = ("raw", "example")


def new_round(
    name: str,
    file: Path,
    *,
    like: str = "",
    codebook: str = "",
    framework: str = "",
    year: int = 0,
    copy: bool = False,
    reading: Mapping[str, object] | None = None,
    columns: Mapping[str, str] | None = None,
) -> tuple[Draft, list[Path]]:
    """Draft a round from a file and write the draft.

    Parameters
    ----------
    name : str
        Of the round: a-z, 0-9 and -.
    file : Path
        In `raw/` of the data folder, or anywhere with `copy`.
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
        Part of `roles.ROLES` -> column of the file, where the person knows.

    Returns
    -------
    tuple of Draft and list of Path
        What was drafted, and the files that were written.

    Raises
    ------
    UnknownName
        A name that cannot be used, no year, several sheets.
    MissingFile
        No such file, or it lies outside the data folder.
    UnreadableFile
    PacksFolderProblem
        Something that would be written over is there already, or nothing can be written.
    """
    year = _checked(name, year)
    path, inside = _located(file, copy)
    raw = _read(path, dict(reading or {}))
    wanted = Wanted(name, inside, year, like, codebook, framework, dict(reading or {}), dict(columns or {}))
    draft = draft_round(raw, path, wanted)
    copies = {paths.data_folder() / inside: path} if copy and path != paths.data_folder() / inside else {}
    written = _write({paths.data_folder() / part: text for part, text in draft.files.items()}, copies)
    return draft, written


def _checked(name: str, year: int) -> int:
    """The year; stops on a name that is no file's name, or that is taken."""
    if not _NAME.fullmatch(name):
        raise UnknownName(
            f'"{name}" cannot be the name of a round.',
            vi=f'"{name}" không dùng làm tên vòng được. Hãy dùng chữ thường không dấu, số và dấu -, ví '
            "dụ papi-2023.",
            expected="a-z, 0-9 and -, such as papi-2023",
            got=name,
        )
    if name in round_names():
        raise _taken(paths.rows_file("rounds", f"{name}.toml"))
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


def _write(files: Mapping[Path, str], copies: Mapping[Path, Path]) -> list[Path]:
    """Write all beside their places, then move them in; a fault takes out again what was moved in."""
    for path in [*(path.parent for path in files if path.parent.name != "rounds"), *files]:
        if path.exists():
            raise _taken(path)
    for path, source in copies.items():
        if path.exists() and path.read_bytes() != source.read_bytes():
            raise _taken(path)
    moves: dict[Path, Path] = {}
    done: list[Path] = []
    try:
        for path in [*copies, *files]:
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f".{path.name}.{os.getpid()}.part")
            moves[part] = path
            if path in files:
                part.write_text(files[path], encoding="utf-8")
            else:
                shutil.copyfile(copies[path], part)
        for part, path in moves.items():
            part.replace(path)
            done.append(path)
    except OSError as fault:
        for path in done:
            path.unlink(missing_ok=True)
        raise PacksFolderProblem(
            "The draft cannot be written to the data folder.",
            vi="Không ghi được bản thảo vào thư mục dữ liệu. Hãy kiểm tra quyền ghi và chỗ trống.",
            where=paths.short(paths.data_folder()),
            expected="a folder that can be written",
            got=f"{type(fault).__name__}: {fault.strerror or fault}",
            hint="Nothing was left there. Mend the folder and run again.",
        ) from fault
    finally:
        for part in moves:
            part.unlink(missing_ok=True)
    return done


def _taken(path: Path) -> PacksFolderProblem:
    return PacksFolderProblem(
        f"{paths.short(path)} is there already; a draft never writes over it.",
        vi=f"{paths.short(path)} đã có; chương trình không ghi đè. Hãy chọn tên vòng khác, hoặc tự xóa "
        "bản thảo cũ.",
        where=paths.short(path),
        expected="a name that nothing has yet",
        hint="Choose another name for the round, or delete the old draft yourself.",
    )
