"""A path, before anything is read -> nothing, or a refusal that says how large, what it is and what to do.

What is refused here never reaches a reader: no file, a lock file, an empty or oversized one, a locked
(encrypted) workbook, one that unpacks to far more than it weighs, or content other than the name says.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from analysis import paths
from analysis.errors import MissingFile, UnreadableFile, nearest, shown
from analysis.intake.readers.other_formats import BY_ENDING, Kind, kind_of

MB = 1_000_000
#: The largest file of each format, bytes. A national PAPI round is about 100 MB as .dta, a class list 1 MB.
LARGEST_FILE = {
    ".xlsx": 60 * MB, ".xlsm": 60 * MB, ".ods": 60 * MB, ".xls": 60 * MB,
    ".csv": 300 * MB, ".tsv": 300 * MB, ".txt": 300 * MB,
}  # fmt: skip
LARGEST_OTHER = 1_000 * MB
#: What a workbook may unpack to, all parts together, bytes.
LARGEST_UNPACKED = 300 * MB
#: Above `RATIO_FROM` unpacked bytes a part may be this many times its packed size; lists reach 10–30.
LARGEST_RATIO = 200
RATIO_FROM = 5 * MB
#: Parts in one workbook, and cells with a value in all its sheets (14,000 respondents × 350 columns fit).
MOST_PARTS = 5_000
MOST_CELLS = 5_000_000
#: Cells of a sheet that may be given twice; whole workbooks have none.
MOST_REPEATED = 1_000

FORMATS = (".dta", ".sav", ".zsav", ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".ods", ".xls", ".parquet")
ZIPPED = (".xlsx", ".xlsm", ".ods")
TEXTS = (".csv", ".tsv", ".txt")

#: Bytes from which a file's true kind is told.
_LOOKED_AT = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: First bytes -> what such a file is.
_SIGNATURES = {
    b"PK\x03\x04": "zip",
    _OLE: "ole",
    b"<stata_dta>": ".dta",
    b"$FL2": ".sav",
    b"$FL3": ".zsav",
    b"PAR1": ".parquet",
    b"%PDF": "PDF",
    b"{\\rtf": "RTF",
    b"\x1f\x8b": "gzip",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
}

#: What can be wrong with a file, English -> Vietnamese.
REASONS = {
    "its format is not known from its name": "không nhận ra định dạng từ tên tệp",
    "it is empty": "tệp rỗng",
    "it is cut short": "tệp bị cắt cụt",
    "it is damaged, cut short, or of another format": "tệp hỏng, bị cắt cụt hoặc khác định dạng",
    "it does not fit in memory, or is damaged": "tệp quá lớn hoặc bị hỏng",
    "its content is of another format than its name says": "nội dung tệp khác với phần mở rộng của tên tệp",
    "it is locked with a password": "tệp được bảo vệ bằng mật khẩu",
    "it is too large": "tệp quá lớn",
    "it unpacks to far more than a table holds": "tệp nén phình ra quá lớn, có thể là tệp độc hại",
    "it declares its own XML entities": "tệp có khai báo XML bất thường, có thể là tệp độc hại",
    "it is Excel's lock file, not a workbook": "đây là tệp khóa tạm của Excel, không phải bảng tính",
    "it has no rows": "tệp không có dòng nào",
    "no sheet has that name": "không có trang tính nào tên như vậy",
    "its text is not in the declared encoding": "chữ trong tệp không đúng bảng mã đã khai báo",
}

#: What to do, Vietnamese and English.
COPY_AGAIN = (
    "Hãy chép lại hoặc xuất lại tệp.",
    "Copy the file again, or export it again from the program that made it, and run again.",
)
_SPLIT = (
    "Hãy xóa các trang và cột không dùng, hoặc lưu thành CSV UTF-8, rồi chạy lại.",
    "Delete sheets and columns that are not used, or save as CSV UTF-8, and run again.",
)
_UNLOCK = (
    "Hãy mở tệp trong Excel, chọn File → Info → Protect Workbook → Encrypt with Password, xóa mật khẩu, lưu.",
    "Open it in Excel, File, Info, Protect Workbook, Encrypt with Password, clear the password and save.",
)
_CLOSE_EXCEL = (
    "Hãy đóng Excel rồi chọn tệp cùng tên không có ~$ ở đầu.",
    "Close Excel and give the file of the same name without ~$.",
)
NAME_SHEET = (
    "Hãy chỉ đúng tên trang tính như trong tệp.",
    "Give the sheet's name as the workbook has it.",
)
_SAVE_AS = (
    "Hãy mở tệp, chọn Save As, lưu đúng định dạng rồi chạy lại.",
    "Open the file, choose Save As with the right format, and run again.",
)


def check_file(path: Path | str) -> Path:
    """Refuse what must not be read; of its content only the first bytes and the index are looked at.

    Raises
    ------
    MissingFile
        No such file; files with a like name in the folder are named.
    UnreadableFile
        Each reason of this module, with sizes.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if path.name.startswith("~$"):
        raise unreadable(
            path, "it is Excel's lock file, not a workbook", path.name[2:], path.name, _CLOSE_EXCEL
        )
    if not path.is_file():
        raise _missing(path)
    if suffix not in FORMATS:
        raise _other_ending(path, suffix)
    size, largest = path.stat().st_size, LARGEST_FILE.get(suffix, LARGEST_OTHER)
    if size == 0:
        raise unreadable(path, "it is empty", "a file with a table", "0 bytes")
    if size > largest:
        raise unreadable(path, "it is too large", f"at most {size_text(largest)}", size_text(size), _SPLIT)
    _check_signature(path, suffix)
    if suffix in ZIPPED:
        check_zip(path)
    return path


