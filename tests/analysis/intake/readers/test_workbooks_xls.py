import pandas as pd
import pytest

from analysis.errors import UnreadableFile
from analysis.intake.readers import limits
from analysis.intake.reading import read_tables
from tests.analysis.intake.written_books import HEADINGS, PEOPLE, one_of, read_one, write_book
from tests.analysis.intake.written_xls import LOCKED, Formula, Sheet, Shown, write_xls
from tests.analysis.intake.xls_workbook import xls_workbook


def test_an_old_workbook_is_read_with_dates_merged_cells_and_hidden_sheets(tmp_path):
    (tmp_path / "a.xls").write_bytes(xls_workbook())
    (table, hidden), found = read_tables(tmp_path / "a.xls")
    assert table.sheet == "Lớp 1 " and table.header_row == 3 and table.rows.tolist() == [4, 5, 6]
    assert table.cells["Đơn vị"].tolist() == ["Sở Nội vụ", "Sở Nội vụ", "UBND"]
    assert table.kinds["Đơn vị"].tolist() == ["text", "merged", "text"]
    assert table.cells["Điểm"].tolist() == ["7.5", "8", "#N/A"]
    assert table.cells["Ngày sinh"].tolist()[:2] == ["1980-03-05", "1981-12-25"]
    assert table.cells["Đạt"].tolist()[:2] == ["TRUE", "FALSE"]
    assert hidden.sheet == "ẩn"
    assert {"hidden_sheet", "merged_filled"} <= set(found["code"])
    assert one_of(found, "error_cell")["cell"] == "C6"


def test_an_old_workbook_gives_the_same_table_and_findings_as_a_new_one(tmp_path):
    rows = [
        ["UBND TỈNH KIÊN GIANG"],
        [],
        HEADINGS,
        *PEOPLE,
        ["004", "Sở Y tế", "#N/A"],
        ["Tổng cộng", None, 21.5],
    ]
    rows.insert(4, ["000", None, 5])

    def change(sheet):
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("B4:B5")
        sheet.row_dimensions[6].hidden = True
        sheet.column_dimensions["C"].hidden = True

    old = write_xls(
        tmp_path / "a.xls",
        Sheet(rows, hidden_rows=(6,), hidden_columns=(3,), merged=((1, 1, 1, 3), (4, 5, 2, 2))),
    )
    old_table, old_found = read_one(old)
    new_table, new_found = read_one(write_book(tmp_path / "a.xlsx", *rows, change=change))
    pd.testing.assert_frame_equal(old_table.cells, new_table.cells)
    pd.testing.assert_frame_equal(old_table.kinds, new_table.kinds)
    assert old_table.rows.tolist() == new_table.rows.tolist()
    new_found = new_found.assign(file="a.xls")
    pd.testing.assert_frame_equal(old_found, new_found)
    assert set(old_found["code"]) == {
        "headings_taken", "total_row", "merged_filled", "hidden_rows", "hidden_columns", "error_cell",
    }  # fmt: skip


@pytest.mark.parametrize("hidden", [1, 2])
def test_hidden_and_very_hidden_sheets_are_named(tmp_path, hidden):
    path = write_xls(
        tmp_path / "a.xls", Sheet([HEADINGS, *PEOPLE]), Sheet([HEADINGS, PEOPLE[0]], "Cũ", hidden=hidden)
    )
    tables, found = read_tables(path)
    assert [table.sheet for table in tables] == ["Lớp 1", "Cũ"]
    assert one_of(found, "hidden_sheet")["sheet"] == "Cũ"


@pytest.mark.parametrize(("since_1904", "serial"), [(False, 29285), (True, 29285 - 1462)])
def test_dates_count_from_the_workbook_s_own_day(tmp_path, since_1904, serial):
    rows = [["Mã", "Ngày sinh", "Giờ"], ["001", Shown(serial, "dd/mm/yyyy"), Shown(1.5, "[h]:mm")]]
    table, _ = read_one(write_xls(tmp_path / "a.xls", Sheet(rows), since_1904=since_1904))
    assert table.cells.iloc[0].tolist() == ["001", "1980-03-05", "1.5"]
    assert table.kinds.iloc[0].tolist() == ["text", "date", "number"]


