"""Results rows -> the tables of a page: caption, scoped heads, signs with their legend in place."""

from __future__ import annotations

import re

import pandas as pd

from analysis.briefing.blocks import Column, Table
from analysis.briefing.findings import Finding, find_all, say_level, say_verdict
from analysis.briefing.numbers import say_count, say_difference
from analysis.briefing.pack import Pack, RoundPage
from analysis.estimates import quality
from analysis.estimates.results import PART_WITHHELD

#: The letters before a composite's number: "S1.1" is printed "1.1".
_LETTERS = re.compile(r"^[A-Za-z]+(?=\d)")
#: Units that the name of an indicator does not repeat.
_UNSAID = ("share", "score", "number")
NO_BREAK = "\N{NO-BREAK SPACE}"


def table(
    caption: str, columns: list[Column], rows: list[list[object]], notes: list[str], kind: str = "stacked"
) -> Table:
    """One table; the first cell of a row is its head."""
    return Table(caption, tuple(columns), tuple(tuple(row) for row in rows), tuple(notes), kind)


def level_table(
    pack: Pack,
    measures: list[str],
    caption: str,
    *,
    compared: bool = True,
    explained: bool = False,
    detectable: bool = False,
) -> Table:
    """Levels of the pack's focus with intervals, beside the province's where the district was sampled.

    Parameters
    ----------
    measures : list of str
    compared : bool
        Add the comparison with the province (sampled districts only).
    explained : bool
        Say under the table how an interval is read.
    detectable : bool
        Add the smallest difference that the sample could have shown (sampled districts only).
    """
    beside = pack.sampled
    compared, detectable = compared and beside, detectable and beside
    own, province = pack.each("level"), pack.each("level", pack.whole)
    findings = {f.measure: f for f in find_all(pack, "difference", measures)} if compared else {}
    kind = pack.about(measures[0])["measure_kind"]
    head = [Column(pack.say(f"col_{kind}"))]
    head += [Column(pack.say("col_district" if beside else "col_province"), True)]
    head += [Column(pack.say("col_province"), True)] if beside else []
    head += [Column(pack.say("col_versus_province"), True)] if compared else []
    head += [Column(pack.say("col_detectable"), True, minor=True)] if detectable else []
    head += [Column(pack.say("col_n"), True), Column(pack.say("col_n_effective"), True, minor=True)]
    rows = []
    for measure in measures:
        row = [label(pack, measure), level_cell(pack, own[measure])]
        row += [level_cell(pack, province[measure])] if beside else []
        row += [difference_cell(pack, findings.get(measure), own[measure])] if compared else []
        row += [detectable_cell(pack, "difference", measure)] if detectable else []
        rows.append([*row, count_cell(pack, own[measure]), effective_cell(pack, own[measure])])
    flags = [rows[m]["quality"] for rows in (own, province) for m in measures]
    notes = [pack.say("reading_interval")] if explained else []
    notes += [pack.say("sign_findings")] if findings else []
    notes += [pack.say("reading_difference")] if any(_left_open(f) for f in findings.values()) else []
    notes += [pack.say("reading_detectable")] if detectable else []
    return table(caption, head, rows, [*notes, *legend(pack, flags)])


def detectable_cell(page: RoundPage, statistic: str, measure: str) -> str:
    """The smallest true difference or change that the sample could have shown; a dash where none is known."""
    row = page.each(f"{statistic}_detectable").get(measure)
    if row is None or pd.isna(row["estimate"]):
        return "–"
    unit, decimals = page.unit_of(measure), page.decimals_of(measure)
    return say_difference(row["estimate"], unit, page.language, decimals).lstrip("+")


def effective_cell(page: RoundPage, row: pd.Series) -> str:
    """The effective sample size, never above the respondents themselves; a dash where it is not known."""
    if row["quality"] not in quality.SHOWN or pd.isna(row["n_effective"]):
        return "–"
    return say_count(min(round(row["n_effective"]), int(row["n"])), page.language)


