import pytest

from tests.training.records.typed_sheets import check, found

PAPER = {"Câu": [1, 2], "Mã câu hỏi": ["PAPI-01", "PAPI-02"]}


def sheet(**columns):
    return {"Lớp": ["K01", "K01"], "Mã HV": ["HV01", "HV02"], **columns}


def rows(checked):
    return checked.records.scores[["test", "attempt", "score", "maximum"]].values.tolist()


def test_marks_are_read_with_comma_or_point_on_a_scale_of_ten_unless_another_is_given():
    checked = check({"Điểm kiểm tra": sheet(**{"Điểm trước": ["4,5", 6], "Điểm sau": ["7.25", 9]})})
    assert found(checked) == set()
    assert rows(checked) == [
        ["pre", 1, 4.5, 10.0],
        ["pre", 1, 6.0, 10.0],
        ["post", 1, 7.25, 10.0],
        ["post", 1, 9.0, 10.0],
    ]
    scaled = check({"Điểm kiểm tra": sheet(**{"Điểm trước": [14, 16], "Thang điểm": [20, 20]})})
    assert rows(scaled) == [["pre", 1, 14.0, 20.0], ["pre", 1, 16.0, 20.0]]


@pytest.mark.parametrize("mark", ["v", "Vắng", "P", "K", "x"])
def test_a_mark_of_absence_is_no_score_and_no_fault(mark):
    checked = check({"Điểm kiểm tra": sheet(**{"Điểm trước": [5, mark], "Điểm sau": [7, 8]})})
    assert {code for code, _ in found(checked)} == {"one_test_only"}
    assert len(checked.records.scores) == 3


@pytest.mark.parametrize(
    ("score", "code"),
    [
        (11, "score_above_maximum"),
        ("11/10", "not_number"),
        ("-1", "out_of_range"),
        ("8;5", "not_number"),
        ("mười", "not_number"),
    ],
)
def test_a_bad_mark_leaves_itself_out_and_the_other_test_stays(score, code):
    checked = check({"Điểm kiểm tra": sheet(**{"Điểm trước": [5, score], "Điểm sau": [7, 8]})})
    assert (code, "Điểm kiểm tra!C3") in found(checked)
    assert len(checked.records.scores) == 3
    left = checked.records.left_out
    assert set(zip(left["measure"], left["reason"], strict=True)) == {("gain", code), ("gain", "no_pre")}


def test_a_row_a_mark_gives_the_same_as_a_column_a_test():
    long = {"Lớp": ["K01"] * 2, "Mã HV": ["HV01", "HV01"], "Bài": ["trước", "sau"], "Điểm": ["4,5", 8]}
    assert rows(check({"Điểm kiểm tra": long})) == [["pre", 1, 4.5, 10.0], ["post", 1, 8.0, 10.0]]


def test_a_second_row_of_somebody_is_left_out_unless_it_is_another_attempt():
    twice = {"Lớp": ["K01"] * 2, "Mã HV": ["HV01"] * 2, "Điểm trước": [4, 5], "Điểm sau": [6, 9]}
    checked = check({"Điểm kiểm tra": twice})
    assert found(checked) == {("two_tests", "Điểm kiểm tra!B3")}
    assert [row[2] for row in rows(checked)] == [4.0, 6.0]
    again = check({"Điểm kiểm tra": twice | {"Lần": [1, 2]}})
    assert found(again) == set() and len(again.records.scores) == 4


def test_what_answers_give_stands_before_a_typed_mark_and_a_difference_is_named():
    answers = sheet(**{"Bài": ["sau", "sau"], "Câu 1": ["B", "B"], "Câu 2": ["D", "A"]})
    marks = sheet(**{"Điểm sau": [10, 8]})
    checked = check({"Đề kiểm tra": PAPER, "Bài làm": answers, "Điểm kiểm tra": marks})
    assert {one for one in found(checked) if one[0] != "one_test_only"} == {
        ("mark_differs", "Điểm kiểm tra!C3")
    }
    assert rows(checked) == [["post", 1, 2.0, 2.0], ["post", 1, 1.0, 2.0]]


def test_a_class_list_with_marks_is_participants_and_marks_at_once():
    one = {
        "STT": [1, 2], "Mã học viên": ["HV01", "HV02"], "Họ và tên": ["Lê Thị An", "Trần Văn Bình"],
        "Đơn "
        "vị": ["Phòng Nội vụ", "UBND"], "Cấp": ["huyện", "tỉnh"], "Huyện": ["Gò Quao", None], "Lớp": ["K01", "K01"],
        "Điểm trước": [5, 6], "Điểm sau": [7, 9], "Chứng nhận": ["Có", "Không"],
    }  # fmt: skip
    checked = check({"Học viên": {}, "Danh sách": one})
    assert found(checked) == set()
    assert len(checked.records.participants) == 2
    assert len(checked.records.scores) == 4
    assert len(checked.records.certificates) == 1
