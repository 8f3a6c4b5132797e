"""Results of tests as tables, text and HTML."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.association import chisquare, ttest
from analysis.estimates.design import build_design
from analysis.estimates.estimators import shares
from analysis.estimates.significance import TEST_COLUMNS, SignificanceTest, f_test, wald_statistic


@pytest.fixture(scope="module")
def people():
    rng = np.random.default_rng(6)
    table = pd.DataFrame({"psu": np.repeat(range(20), 10), "sex": rng.choice(["f", "m"], 200)})
    table["home"] = np.where(rng.random(200) < 0.05, "boat", rng.choice(["house", "flat"], 200))
    table["y"], table["w"] = rng.normal(0, 1, 200), rng.uniform(1, 3, 200)
    return table, build_design(["a"] * 200, table["psu"].astype(str), table["w"])


@pytest.fixture(scope="module")
def crossed(people):
    table, design = people
    return chisquare(table["sex"].rename("sex"), table["home"].rename("home"), design)


def test_tests_are_a_row_each_with_the_one_to_report_first(crossed):
    frame = crossed.to_frame()
    assert list(frame.columns) == TEST_COLUMNS
    assert frame["test"].tolist()[0] == "second_order"
    assert frame["p_value"].iloc[0] == crossed.p
    assert (frame["n"] == 200).all()


def test_cells_have_their_share_of_the_whole_and_its_error(people, crossed):
    table, design = people
    cells = crossed.cells().set_index(["sex", "home"])
    both = shares((table["sex"] + table["home"]), design)
    at = both.names.index("fflat")
    assert cells.loc[("f", "flat"), "estimate"] == pytest.approx(both.estimate[at])
    assert cells.loc[("f", "flat"), "se"] == pytest.approx(both.se[at])
    assert cells["n"].sum() == 200
    assert cells.groupby("sex")["row_share"].sum().tolist() == pytest.approx([1, 1])


def test_cells_of_few_people_have_no_numbers(crossed):
    cells = crossed.cells(least=25).set_index(["sex", "home"])
    few = cells[cells["n"] < 25]
    assert len(few) == 2 and (few["quality"] == "suppressed").all()
    assert few[["weighted", "estimate", "se", "row_share"]].isna().all(axis=None)
    assert cells.loc[cells["n"] >= 25, "estimate"].notna().all()


def test_everything_shows_itself_in_a_notebook_and_as_text(people, crossed):
    table, design = people
    difference = ttest(table["y"], table["sex"], design)
    one = SignificanceTest(2.5, 1, 30, 0.12)
    for shown, words in ((crossed, "sex x home"), (difference, "m - f"), (one, "F(1, 30)")):
        html = shown._repr_html_()
        assert html.startswith("<p>") and "<table" in html and words in html
        assert words in str(shown)
    assert "<script" not in SignificanceTest(1.0, 1, np.inf, 0.3)._repr_html_()


def test_t_test_is_one_tidy_row(people):
    table, design = people
    frame = ttest(table["y"], table["sex"], design, level=0.9).to_frame()
    row = frame.iloc[0]
    assert (row["a"], row["b"], row["statistic"], row["level"]) == ("m", "f", "difference", 0.9)
    assert row["mean_a"] - row["mean_b"] == pytest.approx(row["estimate"])


def test_a_test_without_degrees_of_freedom_has_no_p():
    assert np.isnan(f_test(3.0, 1, 0).p)
    assert np.isnan(wald_statistic(np.array([1.0, 2.0]), np.ones((2, 2))))
    assert wald_statistic(np.array([2.0]), np.array([[4.0]])) == pytest.approx(1.0)
