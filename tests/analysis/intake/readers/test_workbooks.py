import pytest

from analysis.errors import UnreadableFile
from analysis.intake.reading import read_tables
from tests.analysis.intake.written_books import HEADINGS, PEOPLE, one_of, read_one, rewrite, write_book


def test_a_plain_sheet_is_text_with_addresses_and_nothing_is_said(tmp_path):
    table, found = read_one(write_book(tmp_path / "a.xlsx", HEADINGS, *PEOPLE))
    assert table.cells.to_dict("list") == {
        "Mã": ["001", "002", "003"], "Đơn vị": ["Sở Nội vụ", "UBND", "UBND"], "Điểm": ["7.5", "8", "6"],
    }  # fmt: skip
    assert table.kinds["Điểm"].tolist() == ["number"] * 3
    assert table.address(2, "Điểm") == "Lớp 1!C4"
    assert found.empty


def test_headings_are_found_below_title_rows_and_the_row_is_named(tmp_path):
    def merge(sheet):
        sheet.merge_cells("A1:C1")

    path = write_book(
        tmp_path / "a.xlsx",
        ["UBND TỈNH KIÊN GIANG"],
        ["Lớp tháng 3", None, 2021],
        [],
        HEADINGS,
        *PEOPLE,
        change=merge,
    )
    table, found = read_one(path)
    assert table.header_row == 4
    assert table.columns == HEADINGS
    assert table.rows.tolist() == [5, 6, 7]
    said = one_of(found, "headings_taken")
    assert "dòng 4" in said["vi"] and said["row"] == 4 and said["kind"] == "note"


def test_header_row_overrides_what_would_be_found(tmp_path):
    path = write_book(tmp_path / "a.xlsx", ["Họ", "Tên", "Số"], HEADINGS, *PEOPLE)
    assert read_one(path)[0].header_row == 1
    table, _ = read_one(path, header_row=2)
    assert table.columns == HEADINGS and len(table.rows) == 3


def test_a_sheet_without_headings_stops_and_asks_for_the_row(tmp_path):
    path = write_book(tmp_path / "a.xlsx", [1, 2, 3], [4, 5, 6], [7, 8, 9])
    _, found = read_one(path)
    said = one_of(found, "headings_not_found")
    assert (
        said["kind"] == "stop" and "--header-row (" in said["vi"] and "[file_format] header_row" in said["vi"]
    )


def test_group_headings_merged_over_columns_are_joined_with_those_beneath(tmp_path):
    def merge(sheet):
        for box in ("A1:A2", "B1:B2", "C1:D1"):
            sheet.merge_cells(box)

    rows = [
        ["Mã", "Họ tên", "Điểm", None, "Ghi chú"],
        [None, None, "Trước", "Sau", None],
        ["001", "An", 5, 7, "x"],
        ["002", "Bình", 6, 8, "y"],
    ]
    table, found = read_one(write_book(tmp_path / "a.xlsx", *rows, change=merge))
    assert table.columns == ["Mã", "Họ tên", "Điểm / Trước", "Điểm / Sau", "Ghi chú"]
    assert table.header_row == 2 and table.rows.tolist() == [3, 4]
    assert "1 và 2" in one_of(found, "headings_taken")["vi"]


def test_group_headings_above_full_headings_are_joined(tmp_path):
    def merge(sheet):
        sheet.merge_cells("A1:D1")
        sheet.merge_cells("C3:D3")

    rows = [
        ["DANH SÁCH"],
        [],
        [None, None, "Điểm"],
        ["Mã", "Họ tên", "Trước", "Sau"],
        ["001", "An", 5, 7],
        ["002", "Bình", 6, 8],
    ]
    table, _ = read_one(write_book(tmp_path / "a.xlsx", *rows, change=merge))
    assert table.columns == ["Mã", "Họ tên", "Điểm / Trước", "Điểm / Sau"]
    assert table.header_row == 4


