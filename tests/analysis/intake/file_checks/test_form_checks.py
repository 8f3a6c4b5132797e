from datetime import date

import pytest

from analysis.intake.file_checks.check_findings import NAMED_ONE_BY_ONE
from analysis.intake.file_checks.file_checks import check_table
from tests.analysis.intake.raw_tables import raw_of


def cells_of(values, code, **fields):
    found = check_table(raw_of({"Cột": values}, **fields))
    rows = found[found["code"] == code]
    return rows["cell"].tolist()


def codes_of(values, **fields):
    return check_table(raw_of({"Cột": values}, **fields))["code"].tolist()


def test_words_among_numbers_are_named_with_their_cells():
    assert cells_of([7, 8, "vắng", 6, "7;5", 9], "word_among_numbers") == ["A4", "A6"]


def test_a_column_of_words_with_a_few_numbers_is_left_alone():
    assert codes_of(["Ấp 1", "Ấp 2", "Khu phố 3", 4, "Tổ 5"]) == []


def test_numbers_stored_as_text_are_named_beside_numbers():
    assert cells_of([7, 8, "6", 9, "7,5"], "number_as_text") == ["A4", "A6"]


def test_a_file_that_is_all_text_has_no_numbers_stored_as_text():
    assert codes_of(["7", "8", "6"]) == []


def test_decimal_commas_beside_points_are_counted():
    found = check_table(raw_of({"Cột": ["7,5", "8.5", "6,25", "9"]}))
    note = found[found["code"] == "mixed_decimals"].iloc[0]
    assert "phẩy thập phân (2 ô) và dấu chấm thập phân (1 ô)" in note["vi"]


def test_thousands_are_no_decimals():
    assert codes_of(["1.234", "2.345.678", "7,5"]) == []


def test_a_date_among_numbers_is_named():
    assert cells_of([7, 8, date(2021, 5, 7), 6, 9], "word_among_numbers") == ["A4"]


def test_dates_of_several_forms_are_counted_and_the_odd_ones_named():
    values = ["05/03/1980", "06/03/1980", "07/03/1980", date(1980, 3, 8), 29285, "1980", "tháng 3", "1/1/80"]
    found = check_table(raw_of({"Cột": values}))
    note = found[found["code"] == "mixed_date_forms"].iloc[0]
    assert "d/m/yyyy (3), date cell (1), Excel serial (1), yyyy (1), other (1), d/m/yy (1)" in note["vi"]
    assert found.loc[found["code"] == "odd_date_form", "cell"].tolist() == ["A5", "A6", "A7", "A8", "A9"]


@pytest.mark.parametrize(
    "values", [["05/03/1980", "06/03/1980", "7/3/1980"], [date(1980, 3, 5), date(1981, 1, 1), None]]
)
def test_dates_of_one_form_are_left_alone(values):
    assert codes_of(values) == []


def test_codes_that_lost_their_zero_are_named():
    assert cells_of(["0123", "0456", "0789", 456, "9999"], "leading_zero_lost") == ["A5"]


def test_numbers_of_other_widths_have_lost_nothing():
    assert "leading_zero_lost" not in codes_of(["0912", 7, 8, 9.5, 6])


def test_very_many_odd_cells_are_counted_with_their_texts():
    many = NAMED_ONE_BY_ONE + 1
    found = check_table(raw_of({"Cột": [*range(300), *["K"] * many]}))
    rows = found[found["code"] == "word_among_numbers"]
    assert len(rows) == 1
    assert (
        f'({many} ô của cột "Cột": "K"; dòng/row 302, 303, 304, 305, 306, … (+{many - 5}))'
        in rows["vi"].iloc[0]
    )
