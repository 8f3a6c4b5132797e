"""What the result rows release of people: nothing of fewer than ten, and nothing that subtraction gives back."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.estimates import quality
from analysis.places import read_places
from training.disclosure import feasible_ranges
from training.results import build_training_results, draft_rows, hidden_cells
from training.rules import read_thresholds

#: Rows whose n counts no people: classes, communes, courses, districts, planned learners.
NO_PEOPLE = [("coverage", "reached"), ("coverage", "share_of_plan"), ("learning", "icc"), ("quota", "evaluated"),
             ("quota", "evaluated_count"), ("transfer", "attainable_p"), ("transfer", "attainable_p_two_sided"),
             ("transfer", "attainable_p_sign_flip")]  # fmt: skip


@pytest.fixture(scope="module")
def bases(simulated):
    return draft_rows(simulated[0], read_places(), "91", 2021, read_thresholds())[1]


def of_people(rows):
    keys = pd.MultiIndex.from_frame(rows[["measure_kind", "statistic"]])
    return rows[~keys.isin(NO_PEOPLE)]


def test_no_row_of_fewer_than_ten_people_has_a_number_or_a_count(rows):
    people = of_people(rows)
    few = people[(people["n"] > 0) & (people["n"] < 10)]
    assert few.empty
    withheld = rows[rows["quality"] == quality.SUPPRESSED]
    assert withheld["n"].isna().all()
    assert (
        withheld[["estimate", "se", "ci_low", "ci_high", "df", "p_value", "p_adjusted"]].isna().all(axis=None)
    )
    assert len(withheld) > 100


def test_a_withheld_row_does_not_tell_why_or_how(rows):
    assert set(rows.loc[rows["quality"] == quality.SUPPRESSED, "note"]) == {"group_hidden;simulated"}


def test_no_row_holds_a_person(rows, simulated):
    everything = rows.to_csv()
    assert not any(person in everything for person in simulated[0].participants["participant"])


def test_the_margins_of_every_base_give_no_hidden_count_back(bases, thresholds):
    hidden = hidden_cells(bases, thresholds)
    looked_at = 0
    for base, cells in bases.items():
        secret = hidden[base] & set(cells.counts.index[cells.counts > 0])
        if not secret:
            continue
        ranges = feasible_ranges(cells.counts, cells.relations, secret, cells.unpublished)
        assert ((ranges["high"] - ranges["low"]) >= thresholds.protection_width - 1e-6).all(), base
        looked_at += len(ranges)
    assert looked_at > 40


def test_the_attack_does_recover_counts_where_only_small_groups_are_hidden(bases, thresholds):
    recovered = 0
    for cells in bases.values():
        small = (
            set(cells.counts.index[(cells.counts > 0) & (cells.counts < thresholds.group_least)])
            - cells.unpublished
        )
        if small:
            ranges = feasible_ranges(cells.counts, cells.relations, small, cells.unpublished)
            recovered += int((ranges["high"] - ranges["low"] < 0.5).sum())
    assert recovered >= 3


def test_released_rows_of_a_base_are_those_of_its_shown_cells(rows, bases, thresholds):
    """Every district's row follows the plan: the changes' and the numbers' of learners alike."""
    hidden = hidden_cells(bases, thresholds)
    for statistic, base, cell in (
        ("change", "pairs:pre_post", "district={}"),
        ("trained", "trained", "zone={}|district={}"),
    ):
        own = rows[(rows["place_kind"] == "district") & (rows["statistic"] == statistic)]
        zones = read_places().districts.set_index("code")["zone_vi"]
        for row in own.itertuples():
            name = cell.format(*([zones[row.place]] if "zone" in cell else []), row.place)
            assert (row.quality == quality.SUPPRESSED) == (name in hidden[base])


def test_bases_of_nearly_the_same_people_hide_the_same_cells(bases, thresholds):
    hidden = hidden_cells(bases, thresholds)
    assert hidden["pairs:pre_post"] == hidden["began"] == hidden["judged"]


def test_leavers_mean_is_hidden_where_they_are_few_and_follows_from_no_other_row(rows, bases, thresholds):
    left = rows[(rows["statistic"] == "left_before") & rows["estimate"].notna()]
    assert (left["n"] >= 10).all() and len(left) > 0
    # No row gives the mean of all who began: with it the leavers' would follow from the completers'.
    levels = rows[(rows["measure_kind"] == "learning") & rows["statistic"].isin(["before", "stayed_before"])]
    assert set(levels["n"].dropna()) <= set(rows.loc[rows["statistic"] == "change", "n"].dropna())


