"""Years in which nothing differs, and years in which something does: a small run of the benchmark.

docs/benchmarks/false_findings.md has more of them (tests/benchmarks/false_findings.py).
"""

import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pandas as pd
import pytest

from analysis.estimates.detectable import POWER
from analysis.estimates.results import ALPHA
from data.example.questionnaire import simulate_population, truth
from tests.benchmarks.equal_places import (
    equal_population,
    group_means,
    moved_population,
    raised_population,
    room_above,
)
from tests.benchmarks.found_effects import (
    CHANGE,
    DIFFERENCE,
    EVERYWHERE,
    Effect,
    found_rates,
    plan_effects,
    population_with,
    power_years,
)
from tests.benchmarks.kept_jobs import Runner
from tests.benchmarks.null_years import any_headline, family_rates, limit, null_years, pack_rate

YEARS, PLANS, POWER_YEARS = 8, 1, 8
SHAPES = ("provincial", "papi")


@pytest.fixture(scope="module")
def runner():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENBLAS_NUM_THREADS", "1")  # two processes, a core each
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            yield Runner(pool)


@pytest.fixture(scope="module")
def years(runner):
    return {shape: null_years(shape, YEARS, runner) for shape in SHAPES}


@pytest.fixture(scope="module")
def alike():
    return equal_population(2021)


def by_place(population):
    return truth(population).pivot(index="measure", columns="place", values="truth")


def apart(table):
    """How far the columns lie apart in the row where they do most, beside its size."""
    return ((table.max(axis=1) - table.min(axis=1)) / table.abs().max(axis=1)).max()


def test_places_and_groups_of_the_equal_population_are_exactly_alike(alike):
    assert apart(by_place(alike)) < 1e-10
    assert apart(group_means(alike)) < 1e-10
    own = simulate_population(2021)
    assert apart(by_place(own)) > 0.1 < apart(group_means(own))


def test_both_years_of_the_equal_population_are_alike_where_they_ask_the_same(alike):
    both = pd.concat([by_place(alike)["91"], by_place(equal_population(2020))["91"]], axis=1, join="inner")
    indicators = [name for name in both.index if name in alike.targets]
    assert len(indicators) > 80
    assert apart(both.loc[indicators]) < 1e-10


def test_communes_and_villages_of_the_equal_population_still_differ(alike):
    """Else the designs would have nothing to err about."""
    chance = alike.probability("d101a" if "d101a" in alike.questions else next(iter(alike.questions)))
    villages = chance.mean(axis=1)
    assert pd.Series(villages).groupby(alike.geography.village_commune).mean().std() > 0.02


def test_moved_dimension_moves_everywhere_alike_and_takes_nothing_else_along(alike):
    moved = by_place(moved_population(alike, "D4", 0.5)) - by_place(alike)
    assert moved.loc["D4"].to_numpy() == pytest.approx(0.5, abs=1e-9)
    others = moved.drop(index=["D4", "PAPI"]).loc[lambda t: t.index.str.fullmatch(r"D\d")]
    assert others.abs().to_numpy().max() < 1e-9


def test_raised_district_leaves_the_other_districts_where_they_are(alike):
    raised = by_place(raised_population(alike, "903", {"D1": 0.7})) - by_place(alike)
    assert raised.at["D1", "903"] == pytest.approx(0.7, abs=1e-9)
    assert raised.loc["D1"].drop(["903", "91"]).abs().max() < 1e-9
    assert 0 < raised.at["D1", "91"] < 0.7


def test_dimension_has_no_more_room_than_its_scale(alike):
    bounds = alike.framework.dimensions.set_index("dimension")["maximum"]
    true = by_place(alike)["91"]
    for dimension in ("D1", "D4", "D8"):
        assert 0 < room_above(alike, dimension) <= bounds[dimension] - true[dimension] + 1e-6


def test_planned_effects_are_true_of_the_population_they_make():
    effect = Effect("904", ((CHANGE, "D1", 0.6), (EVERYWHERE, "D2", 0.3), (DIFFERENCE, "D4", 0.8)))
    now, before = (by_place(p) for p in (population_with(effect), equal_population(2020)))
    assert now.at["D1", "904"] - before.at["D1", "904"] == pytest.approx(0.6, rel=1e-3)
    assert now.at["D2", "91"] - before.at["D2", "91"] == pytest.approx(0.3, rel=1e-3)
    assert now.at["D4", "904"] - now.at["D4", "91"] == pytest.approx(0.8, rel=1e-3)


@pytest.mark.parametrize("shape", SHAPES)
def test_hardly_a_year_has_a_false_statement_in_any_family(years, shape):
    rates = family_rates(years[shape])
    assert (rates["tests"] > 3).all() and len(rates) == 8
    assert (rates["rate"] <= limit(YEARS)).all(), rates


@pytest.mark.parametrize("shape", SHAPES)
def test_false_headlines_of_packs_are_rarer_still(years, shape):
    rate, error = pack_rate(years[shape])
    assert rate <= ALPHA
    assert rate <= any_headline(years[shape]) + 3 * error


def test_the_same_years_would_break_the_promise_without_adjusting(years):
    """What shows that the check above can fail: each test by itself is wrong one time in twenty."""
    rates = family_rates(years["provincial"])
    large = rates[rates["tests"] > 50]
    assert len(large) >= 5
    assert (large["unadjusted"] > limit(YEARS)).all(), rates


def test_effects_of_the_detectable_size_are_found_about_as_often_as_it_says(years, runner):
    effects = plan_effects("provincial", years["provincial"], PLANS)
    drawn = power_years("provincial", effects, POWER_YEARS, runner)
    found = found_rates(drawn.assign(all="all"), ["all"]).iloc[0]
    assert found["years"] > 2 * POWER_YEARS  # three effects a year
    assert abs(found["found"] - POWER) < 3 * found["error"] + 0.1


def test_kept_results_are_taken_and_the_others_made(tmp_path):
    kept = Runner(folder=tmp_path)
    assert kept.map(abs, [-1, -2]) == [1, 2]
    for file in tmp_path.iterdir():
        file.write_bytes(pickle.dumps(7))
    assert kept.map(abs, [-1, -2, -3]) == [7, 7, 3]
    assert Runner().map(abs, [-1]) == [1]
