"""A sample -> rows of levels: shares, means and scores of the province, its groups and its districts."""

from __future__ import annotations

import numpy as np

from analysis.estimates import quality
from analysis.estimates.district_pool import DistrictPool, pool_districts
from analysis.estimates.domains import Domains
from analysis.estimates.estimated import effective_size
from analysis.estimates.intervals import t_interval
from analysis.estimates.level_cells import level_cells, precision
from analysis.estimates.linearise import Scores
from analysis.estimates.pooled import pooled_share_interval
from analysis.estimates.results import Block
from analysis.estimates.sample import Sample

#: Ends the statistic of a district's own, unpooled results: kept for analysts, not shown in a pack.
DIRECT = "_direct"


def estimate_levels(sample: Sample, districts: list[str]) -> list[Block]:
    """Rows of the province, of each of the round's groups in it, and of each district."""
    table, province = sample.indicators, sample.survey_round.province
    rows = []
    for scores in sample.estimate(sample.main_design, Domains.everybody(len(table), province)):
        rows.append(_rows(sample, scores, "province", "all", [province], ""))
    for group in sample.survey_round.groups:
        for scores in sample.estimate(sample.main_design, Domains.of(table[group.name], group.labels)):
            places = [province] * len(group.labels)
            rows.append(_rows(sample, scores, "province", group.name, places, group.labels))
    return [*rows, *_district_levels(sample, districts)]


def _district_levels(sample: Sample, districts: list[str]) -> list[Block]:
    """Rows of the districts: by the pooled design effect, and beside them their own direct ones."""
    domains = Domains.of(sample.indicators["district"], districts)
    rows = []
    for scores, pool in zip(
        sample.estimate(sample.district_design, domains), pool_districts(sample, districts), strict=True
    ):
        direct = _cells(sample, scores)
        pooled = _pooled_cells(sample, scores, pool, direct)
        direct["statistic"] = np.char.add(direct["statistic"].astype(str), DIRECT)
        for cells in (pooled, direct):
            unsampled = scores.domains.people[:, None] == 0
            cells["quality"] = np.where(unsampled, quality.NOT_SAMPLED, cells["quality"])
            rows.append(_table(sample, scores, cells, "district", "all", districts, ""))
    return rows


def _pooled_cells(
    sample: Sample, scores: Scores, pool: DistrictPool, direct: dict[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """The direct cells with standard error, interval and df of the pool, and flags by those.

    Districts that share PSUs keep their direct cells.
    """
    about = sample.describe(scores.measures)
    level, is_share = sample.survey_round.quality.level, (about["statistic"] == "share").to_numpy()
    se = np.sqrt(pool.variance)
    bounds = (about["minimum"].to_numpy(), about["maximum"].to_numpy())
    low, high = t_interval(scores.estimate, se, pool.df, level, bounds)
    share_low, share_high = pooled_share_interval(scores.estimate, scores.n, pool.deff, pool.df, level)
    low, high = np.where(is_share, share_low, low), np.where(is_share, share_high, high)
    df = np.broadcast_to(pool.df, scores.estimate.shape)
    n_effective = effective_size(scores.n, pool.deff)
    flags = quality.flag_quality(
        estimate=scores.estimate,
        known=np.isfinite(se),
        df=df,
        n=scores.n,
        n_psu=scores.n_psu,
        rules=sample.survey_round.quality,
        n_least=scores.n_least,
        n_effective=n_effective,
        **precision(about["statistic"].to_numpy(), scores.estimate, se, high - low),
    )
    pooled = {
        "se": se, "ci_low": low, "ci_high": high, "df": df, "quality": flags,
        "deff": np.broadcast_to(pool.deff, se.shape), "n_effective": n_effective,
    }  # fmt: skip
    own = pool.shares[:, None]  # a district outside the pool is shown by its direct cells
    return direct | {name: np.where(own, direct[name], cell) for name, cell in pooled.items()}


def _rows(
    sample: Sample,
    scores: Scores,
    place_kind: str,
    group_kind: str,
    places: list[str],
    group: str | list[str],
) -> Block:
    return _table(sample, scores, _cells(sample, scores), place_kind, group_kind, places, group)


def _cells(sample: Sample, scores: Scores) -> dict[str, np.ndarray]:
    return level_cells(scores, sample.describe(scores.measures), sample.survey_round.quality)


def _table(
    sample: Sample,
    scores: Scores,
    cells: dict[str, np.ndarray],
    place_kind: str,
    group_kind: str,
    places: list[str],
    group: str | list[str],
) -> Block:
    return sample.rows(
        places, scores.measures, cells, place_kind=place_kind, group_kind=group_kind, group=group
    )
