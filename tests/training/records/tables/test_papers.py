import pytest

from tests.training.records.typed_sheets import check, found


def paper(**columns):
    return {"Câu": [1, 2, 3], "Mã câu hỏi": ["PAPI-01", "PAPI-02", "PAPI-03"], **columns}


def answers(*letters, **more):
    return {
        "Lớp": ["K01"],
        "Mã HV": ["HV01"],
        "Bài": ["trước"],
        **{f"Câu {n}": [one] for n, one in enumerate(letters, 1)},
        **more,
    }


def responses(checked):
    rows = checked.records.answers
    return dict(zip(rows["item"], rows["response"], strict=True))


def test_questions_become_the_bank_s_items_with_its_keys():
    checked = check({"Đề kiểm tra": paper(), "Bài làm": answers("B", "c", None)})
    assert responses(checked) == {"PAPI-01": "B", "PAPI-02": "C", "PAPI-03": ""}
    items = checked.records.items.set_index("item")
    assert items["key"].to_dict() == {"PAPI-01": "B", "PAPI-02": "D", "PAPI-03": "A"}
    assert items.loc["PAPI-01", ["topic", "options", "objective", "lesson"]].tolist() == [
        "papi",
        "ABCD",
        "O1.1",
        "1",
    ]
    assert checked.records.scores[["score", "maximum"]].values.tolist() == [[1.0, 3.0]]


def test_shuffled_options_come_back_to_the_bank_s_letters():
    shuffled = paper(**{"Thứ tự phương án": ["DCBA", None, "BACD"]})
    checked = check({"Đề kiểm tra": shuffled, "Bài làm": answers("C", "D", "B")})
    assert responses(checked) == {"PAPI-01": "B", "PAPI-02": "D", "PAPI-03": "A"}
    assert checked.records.scores["score"].tolist() == [3.0]


def test_each_version_has_its_own_order_and_an_answer_without_a_version_is_not_guessed():
    two = {
        "Mã "
        "đề": ["A", "A", "B", "B"], "Câu": [1, 2, 1, 2], "Mã câu hỏi": ["PAPI-01", "PAPI-02", "PAPI-02", "PAPI-01"],
    }  # fmt: skip
    checked = check({"Đề kiểm tra": two, "Bài làm": answers("D", "B", **{"Mã đề": ["b"]})})
    assert responses(checked) == {"PAPI-02": "D", "PAPI-01": "B"}
    unsaid = check({"Đề kiểm tra": two, "Bài làm": answers("D", "B")})
    assert {("unknown_item", "Bài làm!D1"), ("unknown_item", "Bài làm!E1")} <= found(unsaid)
    assert unsaid.records.answers.empty


def test_the_narrowest_paper_counts():
    rows = {
        "Khóa": [None, None, "PAPI-2021"], "Lớp": ["K01", None, None], "Bài": [None, "trước", None], "Câu": [1, 1, 1],
        "Mã câu hỏi": ["PAPI-01", "PAPI-02", "PAPI-03"],
    }  # fmt: skip
    people = {
        "Lớp": ["K01", "K02"],
        "Mã HV": ["HV01", "HV01"],
        "Bài": ["trước", "trước"],
        "Câu 1": ["A", "A"],
    }
    made = check({"Đề kiểm tra": rows, "Bài làm": people}).records.answers
    assert dict(zip(made["class_id"], made["item"], strict=True)) == {"K01": "PAPI-01", "K02": "PAPI-02"}


def test_a_key_that_is_not_the_bank_s_is_a_note_and_is_what_papers_are_marked_with():
    checked = check({"Đề kiểm tra": paper(**{"Đáp án": ["A", "D", None]}), "Bài làm": answers("A", "D", "A")})
    assert found(checked) == {("key_differs", "Đề kiểm tra!C2"), ("one_test_only", "Học viên!")}
    assert checked.records.items.set_index("item")["key"].to_dict() == {
        "PAPI-01": "A",
        "PAPI-02": "D",
        "PAPI-03": "A",
    }
    assert checked.records.scores["score"].tolist() == [3.0]


def test_a_printed_key_is_read_through_the_order():
    shuffled = paper(**{"Thứ tự phương án": ["DCBA", None, None], "Đáp án": ["C", None, None]})
    assert not {code for code, _ in found(check({"Đề kiểm tra": shuffled}))} & {"key_differs", "key_conflict"}


def test_an_item_of_one_s_own_needs_a_key_and_has_no_objective():
    own = paper(**{"Mã câu hỏi": ["PAPI-01", "SNV-01", "SNV-02"], "Đáp án": [None, "E", "B"]})
    checked = check({"Đề kiểm tra": own, "Bài làm": answers("B", "E", "B")})
    items = checked.records.items.set_index("item")
    assert items.loc["SNV-01", ["key", "options", "objective"]].tolist() == ["E", "ABCDEF", ""]
    assert items.loc["SNV-02", ["key", "options"]].tolist() == ["B", "ABCD"]
    assert checked.records.scores["score"].tolist() == [3.0]


@pytest.mark.parametrize(
    ("columns", "code", "cell"),
    [
        ({"Mã câu hỏi": ["PAPI-01", "PAPI-0Z", "PAPI-03"]}, "unknown_item", "B3"),
        ({"Câu": [1, 1, 3]}, "question_twice", "A3"),
        ({"Mã câu hỏi": ["PAPI-01", "PAPI-01", "PAPI-03"]}, "item_twice", "B3"),
        ({"Thứ tự phương án": ["ABC", None, None]}, "order_unreadable", "C2"),
        ({"Đáp án": ["E", None, None]}, "key_unknown", "C2"),
        ({"Lớp": ["K01", "K77", "K01"]}, "unknown_class", "C3"),
    ],
)
def test_a_paper_that_cannot_be_used_is_a_stop_at_its_cell(columns, code, cell):
    checked = check({"Đề kiểm tra": paper(**columns)})
    rows = checked.findings.query("code == @code")
    assert rows["cell"].tolist() == [cell] and rows["kind"].tolist() == ["stop"]


def test_one_item_with_two_keys_in_two_papers_is_a_stop():
    two = {"Mã đề": ["A", "B"], "Câu": [1, 1], "Mã câu hỏi": ["SNV-01", "SNV-01"], "Đáp án": ["A", "B"]}
    assert ("key_conflict", "Đề kiểm tra!D3") in found(check({"Đề kiểm tra": two}))


def test_an_unknown_item_names_the_nearest():
    checked = check({"Đề kiểm tra": paper(**{"Mã câu hỏi": ["PAPI_01", "PAPI-02", "PAPI-03"]})})
    assert 'Is it "PAPI-01"?' in checked.findings.query("code == 'unknown_item'")["what"].iloc[0]
