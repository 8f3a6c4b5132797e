"""Sets of ranks of a round's groups, and what packs show of districts."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import BadDesign, UnknownName
from analysis.estimates.small_area import TooFewAreas


def test_packs_own_figures_of_a_district_are_at_hand(survey, example_results):
    table = survey.packs("D2")
    ours = table[(table["place"] == "899") & (table["statistic"] == "score")].iloc[0]
    packs = example_results[
        (example_results["place"] == "899")
        & (example_results["measure"] == "D2")
        & (example_results["statistic"] == "score")
    ].iloc[0]
    assert (ours["se"], ours["ci_low"]) == (packs["se"], packs["ci_low"])


def test_ranks_of_two_groups_agree_with_their_comparison(survey):
    for measure in ("D1", "D5", "PAPI", "poverty_list_published"):
        p = survey.compare(measure, "residence", "urban", "rural")["p_value"].iloc[0]
        table = survey.ranks(measure, by="residence")
        apart = (table["rank_low"] == table["rank_high"]).all()
        assert apart == (p < 0.05)


def test_every_district_s_set_holds_its_place_in_the_order_of_estimates(survey):
    for options in ({}, {"error": "pooled"}, {"method": "klein", "error": "pooled"}, {"df": np.inf}):
        table = survey.ranks("D5", by="district", **options)
        ranked = table["rank_low"].notna()
        assert ranked.sum() >= 2
        assert table.loc[~ranked, "note"].str.startswith("not ranked: ").all()
        table = table[ranked]
        place = (-table["estimate"]).rank()
        assert ((table["rank_low"] <= place) & (place <= table["rank_high"])).all()


def test_pooled_ranks_stand_on_what_packs_show(survey):
    table, packs = survey.ranks("D2", error="pooled"), survey.packs("D2")
    shown = packs[(packs["statistic"] == "score") & packs["place"].isin(table["group"])].set_index("place")
    assert table["se"].tolist() == shown.loc[table["group"], "se"].tolist()
    assert f"df={shown['df'].min():g}" in table["note"].iloc[0]


def test_rank_1_is_the_lowest_of_an_indicator_where_lower_is_better(survey):
    directions = survey.sample.framework.indicators.set_index("indicator")["direction"]
    lower, higher = (directions.index[directions == way][0] for way in ("lower", "higher"))
    assert "rank 1 = lowest" in survey.ranks(lower, by="residence")["note"].iloc[0]
    assert "rank 1 = highest" in survey.ranks(higher, by="residence")["note"].iloc[0]


@pytest.mark.parametrize(
    ("ask", "error", "words"),
    [
        (lambda s, c: s.ranks("D2", error="pool"), UnknownName, "pooled"),
        (lambda s, c: s.ranks("D2", by="sex", method="mogstd"), UnknownName, "mogstad"),
        (lambda s, c: s.ranks("D22", by="sex"), UnknownName, "D2"),
        (lambda s, c: s.ranks("D2", by="sex", error="pooled"), BadDesign, 'by="sex"'),
        (lambda s, c: s.ranks("D2", error="pooled", domain="sex == 'male'"), BadDesign, "domain"),
        (lambda s, c: c.ranks("D2", error="pooled"), BadDesign, "calibrated"),
        (lambda s, c: c.small_area("D2", s.data[["weight"]]), BadDesign, "calibrated"),
        (lambda s, c: s.small_area("a002", s.data[["weight"]]), BadDesign, "a002"),
    ],
)
def test_what_cannot_be_ranked_is_refused_in_words(survey, calibrated, ask, error, words):
    with pytest.raises(error) as fault:
        ask(survey, calibrated)
    assert words in str(fault.value)


def test_a_province_has_too_few_districts_for_a_small_area_model(survey):
    areas = survey.labels_of("district")
    covariates = pd.DataFrame({"x": np.arange(len(areas), dtype=float)}, index=areas)
    with pytest.raises(TooFewAreas):
        survey.small_area("D2", covariates)
