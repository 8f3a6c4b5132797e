import pytest

from analysis.errors import BadRows
from analysis.rows import read_rows


def test_cells_are_text_with_zeros_kept_and_one_form_of_letters(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("code,name\n007,Rạch Giá\n,NA\n", encoding="utf-8")
    rows = read_rows(path, ["code"])
    assert rows["code"].tolist() == ["007", ""]
    assert rows["name"].tolist() == ["Rạch Giá", "NA"]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"code\n1\n", "columns are missing"),
        (b"", "cannot be read"),
        ("code,name\nđ,1".encode("cp1258"), "cannot be read"),
    ],
)
def test_unusable_files_are_named(tmp_path, content, fault):
    path = tmp_path / "rows.csv"
    path.write_bytes(content)
    with pytest.raises(BadRows, match=fault):
        read_rows(path, ["code", "name"])


def test_an_absent_file_is_named(tmp_path):
    with pytest.raises(BadRows, match="the file is not there"):
        read_rows(tmp_path / "rows.csv", [])


ROWS = [["007", "Rạch Giá", "0.25"], ["8", "Hà Tiên; Kiên Hải", "-1.5"]]


def semicolons(folder, coding="utf-8-sig", start="", delimiter=";"):
    """The rows as a Vietnamese Excel saves them."""
    lines = ["code;name;weight", "007;Rạch Giá;0,25", '8;"Hà Tiên; Kiên Hải";-1,5', ";;", ""]
    text = start + "\r\n".join(lines)
    if delimiter != ";":
        text = text.replace('"Hà Tiên; Kiên Hải"', "Hà Tiên, Kiên Hải").replace(";", delimiter)
    path = folder / "rows.csv"
    path.write_bytes(text.encode(coding))
    return path


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("start", ["", "sep=;\r\n"])
def test_what_a_vietnamese_excel_saves_is_read_with_its_decimal_commas(tmp_path, coding, start):
    rows = read_rows(semicolons(tmp_path, coding, start), ["code", "name", "weight"])
    assert rows.to_numpy().tolist() == ROWS


def test_unicode_text_with_tabs_is_read_and_keeps_its_commas(tmp_path):
    rows = read_rows(semicolons(tmp_path, "utf-16", delimiter="\t"), ["code", "name"])
    assert rows["name"].tolist() == ["Rạch Giá", "Hà Tiên, Kiên Hải"]
    assert rows["weight"].tolist() == ["0,25", "-1,5"]


def test_a_comma_file_keeps_its_commas_and_blank_lines_are_left_out(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_bytes('\ufeffcode,name\n1,"0,25"\n,,\n\n2,x\n'.encode())
    assert read_rows(path, ["code"])["name"].tolist() == ["0,25", "x"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("code,name\n1\n", "row 2"),
        ("code,name\n1,a\n2,b,c\n", "row 3"),
        ("code,name,code\n1,a,2\n", "code"),
        ("\n\n", "nothing"),
    ],
)
def test_a_torn_row_a_heading_twice_and_an_empty_file_are_named(tmp_path, content, says):
    (tmp_path / "rows.csv").write_text(content, encoding="utf-8")
    with pytest.raises(BadRows) as fault:
        read_rows(tmp_path / "rows.csv", ["code"])
    assert says in fault.value.got


def test_letters_of_another_encoding_are_refused_with_how_to_save(tmp_path):
    (tmp_path / "rows.csv").write_bytes("code,name\n1,Rạch\n2,đ".encode()[:-1] + b"\xff\n")
    with pytest.raises(BadRows) as fault:
        read_rows(tmp_path / "rows.csv", ["code"])
    assert "CSV UTF-8" in fault.value.vi and "CSV UTF-8" in fault.value.hint and "line 3" in fault.value.got
