"""Evaluation forms by the rule of the day: what is valid, means, the index and its class, bands, lecturers."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import UnknownName
from training.rules import evaluation_rule_on, read_training_rows
from training.satisfaction import (
    band_shares,
    check_forms,
    form_scores,
    judge_forms,
    lecturer_scores,
    mean_scores,
    overall_index,
    response_rate,
    valid_rows,
)

CLASSES = pd.DataFrame(
    {"class_id": ["K1", "K2"], "end": [pd.Timestamp("2021-05-13"), pd.Timestamp("2021-06-10")]}
)
INDICATORS = pd.DataFrame(
    [("10/2017", "programme", "CT1", "CT1.1", 1.0), ("10/2017", "programme", "CT1", "CT1.2", 1.0),
     ("10/2017", "programme", "CT2", "CT2.1", 2.0), ("10/2017", "course", "KH1", "KH1.1", 4.0),
     ("10/2017", "lecturers", "GV1", "GV1.1", 1.0)],
    columns=["rule", "object", "criterion", "indicator", "weight"],
)  # fmt: skip
RULE = evaluation_rule_on("2021-05-13")
BOUNDS = (1.0, 10.0)


def forms(*rows, respondent="learner"):
    """Rows of (class, form, {indicator: score}), objects by the indicator's letters."""
    kinds = {"CT": "programme", "KH": "course", "GV": "lecturers"}
    table = [(c, f, respondent, "", "commune", kinds[name[:2]], name, score)
             for c, f, scores in rows for name, score in scores.items()]  # fmt: skip
    columns = ["class_id", "form", "respondent", "lecturer", "learner_group", "object", "indicator", "score"]
    return pd.DataFrame(table, columns=columns).astype({"score": "Int64"})


def answered(asked, empty):
    return forms(("K1", "1", {f"CT1.{i}": (pd.NA if i < empty else 7) for i in range(asked)}))


@pytest.mark.parametrize(
    ("asked", "empty", "valid"),
    [
        (20, 0, True),
        (20, 1, True),
        (20, 2, False),
        (19, 1, False),
        (40, 2, True),
        (40, 3, False),
        (100, 5, True),
        (100, 6, False),
    ],
)
def test_more_than_five_per_cent_unanswered_makes_a_form_invalid(asked, empty, valid):
    judged = judge_forms(answered(asked, empty), CLASSES)
    assert judged[["asked", "answered", "valid"]].values.tolist() == [[asked, asked - empty, valid]]


def test_an_invalid_form_enters_nothing():
    table = pd.concat([answered(20, 2), forms(("K1", "2", {"CT1.1": 9}))])
    valid = valid_rows(table, judge_forms(table, CLASSES))
    assert set(valid["form"]) == {"2"}


def test_forms_of_two_kinds_of_people_with_one_number_are_two_forms():
    table = pd.concat(
        [forms(("K1", "1", {"CT1.1": 9})), forms(("K1", "1", {"KH1.1": 5}), respondent="lecturer")]
    )
    assert len(judge_forms(table, CLASSES)) == 2


def test_response_rate_is_a_count_of_valid_learners_forms():
    table = pd.concat(
        [
            answered(20, 2),
            forms(("K1", "2", {"CT1.1": 9})),
            forms(("K1", "1", {"KH1.1": 5}), respondent="lecturer"),
        ]
    )
    people = pd.DataFrame({"class_id": "K1", "participant": list("abcd")})
    rows = response_rate(judge_forms(table, CLASSES), people).set_index("statistic")
    assert (rows.at["response_rate", "estimate"], rows.at["response_rate", "n"]) == (0.25, 4)
    assert rows.at["valid_forms", "estimate"] == pytest.approx(2 / 3)
    assert rows["counted"].all() and rows["se"].isna().all()
    nobody = response_rate(judge_forms(table, CLASSES).iloc[:0], people.iloc[:0])
    assert nobody["state"].tolist() == ["nobody", "nobody"]


FAULTS = [
    (forms(("K1", "1", {"CT1.1": 0})), "form_score"),
    (forms(("K1", "1", {"CT1.1": 11})), "form_score"),
    (forms(("K1", "1", {"CT1.1": 7})).assign(object="teachers"), "form_object"),
    (pd.concat([forms(("K1", "1", {"CT1.1": 7}))] * 2), "form_twice"),
    (answered(20, 3), "form_invalid"),
    (forms(*[("K1", str(i), {"CT1.1": 7}) for i in range(3)]), "form_too_many"),
]


