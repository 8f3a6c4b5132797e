from tests.training.records.class_book import add_sheet, found, write_book
from tests.training.records.typed_sheets import CLASSES, check
from tests.training.records.typed_sheets import found as found_typed
from training.records.checking import check_files


def test_a_file_that_cannot_be_read_is_a_stop_and_the_others_are_read(tmp_path):
    good = write_book(tmp_path / "lop.xlsx")
    bad = tmp_path / "hong.xlsx"
    bad.write_bytes(good.read_bytes()[:1000])
    checked = check_files([bad, good, tmp_path / "khong-co.xlsx"])
    rows = checked.findings.query("kind == 'stop'")
    assert dict(zip(rows["file"], rows["code"], strict=True)) == {
        "hong.xlsx": "unreadable_file",
        "khong-co.xlsx": "missing_file",
    }
    assert len(checked.records.participants) == 24


def test_the_sheets_of_a_class_may_be_spread_over_files(tmp_path):
    from tests.training.records.class_book import good_rows

    rows = good_rows()
    first = {name: own for name, own in rows.items() if name not in ("forms", "follow_up")}
    second = {name: rows[name] for name in ("forms", "follow_up")}
    files = [write_book(tmp_path / "lop.xlsx", first), write_book(tmp_path / "phieu.xlsx", second)]
    checked = check_files(files)
    assert found(checked) == set()
    assert len(checked.records.forms) == 600 and len(checked.records.follow_up) == 120


def test_a_sheet_that_is_no_record_is_named_and_its_values_are_hidden(tmp_path):
    path = add_sheet(write_book(tmp_path / "lop.xlsx"), "Thu chi", [["Khoản", "Số tiền"], ["Nước uống", 100]])
    checked = check_files([path])
    assert found(checked) == {("sheet_not_known", "Thu chi!")}
    assert {"Khoản", "Số tiền"} <= set(checked.hidden)


def test_columns_that_no_kind_reads_are_named_once_for_the_sheet():
    people = {"Mã HV": ["HV01"], "Lớp": ["K01"], "Cấp": ["tỉnh"], "Điểm trước": [5], "Màu áo": ["đỏ"]}
    checked = check({"Học viên": people})
    rows = checked.findings.query("code == 'column_not_read'")
    assert rows["got"].tolist() == ["Màu áo"]


def test_a_sheet_that_bears_a_name_without_its_headings_is_told_which():
    checked = check({"Điểm danh": {"Tên": ["x"], "Có": ["x"]}})
    assert ("missing_column", "Điểm danh!") in found_typed(checked)


def test_a_row_of_totals_is_no_participant_but_a_forgotten_code_is_a_stop():
    people = {
        "STT": [1, 2, None], "Mã HV": ["HV01", None, None], "Đơn vị": ["Sở Nội vụ", "Sở Tư pháp", None],
        "Cấp": ["tỉnh", "tỉnh", None], "Lớp": ["K01", "K01", None],
    }  # fmt: skip
    people["STT"][2] = "Tổng cộng: 2"
    checked = check({"Học viên": people})
    assert found_typed(checked) == {("blank", "Học viên!B3"), ("row_without_entry", "Học viên!")}
    assert len(checked.records.participants) == 1


def test_dates_typed_as_text_are_reported_and_day_cells_are_not(tmp_path):
    assert "forms_read" in set(check({"Lớp": CLASSES}).findings["code"])
    assert "forms_read" not in set(check_files([write_book(tmp_path / "lop.xlsx")]).findings["code"])
