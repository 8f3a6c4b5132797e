"""Results rows -> the same rows with what subtraction would give back withheld too.

A dimension is the sum of its sub-dimensions and the total of the dimensions: where one part is
withheld, the sum and the other parts would tell it.
"""

from __future__ import annotations

import pandas as pd

from analysis.estimates import quality
from analysis.estimates.results import PART_WITHHELD

_CELL = ["place_kind", "place", "group_kind", "group"]


def withhold_linked(results: pd.DataFrame, parents: dict[str, str]) -> pd.DataFrame:
    """Withhold every dimension with a withheld sub-dimension, the total with a withheld dimension, and
    every difference or change of a measure whose level is withheld.

    Parameters
    ----------
    results : DataFrame in the columns of `results.COLUMNS`, one round
    parents : dict, measure -> measure
        What each sub-dimension and dimension is added into; nothing of those added into nothing.
    """
    out = results.copy()
    is_level = out["statistic"].isin(["score", "share", "mean"])
    for part_kind in ("sub_dimension", "dimension"):
        parts = out[is_level & (out["measure_kind"] == part_kind) & (out["quality"] == quality.SUPPRESSED)]
        sums = set(zip(*(parts[c] for c in _CELL), parts["measure"].map(parents), strict=True))
        out = _withhold(out, is_level & _keys(out).isin(sums))
    withheld = out[is_level & (out["quality"] == quality.SUPPRESSED)]
    return _withhold(out, ~is_level & _keys(out).isin(set(_keys(withheld))))


def _keys(rows: pd.DataFrame) -> pd.Series:
    return pd.Series(
        list(zip(*(rows[c] for c in _CELL), rows["measure"], strict=True)), index=rows.index, dtype=object
    )


def _withhold(rows: pd.DataFrame, which: pd.Series) -> pd.DataFrame:
    changed = which & rows["quality"].isin(quality.SHOWN)
    rows.loc[changed, "quality"] = quality.SUPPRESSED
    rows.loc[changed, "note"] = PART_WITHHELD
    return rows
