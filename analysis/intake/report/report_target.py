"""Where findings are to be written -> nothing, or a refusal: no file of a person's is ever replaced."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from analysis import paths
from analysis.errors import PacksFolderProblem

#: The first sheet of a workbook of findings; by it an earlier one is known.
FINDINGS_SHEET = "Phát hiện - Findings"
_LARGEST_INDEX = 1_000_000
_FIRST_SHEET = re.compile(r"<sheet\b[^>]*?\bname=\"([^\"]*)\"")


def check_target(path: Path, read: Iterable[Path] = ()) -> None:
    """Refuse a place where something would be lost.

    Parameters
    ----------
    path : Path
        The .xlsx to be written.
    read : iterable of Path
        The files that are checked.

    Raises
    ------
    PacksFolderProblem
        The name does not end in .xlsx; it is a file that is checked, by whatever path or link; it lies in
        raw/ of a data folder; or a file is there already that is no workbook of findings.
    """
    path = path.expanduser()
    if path.suffix.lower() != ".xlsx":
        raise _refused(
            path, "its name does not end in .xlsx", "tên tệp không có đuôi .xlsx", path.suffix or "no ending"
        )
    if any(_same(path, other) for other in read):
        raise _refused(
            path, "it is the file that is checked", "đó chính là tệp đang được kiểm tra", "the original file"
        )
    real = path.resolve()
    if any(folder in real.parents for folder in _original_folders(real)):
        vi = "thư mục raw chỉ để chứa tệp gốc"
        raise _refused(path, "originals lie in raw/", vi, "a place in raw/ of a data folder")
    if path.is_file() and not is_findings_workbook(path):
        raise _refused(
            path,
            "a file is there that is no workbook of findings",
            "ở đó đã có một tệp khác, không phải bảng phát hiện",
            "a file of somebody's",
        )


def is_findings_workbook(path: Path) -> bool:
    """Whether a file is a workbook that `write_findings_workbook` made, by its first sheet's name."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open("xl/workbook.xml") as index:
            first = _FIRST_SHEET.search(index.read(_LARGEST_INDEX).decode("utf-8", "replace"))
    except (OSError, KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return False
    return first is not None and first[1] == FINDINGS_SHEET


def _same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return path.resolve() == other.resolve()


def _original_folders(real: Path) -> Iterable[Path]:
    """raw/ of this run's data folder, of the checkout's, and of any other that the place lies in."""
    yield from (folder.resolve() / "raw" for folder in paths.data_folders())
    for parent in real.parents:
        if parent.name == "raw" and any((parent.parent / name).is_dir() for name in ("rounds", "built")):
            yield parent


def _refused(path: Path, what: str, vi: str, got: str) -> PacksFolderProblem:
    name = paths.short(path)
    return PacksFolderProblem(
        f"The findings are not written to {name}: {what}.",
        vi=f"Không ghi bảng phát hiện vào {name}: {vi}. Hãy chọn một tên tệp .xlsx khác.",
        where=name,
        expected="a new .xlsx, or an earlier workbook of findings",
        got=got,
        hint="Choose another name, such as findings.xlsx. Nothing was changed.",
    )
