"""Rounds whose TOML declares stages, finite populations and totals, from the file to the results, against R.

tests/reference/declared.R made the committed numbers from what export_declared.py writes; where R is
installed the last test makes them again.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.build import build_estimates
from analysis.estimates.domains import Domains
from analysis.estimates.results import check_results
from analysis.pipeline import prepare
from analysis.places import read_places
from analysis.rounds import read_round
from tests.conftest import require_or_skip
from tests.reference.export_declared import make_data

REFERENCE = Path(__file__).parents[2] / "reference"
NOW = ("staged", "raked", "linear", "poststratified")
TEXT = ("case", "statistic", "place_kind", "place", "group", "measure")


def read(path):
    return pd.read_csv(path, dtype=dict.fromkeys(TEXT, str), keep_default_na=False, na_values={"se": [""]})


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    """Every round of the reference, read from its TOML and file as the pipeline reads them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_DATA", str(make_data(tmp_path_factory.mktemp("declared"))))
        names = [*NOW, "staged-before", "poststratified-before"]
        return {name: prepare(read_round(name)) for name in names}


@pytest.fixture(scope="module")
def results(samples):
    districts = read_places().districts_of("91")
    return {name: build_estimates(samples[name], districts, samples.get(f"{name}-before")) for name in NOW}


def levels_of(sample):
    """Levels straight from the scores, also those that a page would withhold."""
    table = sample.indicators
    parts = [("province", Domains.everybody(len(table), "91")), ("province", Domains.of(table["sex"]))]
    parts += [("district", Domains.of(table["district"]))]
    for place_kind, domains in parts:
        for scores in sample.estimate(sample.main_design, domains):
            se = np.sqrt(scores.variance())
            for d, label in enumerate(domains.labels):
                grouped = label in ("male", "female")
                cells = {"measure": scores.measures, "estimate": scores.estimate[d], "se": se[d]}
                place = {"place": "91" if grouped else label, "group": label if grouped else ""}
                yield pd.DataFrame({"place_kind": place_kind, **place, **cells})


@pytest.mark.parametrize("case", NOW)
def test_every_level_of_a_declared_round_equals_r(samples, case):
    r = read(REFERENCE / "declared" / "declared.csv")
    r = r[(r["case"] == case) & (r["statistic"] == "level")]
    ours = pd.concat(levels_of(samples[case]))
    both = r.merge(ours, on=["place_kind", "place", "group", "measure"], suffixes=("_r", ""), how="left")
    assert len(both) == len(r) == 170
    np.testing.assert_allclose(both["estimate"], both["estimate_r"], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(both["se"], both["se_r"], rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize(
    ("case", "statistic", "least"),
    [(case, "difference", 40) for case in NOW] + [("staged", "change", 25), ("poststratified", "change", 25)],
)
def test_differences_and_changes_of_a_declared_round_equal_r(results, case, statistic, least):
    """Of what the results show: districts by their own, direct standard errors; the province's changes."""
    r = read(REFERENCE / "declared" / "declared.csv")
    r = r[(r["case"] == case) & (r["statistic"] == statistic)].drop(columns="statistic")
    own = "difference_direct" if statistic == "difference" else "change"
    rows = results[case]
    rows = rows[(rows["statistic"] == own) & rows["estimate"].notna()]
    both = rows.merge(r, on=["place_kind", "place", "measure"], suffixes=("", "_r"))
    assert len(both) > least
    np.testing.assert_allclose(both["estimate"], both["estimate_r"], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(both["se"], both["se_r"], rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("case", NOW)
def test_results_of_a_declared_round_keep_the_tables_rules(results, case):
    assert check_results(results[case]).empty


def test_weights_meet_the_declared_totals_and_the_province_adds_up_to_them(samples):
    design, sex = samples["raked"].main_design, samples["raked"].indicators["sex"]
    assert design.weight[sex == "male"].sum() == pytest.approx(625000, rel=1e-9)
    assert design.weight.sum() == pytest.approx(430000 + 500000 + 340000, rel=1e-9)
    assert samples["raked"].district_design.weight.sum() == pytest.approx(1270000, rel=1e-9)


def test_the_source_of_the_totals_stands_beside_the_rounds(results):
    assert set(results["raked"]["source"]) == {
        f"{read_round('example-2021').source}; calibration: typed",
    }
    assert set(results["staged"]["source"]) == {read_round("example-2021").source}


def test_pooled_district_levels_take_the_calibrated_weights(results):
    """Pooling moves no estimate: the same calibrated mean stands beside both standard errors."""
    rows = results["raked"]
    rows = rows[(rows["place_kind"] == "district") & rows["estimate"].notna()]
    pooled = rows[rows["statistic"] == "share"].set_index(["place", "measure"])["estimate"]
    direct = rows[rows["statistic"] == "share_direct"].set_index(["place", "measure"])["estimate"]
    both = pd.concat([pooled, direct], axis=1, join="inner")
    assert len(both) > 200
    np.testing.assert_array_equal(both.iloc[:, 0], both.iloc[:, 1])


def test_calibration_and_finite_populations_do_not_narrow_pooled_differences_below_the_plain_ones(results):
    """What they take off is left in: staged and raked pooled errors are near those of the plain design."""
    plain = results["staged"]
    for case in ("raked", "poststratified"):
        se = [
            rows[(rows["statistic"] == "difference") & (rows["place_kind"] == "district")]
            .set_index(["place", "measure"])["se"]
            .dropna()
            for rows in (results[case], plain)
        ]
        both = pd.concat(se, axis=1, join="inner")
        assert len(both) > 200
        assert (both.iloc[:, 0] / both.iloc[:, 1]).median() == pytest.approx(1, abs=0.05)


def test_r_makes_the_committed_numbers_again(tmp_path):
    require_or_skip("r", shutil.which("Rscript") is not None)
    subprocess.run([sys.executable, REFERENCE / "export_declared.py", tmp_path], check=True)
    subprocess.run(["Rscript", REFERENCE / "declared.R", tmp_path], check=True, capture_output=True)
    made, committed = read(tmp_path / "declared.csv"), read(REFERENCE / "declared" / "declared.csv")
    pd.testing.assert_frame_equal(made[list(TEXT)], committed[list(TEXT)])
    for column in ("estimate", "se"):
        np.testing.assert_allclose(made[column], committed[column], rtol=1e-9, atol=1e-10)