def _left_open(finding: Finding) -> bool:
    """An interval without 0 that is still not enough evidence among so many comparisons."""
    return not finding.stated and finding.excludes_zero


def label(pack: RoundPage, measure: str) -> str:
    """Name of a measure; an indicator says its unit, and whether a low value is the good one."""
    name, about = pack.name_of(measure), pack.about(measure)
    kind, low, high = about["measure_kind"], f"{about['minimum']:g}", f"{about['maximum']:g}"
    if kind == "total":
        return f"{name} ({low}–{high})"
    if kind in ("dimension", "sub_dimension"):
        return f"{_LETTERS.sub('', measure)}. {name}"
    unit = pack.unit_of(measure)
    said = [] if unit in _UNSAID else [pack.say(f"unit_{unit}", low=low, high=high)]
    if about["direction"] == "lower":
        said.append(pack.say("lower_is_better"))
    return f"{name} ({'; '.join(said)})" if said else name


def short_label(pack: RoundPage, measure: str) -> str:
    """A composite by its number as the framework writes it ("D4", "3.1"); an indicator by its name."""
    kind = pack.about(measure)["measure_kind"]
    if kind == "sub_dimension":
        return _LETTERS.sub("", measure)
    return measure if kind in ("dimension", "total") else pack.name_of(measure)


def level_cell(pack: RoundPage, row: pd.Series) -> str:
    """Value and interval of one result; a sign instead where the number is withheld."""
    if row["quality"] not in quality.SHOWN:
        return quality.SIGNS[row["quality"]]
    value, low, high = say_level(pack, row)
    return f"{signed_value(value, row)} [{interval(low, high)}]"


def signed_value(value: str, row: pd.Series) -> str:
    """The value, in parentheses where it is to be read with care."""
    return f"({value})" if row["quality"] == quality.CAUTION else value


def interval(low: str, high: str) -> str:
    """Both ends on one line."""
    return f"{low}{NO_BREAK}–{NO_BREAK}{high}"


def count_cell(pack: RoundPage, row: pd.Series) -> str:
    """Respondents, and for a composite how few answered its smallest part."""
    n = say_count(row["n"] if pd.notna(row["n"]) else 0, pack.language)
    least = re.search(r"n_least=(\d+)", row["note"])
    if least is None or row["quality"] not in quality.SHOWN:
        return n
    return pack.say("count_least", n=n, least=say_count(int(least[1]), pack.language))


def verdict(pack: RoundPage, finding: Finding | None, row: pd.Series) -> str:
    """The comparison's answer in words, or why there is none."""
    if finding is not None:
        return f"{finding.sign} {say_verdict(pack, finding)}"
    if row["quality"] in quality.SHOWN:
        return pack.say("not_compared")
    return pack.say(
        "withheld_suppressed_part" if PART_WITHHELD in row["note"] else f"withheld_{row['quality']}"
    )


def difference_cell(pack: RoundPage, finding: Finding | None, row: pd.Series) -> str:
    """The comparison's answer as its sign, the difference and its interval; or why there is none."""
    if finding is None:
        return verdict(pack, None, row)
    return f"{finding.sign} {finding.difference} [{interval(finding.low, finding.high)}]"


def legend(pack: RoundPage, flags: list[str]) -> list[str]:
    """One line for each sign that the table uses, and none for those it does not."""
    rules = pack.survey_round.quality
    values = {
        "n_suppress": str(rules.n_suppress),
        "n_caution": str(rules.n_caution),
        "df_caution": f"{rules.df_caution:g}",
        "width_suppress": f"{rules.share_width_suppress * 100:g}",
        "relative_width": f"{rules.share_relative_width * 100:g}",
    }
    used = [flag for flag in (quality.CAUTION, quality.SUPPRESSED, quality.NOT_ESTIMATED) if flag in flags]
    return [pack.say(f"sign_{flag}", **values) for flag in used]
