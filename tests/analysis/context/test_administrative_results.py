"""Counts as results rows: sums of communes, small counts of people, progress against the letter's targets."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis import paths
from analysis.context.administrative import COLUMNS, Administrative, read_administrative
from analysis.context.administrative_figures import read_figures
from analysis.context.administrative_results import administrative_results, progress, quarter_end
from analysis.context.directive import read_directive
from analysis.estimates.results import check_results
from analysis.findings import findings_table
from analysis.places import read_places

KIEN_HAI = ["31108", "31111", "31114", "31115"]  # the four communes of 912


def counted(*rows: tuple, simulated: bool = False) -> Administrative:
    """Counts given as (period, level, place, figure, numerator, denominator)."""
    communes = read_places().communes_of("91")
    table = pd.DataFrame(
        [
            (period, level, place, communes.get(place, place), figure, x, n, simulated, "Báo cáo")
            for period, level, place, figure, x, n in rows
        ],
        columns=list(COLUMNS),
    )
    return Administrative(table, findings_table([]), "91", read_figures())


def row_of(results: pd.DataFrame, place: str, figure: str) -> pd.Series:
    rows = results[(results["place"] == place) & (results["measure"] == figure)]
    assert len(rows) == 1
    return rows.iloc[0]


@pytest.fixture(scope="module")
def example() -> pd.DataFrame:
    return administrative_results(read_administrative(paths.rows_file("example", "administrative-2021.csv")))


def test_the_example_keeps_the_rules_of_the_results_table(example):
    assert check_results(example).to_dict("records") == []
    assert set(example["note"]) == {"simulated", "incomplete", "no_figure"}
    assert set(example["source"]) == {"DỮ LIỆU MÔ PHỎNG / SIMULATED DATA"}


def test_every_place_stands_in_every_quarter(example):
    # by place: 2 figures of the province, 3 of districts, 5 of communes that are added up for both
    rows = example.groupby("place_kind").size()
    assert rows.to_dict() == {
        "province": (2 + 5) * 4, "district": (3 + 5) * 4 * 15, "commune": 5 * 4 * 144,
    }  # fmt: skip


def test_a_full_count_is_a_share_with_its_denominator_and_no_interval():
    row = row_of(
        administrative_results(counted(("2021-Q4", "district", "905", "files_on_time", 1180, 1204))),
        "905",
        "files_on_time",
    )
    assert row["estimate"] == 1180 / 1204
    assert (row["n"], row["quality"], row["survey_round"]) == (1204, "counted", "administrative-2021-Q4")
    assert np.isnan(row[["se", "ci_low", "ci_high"]].to_numpy(float)).all()


def test_communes_add_up_to_their_district():
    rows = [
        ("2021-Q4", "commune", code, "budget_published", x, 1)
        for code, x in zip(KIEN_HAI, (1, 0, 1, 1), strict=True)
    ]
    row = row_of(administrative_results(counted(*rows)), "912", "budget_published")
    assert (row["estimate"], row["n"], row["quality"]) == ((1 + 0 + 1 + 1) / 4, 4, "counted")


def test_one_missing_commune_leaves_the_district_without_a_share():
    rows = [("2021-Q4", "commune", code, "budget_published", 1, 1) for code in KIEN_HAI[:3]]
    results = administrative_results(counted(*rows))
    row = row_of(results, "912", "budget_published")
    assert np.isnan(row["estimate"])
    assert (row["n"], row["quality"], row["note"]) == (3, "not_estimated", "incomplete")
    assert row_of(results, "899", "budget_published")["note"] == "no_figure"
    assert row_of(results, "91", "budget_published")["n"] == 3


def test_districts_are_not_added_up_for_the_province():
    results = administrative_results(counted(("2021-Q4", "district", "905", "procedures_online", 200, 300)))
    assert row_of(results, "91", "procedures_online")["note"] == "no_figure"


@pytest.mark.parametrize(
    ("settled", "due", "hidden"),
    [(30, 45, False), (36, 45, True), (9, 45, True), (10, 20, False), (3, 3, True), (45, 45, False), (0, 45, False)],
)  # fmt: skip
def test_small_counts_of_people_are_hidden_with_their_n(settled, due, hidden):
    results = administrative_results(
        counted(("2021-Q4", "district", "905", "complaints_on_time", settled, due))
    )
    row = row_of(results, "905", "complaints_on_time")
    assert (row["quality"] == "suppressed") == hidden
    assert pd.isna(row["n"]) == hidden
    assert np.isnan(row["estimate"]) == hidden


def test_small_counts_of_what_is_no_person_are_shown():
    results = administrative_results(counted(("2021-Q4", "district", "905", "files_on_time", 3, 4)))
    assert row_of(results, "905", "files_on_time")["estimate"] == 3 / 4


def test_nothing_due_is_no_share():
    results = administrative_results(counted(("2021-Q4", "district", "905", "files_on_time", 0, 0)))
    row = row_of(results, "905", "files_on_time")
    assert (row["quality"], row["note"], row["n"]) == ("not_estimated", "nothing_due", 0)


def _progress(*rows: tuple) -> pd.DataFrame:
    table = progress(administrative_results(counted(*rows)), read_directive().targets)
    return table.set_index(["target", "place"])


@pytest.mark.parametrize(
    ("period", "online", "status_2021", "status_2022"),
    [
        ("2021-Q4", 186, "reached", "not_yet"),  # 186/310 is 60 % exactly
        ("2021-Q4", 185, "not_reached", "not_yet"),
        ("2021-Q2", 185, "not_yet", "not_yet"),
        ("2021-Q2", 190, "reached", "not_yet"),
        ("2022-Q4", 248, "no_figure", "not_reached"),  # 80 % is not over 80 %
        ("2022-Q4", 249, "no_figure", "reached"),
    ],
)
def test_a_target_is_reached_not_reached_or_not_yet_due(period, online, status_2021, status_2022):
    table = _progress((period, "province", "91", "procedures_online", online, 310))
    assert table.at[("online_2021", "91"), "status"] == status_2021
    assert table.at[("online_2022", "91"), "status"] == status_2022
    last = table.loc[("online_2022", "91")]
    assert last["gap"] == pytest.approx(online / 310 - 0.80)


def test_the_last_quarter_with_a_figure_counts_and_is_named():
    table = _progress(
        ("2021-Q3", "district", "905", "procedures_online", 150, 300),
        ("2021-Q4", "district", "899", "procedures_online", 210, 300),
    )
    chau_thanh, rach_gia = table.loc[("online_2021", "905")], table.loc[("online_2021", "899")]
    assert (chau_thanh["period"], chau_thanh["status"]) == ("2021-Q3", "not_yet")
    assert (rach_gia["period"], rach_gia["status"], rach_gia["value"]) == ("2021-Q4", "reached", 0.7)
    assert table.at[("online_2021", "900"), "status"] == "no_figure"


def test_the_letters_targets_apply_to_the_province_and_are_only_compared_with_a_district(example):
    table = progress(example, read_directive().targets)
    assert set(table.loc[table["applies"], "place_kind"]) == {"province"}
    assert set(table.loc[~table["applies"], "place_kind"]) == {"district"}


def test_a_target_without_a_date_is_compared_with_the_last_quarter():
    table = _progress(
        ("2021-Q3", "province", "91", "government_tasks_on_time", 70, 70),
        ("2021-Q4", "province", "91", "government_tasks_on_time", 69, 70),
    )
    last = table.loc[("government_tasks", "91")]
    assert (last["period"], last["status"]) == ("2021-Q4", "not_reached")


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_a_quarter_ends_where_pandas_says(quarter):
    period = f"2021-Q{quarter}"
    assert quarter_end(period) == pd.Period(period.replace("-", ""), "Q").end_time.date()