def test_codes_stored_as_text_keep_their_zeros_and_those_only_shown_with_zeros_are_named(tmp_path):
    rows = [["Mã", "Huyện", "Điểm"], ["001", Shown(7, "000"), 7], ["002", Shown(899, "000"), 8]]
    table, found = read_one(write_xls(tmp_path / "a.xls", Sheet(rows)))
    assert table.cells["Mã"].tolist() == ["001", "002"]
    assert table.cells["Huyện"].tolist() == ["7", "899"]
    assert one_of(found, "zeros_only_shown")["cell"] == "B2"


def test_a_formula_gives_its_stored_result_and_one_that_shows_nothing_is_named(tmp_path):
    rows = [
        ["Mã", "Điểm", "Xếp loại"],
        ["001", Formula(7.5), Formula("")],
        ["002", Formula("#DIV/0!"), "Giỏi"],
    ]
    table, found = read_one(write_xls(tmp_path / "a.xls", Sheet(rows)))
    assert table.cells["Điểm"].tolist() == ["7.5", "#DIV/0!"]
    assert table.kinds["Xếp loại"].tolist() == ["empty", "text"]
    said = one_of(found, "formula_shows_nothing")
    assert (said["kind"], said["cell"], said["got"]) == ("note", "C2", "1 cells")
    assert one_of(found, "error_cell")["cell"] == "B3"


def test_a_workbook_that_lacks_nothing_is_read_without_a_word(tmp_path):
    _, found = read_one(write_xls(tmp_path / "a.xls", Sheet([HEADINGS, *PEOPLE])))
    assert found.empty


def test_an_old_workbook_locked_with_a_password_is_refused_and_says_how_to_unlock(tmp_path):
    path = write_xls(tmp_path / "a.xls", Sheet([HEADINGS, *PEOPLE]), filepass=LOCKED)
    with pytest.raises(UnreadableFile, match="locked with a password") as caught:
        read_tables(path)
    assert "mật khẩu" in caught.value.vi and "Encrypt with Password" in caught.value.hint


def test_an_old_workbook_with_too_many_cells_is_refused(tmp_path, monkeypatch):
    sheets = [Sheet([HEADINGS, *PEOPLE], name) for name in ("a", "b")]
    path = write_xls(tmp_path / "a.xls", *sheets)
    monkeypatch.setattr(limits, "MOST_CELLS", 2 * 4 * 3 - 1)
    with pytest.raises(UnreadableFile, match="too large"):
        read_tables(path)


@pytest.mark.parametrize("made", [xls_workbook, None])
@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_an_old_workbook_cut_short_is_refused(tmp_path, share, made):
    path = tmp_path / "a.xls"
    content = made() if made else write_xls(path, Sheet([HEADINGS, *PEOPLE * 200])).read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    with pytest.raises(UnreadableFile, match="damaged") as caught:
        read_tables(path)
    assert "hỏng, bị cắt cụt" in caught.value.vi


def test_no_cut_of_an_old_workbook_gives_fewer_rows(tmp_path):
    path = write_xls(tmp_path / "a.xls", Sheet([HEADINGS, *PEOPLE * 100]))
    content = path.read_bytes()
    for size in range(16, len(content), 499):
        path.write_bytes(content[:size])
        with pytest.raises(UnreadableFile):
            read_tables(path)


def test_nothing_of_the_library_is_printed(tmp_path, capsys):
    path = tmp_path / "a.xls"
    path.write_bytes(xls_workbook() + b"\0" * 7)
    read_tables(path)
    assert capsys.readouterr().out == ""