def test_group_headings_that_are_not_merged_are_joined(tmp_path):
    rows = [
        ["Mã", "Họ tên", "Điểm", None],
        [None, None, "Trước", "Sau"],
        ["001", "An", 5, 7],
        ["002", "Bình", 6, 8],
    ]
    table, _ = read_one(write_book(tmp_path / "a.xlsx", *rows))
    assert table.columns == ["Mã", "Họ tên", "Điểm / Trước", "Điểm / Sau"]


def test_a_first_row_of_words_is_no_second_heading(tmp_path):
    rows = [["Mã", "Họ tên", "Đơn vị", "Ghi chú"], ["a", "An", "UBND", None], ["b", "Bình", None, None]]
    table, _ = read_one(write_book(tmp_path / "a.xlsx", *rows))
    assert table.header_row == 1 and len(table.rows) == 2


def test_a_heading_over_two_columns_is_numbered_and_no_fault(tmp_path):
    path = write_book(tmp_path / "a.xlsx", ["Mã", "Họ và tên", None, "Điểm"], ["001", "Nguyễn Văn", "An", 7], ["002", "Lê Thị", "Bình", 8],
                      change=lambda sheet: sheet.merge_cells("B1:C1"))  # fmt: skip
    table, found = read_one(path)
    assert table.columns == ["Mã", "Họ và tên", "Họ và tên (2)", "Điểm"]
    assert one_of(found, "heading_over_columns")["kind"] == "note"


def test_merged_cells_are_filled_with_their_own_kind_and_named(tmp_path):
    rows = [HEADINGS, ["001", "Sở Nội vụ", 7], ["002", None, 8], ["003", None, 9], ["004", "UBND", 6]]
    table, found = read_one(
        write_book(tmp_path / "a.xlsx", *rows, change=lambda sheet: sheet.merge_cells("B2:B4"))
    )
    assert table.cells["Đơn vị"].tolist() == ["Sở Nội vụ"] * 3 + ["UBND"]
    assert table.kinds["Đơn vị"].tolist() == ["text", "merged", "merged", "text"]
    said = one_of(found, "merged_filled")
    assert said["cell"] == "B2:B4" and said["got"] == "2 cells"


def test_a_range_merged_far_beyond_the_table_fills_only_the_table(tmp_path):
    path = write_book(
        tmp_path / "a.xlsx",
        HEADINGS,
        *PEOPLE,
        ["004", "Sở", 5],
        change=lambda sheet: sheet.merge_cells("B5:C5"),
    )
    rewrite(path, "xl/worksheets/sheet1.xml", 'ref="B5:C5"', 'ref="B5:XFD1048576"')
    table, _ = read_one(path)
    assert table.cells.shape == (4, 3)
    assert table.cells["Điểm"].iloc[3] == "Sở"


def test_hidden_rows_columns_and_sheets_are_read_and_named(tmp_path):
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True
        other = sheet.parent.create_sheet("Cũ")
        other.append(HEADINGS)
        other.append(["009", "Sở", 5])
        other.sheet_state = "veryHidden"

    tables, found = read_tables(write_book(tmp_path / "a.xlsx", HEADINGS, *PEOPLE, change=hide))
    assert [len(table.rows) for table in tables] == [3, 1]
    assert one_of(found, "hidden_rows")["row"] == 3
    assert one_of(found, "hidden_columns")["got"] == "B"
    assert one_of(found, "hidden_sheet")["sheet"] == "Cũ"


def test_rows_that_may_be_no_data_stay_and_are_named(tmp_path):
    rows = [HEADINGS, ["Huyện Hòn Đất"], *PEOPLE[:2], [], HEADINGS, PEOPLE[2], ["004", "Sở", 5], ["005", "Sở", 5], ["Tổng cộng:", None, 26.5], [], ["Người lập bảng"]]  # fmt: skip
    path = write_book(tmp_path / "a.xlsx", *rows, change=lambda sheet: sheet.merge_cells("A2:C2"))
    table, found = read_one(path)
    assert len(table.rows) == 1 + 2 + 1 + 3 + 1 + 1
    named = {
        code: one_of(found, code)["row"]
        for code in ("section_row", "repeated_headings", "total_row", "footer_row", "blank_rows")
    }
    assert named == {
        "section_row": 2,
        "repeated_headings": 6,
        "total_row": 10,
        "footer_row": 12,
        "blank_rows": 5,
    }
    assert set(found["kind"]) == {"note"}