def _check_signature(path: Path, suffix: str) -> None:
    with path.open("rb") as file:
        start = file.read(_LOOKED_AT)
    is_of = next((name for mark, name in _SIGNATURES.items() if start.startswith(mark)), "")
    if is_of == "ole" and suffix in (".xls", *ZIPPED) and _is_locked(path):
        raise locked(path)
    if is_of == "zip" and suffix not in ZIPPED:
        is_of = _zip_format(path)
    fits = {".xls": ("ole",), ".zsav": (".zsav", ".sav"), ".sav": (".sav", ".zsav")}
    expected = fits.get(suffix, ("zip",) if suffix in ZIPPED else (suffix,))
    if is_of and is_of not in expected:
        got = "an old Excel or Word file (.xls, .doc)" if is_of == "ole" else f"content of {is_of}"
        raise unreadable(
            path, "its content is of another format than its name says", f"{suffix} content", got, _SAVE_AS
        )
    kind = None if is_of or suffix in TEXTS else kind_of(start)
    if kind:
        raise _of_another_kind(path, f"{suffix} content", kind)


def _other_ending(path: Path, suffix: str) -> UnreadableFile:
    """The refusal of a file whose name is that of no table, with what it is as far as that is known."""
    known = ", ".join(FORMATS)
    kind = BY_ENDING.get(suffix)
    if kind:
        return _of_another_kind(path, f"a table: {known}", kind)
    with path.open("rb") as file:
        kind = kind_of(file.read(_LOOKED_AT))
    got = " ".join(filter(None, [suffix or "no ending", kind and f"({kind.en})"]))
    advice = (kind.do_vi, kind.do) if kind else COPY_AGAIN
    return unreadable(path, "its format is not known from its name", known, got, advice)


def _of_another_kind(path: Path, expected: str, kind: Kind) -> UnreadableFile:
    """The refusal of what is something else, by its true name."""
    size = size_text(path.stat().st_size)
    return UnreadableFile(
        f"The file {path.name} cannot be read: it is {kind.en}.",
        vi=f"Không đọc được tệp {path.name}: đây là {kind.vi}. {kind.do_vi}",
        where=paths.short(path),
        expected=expected,
        got=f"{kind.en}, {size}",
        hint=kind.do,
    )


