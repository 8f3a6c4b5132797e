"""Rows of an annex: all of them named in both languages, and no number that was withheld."""

import numpy as np
import pandas as pd
import pytest

from analysis.batch.formats.meanings import WORDS, explain
from analysis.batch.formats.result_units import number_format, unit_of_row
from analysis.batch.formats.results_rows import ANNEX_COLUMNS, DIGITS, annex_rows
from analysis.batch.formats.whole_pages import whole_page
from analysis.briefing.numbers import DECIMALS, say_number
from analysis.estimates import quality
from analysis.estimates.results import COLUMNS, NUMBERS
from tests.analysis.batch.formats.made_page import CODES, made_page

WITHHELD = (quality.SUPPRESSED, quality.NOT_ESTIMATED, quality.NOT_SAMPLED)


@pytest.mark.parametrize("code", CODES)
def test_every_row_has_its_names_and_unit(code):
    rows = made_page(code, "vi").rows
    assert len(rows) > 400
    assert (rows[["place_vi", "place_en", "measure_vi", "measure_en", "unit"]] != "").all(axis=None)


@pytest.mark.parametrize("code", CODES)
def test_number_that_is_withheld_is_in_no_row(code):
    """Everything that would give it away is empty too: error, interval, p-values, design effect."""
    rows = made_page(code, "vi").rows
    held = rows[rows["quality"].isin(WITHHELD)]
    assert len(held) > 0 or code == "parindex"
    assert held[[*NUMBERS, "p_value", "p_adjusted", "deff", "n_effective"]].isna().all(axis=None)


def test_changed_number_behind_a_withheld_row_changes_nothing():
    """The results table empties it before anything here could see it; what comes in is what goes out."""
    made = made_page("899", "vi")
    rows = made.page.results
    held = rows.index[rows["quality"] == quality.SUPPRESSED]
    assert len(held) > 10
    assert rows.loc[held, "estimate"].isna().all()


def test_a_district_s_rows_are_its_own_and_those_around_it():
    rows = made_page("899", "vi").rows
    assert set(rows.loc[rows["place_kind"] == "district", "place"]) == {"899"}
    published = rows[rows["survey_round"].str.startswith("published")]
    assert set(published["measure_kind"]) == {"dimension", "total"}


def test_overview_has_every_district_and_the_last_published_year_only():
    rows = made_page("province_overview", "vi").rows
    assert rows.loc[rows["place_kind"] == "district", "place"].nunique() == 15
    assert rows.loc[rows["survey_round"].str.startswith("published"), "survey_round"].nunique() == 1


def test_numbers_are_the_results_own_to_ten_digits():
    made = made_page("899", "vi")
    how = whole_page("899")
    own = how.rows(made.page).reset_index(drop=True)
    for column in (*NUMBERS, "p_value", "deff"):
        np.testing.assert_allclose(
            made.rows[column], own[column], rtol=0.5 * 10.0 ** (1 - DIGITS), equal_nan=True
        )
    assert list(made.rows.columns[: len(COLUMNS)]) == list(COLUMNS)
    pd.testing.assert_series_equal(made.rows["n"], own["n"])


def test_names_are_the_framework_s_and_the_places_own():
    rows = made_page("899", "vi").rows
    first = rows[rows["measure"] == "D2"].iloc[0]
    assert first["measure_en"] == "Transparency in Local Decision-making"
    commune = rows[rows["place_kind"] == "commune"].iloc[0]
    assert (commune["place_vi"], commune["place_en"]) == ("Phường Vĩnh Thanh Vân", "Vĩnh Thanh Vân ward")
    country = rows[rows["place_kind"] == "country"].iloc[0]
    assert (country["place_vi"], country["place_en"]) == ("Cả nước", "Viet Nam")


def test_measure_that_nothing_names_has_an_empty_name_and_no_unit():
    made = made_page("899", "vi")
    strange = made.page.results.head(1).assign(measure="lạ", measure_kind="khác", statistic="mean")
    row = annex_rows(made.page, strange).all.iloc[0]
    assert (row["measure_vi"], row["unit"]) == ("", "")
    [named] = annex_rows(made.page, strange).all.itertuples()
    assert number_format(made.page, named, "estimate") == "General"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_column_and_every_word_in_it_is_explained(code, language):
    made = made_page(code, "vi")
    page = made_page(code, language).page
    told = list(explain(page, made.rows))
    assert [column for column, value, _ in told if not value and column != "group"][: len(ANNEX_COLUMNS)]
    assert {column for column, _, _ in told} == set(ANNEX_COLUMNS)
    assert [row for row in told if not row[2]] == []
    for column in WORDS:
        values = {value for named, value, _ in told if named == column and value}
        assert values == set(made.rows[column])


def test_every_flag_and_unit_that_there_can_be_has_its_meaning():
    words = made_page("899", "vi").page.words
    assert {f"quality_{flag}" for flag in quality.FLAGS} <= set(words)
    assert {f"unit_is_{unit}" for unit in (*DECIMALS, "rank", "class")} <= set(words)


@pytest.mark.parametrize(
    ("statistic", "kind", "measure", "unit"),
    [
        ("score", "dimension", "D1", "score"),
        ("difference_direct", "dimension", "D1", "score"),
        ("share", "administrative", "files_on_time", "share"),
        ("change_detectable", "indicator", "civic_policies", "share"),
        ("rank", "total", "PAPI", "rank"),
        ("class", "parindex", "district_par_index", "class"),
        ("lost", "parindex_criterion", "PARINDEX/1.1", "points"),
    ],
)
def test_unit_is_the_statistic_s_or_the_measure_s(statistic, kind, measure, unit):
    page = made_page("899", "vi").page
    row = pd.Series({"statistic": statistic, "measure_kind": kind, "measure": measure})
    assert unit_of_row(page, row) == unit


def test_format_shows_as_many_decimals_as_the_page():
    made = made_page("899", "en")
    shown = made.rows[made.rows["estimate"].notna() & (made.rows["survey_round"] == "example-2021")]
    for row in shown.drop_duplicates(["measure", "statistic"]).itertuples():
        format_ = number_format(made.page, row, "estimate")
        decimals = len(format_.split(";")[-1].removesuffix("%").partition(".")[2])
        text = say_number(row.estimate, row.unit, "en", decimals=made.page.decimals_of(row.measure))
        assert len(text.removesuffix("%").partition(".")[2]) == decimals
        assert (
            format_.startswith("+") == row.statistic.startswith(("difference", "change"))
            or "detect" in row.statistic
        )