@pytest.mark.parametrize(("table", "code"), FAULTS)
def test_a_planted_fault_in_forms_is_found(table, code):
    people = pd.DataFrame({"class_id": ["K1", "K1"], "participant": ["a", "b"]})
    assert check_forms(table, CLASSES, people)["code"].tolist() == [code]


def test_good_forms_are_not_found_and_a_class_before_every_rule_is_refused():
    people = pd.DataFrame({"class_id": ["K1"], "participant": ["a"]})
    assert check_forms(forms(("K1", "1", {"CT1.1": 10})), CLASSES, people).empty
    with pytest.raises(UnknownName):
        judge_forms(answered(20, 0), CLASSES.assign(end=pd.Timestamp("2012-01-01")))


TWO = forms(
    ("K1", "1", {"CT1.1": 8, "CT1.2": 6, "CT2.1": 10, "KH1.1": 5}),
    ("K1", "2", {"CT1.1": 6, "CT2.1": 4, "KH1.1": 9}),
)


def test_criteria_weigh_the_same_whatever_the_number_of_their_indicators():
    values = form_scores(TWO, INDICATORS, "object").set_index(["form", "object"])["value"]
    assert values["1", "programme"] == ((8 + 6) / 2 + 10) / 2
    assert values["2", "programme"] == (6 + 4) / 2  # CT1.2 is unanswered, so CT1 is CT1.1 alone


def test_with_weights_in_the_rows_indicators_weigh_as_they_say():
    values = form_scores(TWO, INDICATORS, "object", weights="rows").set_index(["form", "object"])["value"]
    assert values["1", "programme"] == (8 + 6 + 2 * 10) / 4
    assert values["2", "programme"] == pytest.approx((6 + 2 * 4) / 3)


def test_means_are_over_forms_by_indicator_criterion_and_object(thresholds):
    by_indicator = mean_scores(form_scores(TWO, INDICATORS, "indicator"), "indicator", thresholds, BOUNDS)
    rows = by_indicator.set_index(["indicator", "statistic"])
    assert (rows.at[("CT1.1", "mean"), "estimate"], rows.at[("CT1.1", "mean"), "n"]) == (7.0, 2)
    assert rows.at[("CT1.2", "mean"), "state"] == "one_person"
    assert rows.at[("KH1.1", "top_two"), "estimate"] == 0.5
    by_criterion = mean_scores(form_scores(TWO, INDICATORS, "criterion"), "criterion", thresholds, BOUNDS)
    assert by_criterion.set_index("criterion").at["CT1", "estimate"] == (7 + 6) / 2


def test_a_form_that_judges_two_lecturers_is_one_form(thresholds):
    parts = [
        forms(("K1", "1", {"GV1.1": score})).assign(lecturer=code)
        for code, score in (("GV01", 9), ("GV02", 5))
    ]
    table = pd.concat([*parts, forms(("K1", "2", {"GV1.1": 8})).assign(lecturer="GV01")])
    whole = mean_scores(form_scores(table, INDICATORS, "object"), "object", thresholds, BOUNDS)
    assert (whole["estimate"].iloc[0], whole["n"].iloc[0]) == (7.5, 2)
    apart = mean_scores(
        form_scores(table, INDICATORS, "object", group="lecturer"), "object", thresholds, BOUNDS, "lecturer"
    )
    assert apart.set_index("lecturer")["n"].to_dict() == {"GV01": 2, "GV02": 1}


def test_the_index_is_the_mean_of_objects_with_its_class():
    found = overall_index(TWO, INDICATORS, RULE)
    programme = (8.5 + 5.0) / 2
    assert found.index.estimate == pytest.approx((programme + 7.0) / 2)
    assert (found.class_code, found.class_vi) == ("good", "Khá")
    assert "rule=10/2017;class=good;objects=2/6" in found.index.note


def test_the_error_of_the_index_knows_that_objects_share_forms():
    """Objects that agree on every form add nothing; objects that cancel leave no error."""
    rng = np.random.default_rng(3)
    scores = rng.integers(4, 9, 40)
    alike = forms(*[("K1", str(i), {"CT1.1": int(s), "KH1.1": int(s)}) for i, s in enumerate(scores)])
    found = overall_index(alike, INDICATORS, RULE).index
    assert found.se == pytest.approx(scores.std(ddof=1) / np.sqrt(40))
    against = forms(*[("K1", str(i), {"CT1.1": int(s), "KH1.1": int(12 - s)}) for i, s in enumerate(scores)])
    assert overall_index(against, INDICATORS, RULE).index.state == "no_spread"


