import unicodedata

import pandas as pd
import pyreadstat
import pytest

from analysis.errors import MissingFile, UnreadableFile
from analysis.respondents.microdata import read_microdata
from tests.analysis.intake.open_document import number, row, sheet, text, write_ods

TABLE = pd.DataFrame({"huyen": [899, 911], "q1": [1, 888], "ten": ["Rạch Giá", "Phú Quốc"]})
LABELS = {"q1": {1: "Có", 888: "Không biết"}}


def write_workbook(path, sheets):
    with pd.ExcelWriter(path) as book:
        for name, table in sheets.items():
            table.to_excel(book, sheet_name=name, index=False)


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
        ("a.pdf", b"%PDF", "it is a PDF"),
        ("a.xlsx", b"PK", "damaged, cut short, or of another format"),
        ("a.csv", "tên\nNguyễn Văn\n".encode("cp1258", errors="replace"), "encoding"),
        ("a.csv", b"q1,q1\n1,2\n", "Two columns have one name"),
        ("a.csv", b"huyen,q1\n", "no rows"),
        ("a.csv", b"q1,q2\n1,2\n1,2,3\n1,2\n", "3 values, the headings 2"),
    ],
)
def test_an_unreadable_file_says_why(tmp_path, name, content, fault):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFile, match=fault) as caught:
        read_microdata(tmp_path / name)
    assert caught.value.exit_code == 11
    assert name in caught.value.vi + caught.value.where


@pytest.mark.parametrize("share", [0.3, 0.9, 0.999])
def test_a_stata_file_cut_short_is_refused_even_when_the_answers_are_whole(tmp_path, share):
    path = write_dta(tmp_path / "a.dta")
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    with pytest.raises(UnreadableFile, match="cut short"):
        read_microdata(path)


def test_semicolons_are_read_and_reported(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"huyen;q1\n899;1\n911;2\n")
    data = read_microdata(path)
    assert data.table.to_dict("list") == {"huyen": ["899", "911"], "q1": ["1", "2"]}
    assert data.findings["code"].tolist() == ["delimiter_read"]
    assert data.findings["kind"].tolist() == ["note"]


def write_sheet(path, name, table):
    """One sheet in the workbook's format, numbers as number cells."""
    if path.suffix == ".xlsx":
        write_workbook(path, {name: table})
        return
    cells = [[text(heading) for heading in table.columns]]
    for row_of in table.itertuples(index=False):
        cells.append([text(value) if isinstance(value, str) else number(value) for value in row_of])
    write_ods(path, sheet(name, *(row(*each) for each in cells)))


@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_a_workbook_is_read_with_its_cells_addresses(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    write_sheet(path, "Phiếu", TABLE.assign(ma=["01", "02"]))
    data = read_microdata(path)
    assert data.table["huyen"].tolist() == [899.0, 911.0]  # a column of number cells
    assert data.table["ma"].tolist() == ["01", "02"]
    assert data.table["ten"].tolist() == ["Rạch Giá", "Phú Quốc"]
    assert data.raw.address(1, "q1") == "Phiếu!B3"


def test_a_column_of_numbers_and_words_stays_text(tmp_path):
    write_workbook(tmp_path / "a.xlsx", {"s": pd.DataFrame({"q1": [1, "không rõ"], "q2": [1, 2]})})
    table = read_microdata(tmp_path / "a.xlsx").table
    assert table["q1"].tolist() == ["1", "không rõ"] and table["q2"].tolist() == [1.0, 2.0]


def test_numbers_too_long_to_be_exact_stay_text(tmp_path):
    write_workbook(tmp_path / "a.xlsx", {"s": pd.DataFrame({"ma": [9007199254740993, 1], "q1": [1, 2]})})
    table = read_microdata(tmp_path / "a.xlsx").table
    assert table["ma"].tolist()[1] == "1" and table["q1"].tolist() == [1.0, 2.0]


def test_a_workbook_with_several_sheets_needs_one_named(tmp_path):
    write_workbook(tmp_path / "a.xlsx", {"Phiếu": TABLE, "Ghi chú": TABLE.head(1)})
    with pytest.raises(UnreadableFile, match="2 sheets with rows") as caught:
        read_microdata(tmp_path / "a.xlsx")
    assert '"Phiếu" (2), "Ghi chú" (1)' in caught.value.vi and "[file_format] sheet" in caught.value.hint
    assert len(read_microdata(tmp_path / "a.xlsx", sheet="Ghi chú").table) == 1


def test_letters_of_a_legacy_encoding_stop_until_their_conversion_is_asked_for(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("ten\nThµnh phè R¹ch Gi¸\nHuyÖn Kiªn H¶i\nx· Gi¹i\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="TCVN3"):
        read_microdata(path)
    assert read_microdata(path, legacy="tcvn3").table["ten"].iloc[0] == "Thành phố Rạch Giá"


def test_tagged_missing_values_are_kept_apart(tmp_path):
    table = pd.DataFrame({"q1": [1.0, "a", "z", None]}, dtype=object)
    pyreadstat.write_dta(table, str(tmp_path / "a.dta"), missing_user_values={"q1": ["a", "z"]})
    data = read_microdata(tmp_path / "a.dta")
    assert data.table["q1"].isna().tolist() == [False, True, True, True]
    assert data.raw.tagged == {"q1": {1: ".a", 2: ".z"}}
