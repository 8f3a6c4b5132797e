import pytest

from tests.training.records.typed_sheets import check, found


def sheet(**columns):
    count = len(next(iter(columns.values())))
    return {"Lớp": ["K01"] * count, "Số phiếu": [str(number) for number in range(1, count + 1)], **columns}


def rows(checked):
    table = checked.records.forms
    return [
        (r.form, r.lecturer, r.indicator, None if r.score is None or r.score != r.score else int(r.score))
        if str(r.score) != "<NA>"
        else (r.form, r.lecturer, r.indicator, None)
        for r in table.itertuples()
    ]


def test_an_indicator_that_was_asked_and_not_answered_has_a_row_without_a_score():
    checked = check(
        {"Phiếu đánh giá": sheet(**{"Người đánh giá": ["học viên"] * 2, "CT1.1": [8, None], "CT1.2": [7, 9]})}
    )
    assert found(checked) == set()
    assert rows(checked) == [
        ("1", "", "CT1.1", 8),
        ("1", "", "CT1.2", 7),
        ("2", "", "CT1.1", None),
        ("2", "", "CT1.2", 9),
    ]
    assert set(checked.records.forms["object"]) == {"programme"}


def test_what_nobody_of_a_class_answered_and_what_is_not_for_the_respondent_was_not_asked():
    own = sheet(
        **{
            "Người đánh giá": ["học viên", "giảng viên"],
            "CT1.1": [8, 9],
            "CT1.2": [None, None],
            "HV1.1": [None, 7],
        }
    )
    assert rows(check({"Phiếu đánh giá": own})) == [
        ("1", "", "CT1.1", 8),
        ("2", "", "CT1.1", 9),
        ("2", "", "HV1.1", 7),
    ]


def test_the_part_about_a_lecturer_is_a_row_of_its_own_of_the_same_form():
    lecturers = {"Lớp": ["K01"], "Mã GV": ["GV01"], "Số tiết": [8]}
    parts = {
        "Lớp": ["K01"] * 4, "Số phiếu": ["1", "1", "2", "2"], "Người đánh giá": ["học viên"] * 4,
        "Mã GV": [None, "gv01", None, "GV01"], "CT1.1": [8, None, None, None], "CT1.2": [8, None, 9, None],
        "GV1.1": [None, 10, None, None], "GV1.2": [None, 9, None, 8],
    }  # fmt: skip
    checked = check({"Giảng viên": lecturers, "Phiếu đánh giá": parts})
    assert found(checked) == set()
    assert rows(checked) == [
        ("1", "", "CT1.1", 8), ("1", "", "CT1.2", 8), ("1", "GV01", "GV1.1", 10), ("1", "GV01", "GV1.2", 9),
        ("2", "", "CT1.1", None), ("2", "", "CT1.2", 9), ("2", "GV01", "GV1.1", None), ("2", "GV01", "GV1.2", 8),
    ]  # fmt: skip


def test_forms_in_one_part_keep_lecturers_indicators_without_a_lecturer():
    checked = check(
        {"Phiếu đánh giá": sheet(**{"Người đánh giá": ["học viên"] * 2, "CT1.1": [8, 9], "GV1.1": [7, None]})}
    )
    assert [row[2:] for row in rows(checked)] == [("CT1.1", 8), ("GV1.1", 7), ("CT1.1", 9), ("GV1.1", None)]


def test_a_lecturer_nobody_declared_and_a_name_leave_the_row_out():
    lecturers = {"Lớp": ["K01"], "Mã GV": ["GV01"], "Số tiết": [8]}
    own = sheet(**{"Người đánh giá": ["học viên"] * 2, "Mã GV": ["GV10", "Lê Thị Dạy"], "GV1.1": [8, 9]})
    checked = check({"Giảng viên": lecturers, "Phiếu đánh giá": own})
    assert found(checked) == {
        ("unknown_lecturer", "Phiếu đánh giá!D2"),
        ("unknown_lecturer", "Phiếu đánh giá!D3"),
    }
    assert checked.records.forms.empty
    assert "Lê Thị Dạy" not in checked.findings.to_csv()
    assert 'Có phải là "GV01"?' in checked.findings.query("code == 'unknown_lecturer'")["vi"].iloc[0]


def test_a_form_twice_counts_once_and_one_of_another_respondent_is_another_form():
    twice = {
        "Lớp": ["K01"] * 3,
        "Số phiếu": ["1", "1", "1"],
        "Người đánh giá": ["học viên", "học viên", "giảng viên"],
        "CT1.1": [8, 2, 6],
    }
    checked = check({"Phiếu đánh giá": twice})
    assert found(checked) == {("form_twice", "Phiếu đánh giá!B3")}
    assert checked.records.forms["score"].tolist() == [8, 6]


@pytest.mark.parametrize(
    ("score", "code"),
    [(0, "out_of_range"), (11, "out_of_range"), ("7,5", "not_whole"), ("tốt", "not_number")],
)
def test_a_score_that_is_none_counts_as_unanswered(score, code):
    checked = check({"Phiếu đánh giá": sheet(**{"Người đánh giá": ["học viên"] * 2, "CT1.1": [score, 10]})})
    assert (code, "Phiếu đánh giá!D2") in found(checked)
    assert checked.records.forms["score"].isna().tolist() == [True, False]


@pytest.mark.parametrize("mark", ["KYK", "không ý kiến", "-"])
def test_no_opinion_is_unanswered_without_a_fault(mark):
    checked = check({"Phiếu đánh giá": sheet(**{"Người đánh giá": ["học viên"] * 2, "CT1.1": [mark, 9]})})
    assert found(checked) == set()
    assert checked.records.forms["score"].isna().tolist() == [True, False]


def test_forms_that_do_not_say_whose_they_are_are_learners_and_that_is_noted():
    checked = check({"Phiếu đánh giá": sheet(**{"CT1.1": [8, 9]})})
    assert found(checked) == {("respondent_taken", "Phiếu đánh giá!")}
    assert set(checked.records.forms["respondent"]) == {"learner"}


def test_a_row_an_indicator_is_read_and_an_unknown_one_left_out():
    long = {
        "Lớp": ["K01"] * 2,
        "Số phiếu": ["1", "1"],
        "Người đánh giá": ["học viên"] * 2,
        "Tiêu chí": ["ct1.1", "CT9.9"],
        "Điểm": [8, 9],
    }
    checked = check({"Phiếu đánh giá": long})
    assert found(checked) == {("unknown_indicator", "Phiếu đánh giá!D3")}
    assert checked.records.forms["indicator"].tolist() == ["CT1.1"]


def test_the_follow_up_is_read_by_person_and_source():
    own = {
        "Lớp": ["K01", "K01", "K01"], "Mã HV": ["HV01", "HV01", "HV02"], "Số tháng": [4, 5, 3],
        "Người trả "
        "lời": ["học viên", "cán bộ quản lý", "học viên"], "HQ1.1": [8, 6, None], "HQ1.2": [7, 7, 9],
    }  # fmt: skip
    checked = check({"Theo dõi": own})
    assert found(checked) == set()
    table = checked.records.follow_up
    assert table["source"].tolist() == ["learner"] * 2 + ["manager"] * 2 + ["learner"] * 2
    assert table["score"].isna().tolist() == [False] * 4 + [True, False]