def test_objects_judged_by_different_people_add_their_errors():
    rng = np.random.default_rng(4)
    learners, lecturers = rng.integers(4, 9, 60), rng.integers(2, 10, 12)
    table = pd.concat(
        [forms(*[("K1", str(i), {"CT1.1": int(s)}) for i, s in enumerate(learners)]),
         forms(*[("K1", str(i), {"KH1.1": int(s)}) for i, s in enumerate(lecturers)], respondent="lecturer")]
    )  # fmt: skip
    expected = np.sqrt(learners.var() / 60 + lecturers.var() / 12) / 2 * np.sqrt(72 / 71)
    assert overall_index(table, INDICATORS, RULE).index.se == pytest.approx(expected)


def test_from_july_2023_the_index_counts_to_a_hundred_in_four_classes():
    rule = evaluation_rule_on("2024-03-01")
    found = overall_index(TWO, INDICATORS, rule)
    assert found.index.estimate == pytest.approx(10 * overall_index(TWO, INDICATORS, RULE).index.estimate)
    assert (found.class_code, found.class_vi) == ("pass", "Đạt")


def test_a_class_that_the_interval_does_not_settle_is_noted():
    assert "class_unsure" in overall_index(TWO, INDICATORS, RULE).index.note
    sure = forms(*[("K1", str(i), {"CT1.1": 7, "KH1.1": 6 + i % 2}) for i in range(40)])
    assert "class_unsure" not in overall_index(sure, INDICATORS, RULE).index.note


@pytest.mark.parametrize(
    ("table", "state"), [(TWO.iloc[:0], "nobody"), (TWO[TWO["form"] == "1"], "one_person")]
)
def test_an_index_of_few_forms_has_a_state_and_no_class(table, state):
    found = overall_index(table, INDICATORS, RULE)
    assert (found.index.state, found.class_vi) == (state, "")


def test_bands_are_the_rule_s_classes_and_add_up_to_one():
    table = forms(*[("K1", str(i), {"CT1.1": score}) for i, score in enumerate([1, 3, 5, 7, 8, 10, 10, 9])])
    classes = read_training_rows("evaluation_classes")
    bands = band_shares(form_scores(table, INDICATORS, "indicator"), RULE, classes).set_index("band")[
        "estimate"
    ]
    assert bands.to_dict() == {
        "poor": 1 / 8,
        "weak": 1 / 8,
        "average": 1 / 8,
        "good": 1 / 8,
        "excellent": 4 / 8,
    }
    hundred = band_shares(
        form_scores(table, INDICATORS, "indicator"), evaluation_rule_on("2024-01-01"), classes
    )
    assert hundred.set_index("band")["estimate"].to_dict() == {
        "fail": 2 / 8,
        "pass": 1 / 8,
        "good": 1 / 8,
        "top": 4 / 8,
    }


def lecturer_forms(code, per_class):
    """Forms of one lecturer: {class: number}."""
    return pd.concat(
        [forms(*[(c, f"{code}{i}", {"GV1.1": 6 + i % 3}) for i in range(n)]) for c, n in per_class.items()]
    ).assign(lecturer=code)


@pytest.mark.parametrize(
    ("per_class", "state"),
    [
        ({"K1": 30}, "lecturer_not_apart"),
        ({"K1": 5, "K2": 4}, "lecturer_not_apart"),
        ({"K1": 5, "K2": 5}, ""),
    ],
)
def test_a_lecturer_of_one_class_or_few_forms_is_not_shown_apart(per_class, state, thresholds):
    table = lecturer_scores(lecturer_forms("GV01", per_class), INDICATORS, thresholds, BOUNDS)
    row = table.iloc[0]
    assert (row["state"], row["n"]) == (state, sum(per_class.values()))
    assert np.isnan(row["estimate"]) == (state != "")


def test_lecturers_stand_by_their_code_never_by_their_mean(thresholds):
    low = lecturer_forms("GV01", {"K1": 6, "K2": 6})
    high = lecturer_forms("GV02", {"K1": 6, "K2": 6}).assign(score=10)
    table = lecturer_scores(pd.concat([high, low]), INDICATORS, thresholds, BOUNDS)
    assert table["lecturer"].tolist() == ["GV01", "GV02"]
    assert table["state"].tolist() == ["", "no_spread"]
