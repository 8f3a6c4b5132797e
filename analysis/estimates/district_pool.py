"""A sample + its districts -> each district's variances by the pooled design effect.

What a pack shows of a district rests on these; the district's own, direct standard errors stand beside
them in the results (METHODS.md, "Two intervals for a district").
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.estimates.contrasts import Contrast, compare_domains
from analysis.estimates.linearise import Scores
from analysis.estimates.pooled import combined_scores, pooled_deff, pooled_df, pooled_variance
from analysis.estimates.sample import Sample


@dataclass(frozen=True)
class DistrictPool:
    """Pooled design effects of M measures and the district variances they give.

    Attributes
    ----------
    deff, df : ndarray, shape (M,)
        NaN and 0 where no district has two communes with an answer.
    variance : ndarray, shape (D, M)
        NaN for the districts outside the pool.
    shares : ndarray of bool, shape (D,)
        Districts that share a PSU with another district. They are outside the pool: what is shown of them
        is their direct estimate.
    """

    deff: np.ndarray
    df: np.ndarray
    variance: np.ndarray
    shares: np.ndarray


def pool_districts(sample: Sample, districts: list[str]) -> tuple[DistrictPool, ...]:
    """Pools of the indicators and of the composites (where there are any), over the sample's districts.

    Notes
    -----
    A pool takes districts as sampled each for itself. Where PSUs hold people of several districts (a
    "district" that is a group of people), it knows neither what strata take off their variance nor how
    they vary together: such districts are left out, and estimated directly.
    Communes are taken as drawn with replacement and calibrated weights as given: what a finite
    population or calibration takes off the variance stays in (METHODS.md, "Two intervals").
    """
    table, weight = sample.indicators, sample.district_design.weight
    psu = pd.Series(sample.district_design.psu, index=table.index)  # of its stratum, whatever its code
    unit = table["commune"].astype(object).where(table["commune"].notna(), psu)
    shared = districts_that_share_psus(sample)
    values, district = table[sample.names], table["district"].where(~table["district"].isin(shared))
    shares = np.isin(districts, shared)
    if district.isna().all():
        counts = [len(sample.names), len(sample.composites.measures)]
        return tuple(_no_pool(number, shares) for number in counts if number)
    several = [values.to_numpy(float)]
    if sample.composites.measures:
        parts = sample.composites.weights.reindex(sample.names).to_numpy()
        several.append(combined_scores(values, weight, district, parts))
    return tuple(_pool(each, weight, district, unit, districts, shares) for each in several)


def districts_that_share_psus(sample: Sample) -> list[str]:
    """Districts with a PSU in which people of another district were interviewed too."""
    pairs = pd.DataFrame({"psu": sample.district_design.psu, "district": sample.indicators["district"]})
    pairs = pairs.dropna().drop_duplicates()
    return sorted(pairs.loc[pairs.duplicated("psu", keep=False), "district"].unique())


def _no_pool(number: int, shares: np.ndarray) -> DistrictPool:
    nothing = np.full((len(shares), number), np.nan)
    return DistrictPool(np.full(number, np.nan), np.zeros(number), nothing, shares)


def _pool(values, weight, district, unit, districts: list[str], shares: np.ndarray) -> DistrictPool:
    deff = pooled_deff(values, weight, district, unit)
    return DistrictPool(
        deff=deff,
        df=pooled_df(values, district, unit).astype(float),
        variance=pooled_variance(values, weight, district, unit, deff=deff, districts=districts),
        shares=shares,
    )


def pooled_difference(
    direct: Contrast, at: int, whole: Scores, pool: DistrictPool, inside: float
) -> tuple[np.ndarray, np.ndarray]:
    """Standard error and df of district - province with the district's pooled variance.

    Notes
    -----
    The district holds the share f of the province's weight, and its people's part of the province's
    estimate is f times its own: V = V_province + (1 - 2 f) V_district, V_district with at least the
    spread of the rest of the province (`alike_variances`). Both take calibrated weights as given. Where the
    design has finite populations or is calibrated, V is at least what the district and the rest of the
    province, drawn apart, leave of the district alone: (1 - f)^2 V_district.
    """
    design, district = whole.design, _alike(pool, at, slice(None), direct.srs_a)
    province = replace(whole, design=replace(design, calibration=None)) if design.calibration else whole
    least = 0.0 if design.is_plain else (1 - inside) ** 2 * district
    variance = np.maximum(province.variance()[0] + (1 - 2 * inside) * district, least)
    se = np.where(np.isnan(direct.estimate), np.nan, np.sqrt(variance))
    return se, np.minimum(pool.df, whole.df[0])


def _alike(pool: DistrictPool, at: int, measures: list[int] | slice, srs: np.ndarray) -> np.ndarray:
    """A district's pooled variances with at least the other side's spread."""
    known = np.isfinite(pool.variance[at, measures])
    return np.where(known, pool.deff[measures] * srs, np.nan)


def pooled_correlation(now: Scores, before: Scores) -> dict[str, float]:
    """Correlation of two rounds' district estimates through the PSUs they share, one a shared measure.

    Notes
    -----
    r = sum_d C_d / sqrt(sum_d V_d sum_d V'_d) over the districts known in both rounds, held in 0-1: from
    a few PSUs a negative correlation is chance.
    """
    sums: dict[str, np.ndarray] = {}
    v_now, v_before = (dict(zip(s.measures, s.variance().T, strict=True)) for s in (now, before))
    for at in np.flatnonzero((now.domains.people > 0) & (before.domains.people > 0)):
        contrast = compare_domains(now, at, before, at)
        for measure, se in zip(contrast.measures, contrast.se, strict=True):
            v, w = v_now[measure][at], v_before[measure][at]
            if np.isfinite(se):
                sums[measure] = sums.get(measure, 0.0) + np.array([(v + w - se**2) / 2, v, w])
    return {m: float(np.clip(c / np.sqrt(v * w), 0.0, 1.0)) for m, (c, v, w) in sums.items() if v * w > 0}


def pooled_change(
    direct: Contrast,
    at: int,
    now: DistrictPool,
    before: DistrictPool,
    correlation: dict[str, float],
    measures: tuple[tuple[str, ...], tuple[str, ...]],
) -> tuple[np.ndarray, np.ndarray]:
    """Standard error and df of this round - last round for one district, from both pools.

    Parameters
    ----------
    measures : the measures of each pool, in order
    """
    at_now = [measures[0].index(m) for m in direct.measures]
    at_before = [measures[1].index(m) for m in direct.measures]
    v = _alike(now, at, at_now, direct.srs_a)
    w = _alike(before, at, at_before, direct.srs_b)
    r = np.array([correlation.get(m, 0.0) for m in direct.measures])
    se = np.sqrt(np.maximum(v + w - 2 * r * np.sqrt(v * w), 0.0))
    return np.where(np.isnan(direct.estimate), np.nan, se), np.minimum(now.df[at_now], before.df[at_before])
