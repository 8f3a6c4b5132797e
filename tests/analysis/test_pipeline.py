"""A round's file to its results: what is built, what is kept, and what the truth says of it."""

import json
import shutil

import numpy as np
import pandas as pd
import pytest

from analysis import paths
from analysis.errors import MissingFile
from analysis.estimates import quality
from analysis.estimates.results import check_results, provenance_file, read_measures, results_file
from analysis.pipeline import build_round
from analysis.places import read_places


@pytest.fixture
def copied_data(tmp_path, monkeypatch):
    """A data folder of the test's own, without built files."""
    target = tmp_path / "data"
    shutil.copytree(paths.data_folder(), target, ignore=shutil.ignore_patterns("built", "raw", "__pycache__"))
    monkeypatch.setenv("WORKBENCH_DATA", str(target))
    return target


def truth_of(name):
    table = pd.read_csv(paths.data_folder() / "example" / "truth" / f"{name}.csv", dtype={"place": str})
    return table.set_index(["place", "measure"])["truth"]


def test_results_keep_their_own_rules(example_results, papi_results):
    assert check_results(example_results).empty
    assert check_results(papi_results).empty


def test_every_district_appears_for_every_measure(example_results):
    levels = example_results[example_results["statistic"].isin(["score", "share", "mean"])]
    levels = levels[levels["place_kind"] == "district"]
    measures = len(read_measures("example-2021"))
    assert levels.groupby("place").size().to_dict() == dict.fromkeys(
        read_places().districts_of("91"), measures
    )


def test_districts_nobody_was_interviewed_in_have_no_number_of_any_kind(example_results):
    own = example_results[example_results["place"].isin(["912", "914"])]
    assert set(own["quality"]) == {quality.NOT_SAMPLED}
    assert own[["estimate", "se", "ci_low", "ci_high", "p_value", "deff"]].isna().all(axis=None)
    assert (own["n"] == 0).all()


def test_papi_design_gives_three_districts_figures_and_twelve_none(papi_results):
    levels = papi_results[
        (papi_results["measure_kind"] == "dimension") & (papi_results["place_kind"] == "district")
    ]
    shown = levels[levels["quality"].isin(quality.SHOWN) & (levels["statistic"] == "score")]
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
    changes = set(example_results.loc[example_results["statistic"] == "change", "measure"])
    assert changes.isdisjoint({"S3.2", "S6.4", "D3", "D5", "D6", "PAPI"})
    assert {"D1", "D2", "D4", "D7", "D8", "S1.1"} <= changes


def test_built_round_is_not_built_again_until_something_changes(copied_data):
    assert build_round("example-papi-2021").fresh
    assert not build_round("example-papi-2021").fresh
    assert build_round("example-papi-2021", force=True).fresh
    settings = copied_data / "rounds" / "example-papi-2021.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert build_round("example-papi-2021").fresh


def test_sidecar_names_inputs_and_counts(copied_data):
    built = build_round("example-papi-2021")
    about = json.loads(provenance_file("example-papi-2021").read_text(encoding="utf-8"))
    assert about["row_count"] == len(pd.read_parquet(built.results))
    assert set(about["data"]) == {"example-papi-2021.dta"}
    assert len(about["data"]["example-papi-2021.dta"]) == 64


def test_built_again_from_the_same_inputs_the_numbers_are_the_same(copied_data):
    first = pd.read_parquet(build_round("example-papi-2021").results)
    again = pd.read_parquet(build_round("example-papi-2021", force=True).results)
    pd.testing.assert_frame_equal(first, again, check_exact=True)


def test_missing_file_stops_before_anything_is_touched(copied_data):
    build_round("example-papi-2021")
    before = results_file("example-papi-2021").read_bytes()
    (copied_data / "example" / "example-papi-2021.dta").unlink()
    with pytest.raises(MissingFile) as fault:
        build_round("example-papi-2021")
    assert fault.value.exit_code == 10
    assert results_file("example-papi-2021").read_bytes() == before


def test_no_built_table_but_the_respondents_holds_a_respondent(example_results):
    assert "respondent" not in example_results.columns
    assert not np.isin(["respondent", "village", "commune"], read_measures("example-2021").columns).any()
