"""A round and those before it -> each round's levels, and the changes from one to the next.

A change is only given where both rounds ask the same thing; where not, its row says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from analysis.context.breaks import read_breaks
from analysis.estimates import quality
from analysis.estimates.comparisons import comparable_measures
from analysis.estimates.sample import Sample
from analysis.explore.comparing import Comparing, contrast_rows
from analysis.explore.levels import withheld
from analysis.explore.opened import CROSS, By, label_text, names_of

TREND_COLUMNS = [
    "survey_round", "year", "group_kind", "group", "measure", "statistic", "compared_with", "estimate", "se",
    "ci_low", "ci_high", "df", "p_value", "n", "n_psu", "quality", "note",
]  # fmt: skip


def trend_table(
    rounds: Sequence[Comparing], wanted: list[str], by: By | None, domain: str | None, withhold: bool
) -> pd.DataFrame:
    """Comparing of each round and changes between neighbours; see `Survey.trend`.

    Parameters
    ----------
    rounds : sequence of Comparing
        The newest first.
    """
    labels = rounds[0].labels_of(by) if names_of(by) else []
    rows = [_levels(one, wanted, by, domain, withhold) for one in rounds]
    rows += [
        withheld(_changes(now, before, wanted, by, domain, labels).reindex(columns=TREND_COLUMNS), withhold)
        for now, before in pairwise(rounds)
    ]
    table = pd.concat(rows, ignore_index=True)
    order = {label_text(label): at for at, label in enumerate(labels)}
    table = table.assign(
        _measure=table["measure"].map(wanted.index),
        _group=table["group"].map(lambda label: order.get(label, len(order))),
        _change=table["statistic"] == "change",
    ).sort_values(["_measure", "_group", "year", "_change"], kind="stable")
    return table[TREND_COLUMNS].astype({"n": "Int64", "n_psu": "Int64"}).reset_index(drop=True)


def _levels(
    one: Comparing, wanted: list[str], by: By | None, domain: str | None, withhold: bool
) -> pd.DataFrame:
    """One round's levels, with an empty row for a measure it does not have."""
    settings = one.survey_round
    valid = set(one.measures)
    here = [measure for measure in wanted if measure in valid]
    rows = [one.mean(here, by, domain, withhold)] if here else []
    absent = [measure for measure in wanted if measure not in valid]
    if absent:
        gap = {"measure": absent, "quality": quality.NOT_ESTIMATED, "note": "not in this round"}
        rows.append(pd.DataFrame(gap).assign(group_kind=CROSS.join(names_of(by)) or "all", group=""))
    table = pd.concat(rows, ignore_index=True).reindex(columns=TREND_COLUMNS)
    return table.assign(survey_round=settings.survey_round, year=settings.year, compared_with="")


def _changes(
    now: Comparing, before: Comparing, wanted: list[str], by: By | None, domain: str | None, labels: Sequence
) -> pd.DataFrame:
    """This round less the one before it, group by group."""
    reasons = {measure: not_comparable(measure, now, before, by) for measure in wanted}
    same = [measure for measure in wanted if not reasons[measure]]
    kind = CROSS.join(names_of(by)) or "all"
    groups = [label_text(label) for label in labels] or [""]
    rows = []
    if same:
        kept = labels if names_of(by) else None
        sides = [
            (one, one._domains(by, domain, kept)[1], one._design_by(by)) for one in (now, before)
        ]  # the same labels in both, so that position tells the group
        scores = [one._scores(same, domains, design) for one, domains, design in sides]
        for a, b in zip(*scores, strict=True):
            for at, group in enumerate(groups):
                part = contrast_rows(now._contrast(a, at, b, at), now.survey_round.quality)
                nobody = min(a.domains.people[at], b.domains.people[at]) == 0
                part["quality"] = quality.NOT_SAMPLED if nobody else part["quality"]
                rows.append(part.assign(group=group, note=""))
    for measure in (m for m in wanted if reasons[m]):
        broken = {"measure": measure, "group": groups, "quality": quality.NOT_ESTIMATED}
        rows.append(pd.DataFrame(broken).assign(note=f"not comparable: {reasons[measure]}"))
    settings, last = now.survey_round, before.survey_round.survey_round
    return pd.concat(rows, ignore_index=True).assign(
        survey_round=settings.survey_round, year=settings.year, group_kind=kind, statistic="change",
        compared_with=last,
    )  # fmt: skip


def not_comparable(
    measure: str, now: Comparing, before: Comparing, by: By | None = None, alike: frozenset[str] | None = None
) -> str:
    """Why a measure's change would mean nothing, in both languages, or "" where both rounds ask the same.

    Parameters
    ----------
    alike : frozenset of str, optional
        `alike_measures` of the two, where it is known already.

    Notes
    -----
    A framework's measure follows the packs' rule (`comparable_measures`). A variable of the file, or a
    group made of one, is the same where both rounds name the same codebook.
    """
    if measure not in set(now.measures) or measure not in set(before.measures):
        return "một trong hai vòng không có số đo này / one of the two rounds does not have it"
    same_codebook = now.survey_round.codebook == before.survey_round.codebook
    for name in names_of(by):
        if not _same_groups(name, now, before, same_codebook):
            return f"hai vòng chia {name} khác nhau / the two rounds do not cut {name} the same way"
    framework = {*now.sample.names, *now.sample.composites.kinds}
    if measure not in framework:
        return (
            "" if same_codebook else "biến của hai bảng mã khác nhau / a variable of two different codebooks"
        )
    if measure in (alike_measures(now, before) if alike is None else alike):
        return ""
    breaks = read_breaks(now.survey_round.framework)
    return _declared(measure, now.sample, before.sample, breaks) or (
        "cách tính, thang, trọng số hoặc thành phần của hai vòng khác nhau / "
        "its recipe, bounds, weights or parts differ between the two rounds"
    )


def alike_measures(now: Comparing, before: Comparing) -> frozenset[str]:
    """Measures of the framework whose change means something, by the packs' rule."""
    breaks = read_breaks(now.survey_round.framework)
    return frozenset(comparable_measures(now.sample, before.sample, breaks))


def _same_groups(by: str, now: Comparing, before: Comparing, same_codebook: bool) -> bool:
    if by in ("district", "stratum"):
        return True
    groups = [[g for g in one.survey_round.groups if g.name == by] for one in (now, before)]
    if groups[0] or groups[1]:
        return groups[0] == groups[1] and same_codebook
    return same_codebook and by in before.data.columns


def _declared(measure: str, sample: Sample, previous: Sample, breaks: pd.DataFrame) -> str:
    """The declared break of a measure, or of a part of it or the whole it is in, in both languages."""
    first, last = previous.survey_round.year + 1, sample.survey_round.year
    inside = breaks[breaks["year"].between(first, last)]
    weights = sample.composites.weights
    touching = [measure]
    counted = weights.to_numpy() != 0
    if measure in weights.index:
        parts = counted[weights.index.get_loc(measure)]
        touching += [m for m, part in zip(weights.columns, parts, strict=True)
                     if part and sample.composites.kinds[m] == "sub_dimension"]  # fmt: skip
    else:
        used = counted[:, weights.columns.get_loc(measure)]
        inside_it = counted[used].any(axis=0) & ~counted[~used].any(axis=0)
        touching += list(weights.columns[inside_it])
    for name in dict.fromkeys(touching):
        found = inside[inside["measure"] == name]
        if len(found):
            row = found.iloc[-1]
            return f"{name} {row['year']}: {row['what_vi']} / {row['what_en']}"
    return ""
