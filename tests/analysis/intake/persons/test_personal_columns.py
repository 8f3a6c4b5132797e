import numpy as np
import pandas as pd
import pytest

from analysis.intake.persons.personal_columns import personal_columns
from tests.analysis.intake.raw_tables import raw_of

NAMES = ["Nguyễn Văn An", "Lê Thị Bình", "Trần Hoa", "Danh Sơn"]


def test_columns_are_known_by_heading_or_by_values():
    columns = {"Họ tên": ["a"], "Địa chỉ": [None], "Cột C": ["0912345678"], "Điểm": [7], "Huyện": ["Hòn Đất"]}
    assert personal_columns(raw_of(columns)) == {"Họ tên": "name", "Địa chỉ": "address", "Cột C": "phone"}


def test_a_column_of_names_needs_no_heading():
    assert personal_columns(raw_of({"x": NAMES, "y": ["Dương Đông", "Hàm Ninh", "Cửa Cạn", "Thổ Châu"]})) == {
        "x": "name"
    }


def test_two_names_among_other_texts_are_no_column_of_names():
    assert personal_columns(raw_of({"x": [*NAMES[:2], "Phòng Nội vụ", "Sở Y tế", "Ấp Ba"]})) == {}


@pytest.mark.parametrize(("count", "kind"), [(9, ""), (10, "phone")])
def test_a_tenth_of_a_column_must_look_personal(count, kind):
    values = [f"09{number:08d}" for number in range(count)] + ["Sở Y tế"] * (100 - count)
    assert personal_columns(raw_of({"x": values})).get("x", "") == kind


def test_a_label_of_the_file_counts_like_a_heading_and_labelled_codes_are_codes():
    stored = pd.DataFrame({"q1": ["a", "b"], "q2": [371204561.0, 370914530.0]})
    raw = type(raw_of({}))(
        raw_of({}).path, "", rows=np.arange(1, 3), stored=stored,
        variable_labels={"q1": "Họ và tên người trả lời", "q2": ""}, value_labels={"q2": {371204561.0: "có"}},
    )  # fmt: skip
    assert personal_columns(raw) == {"q1": "name"}
