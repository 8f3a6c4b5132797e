"""Results rows -> the same rows with what subtraction would give back withheld too.

A dimension is the sum of its sub-dimensions and the total of the dimensions: where one part is
withheld, the sum and the other parts would tell it. The province is the mean of its groups: where one
group is withheld, the province and the other groups would tell it.
"""

from __future__ import annotations

import pandas as pd

from analysis.estimates import quality
from analysis.estimates.results import OTHER_GROUP_WITHHELD, PART_WITHHELD

_CELL = ["place_kind", "place", "group_kind", "group"]
#: The rows that the groups of one kind make of one measure.
_GROUPS = ["place_kind", "place", "group_kind", "measure"]


def withhold_linked(results: pd.DataFrame, parents: dict[str, str]) -> pd.DataFrame:
    """Withhold every dimension with a withheld sub-dimension, the total with a withheld dimension, a
    second group where one group alone is withheld, and every difference or change of a measure whose
    level is withheld.

    Parameters
    ----------
    results : DataFrame in the columns of `results.COLUMNS`, one round
    parents : dict, measure -> measure
        What each sub-dimension and dimension is added into; nothing of those added into nothing.

    Notes
    -----
    Of several groups the one with the fewest respondents is withheld beside the other. A group withheld
    so may withhold its own sums in turn, and these their neighbours', until nothing more follows.
    """
    out = results.copy()
    is_level = out["statistic"].isin(["score", "share", "mean"])
    before = -1
    while before != (withheld := int((out["quality"] == quality.SUPPRESSED).sum())):
        before = withheld
        for part_kind in ("sub_dimension", "dimension"):
            parts = out[
                is_level & (out["measure_kind"] == part_kind) & (out["quality"] == quality.SUPPRESSED)
            ]
            sums = set(zip(*(parts[c] for c in _CELL), parts["measure"].map(parents), strict=True))
            out = _withhold(out, is_level & _keys(out).isin(sums), PART_WITHHELD)
        out = _withhold(
            out, _second_groups(out[is_level]).reindex(out.index, fill_value=False), OTHER_GROUP_WITHHELD
        )
    levels = out[is_level & (out["quality"] == quality.SUPPRESSED)]
    return _withhold(out, ~is_level & _keys(out).isin(set(_keys(levels))), PART_WITHHELD)


def _second_groups(levels: pd.DataFrame) -> pd.Series:
    """The smallest shown group beside each group that is the only one without a number."""
    grouped = levels[levels["group_kind"] != "all"]
    shown = grouped["quality"].isin(quality.SHOWN)
    hidden = (~shown).groupby([grouped[c] for c in _GROUPS]).transform("sum")
    suppressed = (grouped["quality"] == quality.SUPPRESSED).groupby([grouped[c] for c in _GROUPS])
    open_ = grouped[(hidden == 1) & suppressed.transform("any") & shown]
    least = open_.sort_values("n", kind="stable").drop_duplicates(_GROUPS).index
    return pd.Series(levels.index.isin(least), index=levels.index)


def _keys(rows: pd.DataFrame) -> pd.Series:
    columns = (rows[c].to_numpy(dtype=object) for c in (*_CELL, "measure"))
    return pd.Series(list(zip(*columns, strict=True)), index=rows.index, dtype=object)


def _withhold(rows: pd.DataFrame, which: pd.Series, note: str) -> pd.DataFrame:
    changed = which & rows["quality"].isin(quality.SHOWN)
    rows.loc[changed, "quality"] = quality.SUPPRESSED
    rows.loc[changed, "note"] = note
    return rows
