"""Rows -> a small .xlsx workbook, for tests, and ways to change its XML or read it back."""

import zipfile

import openpyxl

from analysis.intake.reading import read_tables

PEOPLE = [["001", "Sở Nội vụ", 7.5], ["002", "UBND", 8], ["003", "UBND", 6]]

HEADINGS = ["Mã", "Đơn vị", "Điểm"]


def write_book(path, *rows, title="Lớp 1", change=None):
    """A workbook of one sheet whose rows are given from row 1; `change` gets the sheet before it is saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if change is not None:
        change(sheet)
    book.save(path)
    return path


def read_one(path, **options):
    (table,), found = read_tables(path, **options)
    return table, found


def one_of(found, code):
    rows = found[found["code"] == code].to_dict("records")
    assert len(rows) == 1, found["code"].tolist()
    return rows[0]


def rewrite(path, part, old, new):
    """The workbook with one text of a part replaced."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def with_part(path, part, content):
    """The workbook with one part put in or replaced."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()} | {part: content}
    with zipfile.ZipFile(path, "w") as archive:
        for name, kept in parts.items():
            archive.writestr(name, kept)
    return path


def with_cell(path, cell):
    """The workbook with its cell C2 replaced by XML."""
    parts = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
    sheet = "xl/worksheets/sheet1.xml"
    text = parts[sheet].decode()
    start = text.index('<c r="C2"')
    parts[sheet] = (text[:start] + cell + text[text.index("</c>", start) + 4 :]).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path
