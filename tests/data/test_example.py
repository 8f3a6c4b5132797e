"""The committed example: is it what the script makes, and is it what the README says it is?"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from analysis import paths
from analysis.estimates.composites import composite_map
from analysis.indicators.build import build_indicators
from analysis.respondents.build import build_respondents
from analysis.respondents.checks import check_respondents
from analysis.respondents.codebook import read_codebook
from analysis.respondents.microdata import read_microdata
from analysis.rounds import read_round
from data.example.questionnaire import published_scores, simulate_population, truth
from data.example.sampling import NOT_ASKED, PERSONS, PapiDesign, ProvincialDesign, draw_communes, draw_round
from data.example.simulate import BAND, CERTAIN, DRAWS, PROVINCIAL_SEED, ROUNDS, simulate_round

UNSAMPLED = {912, 914}  # Kiên Hải and Giang Thành


def file_of(name):
    return paths.rows_folder("example") / f"{name}.dta"


def stored(name):
    return read_microdata(file_of(name)).table


def place_codes():
    districts = pd.read_csv(paths.rows_folder("places") / "districts.csv", dtype=str)
    communes = pd.read_csv(paths.rows_folder("places") / "communes.csv", dtype=str)
    return set(districts["code"]), dict(zip(communes["code"], communes["district"], strict=True))


@pytest.mark.parametrize("name", ROUNDS)
def test_the_seed_gives_the_committed_table_and_truth(name):
    table, population = simulate_round(name)
    pd.testing.assert_frame_equal(stored(name), table, check_dtype=False)
    committed = pd.read_csv(paths.rows_folder("example") / "truth" / f"{name}.csv", dtype={"place": str})
    pd.testing.assert_frame_equal(committed, truth(population), check_dtype=False, rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", ROUNDS)
def test_every_file_says_that_it_is_simulated_and_labels_everything_in_vietnamese(name):
    _, meta = pyreadstat.read_dta(str(file_of(name)), metadataonly=True)
    codebook = read_codebook("papi")
    assert meta.file_label.startswith("DỮ LIỆU MÔ PHỎNG / SIMULATED DATA") and BAND in meta.file_label
    assert meta.column_names_to_labels == {column: codebook.label(column) for column in meta.column_names}
    assert meta.variable_value_labels["d103"] == {
        1: "Có", 2: "Không", 888: "Không biết", 999: "Từ chối trả lời", -999999: "Không thuộc diện được hỏi",
    }  # fmt: skip
    assert file_of(name).stat().st_size < 3_000_000


@pytest.mark.parametrize("year", [2020, 2021])
def test_the_expected_score_of_every_sub_dimension_is_the_published_one(year):
    rows = truth(simulate_population(year)).query("place == '91' and measure_kind == 'sub_dimension'")
    expected = rows.set_index("measure")["truth"]
    published = pd.Series(published_scores(year))
    assert set(expected.index) == set(published.index)
    assert (expected - published).abs().max() < 1e-6


@pytest.mark.parametrize("year", [2020, 2021])
def test_every_place_has_every_truth_and_none_is_degenerate(year):
    population = simulate_population(year)
    rows = truth(population)
    indicators = population.framework.indicators.set_index("indicator")
    assert set(rows["place"]) == place_codes()[0] | {"91"}
    assert rows.groupby("measure").size().eq(16).all()
    shares = rows[rows["measure_kind"] == "indicator"]
    low, high = shares["measure"].map(indicators["minimum"]), shares["measure"].map(indicators["maximum"])
    assert ((shares["truth"] > low) & (shares["truth"] < high)).all()


def test_places_differ_and_the_years_are_correlated():
    effects = {year: simulate_population(year).effects.village for year in (2020, 2021)}
    names = {year: list(simulate_population(year).framework.sub_dimensions["name_en"]) for year in effects}
    shared = [name for name in names[2020] if name in names[2021]]
    at = {year: [1 + names[year].index(name) for name in shared] for year in effects}
    pairs = [effects[year][:, at[year]] for year in (2020, 2021)]
    correlations = [np.corrcoef(pairs[0][:, t], pairs[1][:, t])[0, 1] for t in range(len(shared))]
    assert np.mean(correlations) == pytest.approx(0.8, abs=0.05)
    # district, commune and village effects add up: 0.25^2 + 0.20^2 + 0.20^2
    assert np.mean(pairs[0].var(axis=0)) == pytest.approx(0.25**2 + 0.20**2 + 0.20**2, rel=0.1)


@pytest.mark.parametrize("name", ["example-2020", "example-2021"])
def test_thirteen_of_fifteen_districts_are_sampled(name):
    table = stored(name)
    assert {int(code) for code in place_codes()[0]} - set(table["huyen"]) == UNSAMPLED
    assert len(table) == 47 * 2 * PERSONS == 1504
    assert table.groupby("thon").size().eq(PERSONS).all()
    assert table.groupby("PSW_PSU")["thon"].nunique().eq(2).all()
    assert (table["PSW_PSU"] == table["xa"]).all()
    assert table.groupby("PSW_STRATA")["PSW_PSU"].nunique().sum() == 47


def test_one_district_has_two_psus_and_the_others_three_to_five():
    psus = stored("example-2021").groupby("huyen")["PSW_PSU"].nunique()
    assert psus.index[psus == 2].tolist() == [902]
    assert psus.drop(902).between(3, 5).all()


def test_seat_communes_and_a_third_of_the_others_are_kept():
    psus = {year: set(stored(f"example-{year}")["PSW_PSU"]) for year in (2020, 2021)}
    communes = simulate_population(2021).geography.communes
    seats = communes[communes["seat"] & communes["district"].isin(CERTAIN)]["code"].astype(int)
    assert set(seats) <= psus[2020] & psus[2021]
    assert len(psus[2020] & psus[2021]) >= 13 + sum(number // 3 for number in DRAWS.values())


def test_the_seed_is_the_first_that_fits_the_stated_design():
    population = simulate_population(2021)
    districts = population.geography.communes["district"].astype(int).to_numpy()

    def psus(seed, later):
        rows, _ = draw_communes(population, ProvincialDesign(CERTAIN, DRAWS, later), seed)
        return pd.Series(districts[rows]).value_counts()

    def fits(seed):
        before, after = psus(seed, False), psus(seed, True)
        none = not UNSAMPLED & (set(before.index) | set(after.index))
        return none and (after == 2).sum() == 1 and after.between(2, 5).all() and before.min() >= 2

    assert [seed for seed in range(1, PROVINCIAL_SEED + 1) if fits(seed)] == [PROVINCIAL_SEED]


def test_papis_own_design_has_three_districts_twelve_villages_192_interviews():
    table = stored("example-papi-2021")
    assert len(table) == 3 * 2 * 2 * PERSONS == 192
    assert table["thon"].nunique() == 12
    assert table.groupby("huyen")["xa"].nunique().tolist() == [2, 2, 2]
    assert 899 in set(table["huyen"])
    assert (table["PSW_PSU"] == table["huyen"]).all() and (table["PSW_STRATA"] == 91).all()


@pytest.mark.parametrize("name", ROUNDS)
def test_weights_sum_to_the_adult_population(name):
    adults = simulate_population(2021).geography.village_adults.sum()
    assert stored(name)["PSW_psweight"].sum() == pytest.approx(adults, rel=1e-6)


@pytest.mark.parametrize("name", ROUNDS)
def test_the_file_fits_its_round_codebook_and_places(name):
    survey_round, codebook = read_round(name), read_codebook("papi")
    found = check_respondents(stored(name), survey_round, codebook, *place_codes())
    assert found.loc[found["kind"] == "stop", "what"].tolist() == []
    # One answer to all six statements of d402 (some people do think so), and other years' questions.
    assert found["code"].tolist() == ["straight_lining", "variable_not_in_file"]
    assert survey_round.simulated


@pytest.mark.parametrize("name", ROUNDS)
def test_a_question_is_asked_exactly_where_its_skip_rule_says(name):
    table, codebook = stored(name), read_codebook("papi")
    questions = [column for column in table.columns if codebook.row(column)["role"] == "question"]
    assert len(questions) > 140
    for column in questions:
        condition = codebook.asked_if(column)
        asked = (
            pd.Series(True, index=table.index)
            if condition is None
            else table[condition[0]].isin(condition[1])
        )
        assert ((table[column] != NOT_ASKED) == asked).all(), column
        assert asked.any(), column


@pytest.mark.parametrize("name", ROUNDS)
def test_the_file_goes_through_both_stages_whole(name):
    survey_round, codebook = read_round(name), read_codebook("papi")
    respondents = build_respondents(read_microdata(file_of(name)), survey_round, codebook, *place_codes())
    population = simulate_population(survey_round.year)
    built = build_indicators(respondents, population.framework, survey_round, codebook)
    names = list(population.framework.indicators["indicator"])
    assert len(built) == len(respondents) and built["respondent"].is_unique
    assert built[names].notna().any().all()
    limits = population.framework.indicators.set_index("indicator")
    assert (built[names].min() >= limits["minimum"]).all() and (built[names].max() <= limits["maximum"]).all()


def weighted_scores(table, population, survey_round):
    """Province scores of every sub-dimension by weighted means, and the indicators they rest on."""
    framework = population.framework
    respondents = table.rename(columns={"PSW_psweight": "weight"})
    built = build_indicators(respondents, framework, survey_round, population.codebook)
    values = built[list(framework.indicators["indicator"])].to_numpy()
    weights = np.where(np.isnan(values), 0.0, built["weight"].to_numpy()[:, None])
    means = (weights * np.nan_to_num(values)).sum(axis=0) / weights.sum(axis=0)
    composites = composite_map(framework)
    subs = framework.sub_dimensions["sub_dimension"]
    return (means @ composites.weights + composites.constants)[list(subs)]


@pytest.mark.parametrize(
    "design",
    [ProvincialDesign(CERTAIN, DRAWS), ProvincialDesign(CERTAIN, DRAWS, True), PapiDesign()],
    ids=str,
)
def test_over_many_draws_the_estimates_centre_on_the_truth(design):
    population, survey_round = simulate_population(2021), read_round("example-2021")
    draws = pd.DataFrame(
        [
            weighted_scores(draw_round(population, design, seed), population, survey_round)
            for seed in range(1000, 1040)
        ]
    )
    expected = truth(population).query("place == '91'").set_index("measure")["truth"][draws.columns]
    off = (draws.mean() - expected) / (draws.std() / np.sqrt(len(draws)))
    # 28 scores, 40 draws: the largest of 28 t values stays below 4 in all but one case of a hundred.
    assert off.abs().max() < 4


def test_each_commune_is_drawn_with_its_chance_in_the_later_year_too():
    population = simulate_population(2021)
    communes = population.geography.communes
    design, seeds = ProvincialDesign(CERTAIN, DRAWS, later_year=True), range(600)
    hits, chance = np.zeros(len(communes)), np.zeros(len(communes))
    for seed in seeds:
        rows, chances = draw_communes(population, design, seed)
        assert len(set(rows)) == 47
        hits[rows] += 1
        chance[rows] = chances
    drawn = chance > 0
    assert drawn.all()
    error = np.sqrt(np.maximum(chance * (1 - chance), 1e-12) / len(seeds))
    assert (np.abs(hits / len(seeds) - chance) <= 4.5 * error).all()
