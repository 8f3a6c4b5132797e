"""The training rows of the results table: every planted fault found, names in both languages, strange records."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import training
from analysis.errors import BadRows
from analysis.estimates import quality
from analysis.estimates.results import COLUMNS, check_results
from tests.training.simulated_records import simulate_records
from training.gains import measure_change, pair_scores
from training.results import build_all_years, build_training_results, check_measures
from training.rules import read_training_rows
from training.rules.vocabulary import describe_statistic, say_states
from training.tables import tables_of_year, years_of


def pick(rows, **where):
    for column, value in where.items():
        rows = rows[rows[column] == value]
    return rows


def one(rows, **where):
    found = pick(rows, **where)
    assert len(found) == 1
    return found.iloc[0]


def test_rows_keep_the_rules_of_the_one_results_table(rows):
    assert list(rows.columns) == list(COLUMNS)
    assert check_results(rows).empty
    assert set(rows["survey_round"]) == {"training-2021"}
    assert set(rows["place_kind"]) == {"class", "course", "district", "zone", "province"}


def test_every_row_has_a_name_a_unit_and_notes_in_both_languages(rows):
    vocabulary, states = read_training_rows("vocabulary"), read_training_rows("states")
    for row in rows.drop_duplicates(["measure_kind", "measure", "statistic"]).itertuples():
        found = describe_statistic(row.measure_kind, row.measure, row.statistic, vocabulary)
        assert found.name_vi and found.name_en
    for note in rows["note"].unique():
        assert len(say_states(note, "vi", states)) == len(say_states(note, "en", states))


def test_the_vocabulary_names_nothing_that_is_never_made(rows):
    made = rows[["measure_kind", "measure", "statistic"]].drop_duplicates().itertuples(index=False, name=None)
    made = list(made)
    for named in read_training_rows("vocabulary").to_dict("records"):
        stem = re.escape(named["statistic"].removesuffix("*")) + (
            ".+" if named["statistic"].endswith("*") else ""
        )
        assert any(
            kind == named["measure_kind"]
            and named["measure"] in ("", measure)
            and re.fullmatch(stem, statistic)
            for kind, measure, statistic in made
        ), named


def test_rows_with_an_interval_say_what_it_stands_for_and_counts_have_none(rows):
    with_interval = rows[rows["ci_low"].notna()]
    assert with_interval["note"].str.contains("not_random").all()
    kinds = with_interval.drop_duplicates(["measure_kind", "measure", "statistic"])
    said = [
        describe_statistic(*key).interval for key in kinds[["measure_kind", "measure", "statistic"]].values
    ]
    assert all(said)
    counted = rows[rows["quality"] == quality.COUNTED]
    assert counted["se"].isna().all() and not counted["note"].str.contains("not_random").any()


def test_every_row_says_that_the_records_are_simulated(rows):
    assert rows["note"].str.contains("simulated").all()


def test_states_are_codes_that_the_code_uses():
    source = "\n".join(path.read_text("utf-8") for path in Path(training.__file__).parent.rglob("*.py"))
    for row in read_training_rows("states").to_dict("records"):
        if row["used"] != "interval" and row["state"] != "bh:":  # analysis.estimates.families writes that
            assert re.search(f"[\"'{{;]{re.escape(row['state'])}", source), row["state"]


# The planted faults of tests/training/simulated_records.py


def test_the_wrong_key_is_suspected_in_both_tests_and_nothing_else_is(rows, simulated):
    suspected = pick(rows, measure_kind="item", statistic="facility", place_kind="course")
    suspected = suspected[suspected["note"].str.contains("key_suspected")]
    assert suspected[["measure", "group"]].values.tolist() == [
        [simulated[1].wrong_key, t] for t in ("pre", "post")
    ]
    right = simulated[1].right_keys[simulated[1].wrong_key]
    chosen = one(
        rows, measure=simulated[1].wrong_key, group="post", place="PAPI", statistic=f"chosen_{right}"
    )
    assert "key_suspected" in chosen["note"]


def test_the_item_that_tells_nobody_apart_is_flagged(rows, simulated):
    flagged = pick(rows, measure_kind="item", statistic="item_rest", group="post")
    flagged = set(flagged.loc[flagged["note"].str.contains("not_discriminating"), "measure"])
    easy = pick(rows, measure_kind="item", statistic="facility", group="post", place_kind="course")
    easy = set(easy.loc[easy["ci_low"] > 0.85, "measure"])
    assert simulated[1].flat_item in flagged
    # Beside it: the wrong key, and items so easy that nothing can be told.
    assert flagged - easy == {simulated[1].flat_item, simulated[1].wrong_key}


def test_the_item_at_the_ceiling_is_flagged(rows, simulated):
    for test in ("pre", "post"):
        row = one(rows, measure=simulated[1].easy_item, statistic="facility", group=test, place_kind="course")
        assert "too_easy" in row["note"]


def test_the_weak_objective_is_the_one_to_teach_again(rows, simulated):
    listed = pick(rows, measure_kind="objective", place_kind="course")
    listed = listed[listed["note"].str.contains("teach_again")]
    assert listed[["measure", "group"]].values.tolist() == [[simulated[1].weak_objective, "post"]]


def test_the_share_without_a_second_test_is_found(rows, simulated):
    left = one(rows, measure="attrition", statistic="left", place_kind="province", group_kind="all")
    assert left["ci_low"] <= simulated[1].leave <= left["ci_high"]


def test_the_mean_change_is_of_the_people_with_both_tests(rows, simulated):
    change = one(rows, measure="pre_post", statistic="change", place_kind="province", group_kind="all")
    pairs = pair_scores(simulated[0].scores)
    expected = measure_change(pairs).set_index("statistic").loc["change"]
    assert (change["estimate"], change["n"]) == (pytest.approx(expected["estimate"]), len(pairs))
    assert len(pairs) < len(simulated[0].participants)


def test_the_figure_over_classes_is_less_sure_than_the_plain_one(rows):
    plain, classes = (one(rows, measure="pre_post", statistic=s, place_kind="province", group_kind="all")["se"]
                      for s in ("change", "change_classes"))  # fmt: skip
    assert classes > plain


def test_rates_by_the_rule_of_2021_name_it(rows):
    passed = pick(rows, statistic="passed", place_kind="province", group_kind="all").iloc[0]
    assert "rule=01/2018" in passed["note"]
    index = one(rows, statistic="index", place_kind="province", group_kind="all")
    assert "rule=10/2017;class=good" in index["note"]


def test_no_effect_on_districts_is_claimed(rows):
    effect = pick(rows, measure="effect_on_districts")
    assert len(effect) == 3
    assert effect["note"].str.contains("effect_refused").all()


def test_p_values_are_adjusted_over_their_family(rows):
    tested = pick(rows, measure="pre_post", statistic="change", place_kind="class")
    assert tested["note"].str.contains(r"bh:\d+").all()
    assert (tested["p_adjusted"] >= tested["p_value"]).all()


def test_the_order_of_records_changes_nothing(rows, simulated):
    tables = simulated[0]
    shuffled = {name: getattr(tables, name).sample(frac=1, random_state=4).reset_index(drop=True)
                for name in ("participants", "attendance", "answers", "scores", "forms", "follow_up", "plan")}  # fmt: skip
    again = build_training_results(
        replace(tables, **shuffled), 2021, sampled=["906", "899", "903"], rank_classes=["K01"]
    )
    pd.testing.assert_frame_equal(again, rows, rtol=1e-6, atol=1e-9)


# Strange records


def only(tables, **kept):
    """The tables emptied, but for classes, courses, people and what is kept."""
    names = ("lecturers", "attendance", "answers", "scores", "forms", "follow_up", "certificates", "plan")
    return replace(tables, **{name: getattr(tables, name).iloc[:0] for name in names} | kept)


@pytest.fixture(scope="module")
def tables(simulated):
    return simulated[0]


@pytest.mark.parametrize(
    "kept",
    [(), ("scores",), ("answers",), ("forms", "lecturers"), ("attendance",), ("follow_up",), ("plan",)],
)
def test_records_that_hold_little_give_rows_and_no_error(kept, tables):
    rows = build_training_results(only(tables, **{name: getattr(tables, name) for name in kept}), 2021)
    assert check_results(rows).empty
    shown = rows[rows["quality"].isin(quality.SHOWN)]
    assert shown.empty == (kept in [(), ("attendance",), ("plan",)])


@pytest.mark.parametrize("size", [1, 3, 9])
def test_classes_of_a_handful_show_no_figure_of_their_own(size):
    tables, _ = simulate_records(classes=4, size=14)
    few = tables.participants.groupby("class_id").head(size)
    keys = pd.MultiIndex.from_frame(few[["class_id", "participant"]])

    def of(name):
        table = getattr(tables, name)
        return table[pd.MultiIndex.from_frame(table[["class_id", "participant"]]).isin(keys)]

    forms = tables.forms[tables.forms["form"].astype(int) <= size]
    small = replace(tables, participants=few, forms=forms,
                    **{name: of(name) for name in ("attendance", "answers", "scores", "follow_up")})  # fmt: skip
    rows = build_training_results(small, 2021)
    by_class = rows[(rows["place_kind"] == "class") & (rows["statistic"] != "valid_forms")]  # lecturers' too
    assert by_class["estimate"].isna().all()
    assert set(by_class["quality"]) <= {quality.SUPPRESSED, quality.NOT_ESTIMATED}


def test_everybody_at_full_marks_is_a_state_and_a_ceiling(tables):
    scores = tables.scores.assign(score=tables.scores["maximum"])
    rows = build_training_results(only(tables, scores=scores), 2021)
    change = one(rows, measure="pre_post", statistic="change", place_kind="province", group_kind="all")
    assert (change["quality"], change["note"]) == (quality.NOT_ESTIMATED, "at_ceiling;simulated")
    top = one(rows, measure="post_test", statistic="at_ceiling", place_kind="province", group_kind="all")
    assert "ceiling" in top["note"].split(";")
    assert top["estimate"] == 1.0


def test_a_follow_up_test_is_compared_with_the_one_before_it(tables):
    later = tables.scores[tables.scores["test"] == "post"].assign(test="follow_up")
    rows = build_training_results(only(tables, scores=pd.concat([tables.scores, later])), 2021)
    change = one(
        rows, measure="post_follow_up", statistic="improved", place_kind="province", group_kind="all"
    )
    assert (change["estimate"], change["compared_with"]) == (0.0, "post")


def test_a_bad_score_stops_the_build_and_names_the_class(tables):
    bad = tables.scores.copy()
    bad.loc[0, "score"] = 25.0
    with pytest.raises(BadRows) as fault:
        build_training_results(only(tables, scores=bad), 2021)
    assert bad.loc[0, "class_id"] in fault.value.where
    assert "điểm" in fault.value.vi.casefold()


def test_checks_find_and_change_nothing(tables):
    before = tables.scores.copy()
    found = check_measures(tables)
    assert set(found["kind"]) == {"note"}
    assert "form_invalid" in set(found["code"])
    pd.testing.assert_frame_equal(tables.scores, before)


def test_a_year_that_changes_its_rule_does_not_mix_the_two_indices(tables):
    ends = pd.to_datetime(tables.classes["end"]).mask(
        tables.classes["course"] == "PAPI", pd.Timestamp("2023-03-01")
    )
    classes = tables.classes.assign(
        end=ends.mask(tables.classes["course"] != "PAPI", pd.Timestamp("2023-12-01"))
    )
    rows = build_training_results(replace(only(tables, forms=tables.forms), classes=classes), 2023)
    whole = one(rows, measure="overall", statistic="index", place_kind="province", group_kind="all")
    assert (whole["quality"], "mixed_rules" in whole["note"]) == (quality.NOT_ESTIMATED, True)
    assert one(rows, statistic="index", place="PARINDEX")["estimate"] > 50
    assert one(rows, statistic="index", place="PAPI")["estimate"] < 10


def test_years_are_apart_and_a_class_without_a_last_day_has_its_first(tables):
    classes = tables.classes.copy()
    classes["end"] = classes["end"].where(
        classes["course"] == "PAPI", classes["end"] + pd.DateOffset(years=1)
    )
    classes.loc[0, "end"] = pd.NaT
    both = replace(only(tables, scores=tables.scores), classes=classes)
    assert years_of(both) == [2021, 2022]
    assert tables_of_year(both, 2021).classes["end"].notna().all()
    rows = build_all_years(both)
    assert set(rows["survey_round"]) == {"training-2021", "training-2022"}
    assert set(pick(rows, place_kind="course")["place"]) == {"PAPI", "PARINDEX"}
    assert check_results(rows).empty


def test_another_seed_finds_the_same_faults():
    tables, truth = simulate_records(seed=7, classes=10)
    rows = build_training_results(only(tables, answers=tables.answers), 2021)
    facility = pick(rows, measure_kind="item", statistic="facility", place_kind="course", group="post")
    suspected = facility.loc[facility["note"].str.contains("key_suspected"), "measure"]
    assert suspected.tolist() == [truth.wrong_key]
    easy = facility.loc[facility["note"].str.contains("too_easy"), "measure"]
    assert truth.easy_item in set(easy)
    assert np.isfinite(facility["estimate"]).all()
