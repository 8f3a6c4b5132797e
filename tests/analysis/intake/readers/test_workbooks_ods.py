import pandas as pd
import pytest

from analysis.errors import UnreadableFile
from analysis.intake.reading import read_tables
from tests.analysis.intake.open_document import empty, number, row, sheet, text, write_ods

HEADINGS = row(text("Mã"), text("Đơn vị"), text("Điểm"))


def test_values_merged_cells_and_hidden_things_are_read_as_in_a_workbook_of_excel(tmp_path):
    one = sheet(
        "Lớp 1",
        row(text("DANH SÁCH", 'table:number-columns-spanned="3" table:number-rows-spanned="1"')),
        row(empty(3), more='table:number-rows-repeated="2"'),
        HEADINGS,
        row(text("001"), text("Sở", 'table:number-rows-spanned="2"'), number(7.5)),
        row(text("002"), "<table:covered-table-cell/>", number(8), more='table:visibility="collapse"'),
        row(
            text("003"),
            text("UBND"),
            '<table:table-cell office:value-type="date" office:date-value="1980-03-05"><text:p>5/3</text:p></table:table-cell>',
        ),
        row(empty(16384), more='table:number-rows-repeated="1048569"'),
        columns='<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>',
    )
    hidden = sheet("Cũ", HEADINGS, row(text("009"), text("Sở"), number(5)), style="hid")
    (table, other), found = read_tables(write_ods(tmp_path / "a.ods", one, hidden))
    assert table.header_row == 4 and table.rows.tolist() == [5, 6, 7]
    assert table.cells["Đơn vị"].tolist() == ["Sở", "Sở", "UBND"]
    assert table.kinds["Đơn vị"].tolist() == ["text", "merged", "text"]
    assert table.cells["Điểm"].tolist() == ["7.5", "8", "1980-03-05"]
    assert table.address(0, "Điểm") == "Lớp 1!C5"
    assert len(other.rows) == 1
    said = found.set_index("code")
    assert said.loc["hidden_rows", "row"] == 6
    assert said.loc["hidden_columns", "got"] == "C"
    assert said.loc["hidden_sheet", "sheet"] == "Cũ"


def test_errors_formulas_truth_repeats_and_remarks_are_told_apart(tmp_path):
    cells = [
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value=""><text:p>#DIV/0!</text:p></table:table-cell>',
        '<table:table-cell table:formula="of:=A1"/>',
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell>',
        '<table:table-cell office:value-type="string"><office:annotation><text:p>ghi chú</text:p></office:annotation><text:p>một<text:s text:c="2"/>hai</text:p><text:p>ba</text:p></table:table-cell>',
        number(3, 'table:number-columns-repeated="2"'),
    ]
    heads = row(*(text(name) for name in "abcdef"))
    (table,), found = read_tables(
        write_ods(tmp_path / "a.ods", sheet("S", heads, row(*cells), row(*(text("x") for _ in "abcdef"))))
    )
    assert table.cells.iloc[0].fillna("none").tolist() == [
        "#DIV/0!",
        "none",
        "TRUE",
        "một  hai\nba",
        "3",
        "3",
    ]
    assert table.kinds.iloc[0].tolist() == ["error", "formula_empty", "bool", "text", "number", "number"]
    assert dict(zip(found["code"], found["cell"], strict=True)) == {"error_cell": "A2", "formula_empty": "B2"}


def test_one_cell_repeated_over_a_whole_sheet_is_refused_without_being_spread(tmp_path):
    bomb = row(
        text("x", 'table:number-columns-repeated="16384"'), more='table:number-rows-repeated="1048576"'
    )
    with pytest.raises(UnreadableFile, match="too large"):
        read_tables(write_ods(tmp_path / "a.ods", sheet("S", HEADINGS, bomb)))


def test_a_locked_document_and_one_with_entities_are_refused(tmp_path):
    locked = '<m:manifest xmlns:m="urn:m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    with pytest.raises(UnreadableFile, match="password"):
        read_tables(write_ods(tmp_path / "a.ods", manifest=locked))
    with pytest.raises(UnreadableFile, match="XML entities"):
        read_tables(write_ods(tmp_path / "b.ods", head='<!DOCTYPE x [<!ENTITY a "ha">]><x>'))


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_a_document_cut_short_is_refused(tmp_path, share):
    path = write_ods(tmp_path / "a.ods", sheet("S", HEADINGS, row(text("1"), text("2"), text("3"))))
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    with pytest.raises(UnreadableFile, match="damaged"):
        read_tables(path)


def test_xml_cut_short_inside_a_whole_archive_is_refused(tmp_path):
    with pytest.raises(UnreadableFile, match="damaged"):
        read_tables(write_ods(tmp_path / "a.ods", "<table:table"))


def test_an_empty_cell_is_missing(tmp_path):
    rows = [row(text("001"), empty(), number(5)), row(text("002"), text("b"), number(5))]
    (table,), _ = read_tables(write_ods(tmp_path / "a.ods", sheet("S", HEADINGS, *rows)))
    assert pd.isna(table.cells["Đơn vị"][0]) and table.kinds["Đơn vị"][0] == "empty"
