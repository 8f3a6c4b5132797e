"""Samples -> rows of differences (district or group less province) and changes (this round less the last)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.estimates import quality
from analysis.estimates.contrasts import Contrast, compare_domains, share_inside
from analysis.estimates.district_pool import (
    pool_districts,
    pooled_change,
    pooled_correlation,
    pooled_difference,
)
from analysis.estimates.domains import Domains
from analysis.estimates.intervals import t_interval, t_p_value
from analysis.estimates.levels import DIRECT
from analysis.estimates.linearise import Scores
from analysis.estimates.results import SHARED_PSUS, SURVEYED_ONLY, Block
from analysis.estimates.sample import Sample

#: What must be the same in both rounds for an indicator's change to mean anything.
_DEFINITION = ["recipe", "variables", "codes", "minimum", "maximum", "direction", "dont_know", "unit"]


def estimate_differences(sample: Sample, districts: list[str]) -> list[Block]:
    """Each sampled district less its province, by the pooled design effect and directly."""
    table, design = sample.indicators, sample.district_design
    whole = sample.estimate(design, Domains.everybody(len(table)))
    parts = sample.estimate(design, Domains.of(table["district"], districts))
    surveyed = SURVEYED_ONLY if sample.survey_round.design.has_district_design else ""
    rows = []
    for part, all_of_it, pool in zip(parts, whole, pool_districts(sample, districts), strict=True):
        for at in np.flatnonzero(part.domains.people):
            direct = compare_domains(part, at, all_of_it, 0)
            inside = share_inside(part, at, all_of_it, 0)
            pooled = direct.with_error(*pooled_difference(direct, at, all_of_it, pool, inside))
            pooled = direct if pool.shares[at] else pooled
            note = ";".join(filter(None, [surveyed, SHARED_PSUS if pool.shares[at] else ""]))
            for contrast, statistic in ((pooled, "difference"), (direct, "difference" + DIRECT)):
                about = {"statistic": statistic, "compared_with": "province", "note": note}
                rows.append(_rows(sample, contrast, "district", districts[at], **about))
    return rows


def estimate_group_differences(sample: Sample) -> list[Block]:
    """Each of the round's groups in the province less the whole province, by the design directly.

    A group is part of the province, so their covariance is in it; the two sides of a group of two say
    nearly the same thing twice. People whose group is not known are in the province alone.
    """
    table, design, province = sample.indicators, sample.main_design, sample.survey_round.province
    whole = sample.estimate(design, Domains.everybody(len(table)))
    rows = []
    for group in sample.survey_round.groups:
        parts = sample.estimate(design, Domains.of(table[group.name], group.labels))
        for part, all_of_it in zip(parts, whole, strict=True):
            for at in np.flatnonzero(part.domains.people):
                contrast = compare_domains(part, at, all_of_it, 0)
                rows.append(
                    _rows(
                        sample, contrast, "province", province,
                        group_kind=group.name, group=group.labels[at],
                        statistic="difference", compared_with="province",
                    )
                )  # fmt: skip
    return rows


def estimate_changes(
    sample: Sample, previous: Sample, districts: list[str], breaks: pd.DataFrame | None
) -> list[Block]:
    """This round less the previous one, for the province and each district of this round's sample.

    Districts by the pooled design effects of both rounds, and directly; a district that the previous
    round did not visit gets `not_sampled` rows. One that shares PSUs with others in either round is
    compared directly.
    """
    last, shared = previous.survey_round.survey_round, comparable_measures(sample, previous, breaks)
    province = sample.survey_round.province
    rows = []
    # Composites only where both rounds have some.
    for now, before in zip(*(_of_province(one) for one in (sample, previous)), strict=False):
        contrast = compare_domains(now, 0, before, 0).only(shared)
        rows.append(_rows(sample, contrast, "province", province, statistic="change", compared_with=last))
    for now, before, pools in zip(
        *(_of_districts(one, districts) for one in (sample, previous)),
        zip(*(pool_districts(one, districts) for one in (sample, previous)), strict=False),
        strict=False,
    ):
        correlation = pooled_correlation(now, before)
        for at in np.flatnonzero(now.domains.people):
            direct = compare_domains(now, at, before, at)
            pooled = direct.with_error(
                *pooled_change(direct, at, *pools, correlation, (now.measures, before.measures))
            )
            pooled = direct if any(pool.shares[at] for pool in pools) else pooled
            for contrast, statistic in ((pooled, "change"), (direct, "change" + DIRECT)):
                about = {"statistic": statistic, "compared_with": last}
                if before.domains.people[at] == 0:
                    about["quality"] = quality.NOT_SAMPLED
                rows.append(_rows(sample, contrast.only(shared), "district", districts[at], **about))
    return rows


def _of_province(one: Sample) -> tuple[Scores, ...]:
    """A round's own scores of the province: indicators, and composites where there are any."""
    domains = Domains.everybody(len(one.indicators), one.survey_round.province)
    return one.estimate(one.main_design, domains)


