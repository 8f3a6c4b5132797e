"""Administrative counts -> rows of the results table, and how far each target of the letter has come.

A full count has no sampling error: its rows have quality "counted", n is the denominator, and there is no
interval. What is incomplete or hidden has no number, and says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd

from analysis.context.administrative import Administrative
from analysis.context.administrative_checks import places_of
from analysis.context.administrative_figures import levels_of
from analysis.estimates import quality
from analysis.estimates.results import arrange
from analysis.places import Places, read_places

#: A count of people from 1 to 9 is hidden: whoever knows the place may know the persons.
PEOPLE_SHOWN_FROM = 10
MEASURE_KIND = "administrative"
ROUND = "administrative-"
#: Notes of rows without a number: nothing was sent in; not all communes sent theirs in; nothing to count.
NO_FIGURE, INCOMPLETE, NOTHING_DUE = "no_figure", "incomplete", "nothing_due"
#: Note of a row made from the simulated example.
SIMULATED = "simulated"
PROGRESS_COLUMNS = (
    "target", "task", "figure", "place_kind", "place", "period", "value", "target_value", "gap", "n",
    "status", "applies",
)  # fmt: skip


def administrative_results(administrative: Administrative, places: Places | None = None) -> pd.DataFrame:
    """The counts as rows of the results table, one for every place, figure and quarter of the file.

    Parameters
    ----------
    administrative : Administrative
        From `read_administrative`.
    places : Places, optional
        The fixed 2021 geography by default.

    Returns
    -------
    DataFrame with the columns of `estimates.results.COLUMNS`. `survey_round` is "administrative-2021-Q4",
    `measure_kind` "administrative", `statistic` "share"; `estimate` is numerator / denominator and `n` the
    denominator, so that the numerator is their product.

    Notes
    -----
    A figure that communes give is added up for districts and the province, only where every commune has
    one; else the row has no number, n is how many gave it and the note is "incomplete". District figures are
    never added up for the province: what a provincial agency handles is not in them. Where a figure counts
    people and the numerator, the rest or the denominator lies from 1 to 9, the row is "suppressed" and has
    no n.
    """
    places = places or read_places()
    counts = administrative.counts
    parts = []
    for figure in administrative.figures.to_dict("records"):
        own = counts[counts["figure"] == figure["figure"]]
        for level in levels_of(figure):
            given = _grid(own[own["level"] == level], administrative, level, places)
            given["whole"] = given["denominator"].notna()
            summed = _summed(given, administrative.province) if level == "commune" else []
            parts += [part.assign(**_about(figure)) for part in (given, *summed)]
    rows = pd.concat(parts, ignore_index=True)
    source = " | ".join(dict.fromkeys(counts["source"]))
    return arrange(_flagged(rows, administrative.is_simulated).assign(source=source))


def _about(figure: dict[str, str]) -> dict[str, object]:
    return {"measure": figure["figure"], "people": figure["counts"] == "people"}


def _grid(own: pd.DataFrame, administrative: Administrative, level: str, places: Places) -> pd.DataFrame:
    """A row for every place of the level and quarter of the file, empty where there is no figure."""
    of_level = places_of(level, administrative.province, places)
    index = pd.MultiIndex.from_product([administrative.periods, sorted(of_level)], names=["period", "place"])
    counts = own.set_index(["period", "place"])[["numerator", "denominator"]].astype("Int64")
    rows = counts.reindex(index).reset_index()
    rows = rows.assign(level=level, district=rows["place"].map(of_level))
    return rows.assign(n=rows["denominator"].fillna(0))


def _summed(communes: pd.DataFrame, province: str) -> list[pd.DataFrame]:
    """Communes' figures added up: for each district, and for the province."""
    levels = {"district": communes["district"], "province": pd.Series(province, communes.index)}
    tables = []
    for level, place in levels.items():
        groups = communes.assign(place=place).groupby(["period", "place"], as_index=False)
        sums = groups.agg(
            numerator=("numerator", "sum"), denominator=("denominator", "sum"), whole=("whole", "all"),
            n=("n", "sum"),
        )  # fmt: skip
        tables.append(sums.assign(level=level))
    return tables


