import pandas as pd

from tests.training.records.typed_sheets import check, found
from training.records.linking.class_rows import ClassNames, sheet_rows


def test_no_sheets_give_no_rows_with_the_columns_asked_for():
    rows = sheet_rows([], ["class_id", "score"])
    assert rows.empty and list(rows.columns)[:2] == ["class_id", "score"]


def test_the_only_class_is_that_of_all_files_together():
    assert ClassNames({"k01": "K01"}, {}).only == "K01"
    assert ClassNames({"k01": "K01", "k02": "K02"}, {}).only == "" == ClassNames({}, {}).only


def test_a_class_is_written_as_its_own_sheet_has_it():
    people = {"Lớp": ["k01 ", "K02"], "Mã HV": ["HV01", "HV01"], "Cấp": ["tỉnh", "tỉnh"]}
    checked = check({"Học viên": people})
    assert checked.records.participants["class_id"].tolist() == ["K01", "K02"]
    assert {code for code, _ in found(checked)} <= {"text_put_right"}


def test_a_bad_cell_that_says_what_a_row_is_about_leaves_the_row_out_and_a_bad_value_only_itself():
    scores = {
        "Lớp": ["K01", "K01"],
        "Mã HV": ["HV01", "HV02"],
        "Lần": [0, 1],
        "Điểm trước": [5, "x!"],
        "Điểm sau": [6, 7],
    }
    made = check({"Điểm kiểm tra": scores}).records.scores
    assert made[["test", "score"]].values.tolist() == [["post", 7.0]]
    assert pd.api.types.is_float_dtype(made["score"])
