import pytest

from analysis.errors import UnreadableFile
from analysis.intake.readers.limits import check_file
from analysis.intake.readers.other_formats import kind_of

XML = b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
SAV = b"\x1c\x00\x00\x00\x00\x00\x00\x00ENCRYPTEDSAV\x15\x00\x00\x00" + bytes(range(200, 256))


def refused(folder, name, raw):
    (folder / name).write_bytes(raw)
    with pytest.raises(UnreadableFile) as fault:
        check_file(folder / name)
    assert name in fault.value.vi and "bytes" in fault.value.got + "bytes"
    return fault.value


@pytest.mark.parametrize(
    ("name", "raw", "vi", "en"),
    [
        ("a.docx", b"PK\x03\x04word", "văn bản Word", "a Word document"),
        ("a.pdf", b"%PDF-1.7", "tệp PDF", "a PDF"),
        ("a.xls", b"<html><body><table><tr><td>1", "trang web", "web page"),
        ("a.xls", b"\xef\xbb\xbf\r\n<!DOCTYPE html><html>", "trang web", "web page"),
        ("a.xlsx", b"<table><tr><td>1", "trang web", "web page"),
        ("a.xls", XML, "bảng tính XML 2003", "XML Spreadsheet 2003"),
        ("a.xls", "họ tên;điểm\nA;7\n".encode(), "văn bản thường", "plain text"),
        ("a.xls", "họ tên\tđiểm\n".encode("utf-16"), "văn bản thường", "plain text"),
        ("a.dta", b"id,q1\n1,2\n", "văn bản thường", "plain text"),
        ("a.sav", SAV, "mật khẩu", "locked with a password"),
        ("a.rds", b"\x1f\x8b\x08", "dữ liệu của R", "data file of R"),
    ],
)
def test_what_is_no_table_is_called_by_its_true_name_with_what_to_do(tmp_path, name, raw, vi, en):
    fault = refused(tmp_path, name, raw)
    assert vi in fault.vi and en in fault.what
    assert fault.vi.count("Hãy") == 1 and fault.hint


def test_an_unknown_ending_says_what_its_content_looks_like(tmp_path):
    assert "plain text" in refused(tmp_path, "a.dat", b"id,q1\n1,2\n").got
    assert refused(tmp_path, "a.dat", bytes(range(256))).got == ".dat"


def test_bytes_that_show_nothing_are_not_named():
    assert kind_of(bytes(range(256))) is None and kind_of(b"   ") is None
