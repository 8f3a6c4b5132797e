"""A `Pack` -> its three headlines: where it stands, what changed, how sure that is."""

from __future__ import annotations

from analysis.briefing.findings import BETTER, DOWN, UP, WORSE, Finding, find_all, say_level
from analysis.briefing.numbers import say_count, say_number
from analysis.briefing.pack import Pack
from analysis.briefing.wording import first_upper
from analysis.estimates import quality

#: How many findings one headline names before it counts the rest.
NAMED = 3
#: The better answer of each comparison, then the worse one.
_ANSWERS = {"difference": (BETTER, WORSE), "change": (UP, DOWN)}


def say_headlines(pack: Pack) -> list[str]:
    """Three headlines; those of a district with no sample start by saying so."""
    if pack.sampled:
        return [say_comparison(pack, "difference"), say_comparison(pack, "change"), _say_sureness(pack)]
    return [pack.say("headline_no_sample"), _say_province(pack), say_comparison(pack, "change")]


def say_comparison(pack: Pack, statistic: str) -> str:
    """What the tests of the dimensions (or indicators) found: better, worse, or not enough evidence.

    Parameters
    ----------
    statistic : {"difference", "change"}
    """
    if statistic == "change" and not pack.survey_round.previous:
        return pack.say("no_previous")
    findings = find_all(pack, statistic, pack.headline_measures)
    stated = [finding for finding in findings if finding.stated]
    who = pack.say("who_district" if pack.sampled else "who_province")
    values = {"who": who, "previous": previous_year(pack), "tested": say_count(len(findings), pack.language)}
    values["reference"] = pack.reference
    if not stated:
        reason = _why_nothing(pack, statistic, findings)
        return first_upper(pack.say(f"headline_{statistic}_{reason}", **values))
    parts = [_say_start(pack, statistic, stated, values), *_say_largest(pack, stated)]
    if len(findings) > len(stated):
        parts.append(pack.say("headline_rest", rest=say_count(len(findings) - len(stated), pack.language)))
    return " ".join(parts)


def _say_start(pack: Pack, statistic: str, stated: list[Finding], values: dict[str, str]) -> str:
    """In how many dimensions something is stated, each way."""
    first, second = _ANSWERS[statistic]
    counts = {answer: sum(f.answer == answer for f in stated) for answer in (first, second)}
    both = all(counts.values())
    which = "both" if both else first if counts[first] else second
    numbers = {answer: say_count(count, pack.language) for answer, count in counts.items() if count}
    return first_upper(pack.say(f"headline_{statistic}_found_{which}", **values, **numbers))


def _say_largest(pack: Pack, stated: list[Finding]) -> list[str]:
    """A sentence for each of the largest findings, with size, interval and people; the rest are counted."""
    ordered = sorted(stated, key=lambda f: (-abs(f.size), f.measure))
    said = [
        pack.say(
            f"headline_item_{finding.answer}", name=finding.name, amount=finding.amount, low=finding.ends[0],
            high=finding.ends[1], n=finding.people, unit=_unit(pack, finding),
        )
        for finding in ordered[:NAMED]
    ]  # fmt: skip
    more = len(ordered) - len(said)
    return [*said, pack.say("headline_more", more=say_count(more, pack.language))] if more else said


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


def _unit(pack: Pack, finding: Finding) -> str:
    """The unit of a difference, with a blank before it; nothing where it has no name."""
    unit = pack.unit_of(finding.measure)
    if unit not in ("score", "share", "km", "minutes", "thousand_vnd"):
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
