"""Samples -> rows of differences (district less province) and changes (this round less the last)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.estimates import quality
from analysis.estimates.contrasts import Contrast, compare_domains
from analysis.estimates.domains import Domains
from analysis.estimates.intervals import t_interval, t_p_value
from analysis.estimates.linearise import Scores
from analysis.estimates.sample import Sample

#: Note of a difference whose "province" is the surveyed districts (METHODS.md, "Two designs").
SURVEYED_ONLY = "surveyed_districts_only"
#: What must be the same in both rounds for an indicator's change to mean anything.
_DEFINITION = ["recipe", "variables", "codes", "minimum", "maximum", "direction", "dont_know", "unit"]


def estimate_differences(sample: Sample, districts: list[str]) -> list[pd.DataFrame]:
    """Each sampled district less its province, on one design so that the covariance counts."""
    table, design = sample.indicators, sample.district_design
    whole = sample.estimate(design, Domains.everybody(len(table)))
    parts = sample.estimate(design, Domains.of(table["district"], districts))
    note = SURVEYED_ONLY if sample.survey_round.design.has_district_design else ""
    return [
        _rows(sample, compare_domains(part, at, all_of_it, 0), "district", districts[at], note)
        .assign(statistic="difference", compared_with="province")
        for part, all_of_it in zip(parts, whole, strict=True)
        for at in np.flatnonzero(part.domains.people)
    ]  # fmt: skip


def estimate_changes(
    sample: Sample, previous: Sample, districts: list[str], breaks: pd.DataFrame | None
) -> list[pd.DataFrame]:
    """This round less the previous one, for the province and each district of this round's sample.

    A district that the previous round did not visit gets `not_sampled` rows.
    """
    last, shared = previous.survey_round.survey_round, comparable_measures(sample, previous, breaks)
    rows = []
    for place_kind, places in (("province", [sample.survey_round.province]), ("district", districts)):
        sides = [_scores_of(one, place_kind, places) for one in (sample, previous)]
        for now, before in zip(*sides, strict=True):
            for at in np.flatnonzero(now.domains.people):
                contrast = compare_domains(now, at, before, at).only(shared)
                table = _rows(sample, contrast, place_kind, places[at], "")
                if before.domains.people[at] == 0:
                    table["quality"] = quality.NOT_SAMPLED
                rows.append(table.assign(statistic="change", compared_with=last))
    return rows


def _scores_of(one: Sample, place_kind: str, places: list[str]) -> tuple[Scores, Scores]:
    """A round's own scores of the province or of its districts, indicators and composites."""
    if place_kind == "province":
        return one.estimate(one.main_design, Domains.everybody(len(one.indicators), places[0]))
    return one.estimate(one.district_design, Domains.of(one.indicators["district"], places))


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
    for measure in set(now.measures) & set(before.measures):
        x, y = (map_.weights[measure] for map_ in (now, before))
        x, y = x[x != 0].sort_index(), y[y != 0].sort_index()
        constants = np.isclose(now.constants[measure], before.constants[measure])
        if x.index.equals(y.index) and np.allclose(x, y) and constants:
            same.add(measure)
    if breaks is None:
        return same
    inside = breaks["year"].between(previous.survey_round.year + 1, sample.survey_round.year)
    broken = set(breaks.loc[inside, "measure"])
    touched = a.index[a["sub_dimension"].isin(broken)]
    broken |= {m for m in now.measures if (now.weights.loc[touched, m] != 0).any()}
    return same - broken - set(touched)


def _rows(sample: Sample, contrast: Contrast, place_kind: str, place: str, note: str) -> pd.DataFrame:
    rules = sample.survey_round.quality
    low, high = t_interval(contrast.estimate, contrast.se_used, contrast.df, rules.level)
    flags = quality.flag_quality(
        estimate=contrast.estimate,
        known=~np.isnan(contrast.estimate),
        df=contrast.df,
        n=contrast.n,
        n_psu=contrast.n_psu,
        width=np.full(len(contrast.measures), np.nan),
        rules=rules,
        n_least=contrast.n_least,
    )
    cells = {
        "estimate": contrast.estimate, "se": contrast.se, "ci_low": low, "ci_high": high,
        "df": contrast.df, "p_value": t_p_value(contrast.estimate, contrast.se_used, contrast.df),
        "n": contrast.n, "n_psu": contrast.n_psu, "quality": flags,
    }  # fmt: skip
    return sample.rows(
        [place], contrast.measures, cells, place_kind=place_kind, group_kind="all", group="", note=note
    )