@pytest.mark.parametrize(
    "text", ["Tổng", "TỔNG CỘNG", "Cộng:", "Tổng số học viên: 25", "Trung bình", "Total"]
)
def test_words_for_a_total_are_known(tmp_path, text):
    _, found = read_one(write_book(tmp_path / "a.xlsx", HEADINGS, *PEOPLE, [text, None, 3]))
    assert one_of(found, "total_row")["row"] == 5


@pytest.mark.parametrize("text", ["Tống Văn An", "Công", "Nguyễn Tổng", "Cộng đồng"])
def test_names_like_a_total_are_none(tmp_path, text):
    _, found = read_one(write_book(tmp_path / "a.xlsx", HEADINGS, *PEOPLE, [text, "UBND", 3]))
    assert "total_row" not in set(found["code"])


def test_an_answer_like_a_total_is_none_and_a_narrow_row_with_a_number_before_it_is_one(tmp_path):
    rows = [["STT", "Kinh tế", "Huyện"], [1, "Trung bình", "899"], [2, "Khá", "900"], [3, "Trung bình", None]]
    _, found = read_one(write_book(tmp_path / "a.xlsx", *rows))
    assert one_of(found, "total_row")["got"] == "4"


def test_repeated_blank_and_empty_headings_are_named(tmp_path):
    rows = [
        ["Mã", "Điểm", None, "Điểm", "Ghi chú"],
        ["001", 5, "a", 7, None],
        ["002", 6, "b", 8, None],
        ["003", 6, "b", 8, None],
    ]
    table, found = read_one(write_book(tmp_path / "a.xlsx", *rows))
    assert table.columns == ["Mã", "Điểm", "(cột C)", "Điểm (2)", "Ghi chú"]
    assert one_of(found, "duplicate_heading")["kind"] == "stop"
    assert one_of(found, "blank_heading")["cell"] == "C1"
    assert "Ghi chú (E)" in one_of(found, "empty_column")["what"]


def test_every_sheet_is_a_table_and_empty_ones_are_named(tmp_path):
    def more(sheet):
        second = sheet.parent.create_sheet("Lớp 2 ")
        second.append(HEADINGS)
        second.append(["010", "Sở", 5])
        sheet.parent.create_sheet("Trống")
        sheet.parent.create_sheet("Chỉ tiêu đề").append(HEADINGS)
        sheet.parent.create_chartsheet("Biểu đồ")

    path = write_book(tmp_path / "a.xlsx", HEADINGS, *PEOPLE, change=more)
    tables, found = read_tables(path)
    assert [(table.sheet, len(table.rows)) for table in tables] == [("Lớp 1", 3), ("Lớp 2 ", 1)]
    assert '"Trống", "Chỉ tiêu đề"' in one_of(found, "sheets_without_rows")["what"]
    assert one_of(found, "sheets_read")["got"] == "2 sheets"
    table, found = read_one(path, sheet="lớp 2")
    assert table.sheet == "Lớp 2 " and "sheets_read" not in set(found["code"])


def test_an_unknown_sheet_names_the_nearest(tmp_path):
    with pytest.raises(UnreadableFile, match="no sheet has that name") as caught:
        read_tables(write_book(tmp_path / "a.xlsx", HEADINGS, *PEOPLE), sheet="Lớp 3")
    assert caught.value.expected == "Lớp 1"


def test_a_workbook_without_rows_is_refused(tmp_path):
    with pytest.raises(UnreadableFile, match="no rows"):
        read_tables(write_book(tmp_path / "a.xlsx", HEADINGS))
