import pandas as pd
import pytest

from training.question_bank.bank_checks import check_bank_rows

OBJECTIVES = pd.DataFrame([{"objective": "O1", "lesson": "1", "text_vi": "a", "text_en": "a", "source": "s"}])
LESSONS = pd.DataFrame([{"lesson": "1", "title_vi": "a", "title_en": "a", "audience": "officials"}])


def item(number=1, **other):
    options = {f"{letter}_{language}": f"{letter}{number}" for letter in "abcd" for language in ("vi", "en")}
    row = {
        "item": f"X-{number:02d}", "topic": "papi", "stem_vi": f"hỏi {number}", "stem_en": f"ask {number}", **options,
        "key": "ABCD"[number % 4], "objective": "O1", "lesson": "1", "year_from": "2021", "source": "s",
    }  # fmt: skip
    return row | other


def check(*rows, objectives=OBJECTIVES):
    return check_bank_rows(pd.DataFrame(list(rows), dtype="str"), objectives, LESSONS)


def test_a_right_row_has_no_finding():
    assert check(item()).empty


@pytest.mark.parametrize(
    "other",
    [
        {"key": "E"},
        {"key": ""},
        {"b_vi": "A1"},
        {"c_en": "a1"},
        {"stem_en": ""},
        {"source": ""},
        {"objective": "O9"},
        {"lesson": "2"},
        {"year_from": "sau 2021"},
        {"d_vi": "Tất cả các phương án trên"},
        {"d_en": "None of the above"},
    ],
)
def test_a_bad_row_is_a_stop(other):
    found = check(item(**other))
    found = found[found["kind"] == "stop"]
    assert set(found["code"]) == {"bad_rows"}
    assert "row 2" in found["where"].iloc[0]


def test_a_code_or_a_stem_that_stands_twice_is_found_whatever_its_capitals():
    assert len(check(item(1), item(1))) == 3  # the code and both stems
    assert len(check(item(1), item(2, stem_vi="HỎI 1"))) == 1


def test_an_objective_of_a_lesson_that_is_not_there_is_found():
    bad = OBJECTIVES.assign(lesson="7")
    assert set(check(item(lesson="7"), objectives=bad)["where"]) == {"objectives.csv row 2"}


def test_keys_all_on_one_letter_and_keys_that_are_always_longest_are_notes():
    one_letter = check(*[item(number, key="A") for number in range(1, 13)])
    assert one_letter["code"].tolist() == ["keys_uneven"]
    rows = [item(number) for number in range(1, 13)]
    for row in rows:
        row[f"{row['key'].lower()}_vi"] = "một phương án dài hơn hẳn các phương án khác"
    for at, row in enumerate(rows):
        row[f"{row['key'].lower()}_vi"] += str(at)
    assert check(*rows)["code"].tolist() == ["key_is_longest"]


def test_an_objective_that_nobody_asks_is_a_note():
    two = pd.concat([OBJECTIVES, OBJECTIVES.assign(objective="O2")], ignore_index=True)
    assert check(item(), objectives=two)["code"].tolist() == ["objective_without_item"]
