import numpy as np
import pytest

from analysis import paths
from analysis.context.parindex_points import (
    PARTS,
    largest_losses,
    lost_points,
    points_by_agency,
    points_by_field,
    sheet_results,
)
from analysis.context.parindex_rows import read_parindex
from analysis.context.parindex_sheet import read_sheet
from analysis.errors import UnknownName, UnknownPlaceCode
from analysis.estimates.results import COLUMNS, check_results
from tests.analysis.context.scoring_sheets import changed, write_sheet


@pytest.fixture
def six(tmp_path):
    return read_sheet(write_sheet(tmp_path / "p.csv"), "2948")


@pytest.fixture(scope="module")
def example():
    return read_sheet(paths.home_data() / "example/parindex-2020.csv", "1149")


def test_a_loss_parts_into_not_claimed_and_not_accepted(six):
    rows = lost_points(six.criteria).set_index("criterion")
    assert rows.loc["6.1.1", ["not_claimed", "not_accepted", "lost"]].tolist() == [
        1.5 - 1.5,
        1.5 - 1,
        1.5 - 1,
    ]
    assert rows.loc["6.1.2", ["not_claimed", "not_accepted", "lost"]].tolist() == [2.5 - 2, 2 - 2, 2.5 - 2]
    assert rows.loc["6.2", ["other_lost", "lost"]].tolist() == [3 - 1.75, 3 - 1.75]


def test_points_of_a_field_are_the_sums_of_its_criteria(six):
    rows = points_by_field(six.criteria, "2948").set_index("field")
    assert list(rows.index) == list(range(1, 9))
    own = rows.loc[6]
    assert own["score"] == 1 + 2 + 1.75
    assert own["lost"] == 7 - (1 + 2 + 1.75) == own["not_claimed"] + own["not_accepted"] + own["other_lost"]
    assert own["share"] == pytest.approx((1 + 2 + 1.75) / 7)
    assert rows.loc[1, ["criteria", *PARTS]].tolist() == [0] * (1 + len(PARTS)) and np.isnan(
        rows.at[1, "share"]
    )


def test_what_has_no_result_is_pending_and_not_lost(tmp_path):
    sheet = read_sheet(write_sheet(tmp_path / "p.csv", changed("6.2", c6="")), "2948")
    own = points_by_field(sheet.criteria, "2948").set_index("field").loc[6]
    assert (own["pending"], own["lost"], own["with_result"]) == (3, 0.5 + 0.5, 2)
    assert own["share"] == (1 + 2) / (1.5 + 2.5)


def test_more_given_than_claimed_is_a_negative_part_and_the_sum_holds(tmp_path):
    sheet = read_sheet(write_sheet(tmp_path / "p.csv", changed("6.1.1", c4="0,5", c5="1,25")), "2948")
    row = lost_points(sheet.criteria).set_index("criterion").loc["6.1.1"]
    assert (row["not_claimed"], row["not_accepted"], row["lost"]) == (1.5 - 0.5, 0.5 - 1.25, 1.5 - 1.25)


def test_parts_add_up_in_every_row_of_the_example(example):
    for table in (
        lost_points(example.criteria), points_by_field(example.criteria, "1149"), points_by_agency(example.criteria),
    ):  # fmt: skip
        assert np.allclose(table["maximum"], table["score"] + table["lost"] + table["pending"])
        assert np.allclose(table["lost"], table["not_claimed"] + table["not_accepted"] + table["other_lost"])
        assert table["maximum"].sum() == 100


def test_losses_come_largest_first_with_their_cause(six):
    rows = largest_losses(six.criteria)
    assert rows["criterion"].tolist() == ["6.2", "6.1.1", "6.1.2"]
    assert rows["cause"].tolist() == ["survey", "not_accepted", "not_claimed"]
    assert largest_losses(six.criteria, 1)["criterion"].tolist() == ["6.2"]


def test_half_of_a_loss_not_accepted_is_its_cause(tmp_path):
    sheet = read_sheet(write_sheet(tmp_path / "p.csv", changed("6.1.1", c4="1", c5="0,5")), "2948")
    row = largest_losses(sheet.criteria).set_index("criterion").loc["6.1.1"]
    assert (row["not_claimed"], row["not_accepted"]) == (1.5 - 1, 1 - 0.5)
    assert row["cause"] == "not_accepted"


def test_a_loss_without_a_self_score_is_not_parted(tmp_path):
    sheet = read_sheet(write_sheet(tmp_path / "p.csv", changed("6.1.1", c4="")), "2948")
    cause = largest_losses(sheet.criteria).set_index("criterion")["cause"]
    assert cause["6.1.1"] == "not_parted"


def test_a_criterion_that_lost_nothing_is_no_loss(tmp_path):
    sheet = read_sheet(write_sheet(tmp_path / "p.csv", changed("6.2", c6="3")), "2948")
    assert "6.2" not in set(largest_losses(sheet.criteria)["criterion"])


def test_agencies_come_by_what_they_lost(six):
    rows = points_by_agency(six.criteria)
    assert rows["lead_agency"].tolist() == ["Sở Nội vụ", "Sở Tài chính"]
    assert rows["lost"].tolist() == [1.25, 0.5 + 0.5]


def test_results_of_a_simulated_sheet_all_say_so_and_hold_no_rank(example):
    results = sheet_results(example, 2020, "91")
    assert tuple(results.columns) == COLUMNS and check_results(results).empty
    assert set(results["note"]) == {"simulated"} and set(results["quality"]) == {"published"}
    assert not results["statistic"].str.contains("rank").any()
    ranks = read_parindex("published").query("year == 2020 and statistic == 'rank' and index == 'PARINDEX'")
    assert ranks["value"].isna().all()  # nothing was published that the sheet could be held against


def test_results_hold_the_total_each_field_each_criterion_and_each_agency(example):
    results = sheet_results(example, 2020, "91")
    lost = results[results["statistic"] == "lost"]
    assert lost["measure_kind"].value_counts().to_dict() == {
        "parindex_criterion": 43, "parindex_field": 8, "parindex": 1 + example.criteria["lead_agency"].nunique(),
    }  # fmt: skip
    whole = lost[(lost["measure"] == "PARINDEX") & (lost["group_kind"] == "all")]["estimate"].item()
    for part in (
        lost[lost["measure_kind"] == "parindex_field"], lost[lost["measure_kind"] == "parindex_criterion"],
        lost[lost["group_kind"] == "lead_agency"],
    ):  # fmt: skip
        assert part["estimate"].sum() == pytest.approx(whole)


def test_a_year_of_another_regime_or_an_unknown_province_is_refused(example):
    with pytest.raises(UnknownName, match="2019 was scored under 1150"):
        sheet_results(example, 2019, "91")
    with pytest.raises(UnknownPlaceCode):
        sheet_results(example, 2020, "97")