def _of_districts(one: Sample, districts: list[str]) -> tuple[Scores, ...]:
    """A round's own scores of its districts: indicators, and composites where there are any."""
    return one.estimate(one.district_design, Domains.of(one.indicators["district"], districts))


def comparable_measures(sample: Sample, previous: Sample, breaks: pd.DataFrame | None = None) -> set[str]:
    """Measures defined the same way in both rounds: no declared break, same rows, same parts.

    Parameters
    ----------
    breaks : DataFrame, optional
        Columns measure and year: from this year on the measure is not comparable with before. A
        broken sub-dimension breaks its indicators and every composite that holds it.
    """
    now, before = sample.composites, previous.composites
    a, b = (one.framework.indicators.set_index("indicator") for one in (sample, previous))
    in_both = a.index.intersection(b.index)
    same = set(in_both[(a.loc[in_both, _DEFINITION] == b.loc[in_both, _DEFINITION]).all(axis=1)])
    shared = [measure for measure in now.measures if measure in set(before.measures)]
    every = a.index.union(b.index)
    x, y = (map_.weights[shared].reindex(every, fill_value=0.0).to_numpy() for map_ in (now, before))
    alike = (((x != 0) == (y != 0)) & np.isclose(x, y)).all(axis=0)
    alike &= np.isclose(now.constants[shared], before.constants[shared])
    same |= {measure for measure, is_same in zip(shared, alike, strict=True) if is_same}
    if breaks is None:
        return same
    inside = breaks["year"].between(previous.survey_round.year + 1, sample.survey_round.year)
    broken = set(breaks.loc[inside, "measure"])
    touched = a.index[a["sub_dimension"].isin(broken)]
    broken |= set(now.weights.columns[(now.weights.loc[touched] != 0).any()])
    return same - broken - set(touched)


def _rows(sample: Sample, contrast: Contrast, place_kind: str, place: str, **about: str) -> Block:
    """One contrast's rows; `about` are columns with one value, which go before the contrast's own."""
    rules = sample.survey_round.quality
    low, high = t_interval(contrast.estimate, contrast.se_used, contrast.df, rules.level)
    flags = quality.flag_quality(
        estimate=contrast.estimate,
        known=~np.isnan(contrast.estimate),
        df=contrast.df,
        n=contrast.n,
        n_psu=contrast.n_psu,
        rules=rules,
        n_least=contrast.n_least,
    )
    cells = {
        "estimate": contrast.estimate, "se": contrast.se, "ci_low": low, "ci_high": high,
        "df": contrast.df, "p_value": t_p_value(contrast.estimate, contrast.se_used, contrast.df),
        "n": contrast.n, "n_psu": contrast.n_psu, "quality": flags,
    }  # fmt: skip
    own = {name: cell for name, cell in cells.items() if name not in about}
    fixed = {"place_kind": place_kind, "group_kind": "all", "group": "", "note": ""} | about
    return sample.rows([place], contrast.measures, own, **fixed)