def test_items_of_a_class_where_few_left_are_of_those_with_both_tests(rows, simulated):
    scores = simulated[0].scores
    took = scores.groupby(["class_id", "test"])["participant"].agg(set)
    noted = rows[
        (rows["place_kind"] == "class") & (rows["statistic"] == "facility") & (rows["measure_kind"] == "item")
    ]
    for row in noted.itertuples():
        both = took[row.place, "pre"] & took[row.place, "post"]
        only_one = took[row.place, row.group] - both
        few = 0 < len(only_one) < 10
        assert ("both_tests" in row.note) == few
        assert row.n == len(both if few else took[row.place, row.group])


def test_a_small_group_of_choosers_hides_another_option_with_it(rows):
    options = rows[rows["statistic"].str.startswith("rest_mean_")]
    for _, item in options.groupby(["place", "group", "measure"]):
        hidden = item["quality"] == quality.SUPPRESSED
        assert hidden.sum() != 1


def test_lecturers_of_one_class_are_not_shown_nor_what_would_give_them_away(rows):
    own = rows[rows["group_kind"].isin(["lecturer", "lecturer_group"])].set_index("group")["quality"]
    assert own["GV09"] == quality.SUPPRESSED  # one class
    # GV04 and GV09 are all of "invited", so one of the two goes with GV09.
    assert (own[["GV04", "invited"]] == quality.SUPPRESSED).sum() == 1
    assert own[["GV01", "GV02", "GV03", "internal"]].isin(quality.SHOWN).all()


def test_an_object_that_few_judged_is_not_in_an_index_that_would_tell_it(rows):
    index = rows[(rows["statistic"] == "index") & (rows["place_kind"] == "class")]
    assert index["note"].str.contains("objects=5/6").all()


def test_posts_in_small_districts_are_hidden_at_0_and_100_per_cent_too(rows):
    posts = rows[(rows["measure"] == "posts") & (rows["place_kind"] == "district")]
    sizes = pd.Series(read_places().communes_of("91")).value_counts()
    small = posts["place"].map(sizes) < 10
    assert small.any() and (posts.loc[small, "quality"] == quality.SUPPRESSED).all()
    islands = posts[posts["place"].isin(["911", "912"])]
    assert (islands["quality"] == quality.SUPPRESSED).all()


def test_moving_a_person_between_two_hidden_districts_changes_no_released_byte(rows, simulated):
    """An official of a hidden district's office works in another hidden one of the zone: nothing shown may move."""
    tables = simulated[0]
    people = tables.participants
    shown = rows[(rows["place_kind"] == "district") & rows["estimate"].notna()]
    # Only communes tell of these districts; they are no people.
    personal = shown[~shown["measure"].isin(["communes"])].groupby("place").size()
    quiet = [d for d in ("899", "900", "902", "903", "914") if personal.get(d, 0) == 0]
    released = rows.to_csv(index=False)
    tried = 0
    for here in quiet:
        for person in people[(people["district"] == here) & (people["level"] == "district")].itertuples():
            for there in (d for d in quiet if d != here):
                moved = people.assign(district=people["district"].mask(people.index == person.Index, there))
                sizes = [people["district"].value_counts().get(d, 0) for d in (here, there)]
                if min(sizes[0] - 1, 10 - (sizes[1] + 1)) < 1:
                    continue  # it would empty the one or make the other large
                again = build_training_results(
                    replace(tables, participants=moved),
                    2021,
                    sampled=["899", "903", "906"],
                    rank_classes=["K01"],
                )
                assert again.to_csv(index=False) == released
                tried += 1
                if tried == 1:
                    return
    assert tried, "the simulation has no such pair"


def test_hidden_share_is_no_larger_than_it_must_be(rows):
    """A guard against hiding everything: the province and most districts stay."""
    province = rows[(rows["place_kind"] == "province") & (rows["group_kind"] == "all")]
    assert (province["quality"] != quality.SUPPRESSED).mean() > 0.9
    change = rows[(rows["place_kind"] == "district") & (rows["statistic"] == "change")]
    assert (change["quality"] != quality.SUPPRESSED).sum() >= 9
    assert np.isfinite(change["estimate"].dropna()).all()
