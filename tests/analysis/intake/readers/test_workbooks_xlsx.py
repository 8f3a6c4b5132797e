import datetime

import pandas as pd
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import MAC_EPOCH

from analysis.errors import UnreadableFile
from analysis.intake.readers.limits import MOST_REPEATED
from analysis.intake.reading import read_tables
from tests.analysis.intake.written_books import (
    HEADINGS,
    PEOPLE,
    one_of,
    read_one,
    rewrite,
    with_cell,
    with_part,
    write_book,
)


def test_a_formula_without_a_result_stops_with_its_address(tmp_path):
    table, found = read_one(write_book(tmp_path / "a.xlsx", HEADINGS, *PEOPLE, ["004", "Sở", "=C2+1"]))
    assert table.kinds["Điểm"].iloc[3] == "formula_empty" and pd.isna(table.cells["Điểm"].iloc[3])
    said = one_of(found, "formula_empty")
    assert (said["kind"], said["sheet"], said["cell"], said["row"]) == ("stop", "Lớp 1", "C5", 5)
    assert said["where"] == "Lớp 1!C5"


@pytest.mark.parametrize(
    ("cell", "text", "kind"),
    [
        ('<c r="C2"><f>1+1</f><v>2</v></c>', "2", "number"),
        ('<c r="C2" t="str"><f>""</f><v></v></c>', None, "empty"),
        ('<c r="C2" t="str"><f>"a"</f><v>a</v></c>', "a", "text"),
        ('<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!", "error"),
        ('<c r="C2" t="d"><v>1980-03-05</v></c>', "1980-03-05", "date"),
        ('<c r="C2" t="inlineStr"><is><r><t>Sở </t></r><r><t>Y tế</t></r><rPh><t>x</t></rPh></is></c>', "Sở Y tế", "text"),
        ('<c t="str"><v>a_x000D_b</v></c>', "a\rb", "text"),
        ('<x:c xmlns:x="urn:x" r="C2"><x:v>8.4000000000000004</x:v></x:c><c r="D2"></c>', "8.4", "number"),
    ],
)  # fmt: skip
def test_every_way_to_write_a_cell_is_read(tmp_path, cell, text, kind):
    table, _ = read_one(with_cell(write_book(tmp_path / "a.xlsx", HEADINGS, *PEOPLE), cell))
    assert table.cells["Điểm"].fillna("none")[0] == (text or "none")
    assert table.kinds["Điểm"][0] == kind


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?"])
def test_an_error_cell_is_named_with_its_address(tmp_path, error):
    table, found = read_one(write_book(tmp_path / "a.xlsx", HEADINGS, *PEOPLE, ["004", "Sở", error]))
    assert table.kinds["Điểm"].iloc[3] == "error"
    said = one_of(found, "error_cell")
    assert (said["cell"], said["value"], said["kind"]) == ("C5", error, "stop")


@pytest.mark.parametrize("epoch", [None, MAC_EPOCH])
def test_dates_are_iso_text_in_both_systems_of_days(tmp_path, epoch):
    def dates(sheet):
        if epoch:
            sheet.parent.epoch = epoch
        sheet["C2"] = datetime.date(1980, 3, 5)
        sheet["C3"] = datetime.datetime(2021, 12, 25, 8, 30)
        sheet["C4"] = 29221

    table, _ = read_one(write_book(tmp_path / "a.xlsx", HEADINGS, *PEOPLE, change=dates))
    assert table.cells["Điểm"].tolist() == ["1980-03-05", "2021-12-25T08:30:00", "29221"]
    assert table.kinds["Điểm"].tolist() == ["date", "date", "number"]


def test_a_day_beyond_the_calendar_stays_a_number(tmp_path):
    def dates(sheet):
        sheet["C2"], sheet["C2"].number_format = 99999999, "dd/mm/yyyy"

    table, _ = read_one(write_book(tmp_path / "a.xlsx", HEADINGS, *PEOPLE, change=dates))
    assert (table.cells["Điểm"][0], table.kinds["Điểm"][0]) == ("99999999", "number")


def test_truth_rich_text_quoted_text_and_very_long_text_are_read_whole(tmp_path):
    def fill(sheet):
        sheet["A2"] = CellRichText("Sở ", TextBlock(InlineFont(b=True), "Nội vụ"))
        sheet["B2"] = "x" * 32_000
        sheet["C2"] = True
        sheet["A3"] = "012"
        sheet["A3"].quotePrefix = True

    table, found = read_one(write_book(tmp_path / "a.xlsx", HEADINGS, *PEOPLE, change=fill))
    assert table.cells.iloc[0].tolist() == ["Sở Nội vụ", "x" * 32_000, "TRUE"]
    assert table.kinds.iloc[0].tolist() == ["text", "text", "bool"]
    assert table.cells["Mã"][1] == "012"
    assert found.empty


def test_zeros_that_are_only_shown_are_named(tmp_path):
    def pad(sheet):
        sheet["A2"], sheet["A2"].number_format = 1, "000"

    table, found = read_one(write_book(tmp_path / "a.xlsx", HEADINGS, *PEOPLE, change=pad))
    assert table.cells["Mã"][0] == "1"
    assert one_of(found, "zeros_only_shown")["cell"] == "A2"


def test_texts_that_cells_share_are_read_with_their_runs_joined(tmp_path):
    path = with_cell(write_book(tmp_path / "a.xlsx", HEADINGS, *PEOPLE), '<c r="C2" t="s"><v>1</v></c>')
    shared = (
        "<sst><si><t>thừa</t></si><si><r><t>Vắng </t></r><r><rPr><b/></rPr><t>mặt</t></r>"
        "<rPh sb='0' eb='1'><t>đọc</t></rPh></si></sst>"
    )
    table, _ = read_one(with_part(path, "xl/sharedStrings.xml", shared))
    assert table.cells["Điểm"][0] == "Vắng mặt"


@pytest.mark.parametrize(
    "part", ["xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"]
)
def test_entities_in_a_workbook_are_refused_before_they_grow(tmp_path, part):
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x><si><t>&b;</t></si></x>'
    path = with_part(write_book(tmp_path / "a.xlsx", HEADINGS, *PEOPLE), part, laughs)
    with pytest.raises(UnreadableFile, match="XML entities"):
        read_tables(path)


def test_a_sheet_that_lies_outside_the_file_is_not_followed(tmp_path):
    path = write_book(tmp_path / "a.xlsx", HEADINGS, *PEOPLE)
    rewrite(
        path,
        "xl/_rels/workbook.xml.rels",
        'Target="/xl/worksheets/sheet1.xml"',
        'TargetMode="External" Target="http://example.org/a.xml"',
    )
    with pytest.raises(UnreadableFile, match="no rows"):
        read_tables(path)


def test_too_many_cells_are_refused(tmp_path, monkeypatch):
    from analysis.intake.readers import limits

    monkeypatch.setattr(limits, "MOST_CELLS", 5)
    with pytest.raises(UnreadableFile, match="too large"):
        read_tables(write_book(tmp_path / "a.xlsx", HEADINGS, *PEOPLE))


def test_one_cell_given_a_thousand_times_is_refused_before_all_are_read(tmp_path):
    path = with_cell(
        write_book(tmp_path / "a.xlsx", HEADINGS, *PEOPLE), '<c r="C2"><v>1</v></c>' * (MOST_REPEATED + 1)
    )
    with pytest.raises(UnreadableFile) as fault:
        read_tables(path)
    assert "C2" in fault.value.got and "given twice" in fault.value.got


def test_a_million_blank_rows_are_one_note(tmp_path):
    path = write_book(tmp_path / "a.xlsx", HEADINGS, *PEOPLE)
    last = '<row r="1048576"><c r="A1048576"><v>4</v></c></row></sheetData>'
    far = rewrite(path, "xl/worksheets/sheet1.xml", "</sheetData>", last)
    said = one_of(read_one(far)[1], "blank_rows")
    assert said["got"] == "5-1048575" and "1048571" in said["vi"]
