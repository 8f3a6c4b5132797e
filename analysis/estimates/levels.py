"""A sample -> rows of levels: shares, means and scores of the province, its groups and its districts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.estimates import quality
from analysis.estimates.domains import Domains
from analysis.estimates.intervals import korn_graubard_interval, t_interval
from analysis.estimates.linearise import Scores
from analysis.estimates.sample import Sample


def estimate_levels(sample: Sample, districts: list[str]) -> list[pd.DataFrame]:
    """Rows of the province, of each of the round's groups in it, and of each district."""
    table, province = sample.indicators, sample.survey_round.province
    rows = []
    for scores in sample.estimate(sample.main_design, Domains.everybody(len(table), province)):
        rows.append(_rows(sample, scores, "province", "all", [province], ""))
    for group in sample.survey_round.groups:
        for scores in sample.estimate(sample.main_design, Domains.of(table[group.name], group.labels)):
            places = [province] * len(group.labels)
            rows.append(_rows(sample, scores, "province", group.name, places, group.labels))
    for scores in sample.estimate(sample.district_design, Domains.of(table["district"], districts)):
        rows.append(_rows(sample, scores, "district", "all", districts, ""))
    return rows


def _rows(
    sample: Sample,
    scores: Scores,
    place_kind: str,
    group_kind: str,
    places: list[str],
    group: str | list[str],
) -> pd.DataFrame:
    cells = level_cells(sample, scores)
    if place_kind == "district":
        cells["quality"] = np.where(
            scores.domains.people[:, None] == 0, quality.NOT_SAMPLED, cells["quality"]
        )
    return sample.rows(
        places, scores.measures, cells, place_kind=place_kind, group_kind=group_kind, group=group
    )


def level_cells(sample: Sample, scores: Scores) -> dict[str, np.ndarray]:
    """The results columns of levels, each an array that broadcasts to (domains, measures)."""
    variance = scores.variance()
    se = np.sqrt(variance)
    with np.errstate(invalid="ignore", divide="ignore"):
        deff = variance / scores.srs_variance
        n_effective = scores.n / deff
    statistic = sample.describe(scores.measures)["statistic"].to_numpy()
    low, high = _intervals(sample, scores, se, statistic == "share")
    flags = quality.flag_quality(
        estimate=scores.estimate,
        known=quality.is_known(scores.estimate, variance, scores.srs_variance),
        df=scores.df,
        n=scores.n,
        n_psu=scores.n_psu,
        width=np.where(statistic == "share", high - low, np.nan),
        rules=sample.survey_round.quality,
        n_least=scores.n_least,
    )
    note = np.where(scores.n_least < scores.n, np.char.add("n_least=", scores.n_least.astype(str)), "")
    return {
        "statistic": statistic, "estimate": scores.estimate, "se": se, "ci_low": low, "ci_high": high,
        "df": scores.df, "deff": deff, "n": scores.n, "n_effective": n_effective, "n_psu": scores.n_psu,
        "quality": flags, "note": note,
    }  # fmt: skip


def _intervals(
    sample: Sample, scores: Scores, se: np.ndarray, is_share: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Korn-Graubard for shares; t for the rest, never narrower than a simple random sample would give.

    METHODS.md, "Intervals", says why a standard error that is small by chance must not narrow either.
    """
    level, about = sample.survey_round.quality.level, sample.describe(scores.measures)
    bounds = (about["minimum"].to_numpy(), about["maximum"].to_numpy())
    at_least = np.fmax(se, np.sqrt(scores.srs_variance))
    low, high = t_interval(scores.estimate, at_least, scores.df, level, bounds)
    share_low, share_high = korn_graubard_interval(scores.estimate, se, scores.df, scores.n, level)
    return np.where(is_share, share_low, low), np.where(is_share, share_high, high)
