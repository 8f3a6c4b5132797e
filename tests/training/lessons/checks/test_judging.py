"""Every exercise: a right, a nearly right and a wrong answer, and what each is told."""

import math

import pytest

from analysis.errors import UnknownName
from training.lessons.checks.exercises import EXERCISES
from training.lessons.checks.judging import HINTS, check
from training.lessons.checks.kinds import Choice, Kind, Number, Pairs, Rank, Several
from training.lessons.source.lesson import lesson_numbers, read_lesson

DONE = {
    "việc": "Niêm yết danh sách hộ nghèo ở năm xã còn lại",
    "ai": "Chủ tịch UBND huyện",
    "hạn": "31/12/2021",
}
#: Exercise -> (answer, verdict, key): what learners write, by hand. Figures that a class reads off its pages are
#: computed in the tests below.
WRITTEN = [
    ("1.1", "c", "right", "right"),
    ("1.1", "D", "near", "D"),
    ("1.1", "A", "wrong", "A"),
    ("1.3", "192 người", "right", "right"),
    ("1.3", 96, "near", "communes_only"),
    ("1.3", 1000, "wrong", "wrong"),
    ("1.6", "B.", "right", "right"),
    ("1.6", "A, B", "near", "any.one_letter"),
    ("2.2", 8, "right", "right"),
    ("2.2", "không biết", "wrong", "any.unreadable"),
    ("2.6", ["B"], "right", "right"),
    ("4.6", "c)", "right", "right"),
    ("5.2", "80%", "right", "right"),
    ("5.2", 60, "near", "year_2021"),
    ("5.2", 0.8, "near", "any.share"),
    ("5.3", "D6, D7", "right", "right"),
    ("5.3", ["D6"], "near", "any.some_missing"),
    ("5.3", "D9", "wrong", "any.unknown_code"),
    ("5.4", {"D8", "D5"}, "right", "right"),
    ("5.4", "D6", "wrong", "by_name"),
    ("5.6", DONE, "right", "right"),
    ("5.6", DONE | {"việc": "Tăng cường công khai, minh bạch ở các xã"}, "near", "vague"),
    ("5.6", DONE | {"việc": "Niêm yết"}, "near", "short"),
    ("5.6", DONE | {"ai": "Các đơn vị liên quan"}, "near", "nobody"),
    ("5.6", DONE | {"hạn": "quý 4/2021"}, "near", "period"),
    ("5.6", DONE | {"hạn": "sớm"}, "wrong", "no_date"),
    ("5.6", {"việc": DONE["việc"]}, "wrong", "missing"),
    ("5.6", "Niêm yết", "wrong", "any.pairs"),
    ("6.1", "C", "right", "right"),
    ("6.1", "a", "near", "A"),
    ("6.5", "d3; d5; d6", "right", "right"),
    ("6.5", "D3, D5, D6, D2", "near", "fell"),
    ("6.6", {"Dấu sao": "A", "Số trong ngoặc đơn": "B", "Dấu gạch ngang": "c"}, "right", "right"),
    ("6.6", {"Dấu sao": "C", "Số trong ngoặc đơn": "B", "Dấu gạch ngang": "A"}, "wrong", "star_dash"),
    ("7.5", "90%", "right", "right"),
    ("7.5", 95, "near", "label"),
    ("7.5", 0.9, "near", "any.share"),
    ("8.2", "A", "right", "right"),
    ("8.3", "88,9", "right", "right"),
    ("8.3", (88, 9), "near", "any.comma"),
    ("8.3", 89, "near", "any.rounded"),
    ("8.3", 80, "near", "in_base"),
    ("8.3", 89.6, "near", "mean_of_codes"),
    ("8.4", "C", "right", "right"),
    ("8.6", "C", "near", "C"),
]


@pytest.fixture(scope="module")
def kinds() -> dict[str, Kind]:
    return {number: make() for number, make in EXERCISES.items()}


def judged(number: str, answer: object) -> tuple[str, str]:
    reply = check(number, answer)
    return reply.verdict, reply.key.removeprefix(f"{number}.")


@pytest.mark.parametrize(("number", "answer", "verdict", "key"), WRITTEN)
def test_what_learners_write_is_judged(number, answer, verdict, key):
    assert judged(number, answer) == (verdict, key)


def test_every_exercise_of_a_lesson_has_a_check_and_no_check_is_left_over():
    asked = [one.number for number in lesson_numbers() for one in read_lesson(number).exercises]
    assert asked == list(EXERCISES)


