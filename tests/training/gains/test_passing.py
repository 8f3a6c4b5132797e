import pandas as pd
import pytest

from training.gains.passing import check_certificates, judge_learners, pass_rate

PEOPLE = pd.DataFrame({"class_id": "K", "participant": list("abcdef")})
SCORES = pd.DataFrame(
    [("K", "a", "post", 1, 10.0, 20.0), ("K", "b", "post", 1, 9.0, 20.0), ("K", "c", "post", 1, 18.0, 20.0),
     ("K", "d", "post", 1, 20.0, 20.0), ("K", "e", "pre", 1, 20.0, 20.0), ("K", "f", "post", 1, 3.0, 20.0)],
    columns=["class_id", "participant", "test", "attempt", "score", "maximum"],
)  # fmt: skip


def classes(end):
    return pd.DataFrame({"class_id": ["K"], "end": [pd.Timestamp(end)]})


def attendance(absent="", unlisted=""):
    rows = [("K", p, s, "excused" if (p, s) == (absent, 2) else "present", 4)
            for p in "abcdef" for s in (1, 2) if p not in unlisted]  # fmt: skip
    return pd.DataFrame(rows, columns=["class_id", "participant", "session", "status", "periods"])


def judged(end, seen):
    table = judge_learners(classes(end), PEOPLE, SCORES, seen).set_index("participant")
    return table["passed"].astype(object).where(table["passed"].notna(), None).to_dict(), table[
        "why"
    ].to_dict()


def test_in_2021_half_the_marks_and_every_session_are_asked_for():
    passed, why = judged("2021-05-13", attendance(absent="c"))
    assert passed == {"a": True, "b": False, "c": False, "d": True, "e": None, "f": False}
    assert why["e"] == "no_test"


def test_from_june_2023_attendance_is_not_asked_for():
    passed, _ = judged("2023-06-15", attendance(absent="c"))
    assert passed["c"] is True


def test_who_has_no_attendance_recorded_is_not_judged_unless_they_failed():
    passed, why = judged("2021-05-13", attendance(unlisted="df"))
    assert (passed["d"], why["d"]) == (None, "no_attendance")
    assert (passed["f"], why["f"]) == (False, "")


def test_a_class_without_attendance_lists_judges_only_who_failed():
    passed, _ = judged("2021-05-13", attendance().iloc[:0])
    assert passed == {"a": None, "b": False, "c": None, "d": None, "e": None, "f": False}
    everybody, _ = judged("2024-01-01", attendance().iloc[:0])
    assert everybody["a"] is True


def test_half_of_twenty_is_half_whatever_the_last_bit():
    for maximum in (3, 7, 11, 13, 17, 19, 21, 30):
        scores = pd.DataFrame([("K", "a", "post", 1, maximum / 2, float(maximum))], columns=SCORES.columns)
        table = judge_learners(classes("2024-01-01"), PEOPLE.iloc[:1], scores, attendance())
        assert table["passed"].tolist() == [True]


def test_pass_rate_counts_those_judged_and_names_the_rule():
    table = judge_learners(classes("2021-05-13"), PEOPLE, SCORES, attendance(absent="c"))
    rate = pass_rate(table)
    assert (rate.estimate, rate.n, rate.note) == (pytest.approx(2 / 5), 5, "rule=01/2018")
    assert pass_rate(table.iloc[:0]).state == "nobody"


def test_certificates_against_the_rule_are_counted_by_class_and_never_by_person():
    table = judge_learners(classes("2021-05-13"), PEOPLE, SCORES, attendance())
    issued = pd.DataFrame({"class_id": ["K"] * 3, "participant": ["a", "b", "e"]})
    found = check_certificates(table, issued).set_index("code")
    assert set(found.index) == {"certificate_not_earned", "certificate_without_test", "certificate_missing"}
    assert found.at["certificate_missing", "what"].startswith("2:")  # c and d
    assert set(found["where"]) == {"K"}
    assert (found["kind"] == "note").all()


def test_no_certificates_at_all_is_no_finding():
    table = judge_learners(classes("2021-05-13"), PEOPLE, SCORES, attendance())
    assert check_certificates(table, pd.DataFrame({"class_id": [], "participant": []}, dtype=str)).empty


def test_a_test_that_was_sat_again_earns_a_certificate_and_does_not_change_the_pass_rate():
    again = pd.concat([SCORES, pd.DataFrame([("K", "b", "post", 2, 15.0, 20.0)], columns=SCORES.columns)])
    first, last = (
        judge_learners(classes("2024-01-01"), PEOPLE, again, attendance(), attempt=attempt).set_index(
            "participant"
        )
        for attempt in ("first", "last")
    )
    assert not first.at["b", "passed"]
    assert last.at["b", "passed"]
    issued = pd.DataFrame({"class_id": ["K"], "participant": ["b"]})
    assert "certificate_not_earned" not in set(check_certificates(last.reset_index(), issued)["code"])
