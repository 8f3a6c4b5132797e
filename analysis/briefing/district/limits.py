"""A `Pack` -> what it cannot say, in sentences: the first thing an honest briefing owes its reader."""

from __future__ import annotations

import pandas as pd

from analysis.briefing.district.headlines import previous_year
from analysis.briefing.numbers import say_count, say_difference
from analysis.briefing.pack import Pack
from analysis.briefing.tables import short_label
from analysis.briefing.wording import listed
from analysis.context.breaks import read_breaks
from analysis.estimates import quality


def say_limits(pack: Pack) -> list[str]:
    """What the sample could not have shown, what is withheld and why, and what no such survey tells."""
    said = []
    if not pack.sampled:
        said.append(pack.say("limit_no_sample"))
    else:
        said += _say_detectable(pack, "difference")
    said += _say_detectable(pack, "change")
    said += _say_withheld(pack)
    said += _say_not_comparable(pack)
    return [*said, pack.say("certainty_cannot")]


def _say_detectable(pack: Pack, statistic: str) -> list[str]:
    """The smallest difference or change that could be shown, of the best and the worst known headline."""
    rows = pack.by_measure(f"{statistic}_detectable")
    rows = rows.reindex([m for m in pack.headline_measures if m in rows.index]).dropna(subset="estimate")
    if rows.empty or not pack.dimensions:
        return []
    ordered = rows["estimate"].sort_values(kind="stable")
    ends = {}
    for end, measure in (("least", ordered.index[0]), ("most", ordered.index[-1])):
        size = say_difference(ordered[measure], "score", pack.language).lstrip("+")
        ends |= {end: size, f"{end}_name": short_label(pack, measure)}
    values = {"previous": previous_year(pack), "reference": pack.reference, **ends}
    return [pack.say(f"limit_detectable_{statistic}", **values)]


def _say_withheld(pack: Pack) -> list[str]:
    """How many numbers are withheld or to be read with care, with the signs they bear."""
    rows = pack.by_measure("level")
    flags = rows.loc[rows["measure_kind"].isin(["dimension", "sub_dimension", "indicator"]), "quality"]
    held = {flag: say_count((flags == flag).sum(), pack.language) for flag in quality.SIGNS}
    if not flags.isin([quality.SUPPRESSED, quality.CAUTION, quality.NOT_ESTIMATED]).any():
        return []
    return [pack.say("limit_withheld", all=say_count(len(flags), pack.language), **held)]


def _say_not_comparable(pack: Pack) -> list[str]:
    """The headline measures whose change is not given because they were measured otherwise."""
    if not pack.previous:
        return []
    rows = pack.by_measure("change")
    broken = [measure for measure in pack.headline_measures if measure not in rows.index]
    if not broken or not pack.dimensions:
        return []
    names = [short_label(pack, measure) for measure in broken]
    which = listed(names, pack.language, pack.survey_round.wording)
    return [pack.say("limit_not_comparable", previous=previous_year(pack), measures=which)]


def why_not_comparable(pack: Pack, measure: str) -> str:
    """The break that keeps a measure's change from being given, as its row says it."""
    breaks = read_breaks(pack.survey_round.framework)
    inside = breaks["year"].between(pack.previous.year + 1, pack.survey_round.year)
    reasons: pd.Series = breaks.loc[inside & (breaks["measure"] == measure), f"what_{pack.language}"]
    if reasons.empty:
        return pack.say("not_comparable")
    why = "; ".join(reason[:1].lower() + reason[1:] for reason in reasons)
    return pack.say("not_comparable_because", why=why)
