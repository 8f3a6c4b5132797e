"""A row of the results table -> its unit, and the number format that rounds it as pages do."""

from __future__ import annotations

from analysis.briefing.numbers import DECIMALS, MINUS
from analysis.briefing.pack import RoundPage

#: Statistics whose number has a unit of its own, whatever the measure's.
_OF_STATISTIC = {
    "share": "share",
    "rank": "rank",
    "rank_in_region": "rank",
    "places_gained": "rank",
    "class": "class",
}
#: Statistics that are signed: how much more or less than something else.
_SIGNED = ("difference", "change", "places_gained")
#: Kinds of measures that have scores, also where this round's framework does not know them.
_SCORED = ("total", "dimension", "sub_dimension")
#: Units that `numbers.DECIMALS` does not have: whole numbers.
_WHOLE = ("rank", "class")
#: Numbers of the results table that are not in the row's unit -> their format.
FORMATS = {
    "level": "0%",
    "df": "0.0",
    "p_value": "0.0000",
    "p_adjusted": "0.0000",
    "deff": "0.00",
    "n": "#,##0",
    "n_effective": "#,##0",
    "n_psu": "#,##0",
}
#: Numbers of the results table that are in the row's unit.
IN_UNIT = ("estimate", "se", "ci_low", "ci_high")


def unit_of_row(page: RoundPage, row) -> str:
    """The unit: a key of `numbers.DECIMALS`, "rank" or "class"; "" where it is not known.

    Parameters
    ----------
    row : named tuple with measure, measure_kind, statistic
    """
    statistic = row.statistic.removesuffix("_direct").removesuffix("_detectable")
    if statistic in _OF_STATISTIC:
        return _OF_STATISTIC[statistic]
    if row.measure in page.measures.index:
        return page.unit_of(row.measure)
    if row.measure_kind.startswith("parindex"):
        return "points"
    return "score" if row.measure_kind in _SCORED else ""


def number_format(page: RoundPage, row, column: str) -> str:
    """A spreadsheet's format for one number of a results row, with the decimals that pages show.

    Parameters
    ----------
    row : named tuple with measure, statistic and unit
    column : str
        A numeric column of the results table.

    Notes
    -----
    A difference of shares is in percentage points on a page, without the sign; a spreadsheet can only
    multiply by 100 where it writes the percent sign.
    """
    if column not in IN_UNIT:
        return FORMATS[column]
    if row.unit not in (*_WHOLE, *DECIMALS):
        return "General"
    own = page.decimals_of(row.measure) if row.measure in page.measures.index else None
    decimals = 0 if row.unit in _WHOLE else DECIMALS[row.unit] if own is None else own
    plain = "#,##0" + ("." + "0" * decimals if decimals else "") + ("%" if row.unit == "share" else "")
    signed = (
        column != "se" and row.statistic.startswith(_SIGNED) and not row.statistic.endswith("_detectable")
    )
    return signed_format(plain) if signed else plain


def signed_format(plain: str) -> str:
    """The format of a difference: with its sign, + too."""
    return f'+{plain};"{MINUS}"{plain};{plain}'
