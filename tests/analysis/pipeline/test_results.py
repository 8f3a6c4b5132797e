"""What the example's results hold, beside the truth they were made from."""

import pandas as pd
import pytest

from analysis import paths
from analysis.estimates import quality
from analysis.estimates.results import check_results, read_measures
from analysis.places import read_places


def truth_of(name):
    table = pd.read_csv(paths.data_folder() / "example" / "truth" / f"{name}.csv", dtype={"place": str})
    return table.set_index(["place", "measure"])["truth"]


def test_results_keep_their_own_rules(example_results, papi_results):
    assert check_results(example_results).empty
    assert check_results(papi_results).empty


def test_every_district_appears_for_every_measure(example_results):
    own = example_results[example_results["survey_round"] == "example-2021"]
    levels = own[own["statistic"].isin(["score", "share", "mean"])]
    levels = levels[levels["place_kind"] == "district"]
    measures = len(read_measures("example-2021"))
    assert levels.groupby("place").size().to_dict() == dict.fromkeys(
        read_places().districts_of("91"), measures
    )


def test_districts_nobody_was_interviewed_in_have_no_number_of_any_kind(example_results):
    survey = example_results[example_results["survey_round"] == "example-2021"]
    own = survey[survey["place"].isin(["912", "914"])]
    assert set(own["quality"]) == {quality.NOT_SAMPLED}
    assert own[["estimate", "se", "ci_low", "ci_high", "p_value", "deff"]].isna().all(axis=None)
    assert (own["n"] == 0).all()


def test_papi_design_gives_three_districts_figures_and_twelve_none(papi_results):
    levels = papi_results[
        (papi_results["measure_kind"] == "dimension") & (papi_results["place_kind"] == "district")
    ]
    levels = levels[levels["statistic"] == "score"]
    shown = levels[levels["quality"].isin(quality.SHOWN)]
    assert shown["place"].nunique() == 3
    assert (levels["quality"] == quality.NOT_SAMPLED).sum() == 12 * 8


def test_papi_province_rests_on_two_degrees_of_freedom_and_its_districts_on_three(papi_results):
    total = papi_results[(papi_results["measure"] == "D1") & (papi_results["statistic"] == "score")]
    total = total[(total["group_kind"] == "all") & total["estimate"].notna() & total["se"].notna()]
    df = total.set_index("place_kind")["df"]
    assert df["province"] == 3 - 1
    assert set(df.loc[["district"]]) == {4 - 1}


def test_province_intervals_cover_the_simulated_truth_in_the_expected_share(example_results):
    levels = example_results[
        (example_results["survey_round"] == "example-2021")
        & (example_results["place"] == "91")
        & (example_results["group_kind"] == "all")
        & example_results["statistic"].isin(["score", "share", "mean"])
        & example_results["estimate"].notna()
    ].set_index("measure")
    truth = truth_of("example-2021")["91"].reindex(levels.index)
    covered = (levels["ci_low"] <= truth) & (truth <= levels["ci_high"])
    of_subs = covered[levels["measure_kind"] == "sub_dimension"]
    assert len(of_subs) == 28
    assert of_subs.sum() >= 25  # 28 at 95 %: fewer than 25 has probability below 2 %
    assert covered.mean() > 0.9


def test_province_total_holds_the_published_one_in_its_interval(example_results):
    total = example_results[(example_results["measure"] == "PAPI") & (example_results["place"] == "91")]
    published = total.loc[
        (total["survey_round"] == "published-2021") & (total["statistic"] == "score"), "estimate"
    ].item()
    ours = total[(total["survey_round"] == "example-2021") & (total["statistic"] == "score")]
    ours = ours[ours["group_kind"] == "all"].iloc[0]
    assert ours["ci_low"] <= published <= ours["ci_high"]
    assert published == pytest.approx(39.5233, abs=1e-3)


def test_no_change_is_given_across_a_declared_break(example_results):
    survey = example_results[example_results["survey_round"] == "example-2021"]
    changes = set(survey.loc[survey["statistic"] == "change", "measure"])
    assert changes.isdisjoint({"S3.2", "S6.4", "D3", "D5", "D6", "PAPI"})
    assert {"D1", "D2", "D4", "D7", "D8", "S1.1"} <= changes