def _is_locked(path: Path) -> bool:
    """Whether an OLE container holds an encrypted workbook: stream names stand there in UTF-16."""
    return "EncryptedPackage".encode("utf-16-le") in path.read_bytes()


def _zip_format(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return "zip"
    if any(name.startswith("xl/") for name in names):
        return ".xlsx"
    return ".ods" if "content.xml" in names else "zip"


def check_zip(path: Path) -> None:
    """Refuse a workbook whose parts would unpack beyond the limits, by the archive's own index.

    Notes
    -----
    The index can lie, but `zipfile` unpacks no more than it says and then fails on the checksum.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as fault:
        raise damaged(path, str(fault) or type(fault).__name__) from fault
    names = {part.filename for part in parts}
    if "EncryptedPackage" in names or any(part.flag_bits & 1 for part in parts):
        raise locked(path)
    unpacked = sum(part.file_size for part in parts)
    swollen = [part.file_size / max(part.compress_size, 1) for part in parts if part.file_size > RATIO_FROM]
    ratio = max(swollen, default=0.0)
    if unpacked > LARGEST_UNPACKED or ratio > LARGEST_RATIO or len(parts) > MOST_PARTS:
        raise unreadable(
            path,
            "it unpacks to far more than a table holds",
            f"at most {size_text(LARGEST_UNPACKED)}, {LARGEST_RATIO} times the packed size, {MOST_PARTS:,} "
            "parts",
            f"{size_text(path.stat().st_size)} that unpack to {size_text(unpacked)} in {len(parts):,} parts",
            _SPLIT,
        )


def locked(path: Path) -> UnreadableFile:
    """The refusal of a workbook that needs a password."""
    return unreadable(
        path, "it is locked with a password", "a workbook without password", "a locked one", _UNLOCK
    )


def damaged(path: Path, got: str) -> UnreadableFile:
    """The refusal of a file whose reader failed."""
    what = "it is damaged, cut short, or of another format"
    return unreadable(path, what, f"a whole {path.suffix.lower()} file", got)


def too_many_cells(path: Path, count: int) -> UnreadableFile:
    """The refusal of a table with more cells than `MOST_CELLS`."""
    return unreadable(
        path, "it is too large", f"at most {MOST_CELLS:,} cells with a value", f"over {count:,}", _SPLIT
    )


def unreadable(
    path: Path, what: str, expected: str, got: str, advice: tuple[str, str] = COPY_AGAIN
) -> UnreadableFile:
    """The error for a file that cannot be read; `what` is a key of `REASONS`."""
    return UnreadableFile(
        f"The file {path.name} cannot be read: {what}.",
        vi=f"Không đọc được tệp {path.name}: {REASONS[what]}. {advice[0]}",
        where=paths.short(path),
        expected=expected,
        got=got,
        hint=advice[1],
    )


def _missing(path: Path) -> MissingFile:
    folder = path.parent
    files = [file.name for file in folder.iterdir() if file.is_file()] if folder.is_dir() else []
    close = nearest(path.name, files)
    return MissingFile(
        f"The file {path.name} is not there.",
        vi=f"Không tìm thấy tệp {path.name}. Hãy chép tệp vào đúng thư mục hoặc sửa tên tệp.",
        where=paths.short(path),
        expected="a file of that name",
        got=f"files with a like name: {shown(close)}" if close else "no file of that name",
        hint="Put the file there, or mend its name.",
    )


def size_text(size: int) -> str:
    """A file's size for a message.

    Examples
    --------
    >>> size_text(1_234), size_text(2_500_000)
    ('1,234 bytes', '2.5 MB')
    """
    return f"{size / MB:,.1f} MB" if size >= MB / 10 else f"{size:,} bytes"
