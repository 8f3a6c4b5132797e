import struct
import time
import tracemalloc
import zipfile

import openpyxl
import pandas as pd
import pytest
from xlrd.compdoc import CompDoc

from analysis.errors import MissingFile, UnreadableFile
from analysis.intake.readers import limits
from analysis.intake.readers.limits import check_file
from tests.analysis.intake.ole_container import ole_container
from tests.analysis.intake.xls_workbook import xls_workbook


def write_book(path):
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.active.append([1, 2])
    book.save(path)
    return path


def write_bomb(path, megabytes):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(megabytes):
                part.write(b" " * 1_000_000)
    return path


def refusal(path):
    with pytest.raises(UnreadableFile) as caught:
        check_file(path)
    assert caught.value.exit_code == 11
    assert path.name in caught.value.vi
    return caught.value


def test_a_whole_file_is_let_through(tmp_path):
    assert check_file(write_book(tmp_path / "a.xlsx")) == tmp_path / "a.xlsx"


def test_a_missing_file_names_its_likes(tmp_path):
    write_book(tmp_path / "danh-sach-2025.xlsx")
    with pytest.raises(MissingFile) as caught:
        check_file(tmp_path / "danh-sach-2026.xlsx")
    assert "danh-sach-2025.xlsx" in caught.value.got


def test_excel_s_lock_file_is_refused_by_name_with_close_excel(tmp_path):
    (tmp_path / "~$lop.xlsx").write_bytes(b"\x05lan")
    fault = refusal(tmp_path / "~$lop.xlsx")
    assert "Close Excel" in fault.hint and "đóng Excel" in fault.vi


def test_an_empty_file_and_an_unknown_format_are_refused(tmp_path):
    (tmp_path / "a.sav").touch()
    (tmp_path / "a.dat").write_bytes(b"\x00\x01")
    assert "empty" in refusal(tmp_path / "a.sav").what
    assert "format is not known" in refusal(tmp_path / "a.dat").what


def test_an_oversized_file_says_how_large_and_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setitem(limits.LARGEST_FILE, ".xlsx", 1_000)
    fault = refusal(write_book(tmp_path / "a.xlsx"))
    assert fault.expected == "at most 1,000 bytes"
    assert fault.got.endswith(" bytes")
    assert "CSV" in fault.hint


@pytest.mark.parametrize("name", ["a.csv", "a.dta", "a.sav", "a.parquet", "a.xls"])
def test_a_workbook_under_another_suffix_is_named(tmp_path, name):
    write_book(tmp_path / "a.xlsx").rename(tmp_path / name)
    fault = refusal(tmp_path / name)
    assert "another format than its name" in fault.what
    assert ".xlsx" in fault.got


def test_other_content_under_another_suffix_is_named(tmp_path):
    pd.DataFrame({"a": [1]}).to_stata(tmp_path / "a.dta", version=118)
    (tmp_path / "a.dta").rename(tmp_path / "a.csv")
    pd.DataFrame({"a": [1]}).to_parquet(tmp_path / "b.dta")
    (tmp_path / "c.xlsx").write_bytes(xls_workbook())
    (tmp_path / "d.xlsx").write_bytes(b"%PDF-1.7 ...")
    assert ".dta" in refusal(tmp_path / "a.csv").got
    assert ".parquet" in refusal(tmp_path / "b.dta").got
    assert "old Excel" in refusal(tmp_path / "c.xlsx").got
    assert "PDF" in refusal(tmp_path / "d.xlsx").got


@pytest.mark.parametrize("name", ["a.xlsx", "a.xlsm", "a.xls"])
def test_a_locked_workbook_is_refused_and_says_how_to_unlock(tmp_path, name):
    # What Excel writes ([MS-OFFCRYPTO] 2.3.4.10): how it is locked, and the locked .xlsx after its length.
    how = b'<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption"><keyData saltSize="16"/></encryption>'
    package = write_book(tmp_path / "open.xlsx").read_bytes()
    locked = bytes(byte ^ 0x5A for byte in package)
    streams = {
        "EncryptionInfo": struct.pack("<HHI", 4, 4, 0x40) + how,
        "EncryptedPackage": struct.pack("<Q", len(package)) + locked,
    }
    (tmp_path / name).write_bytes(ole_container(streams))
    fault = refusal(tmp_path / name)
    assert "password" in fault.what and "mật khẩu" in fault.vi
    assert "Encrypt with Password" in fault.hint


def test_the_locked_workbook_s_container_is_a_whole_one():
    content = ole_container({"EncryptedPackage": b"p" * 5_000, "EncryptionInfo": b"i"})
    read = CompDoc(content)
    assert read.get_named_stream("EncryptedPackage").rstrip(b"\0") == b"p" * 5_000
    assert read.get_named_stream("EncryptionInfo").rstrip(b"\0") == b"i"


def test_a_bomb_is_refused_by_its_index_in_two_seconds_and_300_megabytes(tmp_path):
    path = write_bomb(tmp_path / "a.xlsx", 1_000)
    tracemalloc.start()
    start = time.perf_counter()
    fault = refusal(path)
    seconds, peak = time.perf_counter() - start, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "that unpack to 1,000.0 MB" in fault.got
    assert seconds < 2
    assert peak < 300_000_000


def test_a_part_that_unpacks_to_many_times_its_size_is_refused_below_the_total(tmp_path):
    fault = refusal(write_bomb(tmp_path / "a.xlsx", 30))
    assert "unpacks to far more" in fault.what


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_a_workbook_cut_short_is_refused(tmp_path, share):
    content = write_book(tmp_path / "a.xlsx").read_bytes()
    (tmp_path / "a.xlsx").write_bytes(content[: int(share * len(content))])
    assert "damaged" in refusal(tmp_path / "a.xlsx").what
