"""Results rows with p-values -> the same rows with p adjusted over their declared family.

A family is all tests of one kind that a batch makes at once: a leader reads one pack, the province
reads fifteen, so the family spans all districts; all groups of the province are one more. Headlines
(dimensions and the total) hold the chance of any false statement (Holm); the scan of sub-dimensions and
indicators holds the share of false ones among those stated (Benjamini-Hochberg).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

METHODS = {"headline": "holm", "scan": "bh"}
_HEADLINE = ("dimension", "total")


def families_of(results: pd.DataFrame) -> list[tuple[pd.Index, str]]:
    """The families of tests in a round's results.

    Parameters
    ----------
    results : DataFrame in the columns of `results.COLUMNS`

    Returns
    -------
    list of (index of the family's rows, "holm" or "bh")
        One family a statistic, kind of place, all people or groups of them, and headlines or scan. Rows
        without a p-value and direct rows (for analysts) are in none.
    """
    tested = results[results["p_value"].notna() & ~results["statistic"].str.endswith("_direct")]
    headline = tested["measure_kind"].isin(_HEADLINE).rename("headline")
    grouped = (tested["group_kind"] != "all").rename("grouped")
    keys = ["statistic", "place_kind", grouped, headline]
    return [
        (rows, METHODS["headline" if key[-1] else "scan"])
        for key, rows in tested.groupby(keys, sort=True).groups.items()
    ]


def adjust_families(results: pd.DataFrame) -> pd.DataFrame:
    """Fill `p_adjusted`, and say in `note` which family and how many tests it held.

    Parameters
    ----------
    results : DataFrame in the columns of `results.COLUMNS`

    Returns
    -------
    The same rows; `note` of a tested row gains "holm:104" or "bh:1430", the method and the number
    of tests in its family.
    """
    out = results.copy()
    for family, method in families_of(results):
        adjust = adjust_holm if method == "holm" else adjust_bh
        out.loc[family, "p_adjusted"] = adjust(out.loc[family, "p_value"].to_numpy())
        label, note = family_label(family, method), out.loc[family, "note"]
        out.loc[family, "note"] = np.where(note == "", label, note + ";" + label)
    return out


def family_label(family: pd.Index, method: str) -> str:
    """What `note` says of a family: its method and how many tests it holds."""
    return f"{method}:{len(family)}"


def adjust_holm(p: np.ndarray) -> np.ndarray:
    """Holm's step-down adjusted p-values, in the order given.

    Source
    ------
    Holm (1979); R `p.adjust(method = "holm")`.

    Examples
    --------
    >>> adjust_holm(np.array([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.06, 0.06]
    """
    p = np.asarray(p, dtype=float)
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    out = np.empty_like(p)
    out[order] = np.minimum(stepped, 1.0)
    return out


def adjust_bh(p: np.ndarray) -> np.ndarray:
    """Benjamini-Hochberg adjusted p-values, in the order given.

    Source
    ------
    Benjamini and Hochberg (1995); R `p.adjust(method = "BH")`.

    Examples
    --------
    >>> adjust_bh(np.array([0.01, 0.04, 0.03])).round(6).tolist()
    [0.03, 0.04, 0.04]
    """
    p = np.asarray(p, dtype=float)
    order = np.argsort(p, kind="stable")
    ranked = p[order] * len(p) / np.arange(1, len(p) + 1)
    stepped = np.minimum.accumulate(ranked[::-1])[::-1]
    out = np.empty_like(p)
    out[order] = np.minimum(stepped, 1.0)
    return out
