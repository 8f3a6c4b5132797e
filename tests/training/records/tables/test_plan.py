from tests.training.records.typed_sheets import check, found

PLAN = {
    "Năm": [2021, 2021],
    "Khóa": ["papi-2021", "PAPI-2021"],
    "Huyện": ["Gò Quao", "H. An Biên"],
    "Số xã": [11, 9],
    "Số người": [15, None],
}


def test_the_plan_is_read_with_the_course_as_the_classes_write_it():
    checked = check({"Kế hoạch": PLAN})
    table = checked.records.plan
    assert table["course"].tolist() == ["PAPI-2021", "PAPI-2021"]
    assert table["district"].tolist() == ["907", "908"]
    assert table["learners"].isna().tolist() == [False, True]


def test_a_district_twice_stops_and_a_course_without_a_class_is_noted():
    assert ("plan_twice", "Kế hoạch!C3") in found(
        check({"Kế hoạch": PLAN | {"Huyện": ["Gò Quao", "Huyện Gò Quao"]}})
    )
    assert ("planned_course_without_class", "Kế hoạch!") in found(
        check({"Kế hoạch": PLAN | {"Khóa": ["A", "A"]}})
    )
