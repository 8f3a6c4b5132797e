import pytest

from tests.training.records.typed_sheets import CLASSES, check, found


def sheet(**sessions):
    return {"Lớp": ["K01", "K01", "K02"], "Mã HV": ["HV01", "HV02", "HV01"], **sessions}


TWO = {"Buổi 1": ["x", "P", "x"], "Buổi 2": ["v", "K", "x"]}
TIMETABLE = {"Lớp": ["K01", "K01", "K02", "K02"], "Buổi": [1, 2, 1, 2], "Số tiết": [4, 5, 4, 4]}


def test_sessions_are_read_by_column_with_the_timetable_s_periods():
    checked = check({"Điểm danh": sheet(**TWO), "Lịch học": TIMETABLE})
    assert found(checked) == set()
    rows = checked.records.attendance
    assert rows["status"].tolist() == ["present", "absent", "excused", "absent", "present", "present"]
    assert rows["session"].tolist() == [1, 2] * 3
    assert rows["periods"].tolist() == [4, 5, 4, 5, 4, 4]


def test_a_row_a_session_gives_the_same():
    long = {
        "Lớp": ["K01"] * 4 + ["K02"] * 2, "Mã HV": ["HV01", "HV01", "HV02", "HV02", "HV01", "HV01"],
        "Buổi": [1, 2] * 3, "Điểm danh": ["có mặt", "vắng", "phép", "không phép", "1", "+"],
    }  # fmt: skip
    wide = check({"Điểm danh": sheet(**TWO), "Lịch học": TIMETABLE}).records.attendance
    assert check({"Điểm danh": long, "Lịch học": TIMETABLE}).records.attendance.equals(wide)


def test_without_a_timetable_a_class_s_periods_are_shared_out_where_they_can_be():
    checked = check({"Điểm danh": sheet(**TWO), "Lớp": CLASSES | {"Số tiết": [8, 9]}})
    periods = checked.records.attendance.groupby("class_id")["periods"].first()
    assert periods["K01"] == 4 and periods.isna()["K02"]
    row = checked.findings.query("code == 'periods_unknown'").iloc[0]
    assert row["got"] == "K02: 1, K02: 2"


def test_an_empty_cell_is_no_absence_and_is_counted():
    checked = check(
        {
            "Điểm danh": sheet(**{"Buổi 1": ["x", None, "x"], "Buổi 2": ["x", "x", None]}),
            "Lịch học": TIMETABLE,
        }
    )
    assert found(checked) == {("attendance_blank", "Điểm danh!")}
    assert len(checked.records.attendance) == 4
    left = checked.records.left_out
    assert set(zip(left["cell"], left["reason"], strict=True)) == {
        ("C3", "attendance_blank"),
        ("D4", "attendance_blank"),
    }


def test_a_column_of_the_template_that_a_class_did_not_need_is_no_session():
    """The template has eight; a session that the timetable names stays one, though nobody filled it in."""
    marks = sheet(**TWO, **{"Buổi 3": [None, None, "x"], "Buổi 4": [None] * 3, "Buổi 5": [None] * 3})
    timetable = {"Lớp": [*TIMETABLE["Lớp"], "K02", "K02"], "Buổi": [1, 2, 1, 2, 3, 4], "Số tiết": [4] * 6}
    checked = check({"Điểm danh": marks, "Lịch học": timetable})
    assert len(checked.records.attendance) == 7
    left = checked.records.left_out
    assert set(left["cell"]) == {"F4"} and set(left["reason"]) == {"attendance_blank"}


@pytest.mark.parametrize("mark", ["?", "có lẽ", 7])
def test_a_mark_that_nobody_declared_leaves_out_its_cell_alone(mark):
    checked = check(
        {"Điểm danh": sheet(**{"Buổi 1": [mark, "x", "x"], "Buổi 2": ["x", "x", "x"]}), "Lịch học": TIMETABLE}
    )
    assert found(checked) == {("unknown_code", "Điểm danh!C2")}
    assert len(checked.records.attendance) == 5


def test_somebody_twice_counts_once():
    twice = {"Lớp": ["K01", "K01"], "Mã HV": ["HV01", "HV01"], "Buổi 1": ["x", "v"]}
    checked = check({"Điểm danh": twice, "Lịch học": TIMETABLE})
    assert found(checked) == {("attendance_twice", "Điểm danh!C3")}
    assert checked.records.attendance["status"].tolist() == ["present"]
