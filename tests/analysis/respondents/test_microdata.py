import unicodedata

import pandas as pd
import pyreadstat
import pytest

from analysis.errors import MissingFile, UnreadableFile
from analysis.respondents.microdata import read_microdata

TABLE = pd.DataFrame({"huyen": [899, 911], "q1": [1, 888], "ten": ["Rạch Giá", "Phú Quốc"]})
LABELS = {"q1": {1: "Có", 888: "Không biết"}}


def write_dta(path):
    TABLE.to_stata(
        path, version=118, write_index=False, variable_labels={"q1": "Có biết không?"}, value_labels=LABELS
    )
    return path


def test_a_stata_file_keeps_codes_and_brings_its_labels(tmp_path):
    data = read_microdata(write_dta(tmp_path / "a.dta"))
    assert data.table["q1"].tolist() == [1, 888]
    assert data.table["ten"].tolist() == ["Rạch Giá", "Phú Quốc"]
    assert data.variable_labels == {"q1": "Có biết không?"}
    assert data.value_labels == LABELS


def test_an_spss_file_keeps_values_marked_as_missing(tmp_path):
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(TABLE, str(path), variable_value_labels=LABELS, missing_ranges={"q1": [888]})
    data = read_microdata(path)
    assert data.table["q1"].tolist() == [1, 888]
    assert data.value_labels["q1"][888] == "Không biết"


def test_a_csv_file_stays_text_with_zeros_and_blanks(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("﻿huyen,q1\n001,NA\n899,\n", encoding="utf-8")
    table = read_microdata(path).table
    assert table["huyen"].tolist() == ["001", "899"]
    assert table["q1"].iloc[0] == "NA" and pd.isna(table["q1"].iloc[1])


def test_a_parquet_file_is_read_as_stored(tmp_path):
    TABLE.to_parquet(tmp_path / "a.parquet")
    pd.testing.assert_frame_equal(read_microdata(tmp_path / "a.parquet").table, TABLE)


def test_text_is_brought_to_one_form(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("tên\n" + unicodedata.normalize("NFD", "Rạch Giá") + "\n", encoding="utf-8")
    assert read_microdata(path).table["tên"].tolist() == ["Rạch Giá"]


def test_a_missing_file_names_its_likes(tmp_path):
    write_dta(tmp_path / "survey-2021.dta")
    with pytest.raises(MissingFile) as caught:
        read_microdata(tmp_path / "survey-2012.dta")
    assert "survey-2021.dta" in caught.value.got
    assert caught.value.exit_code == 10


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.dta", b"", "it is empty"),
        ("a.dta", b"not a survey", "damaged, cut short, or of another format"),
        ("a.sav", b"not a survey", "damaged, cut short, or of another format"),
        ("a.parquet", b"not a survey", "damaged, cut short, or of another format"),
        ("a.xlsx", b"PK", "format is not known"),
        ("a.csv", "tên\nNguyễn\n".encode("cp1258", errors="replace"), "not in UTF-8"),
        ("a.csv", b"huyen;q1\n899;1\n", "separated by semicolons"),
        ("a.csv", b"q1,q1\n1,2\n", "two columns have one name"),
        ("a.csv", b"huyen,q1\n", "no rows"),
        ("a.csv", b"a,b\n1,2\n1,2,3\n", "damaged"),
    ],
)
def test_an_unreadable_file_says_why(tmp_path, name, content, fault):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFile, match=fault) as caught:
        read_microdata(tmp_path / name)
    assert caught.value.exit_code == 11
    assert name in caught.value.vi


@pytest.mark.parametrize("share", [0.3, 0.9, 0.999])
def test_a_stata_file_cut_short_is_refused_even_when_the_answers_are_whole(tmp_path, share):
    path = write_dta(tmp_path / "a.dta")
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    with pytest.raises(UnreadableFile, match="cut short"):
        read_microdata(path)


def test_a_file_with_semicolons_says_how_excel_writes_commas(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"huyen;q1\n899;1,5\n")
    with pytest.raises(UnreadableFile) as caught:
        read_microdata(path)
    assert "CSV UTF-8 (Comma delimited)" in caught.value.vi
    assert "List separator là dấu phẩy" in caught.value.vi
    assert "list separator a comma" in caught.value.hint
