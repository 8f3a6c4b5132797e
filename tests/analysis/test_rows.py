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
