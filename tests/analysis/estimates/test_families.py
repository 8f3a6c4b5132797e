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
