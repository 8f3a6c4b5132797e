from tests.training.records.typed_sheets import CLASSES, check, found

COUNT = 10
CODES = [f"HV{number:02d}" for number in range(1, COUNT + 1)]
PEOPLE = {"Lớp": ["K01"] * COUNT, "Mã HV": CODES, "Cấp": ["tỉnh"] * COUNT}
ONE = {heading: cells[:1] for heading, cells in CLASSES.items()}


def marks(before, after):
    return check(
        {
            "Lớp": ONE,
            "Học viên": PEOPLE,
            "Điểm kiểm tra": {"Mã HV": CODES, "Điểm trước": before, "Điểm sau": after},
        }
    )


def test_those_with_one_test_are_counted_and_each_row_is_named():
    checked = marks([5] * 8 + [None, None], [None, 7, 8, 8, 9, 6, 7, 8, 9, None])
    notes = checked.findings.query("code == 'one_test_only'")
    assert notes["got"].tolist() == ["1/9", "1/9"]
    left = checked.records.left_out
    assert left[["sheet", "row", "measure", "reason"]].values.tolist() == [
        ["Học viên", 2, "gain", "no_post"],
        ["Học viên", 10, "gain", "no_pre"],
    ]


def test_a_class_tested_once_names_nobody():
    checked = marks([5] * COUNT, [None] * COUNT)
    assert [code for code, _ in found(checked)] == ["one_test_only"]
    assert checked.records.left_out.empty


def test_columns_in_which_nearly_all_did_worse_look_swapped():
    assert ("tests_swapped", "Học viên!") in found(marks([8] * 8 + [5, 5], [5] * 9 + [7]))
    assert found(marks([5] * COUNT, [8] * COUNT)) == set()
    assert found(marks([8] * 7 + [5, 5, 5], [5] * 7 + [7, 7, 7])) == set()


def test_few_people_say_nothing_of_swapped_columns():
    few = {"Mã HV": CODES[:7], "Điểm trước": [8] * 7, "Điểm sau": [5] * 7}
    assert found(check({"Lớp": ONE, "Học viên": PEOPLE, "Điểm kiểm tra": few})) == set()


def test_a_second_attempt_does_not_make_a_pair():
    twice = {
        "Mã HV": ["HV01", "HV01", "HV02", "HV02"],
        "Lần": [1, 2, 1, 1],
        "Bài": ["sau", "trước", "trước", "sau"],
        "Điểm": [5, 4, 5, 8],
    }
    checked = check({"Lớp": ONE, "Học viên": PEOPLE, "Điểm kiểm tra": twice})
    assert checked.records.left_out["reason"].tolist() == ["no_pre"]
