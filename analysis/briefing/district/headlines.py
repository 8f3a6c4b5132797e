"""A `Pack` -> its three headline sentences: where it stands, what changed, how sure that is."""

from __future__ import annotations

from analysis.briefing.findings import HIGHER, LOWER, Finding, find_all, say_level
from analysis.briefing.numbers import say_count, say_number
from analysis.briefing.pack import Pack
from analysis.briefing.wording import first_upper, listed
from analysis.estimates import quality

#: How many findings one sentence names before it counts the rest.
NAMED = 3


def say_headlines(pack: Pack) -> list[str]:
    """Three sentences; those of a district with no sample start by saying so."""
    if pack.sampled:
        return [say_comparison(pack, "difference"), say_comparison(pack, "change"), _say_sureness(pack)]
    return [pack.say("headline_no_sample"), _say_province(pack), say_comparison(pack, "change")]


def say_comparison(pack: Pack, statistic: str) -> str:
    """What the tests of the dimensions (or indicators) found: higher, lower, or not enough evidence.

    Parameters
    ----------
    statistic : {"difference", "change"}
    """
    if statistic == "change" and not pack.survey_round.previous:
        return pack.say("no_previous")
    findings = find_all(pack, statistic, pack.headline_measures)
    clear = [f for f in findings if f.answer in (HIGHER, LOWER)]
    who = pack.say("who_district" if pack.sampled else "who_province")
    values = {"who": who, "previous": previous_year(pack), "tested": say_count(len(findings), pack.language)}
    values["reference"] = pack.reference
    if not clear:
        return first_upper(
            pack.say(f"headline_{statistic}_{_why_nothing(pack, statistic, findings)}", **values)
        )
    parts = [
        pack.say(
            f"headline_{statistic}_{answer}", which=_name(pack, [f for f in clear if f.answer == answer])
        )
        for answer in (LOWER, HIGHER)
        if any(f.answer == answer for f in clear)
    ]
    rest = len(findings) - len(clear)
    tail = pack.say("headline_rest", rest=say_count(rest, pack.language)) if rest else ""
    start = pack.say(f"headline_{statistic}_start", **values)
    return first_upper(f"{start} {'; '.join(parts)}. {tail}".strip())


def _why_nothing(pack: Pack, statistic: str, findings: list[Finding]) -> str:
    """Why none stands out: tested without result, too few people, no sample, not comparable."""
    if findings:
        return "none"
    rows = pack.by_measure(statistic).reindex(pack.headline_measures)["quality"].dropna()
    if statistic == "change" and rows.empty:
        return "incomparable"
    if statistic == "change" and (rows == quality.NOT_SAMPLED).all():
        return "no_sample"
    return "untested"


def _name(pack: Pack, findings: list[Finding]) -> str:
    """The largest findings by name with their size and interval; the rest are counted."""
    ordered = sorted(findings, key=lambda f: (-abs(f.size), f.measure))
    named = [
        pack.say(
            "headline_item", name=f.name, difference=f.difference, low=f.low, high=f.high, unit=_unit(pack, f)
        )
        for f in ordered[:NAMED]
    ]
    more = len(ordered) - len(named)
    if more:
        named.append(pack.say("headline_more", more=say_count(more, pack.language)))
    return listed(named, pack.language, pack.survey_round.wording)


def _unit(pack: Pack, finding: Finding) -> str:
    """The unit of an indicator's difference, with a blank before it; nothing where it has no name."""
    unit = pack.unit_of(finding.measure)
    if unit not in ("share", "km", "minutes", "thousand_vnd"):
        return ""
    return " " + pack.say("unit_points" if unit == "share" else f"unit_{unit}")


def _say_sureness(pack: Pack) -> str:
    """Sample size and how near the dimension scores are known (the median of the shown half intervals).

    Indicators have units of their own: of them it is said how many could be shown.
    """
    levels = pack.by_measure("level").loc[pack.headline_measures]
    shown = levels[levels["quality"].isin(quality.SHOWN)]
    counts = {
        **{name: say_count(pack.sample_size[name], pack.language) for name in ("n", "n_psu")},
        "shown": say_count(len(shown), pack.language),
        "all": say_count(len(levels), pack.language),
    }
    if shown.empty:
        return pack.say("headline_sureness_none", **counts)
    half = ((shown["ci_high"] - shown["ci_low"]) / 2).median()
    return pack.say("headline_sureness", half=say_number(half, "score", pack.language), **counts)


def _say_province(pack: Pack) -> str:
    if pack.total is None:
        return pack.say("headline_province_no_total")
    row = pack.by_measure("level").loc[pack.total]
    if row["quality"] not in quality.SHOWN:
        return pack.say("headline_province_withheld")
    value, low, high = say_level(pack, row)
    bounds = {side: f"{pack.measures.at[pack.total, side]:g}" for side in ("minimum", "maximum")}
    return pack.say("headline_province", value=value, low=low, high=high, **bounds)


def previous_year(pack: Pack) -> str:
    return str(pack.previous.year) if pack.previous else ""
