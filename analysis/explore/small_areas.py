"""A round's districts + what is known of all of them -> model-based estimates (Fay-Herriot), so labelled."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.errors import BadDesign, shown
from analysis.estimates.district_pool import pool_districts
from analysis.estimates.domains import Domains
from analysis.estimates.sample import Sample
from analysis.estimates.small_area import LEAST_AREAS, TooFewAreas, fit_fay_herriot


def small_area_table(
    sample: Sample, measure: str, covariates: pd.DataFrame, benchmark: str, level: float
) -> pd.DataFrame:
    """EBLUP of every area of the covariates' table.

    Parameters
    ----------
    sample : Sample
    measure : str
        An indicator or a score.
    covariates : DataFrame, one row a district, its index the districts' codes
        Every district, sampled or not; a constant is added.
    benchmark : {"", "difference", "ratio"}
        Towards the survey's own estimate, districts weighted by their share of the weights; needs every
        district to be sampled.
    level : float

    Raises
    ------
    BadDesign
        A sampled district is not in the covariates, a covariate is no number.
    TooFewAreas
        Fewer sampled districts than a model needs.
    """
    areas = [str(code) for code in covariates.index]
    table = sample.indicators
    _check_covariates(covariates, areas, table["district"])
    kind = 1 if measure in sample.composites.kinds else 0
    scores = sample.estimate(sample.district_design, Domains.of(table["district"], areas))[kind]
    whole = sample.estimate(sample.main_design, Domains.everybody(len(table)))[kind]
    at = scores.measures.index(measure)
    psi = pool_districts(sample, areas)[kind].variance[:, at]
    # A district too small to be shown, or outside the pool, counts as not sampled.
    n_least, least = scores.n_least[:, at], sample.survey_round.quality.n_suppress
    known = (n_least >= least) & np.isfinite(psi) & (psi > 0)
    if known.sum() < LEAST_AREAS:
        raise _too_few(measure, n_least, int(known.sum()), least)
    weights = np.array([table.loc[table["district"] == area, "weight"].sum() for area in areas])
    out = fit_fay_herriot(
        np.where(known, scores.estimate[:, at], np.nan),
        np.where(known, psi, np.nan),
        np.column_stack([np.ones(len(areas)), covariates.to_numpy(dtype=float)]),
        areas=areas,
        benchmark=benchmark,
        shares=weights if benchmark else None,
        total=float(whole.estimate[0, at]) if benchmark else np.nan,
    ).table(level)
    return out.assign(measure=measure, n=scores.n[:, at])


def _too_few(measure: str, n_least: np.ndarray, usable: int, least: int) -> TooFewAreas:
    """The error for too few districts, which tells those sampled from those with answers enough."""
    sampled = n_least[n_least > 0]
    smallest = f" (fewest answers of a district: {sampled.min()})" if len(sampled) else ""
    return TooFewAreas(
        f"Too few districts for a small-area model of {measure}: {len(sampled)} are sampled, and {usable} of "
        f"them have {least} answers or more to {measure} and each of its parts.",
        vi=f"Không đủ huyện cho mô hình vùng nhỏ của {measure}: {len(sampled)} huyện có mẫu, trong đó "
        f"{usable} huyện có từ {least} câu trả lời trở lên; cần ít nhất {LEAST_AREAS}.",
        expected=f"at least {LEAST_AREAS} districts with {least} answers or more (n_suppress)",
        got=f"{usable} of {len(sampled)} sampled{smallest}",
        hint="Fit the model on the districts of many provinces, or show the direct estimates.",
    )


def _check_covariates(covariates: pd.DataFrame, areas: list[str], district: pd.Series) -> None:
    absent = sorted(set(district.dropna()) - set(areas))
    texts = [name for name in covariates if not pd.api.types.is_numeric_dtype(covariates[name])]
    twice = sorted({area for area in areas if areas.count(area) > 1})
    faults = (
        (absent, "districts of the survey have no row of covariates"),
        (texts, "covariates are not numbers"),
        (twice, "districts stand twice in the covariates"),
    )
    for found, what in faults:
        if found:
            raise BadDesign(
                f"The covariates cannot be used: {what}.",
                vi="Bảng biến giải thích thiếu huyện, trùng huyện hoặc có cột không phải số; hãy sửa bảng.",
                where=shown(found),
                expected="one row a district, its code as the index, numbers only",
                got=f"{len(found)} at fault",
            )