def right_answer(kind: Kind) -> object:
    if isinstance(kind, Number):
        return round(kind.right, kind.decimals)
    return sorted(kind.right) if isinstance(kind, Several) else getattr(kind, "right", DONE)


def near_answer(kind: Kind) -> object:
    """An answer with one slip."""
    if isinstance(kind, (Number, Rank)):
        value = next(iter(kind.slips.values()))
        return round(value, kind.decimals) if isinstance(kind, Number) else value
    if isinstance(kind, Choice):
        return kind.near[0] if kind.near else f"{kind.right}, {min(set(kind.letters) - {kind.right})}"
    if isinstance(kind, Several):
        return sorted(kind.right)[1:] or [*kind.right, sorted(kind.known - kind.right)[0]]
    if isinstance(kind, Pairs):
        first, *_ = kind.right
        return {name: match for name, match in kind.right.items() if name != first}
    return DONE | {"hạn": "quý 4/2021"}


def wrong_answer(kind: Kind) -> object:
    if isinstance(kind, Number):
        return 7 * max(map(abs, (kind.right, *kind.slips.values()))) + 13
    if isinstance(kind, Rank):
        return (kind.right[1] + 1, kind.right[1] + 2)
    if isinstance(kind, Choice):
        return next(letter for letter in kind.letters if letter != kind.right and letter not in kind.near)
    if isinstance(kind, Several):
        return sorted(kind.known - kind.right)
    return dict.fromkeys(kind.right, "không") if isinstance(kind, Pairs) else {"việc": "Niêm yết"}


def test_every_exercise_tells_right_near_and_wrong_apart(kinds):
    for number, kind in kinds.items():
        answers = (right_answer(kind), near_answer(kind), wrong_answer(kind), ...)
        verdicts = [kind.judge(answer)[0] for answer in answers]
        assert verdicts == ["right", "near", "wrong", "empty"], number


def test_every_known_slip_of_a_number_is_met_with_its_own_hint(kinds):
    """No slip is taken for the right answer or for another slip as it would be typed."""
    for number, kind in kinds.items():
        for key, value in getattr(kind, "slips", {}).items() if isinstance(kind, Number) else ():
            verdict, told, _ = kind.judge(round(value, kind.decimals))
            same = [other for other, own in kind.slips.items() if math.isclose(own, value)]
            assert (verdict, told) == ("near", same[0]), (number, key)
            assert HINTS.has(f"{number}.{key}")


def test_every_wrong_letter_has_its_hint(kinds):
    for kind in kinds.values():
        for letter in kind.letters if isinstance(kind, Choice) else "":
            assert kind.judge(letter)[1] == ("right" if letter == kind.right else letter)


def test_hints_are_those_that_the_exercises_need(kinds):
    needed = {f"{number}.{key}" for number, kind in kinds.items() for key in kind.own_keys()}
    written = {key for key in HINTS.keys() if not key.startswith("any.")}  # noqa: SIM118 (not a mapping)
    assert written == needed


def test_a_hint_does_not_give_the_answer_away(kinds):
    for number, kind in kinds.items():
        if isinstance(kind, Number):
            printed = kind.judge(right_answer(kind))[2]["answer_vi"]
            told = [kind.judge(round(value, kind.decimals)) for value in kind.slips.values()]
            told.append(kind.judge(wrong_answer(kind)))
            for _, key, values in told:
                row = key if key.startswith("any.") else f"{number}.{key}"
                assert printed not in HINTS.say(row, "vi", **values).split(), (number, key)


def test_a_share_may_be_given_as_it_stands_or_with_a_comma(kinds):
    right = kinds["2.5"].right
    assert check("2.5", f"{right:.1f}".replace(".", ",")).is_right
    assert check("2.5", f"{right:.1f}%").is_right
    assert judged("2.5", right / 100) == ("near", "any.share")


def test_the_change_of_6_2_needs_its_sign_and_its_decimals(kinds):
    right = kinds["6.2"].right
    assert judged("6.2", -round(right, 2)) == ("near", "any.sign")
    assert judged("6.2", round(right, 1)) == ("near", "any.rounded")


def test_a_reply_shows_itself_in_both_languages_with_a_sign():
    reply = check("1.1", "C")
    assert repr(reply).startswith("✔ 1.1")
    assert reply.vi in reply.html().markup
    assert '<p lang="en"' in reply.html().markup and reply.en in reply.html().markup


def test_an_exercise_that_is_not_there_names_the_nearest():
    with pytest.raises(UnknownName) as caught:
        check("5.61")
    assert "5.6" in caught.value.expected
