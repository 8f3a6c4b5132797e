"""Samples -> rows of differences (district less province) and changes (this round less the last)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.estimates import quality
from analysis.estimates.composites import combine_composites
from analysis.estimates.contrasts import Contrast, compare_domains
from analysis.estimates.design import build_design
from analysis.estimates.intervals import t_interval, t_p_value
from analysis.estimates.linearise import Domains, Scores, linearise_means
from analysis.estimates.sample import Sample, people

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
        for at in np.flatnonzero(people(part))
    ]  # fmt: skip


def estimate_changes(
    sample: Sample, previous: Sample, districts: list[str], breaks: pd.DataFrame | None
) -> list[pd.DataFrame]:
    """This round less the previous one, for the province and each district sampled in both."""
    this, last = (one.survey_round.survey_round for one in (sample, previous))
    shared = comparable_measures(sample, previous, breaks)
    rows = []
    for place_kind, places, now, before in _stacked_scores(sample, previous, districts):
        for at, place in enumerate(places):
            if people(now)[[2 * at, 2 * at + 1]].min() == 0:
                continue
            contrast = compare_domains(now, 2 * at, before, 2 * at + 1).only(shared)
            rows.append(_rows(sample, contrast, place_kind, place, "").assign(compared_with=last))
    return [table.assign(statistic="change", survey_round=this) for table in rows]


def _stacked_scores(
    sample: Sample, previous: Sample, districts: list[str]
) -> Iterator[tuple[str, list[str], Scores, Scores]]:
    """Scores of both rounds on their rows stacked with PSU codes in common.

    Domains stand in pairs, place by place: this round, then the previous one. Composites follow each
    round's own framework.
    """
    names = [one.survey_round.survey_round for one in (sample, previous)]
    both = pd.concat(
        [one.indicators.assign(round=name) for one, name in zip((sample, previous), names, strict=True)],
        ignore_index=True,
    )
    design = build_design(both["stratum"], both["psu"], both["weight"], sample.survey_round.design.lone_psu)
    values = both[sorted(set(sample.names) | set(previous.names))]
    province = sample.survey_round.province
    for place_kind, places, place in (
        ("province", [province], pd.Series(province, both.index)),
        ("district", districts, both["district"]),
    ):
        labels = [f"{each} {name}" for each in places for name in names]
        scores = linearise_means(values, design, Domains.of(place + " " + both["round"], labels))
        yield place_kind, places, scores, scores
        composites = [combine_composites(scores, one.composites) for one in (sample, previous)]
        yield place_kind, places, *composites


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
    low, high = t_interval(contrast.estimate, contrast.se, contrast.df, rules.level)
    flags = quality.flag_quality(
        estimate=contrast.estimate,
        known=~np.isnan(contrast.estimate),
        df=contrast.df,
        n=contrast.n,
        n_psu=contrast.n_psu,
        width=np.full(len(contrast.measures), np.nan),
        rules=rules,
    )
    cells = {
        "estimate": contrast.estimate, "se": contrast.se, "ci_low": low, "ci_high": high,
        "df": contrast.df, "p_value": t_p_value(contrast.estimate, contrast.se, contrast.df),
        "n": contrast.n, "n_psu": contrast.n_psu, "quality": flags,
    }  # fmt: skip
    return sample.rows(
        [place], contrast.measures, cells, place_kind=place_kind, group_kind="all", group="", note=note
    )
