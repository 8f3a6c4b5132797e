"""Results rows with p-values -> the same rows with p adjusted over their declared family.

A family is all tests of one kind that a batch makes at once: a leader reads one pack, the province
reads fifteen, so the family spans all districts. Headlines (dimensions and the total) hold the chance
of any false statement (Holm); the scan of sub-dimensions and indicators holds the share of false ones
among those stated (Benjamini-Hochberg).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

#: (statistic, place_kind) and measure kinds -> a family, with its method.
METHODS = {"headline": "holm", "scan": "bh"}
_HEADLINE = ("dimension", "total")


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
    tested = out["p_value"].notna() & ~out["statistic"].str.endswith("_direct")
    headline = out["measure_kind"].isin(_HEADLINE)
    for _, rows in out[tested].groupby(["statistic", "place_kind"]).groups.items():
        for is_headline, method in ((True, METHODS["headline"]), (False, METHODS["scan"])):
            family = rows[headline.loc[rows] == is_headline]
            if len(family) == 0:
                continue
            adjust = adjust_holm if method == "holm" else adjust_bh
            out.loc[family, "p_adjusted"] = adjust(out.loc[family, "p_value"].to_numpy())
            label = f"{method}:{len(family)}"
            note = out.loc[family, "note"]
            out.loc[family, "note"] = np.where(note == "", label, note + ";" + label)
    return out


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
