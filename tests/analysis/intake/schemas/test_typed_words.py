import unicodedata

import pytest

from analysis.intake.schemas.schema import read_schema
from analysis.intake.schemas.typed_words import _WHY, say_fault, say_need

LIST = read_schema("class_list")


def test_a_bad_score_says_what_is_wanted_and_what_happens_to_the_row():
    vi, en = say_fault(LIST.column("post_score"), "not_number")
    assert vi == (
        "Điểm sau khóa học phải là số từ 0 đến 10, ví dụ 7,5. "
        "Dòng này bị loại khỏi phép tính; hãy sửa ô để tính cả dòng."
    )
    assert en == (
        "Score after the course must be a number from 0 to 10, such as 7.5. "
        "The row is left out; mend the cell to count it."
    )


def test_dates_are_spelt_day_before_month_in_vietnamese():
    assert (
        "từ 01/01/1940 đến 31/12/2007: ngày/tháng/năm như 05/03/1980"
        in say_need(LIST.column("birth_date"))[0]
    )


@pytest.mark.parametrize("fault", list(_WHY))
@pytest.mark.parametrize("column", LIST.columns, ids=lambda column: column.name)
def test_every_fault_of_every_column_is_said_whole_in_both_languages(column, fault):
    vi, en = say_fault(column, fault, ("Có phải là A?", "Is it A?"))
    for text in (vi, en):
        assert text.endswith(".")
        assert ".." not in text
        assert "  " not in text
    assert unicodedata.is_normalized("NFC", vi)
    assert vi.startswith(column.label_vi)
    assert en.startswith(column.label_en)
    assert "Có phải là A?" in vi
    assert "Is it A?" in en
