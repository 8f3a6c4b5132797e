"""Rows of administrative counts -> what a place sent in last, in words.

A full count has no sampling error; what is missing or hidden has no number, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.briefing.numbers import say_count, say_number
from analysis.briefing.pack import RoundPage
from analysis.context.administrative_figures import levels_of
from analysis.context.administrative_results import SIMULATED
from analysis.estimates import quality

#: What is known of a figure: it was counted; nobody, or not all, sent it in; it is hidden; nothing was due.
COUNTED, NONE, PARTLY, HIDDEN, NOTHING = "counted", "none", "partly", "hidden", "nothing"


@dataclass(frozen=True)
class Counted:
    """One figure of one place in the last quarter of the file.

    Attributes
    ----------
    figure : str
    period : str
        "2021-Q4".
    state : str
        `COUNTED`, or why there is no number.
    value : float
        Share on 0-1; NaN where there is no number.
    done, n : int
        Numerator and denominator; of communes also where not all have sent theirs in.
    lacking, silent : tuple of str
        Communes whose figure is 0, and communes that sent none.
    unit : str
        What is counted: a word of `figures.csv`, column counts.
    """

    figure: str
    period: str
    state: str
    value: float
    done: int
    n: int
    lacking: tuple[str, ...]
    silent: tuple[str, ...]
    unit: str

    @property
    def rest(self) -> int:
        return self.n - self.done

    @property
    def is_whole(self) -> bool:
        return self.state == COUNTED and self.done == self.n


def figures_of(page: RoundPage, level: str) -> list[dict[str, str]]:
    """The declared figures that a place of this level has: given by it, or added up from its communes."""
    rows = page.figures.to_dict("records")
    return [row for row in rows if level in levels_of(row) or "commune" in levels_of(row)]


def last_counted(page: RoundPage, figure: str, place: str) -> Counted | None:
    """What a place's figure is in the file's last quarter; None where the round has no such file."""
    return page.once(("counted", figure, place), lambda: _counted(page, figure, place))


def _counted(page: RoundPage, figure: str, place: str) -> Counted | None:
    last = page.once("last_quarter", lambda: _last_quarter(page)).get(figure, {})
    kind = "province" if place == page.survey_round.province else "district"
    row = last.get((kind, place))
    if row is None:
        return None
    inside = {code: last.get(("commune", code)) for code in page.communes_of(place)}
    communes = {code: own["estimate"] for code, own in inside.items() if own is not None}
    done, n = _counts(row, communes)
    return Counted(
        figure=figure,
        period=row["period"],
        state=_state(row),
        value=float(row["estimate"]),
        done=done,
        n=n,
        lacking=_names(page, [code for code, value in communes.items() if value == 0]),
        silent=_names(page, [code for code, value in communes.items() if pd.isna(value)]),
        unit=page.figures.at[figure, "counts"],
    )


def _last_quarter(page: RoundPage) -> dict[str, dict[tuple[str, str], dict[str, object]]]:
    """Figure -> place -> its row of the last quarter in which any place has that figure."""
    rows = page.around("administrative")
    last = rows[rows["period"] == rows.groupby("measure")["period"].transform("max")]
    found = {}
    for row in last.to_dict("records"):
        found.setdefault(row["measure"], {})[row["place_kind"], row["place"]] = row
    return found


def _state(row: dict[str, object]) -> str:
    if row["quality"] == quality.COUNTED:
        return COUNTED
    if row["quality"] == quality.SUPPRESSED:
        return HIDDEN
    return {"incomplete": PARTLY, "nothing_due": NOTHING}.get(row["note"], NONE)


def _counts(row: dict[str, object], communes: dict[str, float]) -> tuple[int, int]:
    """Numerator and denominator; of a figure that some communes did not send in, those that did."""
    if row["quality"] == quality.COUNTED:
        n = int(row["n"])
        return round(row["estimate"] * n), n
    known = [value for value in communes.values() if pd.notna(value)]
    return int(sum(known)), len(known)


def _names(page: RoundPage, communes: list[str]) -> tuple[str, ...]:
    return tuple(page.places.commune(code).name for code in communes)


def say_period(page: RoundPage, period: str) -> str:
    """ "2021-Q4" as "quý 4/2021"."""
    return page.say("quarter", in_year=period[:4], quarter=period[-1])


def say_counted(page: RoundPage, counted: Counted) -> str:
    """The figure in words: "68,2% (204/299 thủ tục)", or why there is none."""
    numbers = {"done": say_count(counted.done, page.language), "n": say_count(counted.n, page.language)}
    unit = page.say(f"counted_{counted.unit}")
    if counted.state != COUNTED:
        return page.say(f"counted_{counted.state}", **numbers, unit=unit)
    share = say_number(counted.value, "share", page.language)
    return page.say("counted_share", share=share, **numbers, unit=unit)


def say_short(page: RoundPage, counted: Counted) -> str:
    """The figure for a narrow cell: "9/12 (75,0%)", or why there is none."""
    if counted.state != COUNTED:
        return say_counted(page, counted)
    numbers = {"done": say_count(counted.done, page.language), "n": say_count(counted.n, page.language)}
    return page.say("counted_short", share=say_number(counted.value, "share", page.language), **numbers)


def figure_name(page: RoundPage, figure: str, kind: str = "name") -> str:
    """A declared figure's name in the page's language; `kind` "short" for a narrow cell."""
    return page.figures.at[figure, f"{kind}_{page.language}"]


def is_simulated(rows: pd.DataFrame) -> bool:
    return bool((rows["note"] == SIMULATED).any())
