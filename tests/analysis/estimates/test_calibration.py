"""Calibrated weights and variances against arithmetic, R's survey package, and each other."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import BadWeight, UnknownName
from analysis.estimates.calibration import calibrate, poststratify, rake
from analysis.estimates.design import build_design, declare_design
from analysis.estimates.estimators import mean, total
from tests.conftest import require_or_skip

FOLDER = Path(__file__).parents[2] / "reference" / "calibration"
AGES = {"18-34": 1600, "35-54": 2500, "55+": 1900}
SEXES = {"female": 3060, "male": 2940}
POOR = {0: 4100, 1: 1900}
LINEAR = {"one": 6000, "male": 2940, "x": 116000}


@pytest.fixture(scope="module")
def people():
    return pd.read_csv(FOLDER / "sample.csv")


@pytest.fixture(scope="module")
def design(people):
    names = dict(weight="weight", psu=["psu"], stratum=["stratum"], population=["units"])
    return declare_design(people, **names, nest=True)


def variables(people):
    return pd.DataFrame({"one": 1.0, "male": (people["sex"] == "male").astype(float), "x": people["x"]})


def dummies(people, *columns):
    flags = [pd.get_dummies(people[column], prefix=column, dtype=float) for column in columns]
    return pd.concat(flags, axis=1)


def calibrated(case, people, design):
    age, sex, x = (people["age"], AGES), (people["sex"], SEXES), variables(people)
    return {
        "poststratify": lambda: poststratify(design, *age),
        "rake_two": lambda: rake(design, [age, sex]),
        "rake_three": lambda: rake(design, [age, sex, (people["poor"], POOR)]),
        "linear": lambda: calibrate(design, x, LINEAR),
        "poststratify_linear": lambda: calibrate(poststratify(design, *age), x, LINEAR),
        "linear_poststratify": lambda: poststratify(calibrate(design, x, LINEAR), *age),
        "raking": lambda: calibrate(design, x, LINEAR, "raking"),
        "logit": lambda: calibrate(design, x, LINEAR, "logit", (0.6, 1.8)),
        "bounded_linear": lambda: calibrate(design, x, LINEAR, "linear", (0.985, 1.1)),
    }[case]()


CASES = [
    "poststratify",
    "rake_two",
    "rake_three",
    "linear",
    "poststratify_linear",
    "linear_poststratify",
    "raking",
    "logit",
    "bounded_linear",
]


@pytest.mark.parametrize("case", CASES)
def test_weights_and_standard_errors_equal_r(case, people, design):
    ours = calibrated(case, people, design)
    weights = pd.read_csv(FOLDER / "weights.csv")[case]
    # R's raking stops at its own epsilon.
    tolerance = 1e-8 if case.startswith("rake") else 1e-10
    np.testing.assert_allclose(ours.weight, weights, rtol=tolerance)
    r = pd.read_csv(FOLDER / "estimates.csv").query("case == @case")
    assert len(r) == 12
    for row in r.itertuples():
        inside = (people["poor"] == 1).to_numpy() if row.domain == "poor" else None
        found = {"mean": mean, "total": total}[row.statistic](people[row.variable], ours, inside)
        # The total of x itself is known: its standard error is 0, up to rounding.
        np.testing.assert_allclose(found.estimate[0], row.estimate, rtol=tolerance)
        np.testing.assert_allclose(found.se[0], row.se, rtol=tolerance, atol=1e-9 * abs(row.estimate))


def test_r_makes_the_committed_numbers_again(tmp_path):
    require_or_skip("r", shutil.which("Rscript") is not None)
    shutil.copy(FOLDER / "sample.csv", tmp_path)
    script = FOLDER.with_suffix(".R")
    subprocess.run(["Rscript", script, tmp_path], check=True, capture_output=True)
    for name in ("weights.csv", "estimates.csv"):
        made, committed = pd.read_csv(tmp_path / name), pd.read_csv(FOLDER / name)
        pd.testing.assert_frame_equal(made, committed, rtol=1e-9, atol=1e-6)


def test_a_post_stratum_s_weights_are_scaled_to_its_total():
    design = build_design(["a"] * 4, list("pqrs"), [3.0, 3.0, 2.0, 4.0])
    ours = poststratify(design, pd.Series(["m", "m", "w", "w"]), {"m": 12, "w": 9})
    assert list(ours.weight) == [3 * 12 / 6, 3 * 12 / 6, 2 * 9 / 6, 4 * 9 / 6]
    assert list(design.weight) == [3, 3, 2, 4]


def test_residuals_are_values_less_the_post_stratum_s_mean_with_the_old_weights():
    design = build_design(["a"] * 4, list("pqrs"), [1.0, 3.0, 2.0, 2.0])
    ours = poststratify(design, pd.Series(["m", "m", "w", "w"]), {"m": 8, "w": 4})
    values = np.array([[10.0], [2.0], [5.0], [7.0]])
    # m: old mean (10 + 3 * 2) / 4 = 4, new weights 2 and 6; w: old mean 6, new weights 2 and 2.
    w = ours.weight[:, None]
    np.testing.assert_allclose(ours.calibration.residuals(w * values), [[2 * 6], [6 * -2], [2 * -1], [2 * 1]])


@pytest.mark.parametrize("case", CASES)
def test_what_was_calibrated_on_is_met_and_has_no_standard_error(case, people, design):
    ours = calibrated(case, people, design)
    last = case.split("_")[-1]
    known = {
        "poststratify": (dummies(people, "age"), AGES),
        "two": (dummies(people, "age", "sex"), AGES | SEXES),
        "three": (dummies(people, "age", "sex", "poor"), AGES | SEXES | POOR),
    }.get(last, (variables(people), LINEAR))
    found = total(known[0], ours)
    np.testing.assert_allclose(found.estimate, list(known[1].values()), rtol=1e-10)
    # Exactly 0 after one calibration; R's order after two, and its ten passes of raking, leave a remainder.
    limit = 0.03 if "_" in case and case != "bounded_linear" else 1e-10
    assert (found.se <= limit * found.estimate).all()


def test_raking_by_proportional_fitting_is_calibration_by_raking(people, design):
    fitted = rake(design, [(people["age"], AGES), (people["sex"], SEXES)])
    columns = dummies(people, "age", "sex")
    ours = calibrate(
        design, columns, dict(zip(columns, [*AGES.values(), *SEXES.values()], strict=True)), "raking"
    )
    np.testing.assert_allclose(ours.weight, fitted.weight, rtol=1e-9)
    np.testing.assert_allclose(mean(people["y"], ours).se, mean(people["y"], fitted).se, rtol=0.02)


def test_linear_calibration_on_indicators_is_post_stratification(people, design):
    columns = dummies(people, "age")
    ours = calibrate(design, columns, dict(zip(columns, AGES.values(), strict=True)))
    other = poststratify(design, people["age"], AGES)
    inside = (people["poor"] == 1).to_numpy()
    np.testing.assert_allclose(ours.weight, other.weight, rtol=1e-12)
    for estimator in (mean, total):
        a, b = (estimator(people[["y", "z"]], one, inside) for one in (ours, other))
        np.testing.assert_allclose(a.vcov, b.vcov, rtol=1e-9)


def test_bounds_hold_where_unbounded_weights_pass_them(people, design):
    free = calibrate(design, variables(people), LINEAR).weight / design.weight
    assert free.min() < 0.985 and free.max() > 1.1
    for method in ("linear", "raking"):
        ratio = calibrate(design, variables(people), LINEAR, method, (0.985, 1.1)).weight / design.weight
        assert ratio.min() >= 0.985 - 1e-12 and ratio.max() <= 1.1 + 1e-12


def test_a_repeated_column_changes_nothing(people, design):
    columns = variables(people)
    twice = calibrate(design, columns.assign(again=2 * columns["x"]), LINEAR | {"again": 2 * LINEAR["x"]})
    np.testing.assert_allclose(twice.weight, calibrate(design, columns, LINEAR).weight, rtol=1e-10)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.floats(1e-6, 1e6))
def test_units_and_order_of_rows_change_nothing(seed, unit):
    rng = np.random.default_rng(seed)
    n, order = 40, rng.permutation(40)
    w, x, y = rng.uniform(1, 3, n), rng.normal(5, 1, n), rng.normal(5, 1, n)
    columns, psu = pd.DataFrame({"one": 1.0, "x": x}), rng.permutation(np.arange(n) % 8)
    goal = {"one": 1.05 * w.sum(), "x": 1.07 * (w @ x)}
    a = calibrate(build_design(["s"] * n, psu, w), columns, goal, "raking")
    moved = columns.assign(x=x * unit).iloc[order].reset_index(drop=True)
    b = calibrate(
        build_design(["s"] * n, psu[order], w[order]), moved, goal | {"x": goal["x"] * unit}, "raking"
    )
    np.testing.assert_allclose(b.weight, a.weight[order], rtol=1e-9)
    first, second = mean(pd.Series(y), a), mean(pd.Series(y[order]), b)
    np.testing.assert_allclose(second.se, first.se, rtol=1e-8)


CELLS = pd.Series(["m", "m", "w", "w"], name="sex")


@pytest.mark.parametrize(
    ("by", "totals", "named"),
    [
        (CELLS, {"m": 5}, "w"),
        (CELLS, {"m": 5, "w": 5, "x": 5}, "x"),
        (CELLS, {"m": 5, "w": 0}, "w"),
        (CELLS, {"m": 5, "w": float("nan")}, "w"),
        (CELLS.where(CELLS.index != 2), {"m": 5, "w": 5}, "row 3"),
        (CELLS[:3], {"m": 5, "w": 5}, "3 rows"),
        (CELLS, pd.Series([5, 5, 5], index=["m", "w", "w"]), "w"),
    ],
)
def test_cells_and_totals_that_do_not_go_together_are_named(by, totals, named):
    design = build_design(["a"] * 4, list("pqrs"), [1.0] * 4)
    with pytest.raises(BadWeight) as caught:
        poststratify(design, by, totals)
    assert caught.value.where == f"sex: {named}"
    assert named in caught.value.vi and caught.value.got


def test_raking_without_margins_is_refused():
    with pytest.raises(BadWeight, match="needs a margin"):
        rake(build_design(["a"] * 2, list("pq"), [1.0] * 2), [])


def test_margins_of_different_populations_are_refused(people, design):
    with pytest.raises(BadWeight, match="different populations") as caught:
        rake(design, [(people["age"], AGES), (people["sex"], {"female": 3000, "male": 2940})])
    assert "age 6000" in caught.value.got and "sex 5940" in caught.value.got


def test_margins_that_no_weights_fit_name_a_cell():
    design = build_design(["a"] * 4, list("pqrs"), [1.0] * 4)
    one, other = pd.Series(list("mmww"), name="sex"), pd.Series(list("xxyy"), name="job")
    with pytest.raises(BadWeight) as caught:
        rake(design, [(one, {"m": 10, "w": 10}), (other, {"x": 5, "y": 15})])
    assert caught.value.where in ("sex: m", "sex: w")


@pytest.mark.parametrize(
    ("totals", "options", "named"),
    [
        ({"one": 6000, "male": 2940}, {}, "x"),
        (LINEAR | {"z": 1}, {}, "z"),
        (LINEAR | {"x": float("nan")}, {}, "x"),
        (LINEAR | {"x": 900000}, {"method": "logit", "bounds": (0.5, 2)}, "x"),
        (LINEAR | {"x": 900000}, {"method": "linear", "bounds": (0.5, 2)}, "x"),
        (LINEAR | {"male": -5}, {"method": "raking"}, "male"),
        (LINEAR, {"method": "logit"}, "bounds"),
        (LINEAR, {"bounds": (1.1, 2)}, "bounds"),
    ],
)
def test_totals_that_cannot_be_met_name_the_column(totals, options, named, people, design):
    with pytest.raises(BadWeight) as caught:
        calibrate(design, variables(people), totals, **options)
    assert caught.value.where == named


def test_columns_that_contradict_each_other_are_refused(people, design):
    columns = variables(people).assign(female=lambda table: 1 - table["male"])
    with pytest.raises(BadWeight) as caught:
        calibrate(design, columns, LINEAR | {"female": 3100})
    assert caught.value.where in ("one", "male", "female")
    assert "other columns" in caught.value.expected


def test_missing_values_and_unknown_methods_are_refused(people, design):
    with pytest.raises(BadWeight) as caught:
        calibrate(design, people[["y"]], {"y": 1})
    assert caught.value.where == "y"
    with pytest.raises(UnknownName, match="rakin"):
        calibrate(design, variables(people), LINEAR, "rakin")
    with pytest.raises(BadWeight):
        calibrate(design, variables(people)[[]], {})