def _flagged(rows: pd.DataFrame, simulated: bool) -> pd.DataFrame:
    """Estimate, n, quality and note of each row."""
    numerator, n = rows["numerator"].astype("Float64"), rows["n"].astype("Int64")
    rest = n - rows["numerator"].fillna(0)
    few = [(value > 0) & (value < PEOPLE_SHOWN_FROM) for value in (rows["numerator"].fillna(0), rest, n)]
    whole, people = rows["whole"].astype(bool), rows["people"].astype(bool)
    hidden = people & whole & (few[0] | few[1] | few[2]).astype(bool)
    empty = whole & (n == 0).astype(bool)
    shown = whole & ~hidden & ~empty
    share = (numerator / n.astype("Float64")).where(shown)
    flags = [quality.COUNTED, quality.SUPPRESSED]
    note = np.select([~whole & (n > 0), ~whole, empty], [INCOMPLETE, NO_FIGURE, NOTHING_DUE], "")
    return pd.DataFrame(
        {
            "survey_round": ROUND + rows["period"], "place_kind": rows["level"], "place": rows["place"],
            "group_kind": "all", "group": "", "measure_kind": MEASURE_KIND, "measure": rows["measure"],
            "statistic": "share",
            "estimate": share.to_numpy(float, na_value=np.nan),
            "n": n.mask(hidden),
            "quality": np.select([shown, hidden], flags, quality.NOT_ESTIMATED),
            "note": np.where(note == "", SIMULATED if simulated else "", note),
        }
    )  # fmt: skip


def progress(results: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """How far each target has come in each place, as far as the figures tell.

    Parameters
    ----------
    results : DataFrame
        Holds rows of `administrative_results`; others are passed over.
    targets : DataFrame
        `Directive.targets`.

    Returns
    -------
    DataFrame with the columns of `PROGRESS_COLUMNS`, one row a target and place. `period` is the last
    quarter, up to the target's date, in which the place has a figure; gap is value - target_value. `status`
    is "reached", "not_reached", "not_yet" (that quarter ends before the target's date) or "no_figure" (none
    was given, or it is hidden). `applies` is False where the letter sets the target for another level: the
    figure is then only compared with it.

    Notes
    -----
    No path between two dates is assumed: the letter names none. A target without a date is compared with the
    last quarter alone. Shares are quotients of whole numbers, so 186 of 310 is 60 % exactly.
    """
    own = results[(results["measure_kind"] == MEASURE_KIND) & (results["statistic"] == "share")]
    rows = [row for target in targets.to_dict("records") for row in _of_target(target, own)]
    return pd.DataFrame(rows, columns=list(PROGRESS_COLUMNS)).astype({"n": "Int64"})


def _of_target(target: dict[str, str], results: pd.DataFrame) -> Iterator[dict[str, object]]:
    due, wanted = target["due"], float(target["figure_value"])
    own = results[results["measure"] == target["figure"]]
    own = own.assign(period=own["survey_round"].str.removeprefix(ROUND))
    in_time = np.array([not due or quarter_end(period).isoformat() <= due for period in own["period"]], bool)
    own = own.assign(known=own["estimate"].notna() & in_time)
    for (kind, place), rows in own.groupby(["place_kind", "place"], sort=False):
        row = {"target": target["target"], "task": target["task"], "figure": target["figure"]}
        row |= {
            "place_kind": kind,
            "place": place,
            "target_value": wanted,
            "applies": kind == target["level"],
        }
        known = rows[rows["known"]].sort_values("period")
        if known.empty:
            yield row | {"period": "", "value": np.nan, "gap": np.nan, "n": pd.NA, "status": "no_figure"}
            continue
        last = known.iloc[-1]
        value = float(last["estimate"])
        reached = value > wanted if target["comparison"] == "above" else value >= wanted
        early = bool(due) and quarter_end(last["period"]).isoformat() < due
        status = "reached" if reached else "not_yet" if early else "not_reached"
        yield row | {
            "period": last["period"],
            "value": value,
            "gap": value - wanted,
            "n": last["n"],
            "status": status,
        }


def quarter_end(period: str) -> date:
    """The last day of a quarter.

    Examples
    --------
    >>> quarter_end("2021-Q3")
    datetime.date(2021, 9, 30)
    """
    year, quarter = int(period[:4]), int(period[-1])
    return date(year, 3 * quarter, 31 if quarter in (1, 4) else 30)
