"""The name and first bytes of a file that is no table we read -> what it truly is, and what to do."""

from __future__ import annotations

import re
from typing import NamedTuple


class Kind(NamedTuple):
    """A format: its name and what to do, Vietnamese and English."""

    vi: str
    en: str
    do_vi: str
    do: str


_TABLE = ("Hãy chép bảng sang Excel rồi lưu thành .xlsx.", "Copy the table into Excel and save it as .xlsx.")
_EXPORT = (
    "Hãy mở bằng phần mềm đã tạo ra tệp rồi xuất sang .xlsx, .csv, .dta hoặc .sav.",
    "Open it in the program that made it and export it as .xlsx, .csv, .dta or .sav.",
)
_SAVE_AS = (
    "Hãy mở tệp bằng Excel, chọn Save As, loại Excel Workbook (.xlsx).",
    "Open it in Excel, choose Save As, type Excel Workbook (.xlsx).",
)
_RENAME = (
    "Hãy đổi đuôi tệp thành .csv, hoặc mở bằng Excel rồi lưu thành .xlsx.",
    "Rename it to end in .csv, or open it in Excel and save it as .xlsx.",
)
_UNPACK = ("Hãy giải nén rồi chọn tệp bên trong.", "Unpack it and give the file inside.")
_UNLOCK = (
    "Hãy mở bằng SPSS với mật khẩu rồi lưu lại không mã hóa (Save As, bỏ chọn Encrypt file with password).",
    "Open it in SPSS with its password and save it unencrypted (Save As, without Encrypt file with "
    "password).",
)

#: Ending -> what such a file is.
BY_ENDING = {
    ".doc": Kind("văn bản Word", "a Word document", *_TABLE),
    ".docx": Kind("văn bản Word", "a Word document", *_TABLE),
    ".odt": Kind("văn bản OpenDocument", "an OpenDocument text", *_TABLE),
    ".rtf": Kind("văn bản RTF", "an RTF document", *_TABLE),
    ".pdf": Kind("tệp PDF", "a PDF", *_TABLE),
    ".ppt": Kind("bài trình chiếu PowerPoint", "a PowerPoint presentation", *_TABLE),
    ".pptx": Kind("bài trình chiếu PowerPoint", "a PowerPoint presentation", *_TABLE),
    ".html": Kind("trang web (HTML)", "a web page (HTML)", *_SAVE_AS),
    ".htm": Kind("trang web (HTML)", "a web page (HTML)", *_SAVE_AS),
    ".xml": Kind("tệp XML", "an XML file", *_SAVE_AS),
    ".xlsb": Kind("sổ Excel nhị phân", "a binary Excel workbook", *_SAVE_AS),
    ".json": Kind("tệp JSON", "a JSON file", *_EXPORT),
    ".rds": Kind("tệp dữ liệu của R", "a data file of R", *_EXPORT),
    ".rda": Kind("tệp dữ liệu của R", "a data file of R", *_EXPORT),
    ".rdata": Kind("tệp dữ liệu của R", "a data file of R", *_EXPORT),
    ".por": Kind("tệp SPSS di động", "a portable SPSS file", *_EXPORT),
    ".sas7bdat": Kind("tệp SAS", "a SAS file", *_EXPORT),
    ".mdb": Kind("cơ sở dữ liệu Access", "an Access database", *_EXPORT),
    ".accdb": Kind("cơ sở dữ liệu Access", "an Access database", *_EXPORT),
    ".zip": Kind("tệp nén", "an archive", *_UNPACK),
    ".rar": Kind("tệp nén", "an archive", *_UNPACK),
    ".7z": Kind("tệp nén", "an archive", *_UNPACK),
    ".gz": Kind("tệp nén", "an archive", *_UNPACK),
    ".jpg": Kind("ảnh", "a picture", *_TABLE),
    ".png": Kind("ảnh", "a picture", *_TABLE),
}

_HTML = Kind("trang web (HTML) mang đuôi khác", "a web page (HTML) under another ending", *_SAVE_AS)
_XML_SHEET = Kind(
    "bảng tính XML 2003 mang đuôi khác", "an XML Spreadsheet 2003 under another ending", *_SAVE_AS
)
_XML = Kind("tệp XML mang đuôi khác", "an XML file under another ending", *_SAVE_AS)
_PLAIN = Kind("văn bản thường (CSV) mang đuôi khác", "plain text (CSV) under another ending", *_RENAME)
_LOCKED_SPSS = Kind("tệp SPSS có mật khẩu", "an SPSS file locked with a password", *_UNLOCK)
_MARKED = {
    b"PK\x03\x04": Kind("tệp nén (zip)", "an archive (zip)", *_UNPACK),
    b"%PDF": BY_ENDING[".pdf"],
    b"{\\rtf": BY_ENDING[".rtf"],
    b"Rar!": BY_ENDING[".rar"],
    b"7z\xbc\xaf": BY_ENDING[".7z"],
    b"\x1f\x8b": BY_ENDING[".gz"],
}


def kind_of(start: bytes) -> Kind | None:
    """What the first bytes of a file show it to be, None where they show nothing.

    Parameters
    ----------
    start : bytes
        Some thousand will do.

    Examples
    --------
    >>> kind_of(b"<html><table>").en, kind_of(b"ho ten;diem\\n").en
    ('a web page (HTML) under another ending', 'plain text (CSV) under another ending')
    """
    if b"ENCRYPTEDSAV" in start[:32]:
        return _LOCKED_SPSS
    for mark, kind in _MARKED.items():
        if start.startswith(mark):
            return kind
    text = _text(start)
    if text is None:
        return None
    small = text.lstrip("\ufeff \t\r\n").casefold()
    if re.match(r"<!doctype html|<html|<head|<table|<meta", small):
        return _HTML
    if small.startswith("<?xml") or small.startswith("<"):
        if "urn:schemas-microsoft-com:office:spreadsheet" in small:
            return _XML_SHEET
        return _HTML if "<html" in small or "<table" in small else _XML
    return _PLAIN if re.search(r"[,;\t\n]", small.strip()) else None


def _text(start: bytes) -> str | None:
    """The bytes as text, None where they are none."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start.decode("utf-16", errors="replace")
    if any(byte < 9 or 13 < byte < 32 for byte in start):
        return None
    return start.decode("utf-8", errors="replace")
