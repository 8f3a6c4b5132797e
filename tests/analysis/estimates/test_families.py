"""Adjusted p-values and the families they belong to."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.families import adjust_bh, adjust_families, adjust_holm
from analysis.estimates.results import arrange

P = np.array([0.001, 0.04, 0.03, 0.5])


def test_holm_multiplies_by_the_number_left_and_never_falls():
    assert adjust_holm(P) == pytest.approx([0.001 * 4, 0.03 * 3, 0.03 * 3, 0.5])


def test_benjamini_hochberg_scales_by_rank():
    assert adjust_bh(P) == pytest.approx([0.001 * 4 / 1, 0.04 * 4 / 3, 0.04 * 4 / 3, 0.5])


def test_agrees_with_statsmodels_on_random_p():
    from statsmodels.stats.multitest import multipletests

    p = np.random.default_rng(5).random(200)
    assert adjust_holm(p) == pytest.approx(multipletests(p, method="holm")[1])
    assert adjust_bh(p) == pytest.approx(multipletests(p, method="fdr_bh")[1])


def test_headlines_and_scan_are_adjusted_apart_over_all_districts():
    rows = pd.DataFrame(
        {
            "place_kind": "district",
            "place": ["899", "899", "902", "902"],
            "statistic": "difference",
            "measure_kind": ["dimension", "indicator", "dimension", "indicator"],
            "measure": ["D1", "x", "D1", "x"],
            "p_value": [0.01, 0.01, 0.04, 0.04],
            "quality": "good",
        }
    )
    out = adjust_families(arrange(rows))
    assert out["p_adjusted"].tolist() == pytest.approx([0.01 * 2, 0.01 * 2, 0.04, 0.04])
    assert out["note"].tolist() == ["holm:2", "bh:2", "holm:2", "bh:2"]


def test_groups_are_a_family_of_their_own():
    """Group rows never make a district's or the province's tests harder, nor the other way round."""
    rows = pd.DataFrame(
        {
            "place_kind": ["district", "district", "province", "province", "province"],
            "group_kind": ["all", "all", "sex", "sex", "age_group"],
            "group": ["", "", "male", "female", "18-34"],
            "place": ["899", "902", "91", "91", "91"],
            "statistic": "difference",
            "measure_kind": "dimension",
            "measure": "D1",
            "p_value": [0.01, 0.04, 0.01, 0.02, 0.04],
            "quality": "good",
        }
    )
    changed = rows[:1].assign(place_kind="province", place="91", statistic="change", p_value=0.03)
    out = adjust_families(arrange(pd.concat([rows, changed])))
    assert out["p_adjusted"].tolist() == pytest.approx([0.01 * 2, 0.04, 0.01 * 3, 0.02 * 2, 0.04, 0.03])
    assert out["note"].tolist() == ["holm:2", "holm:2", "holm:3", "holm:3", "holm:3", "holm:1"]


def test_families_of_the_example_hold_what_their_labels_say(example_results):
    """Every test is in one family, and the label of each counts the rows that bear it."""
    rows = example_results[example_results["p_adjusted"].notna()]
    where = rows["place_kind"].where(rows["group_kind"] == "all", "group")
    headline = rows["measure_kind"].isin(["dimension", "total"])
    found = rows.groupby([rows["statistic"], where, headline])["note"]
    assert len(found) == 8  # difference of districts and groups, change of districts and province, twice
    for (_, _, is_headline), notes in found:
        method = "holm" if is_headline else "bh"
        assert notes.str.contains(f"{method}:{len(notes)}(?:;|$)", regex=True).all()


def test_rows_without_a_p_are_in_no_family():
    rows = pd.DataFrame(
        {
            "place_kind": "district",
            "statistic": "difference",
            "measure_kind": "dimension",
            "p_value": [0.02, np.nan],
        }
    )
    out = adjust_families(arrange(rows))
    assert out["p_adjusted"].tolist()[0] == pytest.approx(0.02)
    assert np.isnan(out["p_adjusted"].tolist()[1])
