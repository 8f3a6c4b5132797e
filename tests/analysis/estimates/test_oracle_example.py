"""Every mean, score, difference and change of the example against R's survey package.

tests/reference/example.R made the committed numbers from the indicators that export_example.py
writes; where R is installed the last test makes them again.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.domains import Domains
from analysis.estimates.intervals import korn_graubard_interval
from tests.conftest import require_or_skip

REFERENCE = Path(__file__).parents[2] / "reference"
KEY = ["place_kind", "place", "group_kind", "group", "measure"]


def read(name, folder=REFERENCE / "example-2021"):
    text = {"place": str, "group": str, "group_kind": str, "place_kind": str}
    return pd.read_csv(folder / name, dtype=text, keep_default_na=False, na_values=[""]).fillna({"group": ""})


def our_levels(sample):
    """All levels straight from the scores, also those that a page would withhold."""
    table, design = sample.indicators, sample.main_design
    parts = [("province", "all", Domains.everybody(len(table), "91"))]
    parts += [("province", g.name, Domains.of(table[g.name], g.labels)) for g in sample.survey_round.groups]
    parts += [("district", "all", Domains.of(table["district"]))]
    rows = []
    for place_kind, group_kind, domains in parts:
        for scores in sample.estimate(design, domains):
            se = np.sqrt(scores.variance())
            with np.errstate(invalid="ignore", divide="ignore"):
                deff = scores.variance() / scores.srs_variance
            for d, label in enumerate(domains.labels):
                grouped = group_kind != "all"
                rows.append(
                    pd.DataFrame(
                        {
                            "place_kind": place_kind,
                            "place": "91" if place_kind == "province" else label,
                            "group_kind": group_kind,
                            "group": label if grouped else "",
                            "measure": scores.measures,
                            "estimate": scores.estimate[d],
                            "se": se[d],
                            "df": scores.df[d],
                            "n": scores.n[d],
                            "deff": deff[d],
                        }
                    )
                )
    return pd.concat(rows)


@pytest.fixture(scope="module")
def levels(example_sample):
    ours = our_levels(example_sample)
    return read("levels.csv").merge(ours, on=KEY, how="left", suffixes=("_r", ""), validate="one_to_one")


def test_reference_holds_every_measure_of_the_province_and_each_sampled_district(levels):
    whole = levels[levels["group_kind"] == "all"]
    assert whole["place"].nunique() == 1 + 13
    assert (whole.groupby("place").size() > 110).all()


@pytest.mark.parametrize("column", ["estimate", "se"])
def test_every_mean_and_standard_error_equals_r(levels, column):
    np.testing.assert_allclose(levels[column], levels[f"{column}_r"], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("column", ["df", "n"])
def test_degrees_of_freedom_and_counts_equal_r(levels, column):
    assert (levels[column] == levels[f"{column}_r"]).all()


def test_design_effects_of_indicators_equal_r(levels):
    known = levels[levels["deff_r"].between(1e-6, 1e6)]  # outside: everybody or nobody, 0 over 0
    assert len(known) > 1000
    np.testing.assert_allclose(known["deff"], known["deff_r"], rtol=1e-8)


def test_intervals_of_shares_equal_r_where_r_does_not_exceed_n(levels):
    ours = levels[(levels["place"] == "91") & (levels["group_kind"] == "all")].set_index("measure")
    compared = 0
    for row in read("intervals.csv").dropna().itertuples():
        p, se, df, n = (np.array([ours.at[row.measure, c]]) for c in ("estimate", "se", "df", "n"))
        if p * (1 - p) / se**2 > 0.9 * n:
            continue
        low, high = korn_graubard_interval(p, se, df, n)
        assert (low[0], high[0]) == pytest.approx((row.low, row.high), rel=1e-6), row.measure
        compared += 1
    assert compared >= 30


@pytest.mark.parametrize(("statistic", "least"), [("difference", 2200), ("change", 700)])
def test_differences_and_changes_equal_r(example_results, statistic, least):
    """Districts by their own, direct standard errors; the province and its groups have no others."""
    own = example_results["survey_round"] == "example-2021"  # beside it stand published figures
    rows = example_results[own & example_results["estimate"].notna()]
    direct = rows[(rows["statistic"] == f"{statistic}_direct") & (rows["place_kind"] == "district")]
    province = rows[(rows["statistic"] == statistic) & (rows["place_kind"] == "province")]
    ours = pd.concat([direct, province])
    r = read("contrasts.csv")
    both = ours.merge(r[r["statistic"] == statistic].drop(columns="statistic"), on=KEY, suffixes=("", "_r"))
    assert len(both) == len(ours) > least
    np.testing.assert_allclose(both["estimate"], both["estimate_r"], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(both["se"], both["se_r"], rtol=1e-9, atol=1e-12)


def test_r_makes_the_committed_numbers_again(tmp_path):
    require_or_skip("r", shutil.which("Rscript") is not None)
    subprocess.run([sys.executable, REFERENCE / "export_example.py", tmp_path], check=True)
    subprocess.run(["Rscript", REFERENCE / "example.R", tmp_path], check=True, capture_output=True)
    for name in ("levels.csv", "contrasts.csv", "intervals.csv"):
        made, committed = read(name, tmp_path), read(name)
        assert list(made.columns) == list(committed.columns)
        for column in made:
            if made[column].dtype == float:
                np.testing.assert_allclose(made[column], committed[column], rtol=1e-9, atol=1e-12)
            else:
                assert (made[column] == committed[column]).all()
