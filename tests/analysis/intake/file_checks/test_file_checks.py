from datetime import date

import pandas as pd
import pytest

from analysis.findings import COLUMNS
from analysis.intake.file_checks.file_checks import check_table
from tests.analysis.intake.raw_tables import raw_of

GOOD = {
    "STT": [1, 2, 3, 4, 5],
    "Đơn vị": ["Sở Y tế", "Sở Nội vụ", "Sở Tài chính", "Sở Nội vụ", "Sở Y tế"],
    "Điểm": [7, 8.5, 6, 9, 7.5],
}


def found_in(changes=None, **fields):
    return check_table(raw_of(GOOD | (changes or {}), **fields))


def codes(found):
    return found["code"].tolist()


def test_an_ordinary_table_has_no_findings():
    found = found_in()
    assert list(found.columns) == list(COLUMNS)
    assert codes(found) == []


def test_nothing_is_changed():
    raw = raw_of(GOOD | {"Ngày": ["05/03/1980", date(2021, 1, 1), "x", None, "1/1/21"]})
    before = raw.cells.copy(deep=True)
    check_table(raw)
    pd.testing.assert_frame_equal(raw.cells, before)


def test_a_repeated_row_names_the_first_whatever_its_running_number():
    found = found_in({"Đơn vị": ["Sở Y tế"] * 5, "Điểm": [7, 8, 9, 8, 6], "Xã": ["a", "b", "c", "b", "d"]})
    row = found.query("code == 'duplicate_row'").iloc[0]
    assert (row["row"], row["vi"][:28]) == (5, "Dòng này giống hệt dòng 3. H")
    assert codes(found).count("duplicate_row") == 1


def test_rows_that_are_all_empty_are_no_repeats():
    assert "duplicate_row" not in codes(
        found_in({"STT": [None] * 5, "Đơn vị": ["a", None, None, "b", "c"], "Điểm": [1, None, None, 2, 3]})
    )


def test_a_constant_column_is_named_with_its_value():
    found = found_in({"Tỉnh": ["Kiên Giang"] * 5})
    assert codes(found) == ["constant_column"]
    assert found["value"].iloc[0] == "Kiên Giang"


def test_a_constant_personal_column_shows_no_value():
    found = found_in({"Địa chỉ": ["12 Trần Phú"] * 5})
    assert codes(found) == ["personal_column", "constant_column"]
    assert "12 Trần Phú" not in found.to_csv()


def test_a_mostly_empty_column_is_counted():
    columns = {"a": list(range(40)), "b": [None] * 39 + ["x"]}
    found = check_table(raw_of(columns))
    assert codes(found) == ["mostly_empty_column"]
    assert "1 trong 40 ô" in found["vi"].iloc[0]


def test_errors_and_formulas_without_a_result_stop_with_their_addresses():
    found = found_in(
        {"Điểm": [7, "#REF!", 6, None, 7.5]}, kinds={(1, "Điểm"): "error", (3, "Điểm"): "formula_empty"}
    )
    rows = found[["kind", "code", "cell", "value"]].to_records(index=False).tolist()
    assert rows == [("stop", "error_cell", "C3", "#REF!"), ("stop", "formula_empty", "C5", "")]


@pytest.mark.parametrize(
    ("heading", "values", "kind_vi"),
    [
        ("Họ và tên", ["a", "b", "c", "d", "e"], "họ tên"),
        ("Cột 4", ["Nguyễn Văn An", "Lê Thị Bình", "Trần Hoa", "Danh Sơn", "Phạm Đào"], "họ tên"),
        ("SĐT", ["a", "b", "c", "d", "e"], "số điện thoại"),
        ("x", ["0912345678", "0987 654 321", "a", "b", "c"], "số điện thoại"),
        ("x", ["091204561234", "079180001111", "001199012345", "042177654321", None], "số căn cước"),
        ("x", ["a@b.vn", None, "c", "d", "e"], "email"),
        ("GPS_lat", [10.1, 10.2, 10.3, 10.4, 10.5], "tọa độ GPS"),
    ],
)
def test_a_column_that_looks_personal_is_named_and_its_values_are_not(heading, values, kind_vi):
    found = found_in({heading: values})
    note = found.query("code == 'personal_column'").iloc[0]
    assert (note["kind"], note["column"]) == ("note", heading)
    assert kind_vi in note["vi"]
    assert not [
        value for value in values if isinstance(value, str) and len(value) > 3 and value in found.to_csv()
    ]


def test_one_phone_number_in_a_long_column_is_a_cell_and_not_shown():
    found = check_table(raw_of({"Điểm": [7, "0912345678", *[8] * 40, *[5] * 40]}))
    row = found.query("code == 'personal_value'").iloc[0]
    assert (row["cell"], row["value"]) == ("A3", "•••")
    assert "0912345678" not in found.to_csv()
    assert "personal_column" not in codes(found)


def test_a_survey_s_own_types_are_checked_too():
    stored = pd.DataFrame({"q1": [1.0, 2.0, 3.0, 888.0], "w": [0.5, 1.5, 2.5, 3.5]})
    raw = raw_of({}, header_row=0, letters=False, sheet="", file="r.dta")
    raw = type(raw)(
        raw.path, "", rows=raw.rows, stored=stored, header_row=0, value_labels={"q1": {1.0: "a", 2.0: "b"}}
    )
    object.__setattr__(raw, "rows", pd.RangeIndex(1, 5).to_numpy())
    found = check_table(raw)
    assert codes(found) == ["unlabelled_code", "proposed_missing_code"]
