"""`Changes` -> sentences: which findings, numbers and rules changed, and why."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.batch.changes.causes import Cause, causes_of_numbers
from analysis.batch.changes.compare import Changes
from analysis.batch.changes.rules import RuleChange
from analysis.batch.keys.reasons import say_reasons
from analysis.briefing.numbers import DECIMALS, say_count, say_difference, say_number
from analysis.briefing.wording import say

#: How many of one kind are said before the rest are counted.
AT_MOST = 20


def say_changes(changes: Changes, language: str, at_most: int = AT_MOST) -> list[str]:
    """Lines of plain text, findings first.

    Parameters
    ----------
    at_most : int
        Of each kind; 0 says all.
    """
    if not changes.any:
        return [say("diff_nothing", language)]
    why = _say_causes(causes_of_numbers([*changes.causes]), language)
    numbers, rest = _numbers(changes, language)

    def part(heading: str, lines: list[str], said: str = "") -> list[str]:
        return list(_part(heading, lines, said, language, at_most))

    return [
        *part("diff_findings", list(_findings(changes, language)), why),
        *part("diff_numbers", numbers, why),
        *rest,
        *part("diff_rules", [_rule(rule, language) for rule in changes.rules]),
        *part("diff_pages", list(_pages(changes, language))),
        *part("diff_causes", [_cause(cause, language) for cause in changes.causes]),
    ]


def _part(heading: str, lines: list[str], why: str, language: str, at_most: int) -> Iterator[str]:
    if not lines:
        yield say(f"{heading}_none", language)
        return
    yield say(heading, language, count=say_count(len(lines), language)) + (f" {why}" if why else "")
    shown = lines if at_most == 0 else lines[:at_most]
    yield from (f"  - {line}" for line in shown)
    if len(lines) > len(shown):
        yield f"  - … (+{len(lines) - len(shown)})"


def _findings(changes: Changes, language: str) -> Iterator[str]:
    for row in changes.rows.to_dict("records"):
        if row["finding_old"] == row["finding_new"]:
            continue
        answers = {
            side: say(f"diff_answer_{row['statistic']}_{row[f'finding_{side}']}", language)
            for side in ("old", "new")
        }
        key = f"diff_finding_{row['statistic']}"
        yield say(key, language, name=row[f"measure_{language}"], where=row[f"place_{language}"], **answers)


def _numbers(changes: Changes, language: str) -> tuple[list[str], list[str]]:
    """A line for each number that is another as pages round it; then how many rows differ otherwise."""
    rest, lines = 0, []
    for row in changes.rows.to_dict("records"):
        old, new = (_number(row, side, language) for side in ("old", "new"))
        counts = [row[f"{side}_n"] for side in ("old", "new")]
        if row["group_kind"] != "all" or (old == new and counts[0] == counts[1]):
            rest += 1
            continue
        about = {
            "name": row[f"measure_{language}"],
            "where": row[f"place_{language}"],
            "old": old,
            "new": new,
        }
        line = say(
            "diff_number", language, statistic=_statistic(row, language), of=row["survey_round"], **about
        )
        if counts[0] != counts[1]:
            said = {side: _count(count, language) for side, count in zip(("old", "new"), counts, strict=True)}
            line += " " + say("diff_people", language, **said)
        lines.append(line)
    return lines, [say("diff_rest", language, count=say_count(rest, language))] if rest else []


def _statistic(row: dict, language: str) -> str:
    known = ("difference", "change")
    return say(f"diff_statistic_{row['statistic']}", language) if row["statistic"] in known else ""


def _number(row: dict, side: str, language: str) -> str:
    """A number as pages round it; why there is none where there is none."""
    text, flag = row[f"{side}_estimate"], row[f"{side}_quality"]
    if not text:
        return say("diff_withheld" if flag else "diff_absent", language)
    unit = row["unit"] if row["unit"] in DECIMALS else "total"
    if row["statistic"] in ("difference", "change"):
        return say_difference(float(text), unit, language)
    if row["unit"] not in DECIMALS:
        return say_count(round(float(text)), language)
    return say_number(float(text), unit, language)


def _count(text: str, language: str) -> str:
    return say_count(int(text), language) if text else "–"


def _rule(rule: RuleChange, language: str) -> str:
    about = {"file": rule.file, "row": rule.row}
    if rule.old or rule.new:
        values = {"old": rule.old or "–", "new": rule.new or "–"}
        return say("diff_setting", language, **about, **values)
    return say(f"diff_{'row' if rule.row else 'file'}_{rule.how}", language, **_only(about, rule))


def _only(about: dict[str, str], rule: RuleChange) -> dict[str, str]:
    return about if rule.row else {"file": about["file"]}


def _pages(changes: Changes, language: str) -> Iterator[str]:
    for which, names in (("added", changes.added), ("removed", changes.removed)):
        yield from (say(f"diff_page_{which}", language, name=name) for name in names)
    for name, reasons in changes.pages.items():
        why = say_reasons(reasons)[language] or say("diff_unknown", language)
        yield say("diff_page", language, name=name, why=why)


def _cause(cause: Cause, language: str) -> str:
    kind = say(f"diff_cause_{cause.kind}", language)
    return f"{kind}: {cause.what}" if cause.what else kind


def _say_causes(causes: list[Cause], language: str) -> str:
    """What a changed number may come from; the one cause where there is only one."""
    kinds = list(dict.fromkeys(cause.kind for cause in causes))
    if not kinds:
        return say("diff_because_unknown", language)
    named = "; ".join(_cause(cause, language) for cause in causes[:3])
    named += f" … (+{len(causes) - 3})" if len(causes) > 3 else ""
    return say("diff_because_one" if len(kinds) == 1 else "diff_because_many", language, why=named)
