import pytest

from tests.training.records.typed_sheets import check, found, who

PAPER = {"Câu": [1, 2], "Mã câu hỏi": ["PAPI-01", "PAPI-02"]}


def sheet(tests, first, second, **more):
    codes = more.pop("codes", ["HV01", "HV02", "HV01"])[: len(tests)]
    return {
        "Lớp": ["K01", "K01", "K02"][: len(tests)],
        "Mã HV": codes,
        "Bài": tests,
        "Câu 1": first,
        "Câu 2": second,
        **more,
    }


def test_tests_are_read_in_usual_words():
    tests = ["đầu khóa", "Sau", "pre"]
    checked = check({"Đề kiểm tra": PAPER, "Bài làm": sheet(tests, ["A"] * 3, ["B"] * 3)})
    assert checked.records.scores["test"].tolist() == ["pre", "post", "pre"]


@pytest.mark.parametrize(
    ("title", "test"),
    [("Bài làm trước", "pre"), ("BAI LAM SAU", "post"), ("Bài làm sau 6 tháng", "follow_up")],
)
def test_the_sheet_s_name_says_which_test_where_no_column_does(title, test):
    rows = {key: cells for key, cells in sheet(["x"] * 3, ["A"] * 3, ["B"] * 3).items() if key != "Bài"}
    assert set(check({"Đề kiểm tra": PAPER, title: rows}).records.answers["test"]) == {test}


def test_a_sheet_that_does_not_say_which_test_is_a_stop():
    rows = {key: cells for key, cells in sheet(["x"] * 3, ["A"] * 3, ["B"] * 3).items() if key != "Bài"}
    assert {code for code, _ in found(check({"Đề kiểm tra": PAPER, "Bài làm": rows}))} == {"test_missing"}


def test_a_row_a_question_gives_the_same_as_a_column_a_question():
    long = {
        "Lớp": ["K01"] * 4, "Mã HV": ["HV01", "HV01", "HV02", "HV02"], "Bài": ["trước"] * 4,
        "Câu": [1, "PAPI-02", 1, 2], "Trả lời": ["A", "B", None, "D"],
    }  # fmt: skip
    wide = {
        "Lớp": ["K01", "K01"],
        "Mã HV": ["HV01", "HV02"],
        "Bài": ["trước"] * 2,
        "Câu 1": ["A", None],
        "Câu 2": ["B", "D"],
    }
    made = [check({"Đề kiểm tra": PAPER, "Bài làm": rows}).records.answers for rows in (long, wide)]
    assert made[0].equals(made[1])


def test_items_may_head_the_columns_without_any_paper():
    rows = {"Lớp": ["K01"], "Mã HV": ["HV01"], "Bài": ["sau"], "PAPI-04": ["C"], "PARI-02": ["A"]}
    checked = check({"Bài làm": rows})
    assert checked.records.items["item"].tolist() == ["PAPI-04", "PARI-02"]
    assert checked.records.scores[["score", "maximum"]].values.tolist() == [[1.0, 2.0]]


def test_who_ticked_nothing_did_not_sit_and_is_named_unless_marked_absent():
    rows = sheet(["trước"] * 3, [None, "v", "A"], [None, None, "B"])
    checked = check({"Đề kiểm tra": PAPER, "Bài làm": rows})
    assert ("no_answer", "Bài làm!B2") in found(checked)
    assert checked.records.answers["class_id"].unique().tolist() == ["K02"]
    reasons = checked.records.left_out.query("measure == 'items'")
    assert dict(zip(reasons["row"], reasons["reason"], strict=True)) == {2: "no_answer", 3: "absent"}


def test_an_omitted_answer_is_an_answer_not_given():
    rows = sheet(["trước"] * 2, [None, "-"], ["D", "D"])
    checked = check({"Đề kiểm tra": PAPER, "Bài làm": rows})
    assert checked.records.answers["response"].tolist() == ["", "D", "", "D"]
    assert checked.records.scores["score"].tolist() == [1.0, 1.0]


def test_two_tests_of_one_person_need_an_attempt():
    rows = sheet(["sau"] * 2, ["A", "B"], ["B", "D"], codes=["HV01", "HV01"])
    checked = check({"Đề kiểm tra": PAPER, "Bài làm": rows})
    assert ("two_tests", "Bài làm!B3") in found(checked)
    assert checked.records.scores["score"].tolist() == [0.0]
    mended = check({"Đề kiểm tra": PAPER, "Bài làm": rows | {"Lần": [None, 2]}})
    assert not [one for one in found(mended) if one[0] == "two_tests"]
    assert mended.records.scores[["attempt", "score"]].values.tolist() == [[1, 0.0], [2, 2.0]]


def test_an_option_that_the_question_does_not_have_counts_as_not_answered():
    checked = check({"Đề kiểm tra": PAPER, "Bài làm": sheet(["trước"], ["E"], ["D"])})
    assert ("unknown_option", "Bài làm!D2") in found(checked)
    assert checked.records.answers["response"].tolist() == ["", "D"]


def test_a_question_that_no_paper_has_is_a_stop_once_at_its_heading():
    rows = sheet(["trước"] * 3, ["A"] * 3, ["B"] * 3) | {"Câu 3": ["C"] * 3}
    checked = check({"Đề kiểm tra": PAPER, "Bài làm": rows})
    named = checked.findings.query("code == 'unknown_item'")
    assert named["cell"].tolist() == ["F1"] and named["kind"].tolist() == ["stop"]


def test_one_question_answered_twice_in_rows_is_left_out_the_second_time():
    long = {
        "Lớp": ["K01"] * 2,
        "Mã HV": ["HV01"] * 2,
        "Bài": ["sau"] * 2,
        "Câu": [1, 1],
        "Trả lời": ["A", "B"],
    }
    checked = check({"Đề kiểm tra": PAPER, "Bài làm": long})
    assert ("answer_twice", "Bài làm!E3") in found(checked)
    assert checked.records.answers["response"].tolist() == ["A"]


def test_answers_are_the_person_s_by_hash():
    checked = check({"Đề kiểm tra": PAPER, "Bài làm": sheet(["trước"] * 3, ["A"] * 3, ["B"] * 3)})
    hashes = who(checked)
    assert checked.records.scores["participant"].tolist() == [
        hashes["K01", 1],
        hashes["K01", 2],
        hashes["K02", 1],
    ]
