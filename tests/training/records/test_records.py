import pandas as pd

from training.records import Records, join_records
from training.records.records import COLUMNS, arrange_table, empty_table


def test_every_table_is_always_there_with_its_columns_and_types():
    records = Records()
    assert list(records.tables()) == list(COLUMNS)
    for name, table in records.tables().items():
        assert {column: str(dtype) for column, dtype in table.dtypes.items()} == dict(COLUMNS[name])


def test_rows_get_the_columns_and_types_of_the_contract_and_lose_others():
    table = arrange_table("plan", [{"year": 2021, "district": "905", "learners": None, "extra": "x"}])
    assert list(table.columns) == list(COLUMNS["plan"])
    assert table["district"].tolist() == ["905"] and table["course"].tolist() == [""]
    assert table["learners"].isna().all() and str(table["learners"].dtype) == "Int64"


def test_no_rows_give_an_empty_table_of_the_right_types():
    pd.testing.assert_frame_equal(arrange_table("scores", []), empty_table("scores"))


def test_codes_keep_their_zeros_and_missing_flags_are_false():
    table = arrange_table("classes", [{"class_id": "007"}, {"class_id": "008", "simulated": True}])
    assert table["class_id"].tolist() == ["007", "008"]
    assert table["simulated"].tolist() == [False, True]


def one(class_id):
    classes = arrange_table("classes", [{"class_id": class_id, "course": "C"}])
    courses = arrange_table("courses", [{"course": "C", "name_vi": f"tên ở {class_id}"}])
    return Records(classes=classes, courses=courses)


def test_joined_records_hold_every_class_and_each_course_once_as_the_first_has_it():
    joined = join_records([one("K01"), one("K02")])
    assert joined.classes["class_id"].tolist() == ["K01", "K02"]
    assert joined.courses["name_vi"].tolist() == ["tên ở K01"]
    for name, table in joined.tables().items():
        assert {column: str(dtype) for column, dtype in table.dtypes.items()} == dict(COLUMNS[name])


def test_the_records_of_one_class_keep_what_belongs_to_no_class():
    joined = join_records([one("K01"), one("K02")]).of_class("K02")
    assert joined.classes["class_id"].tolist() == ["K02"] and len(joined.courses) == 1
