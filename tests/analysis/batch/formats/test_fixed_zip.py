"""Office files hold no time: the same content gives the same bytes, and nothing of it is lost."""

import io
import time
import zipfile

from openpyxl import Workbook, load_workbook

from analysis.batch.formats.fixed_zip import fixed_zip


def saved(text):
    book = Workbook()
    book.active["A1"] = text
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def test_two_workbooks_of_one_content_differ_before_and_not_after():
    first = saved("Kiên Giang")
    time.sleep(2.1)  # a zip tells time in steps of two seconds
    second = saved("Kiên Giang")
    assert first != second
    assert fixed_zip(first) == fixed_zip(second)


def test_members_and_cells_are_all_still_there():
    raw = saved("Kiên Giang")
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(io.BytesIO(fixed_zip(raw))) as after:
        assert before.namelist() == after.namelist()
        assert {info.date_time for info in after.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = after.read("docProps/core.xml").decode()
    assert core.count("1980-01-01T00:00:00Z") == 2
    assert load_workbook(io.BytesIO(fixed_zip(raw))).active["A1"].value == "Kiên Giang"
