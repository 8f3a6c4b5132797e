"""Framework rows + matches + the file's other columns -> a drafted framework: each indicator, score and why.

Where every indicator of the year is in the file as it stands, the framework is used as it is.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.indicators.framework import Framework
from analysis.indicators.framework_rows import COLUMNS
from analysis.indicators.recipes import RECIPES
from analysis.scaffold.codebook_draft import Variable
from analysis.scaffold.known import meaning_of
from analysis.scaffold.matching import CERTAIN, Match
from analysis.scaffold.profile import name_key

DRAFT_COLUMNS = ("use", "score", "why", *COLUMNS["indicators"])


@dataclass(frozen=True)
class IndicatorMap:
    """The drafted files of a framework, by name, and how much of the old framework is in them."""

    files: dict[str, str]
    matched: int
    wanted: int
    to_decide: int


def is_whole(framework: Framework, matches: Mapping[str, Match]) -> bool:
    """Whether every variable of the framework is in the file under its own name, with its own codes."""
    needed = {name for text in framework.indicators["variables"] for name in text.split()}
    return all(
        matches[name].column == name and matches[name].score >= CERTAIN and not matches[name].codes
        for name in needed
    )


def draft_indicators(
    framework: Framework | None, matches: Mapping[str, Match], own: list[Variable], year: int, source: str
) -> IndicatorMap:
    """The framework files of a round's own.

    Parameters
    ----------
    framework : Framework or None
        The one to be matched; None for a survey of another kind.
    matches : mapping of str to Match
        For the framework's variables.
    own : list of Variable
        The file's questions, which a survey of its own may report; `use` is `no` until a person says yes.
    year : int
    source : str
        The file's name, for the rows' column source.
    """
    rows = framework.indicators.to_dict("records") if framework else []
    text_rows = _text_rows(framework) if framework else {}
    names = {one.heading or one.name: one.name for one in own}
    taken = [_matched(text_rows[row["indicator"]], matches, names) for row in rows]
    taken = [row for row in taken if row]
    whole = _whole_dimensions(framework, taken) if framework else set()
    subs = framework.sub_dimensions.query("dimension in @whole")["sub_dimension"] if framework else ()
    for row in taken:
        if row["sub_dimension"] not in set(subs):
            row |= {"sub_dimension": "", "weight": ""}
    used = {name for row in taken for name in row["variables"].split()}
    alone = [_own(one, year, source) for one in own if one.name not in used and one.varies]
    table = pd.DataFrame([*taken, *alone], columns=list(DRAFT_COLUMNS), dtype=object).fillna("")
    table["valid_from"], table["valid_to"] = str(year), ""
    files = {"indicators.csv": _csv(table)}
    if len(subs):
        files |= _composites(framework, whole, str(year))
    return IndicatorMap(files, len(taken), len(rows), int((table["use"] == "").sum()))


def _text_rows(framework: Framework) -> dict[str, dict[str, str]]:
    """The rows as written, numbers still text."""
    rows = framework.rows.indicators.to_dict("records")
    names = framework.indicators[["indicator", "valid_from"]].itertuples(index=False)
    valid = {(name, first) for name, first in names}
    return {row["indicator"]: dict(row) for row in rows if (row["indicator"], row["valid_from"]) in valid}


def _matched(row: dict[str, str], matches: Mapping[str, Match], names: Mapping[str, str]) -> dict[str, str]:
    """A framework's row on the file's own columns; empty where a variable is not in the file."""
    found = [matches[name] for name in row["variables"].split()]
    if not all(match.column for match in found):
        return {}
    score, codes = min(match.score for match in found), row["codes"]
    changed = [match.codes for match in found if match.codes]
    if changed:
        alike = all(match.codes == changed[0] for match in found)
        if not RECIPES[row["recipe"]].needs_codes or not alike:
            score /= 2
        else:
            codes = " ".join(f"{changed[0].get(float(code), float(code)):.15g}" for code in codes.split())
    why = "; ".join(dict.fromkeys(f"{m.variable}→{m.column}: {m.why}" for m in found))
    variables = " ".join(names.get(match.column, match.column) for match in found)
    new = {"variables": variables, "codes": codes, "why": why}
    use = "yes" if score >= CERTAIN else ""
    return row | new | {"score": f"{score:.2f}", "use": use, "status": "assumed"}


def _whole_dimensions(framework: Framework, taken: list[dict[str, str]]) -> set[str]:
    """Dimensions all of whose indicators are proposed: only their scores can be what they are called.

    A no to one of them leaves weights that do not add up, and the framework's check names the sub-dimension.
    """
    there = {row["indicator"] for row in taken}
    parent = dict(
        zip(framework.sub_dimensions["sub_dimension"], framework.sub_dimensions["dimension"], strict=True)
    )
    rows = framework.indicators.assign(dimension=framework.indicators["sub_dimension"].map(parent))
    return {name for name, part in rows.groupby("dimension") if set(part["indicator"]) <= there}


def _composites(framework: Framework, whole: set[str], year: str) -> dict[str, str]:
    """dimensions.csv, sub_dimensions.csv and, where every dimension is whole, the total."""
    files = {}
    for table in ("dimensions", "sub_dimensions"):
        rows = getattr(framework.rows, table)
        valid = getattr(framework, table)
        key = table.removesuffix("s")
        kept = rows.merge(valid[[key, "valid_from"]], on=[key, "valid_from"]).query("dimension in @whole")
        files[f"{table}.csv"] = _csv(kept[list(COLUMNS[table])].assign(valid_from=year, valid_to=""))
    total = framework.settings.total
    if total and whole == set(framework.dimensions["dimension"]):
        names = f'name_vi = "{total.name_vi}"\nname_en = "{total.name_en}"\n'
        files["framework.toml"] = f'published = false\n\n[total]\ncode = "{total.code}"\n{names}'
    return files


def _own(one: Variable, year: int, source: str) -> dict[str, str]:
    """A row for a variable of the file itself; what only a person knows (direction, often codes) is empty."""
    row = {
        "use": "no", "score": "", "indicator": name_key(one.name), "sub_dimension": "", "name_vi": one.label,
        "name_en": one.label_en or one.label, "variables": one.name, "codes": "",
        "direction": "", "weight": "",
        "dont_know": "missing", "status": "assumed", "source": source, "note": "",
        "why": "biến của tệp, không thuộc khung chỉ số / the file's own variable",
    }  # fmt: skip
    if one.type == "number":
        low, high = one.seen
        return row | {
            "recipe": "amount",
            "minimum": f"{low:.15g}",
            "maximum": f"{high:.15g}",
            "unit": "number",
        }
    if len(one.codes) > 2 and all(text == f"{code:.15g}" for code, text in one.codes.items()):
        low, high = min(one.codes), max(one.codes)  # numbers without labels: most likely a scale
        return row | {
            "recipe": "scale",
            "minimum": f"{low:.15g}",
            "maximum": f"{high:.15g}",
            "unit": "number",
        }
    yes = [code for code, text in one.codes.items() if meaning_of(text, ("yes",))]
    if not yes and set(one.codes) == {0.0, 1.0}:
        yes = [1.0]
    listed = "; ".join(f"{code:.15g} = {text}" for code, text in one.codes.items())
    codes = " ".join(f"{code:.15g}" for code in yes)
    fields = {"recipe": "share_of_codes", "minimum": "0", "maximum": "1", "unit": "share", "codes": codes}
    return row | fields | {"note": f"codes: {listed}"}


def _csv(table: pd.DataFrame) -> str:
    text = io.StringIO()
    table.to_csv(text, index=False, lineterminator="\n")
    return text.getvalue()
