"""Tested differences and changes -> the smallest true ones that the sample could have shown, as rows.

"Not enough evidence" means little without it: a district where only two points could have been seen has
told nothing about a difference of one (METHODS.md, "What the sample could have shown").
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import nctdtrinc, stdtrit

from analysis.estimates import quality
from analysis.estimates.families import families_of, family_label
from analysis.estimates.intervals import t_multiplier
from analysis.estimates.results import ALPHA, BEYOND_RANGE, TEXT_COLUMNS, arrange

#: How often a true difference of the detectable size is found (Cohen 1988, p. 56).
POWER = 0.8
#: Ends the statistic of a detectable size: "difference_detectable", "change_detectable".
DETECTABLE = "_detectable"
_LEVELS = ("score", "share", "mean")
_PLACE = ["survey_round", "place_kind", "place", "group_kind", "group", "measure"]
#: What a detectable row has from the row of the test itself.
_KEPT = [name for name in TEXT_COLUMNS if name not in ("quality", "note")] + ["level", "df", "n", "n_psu"]


def detectable_size(
    se: np.ndarray, df: np.ndarray, tests: int = 1, alpha: float = ALPHA, power: float = POWER
) -> np.ndarray:
    """The true difference that a two-sided t test declares with this power.

    Parameters
    ----------
    se, df : ndarray, any one shape
        Standard error that the test takes, and its degrees of freedom.
    tests : int
        How many tests there are in the family; 1 = a test that stands alone.
    alpha : float
        Of the family: Holm's first step is at alpha / tests, and so is Benjamini-Hochberg's.
    power : float

    Returns
    -------
    ndarray
        NaN where df < 1 or there is no standard error.

    Notes
    -----
    With t the quantile 1 - alpha / (2 tests) of Student's t with df degrees of freedom, size = delta se,
    where delta is the noncentrality at which P(T(df, delta) > t) = power. The normal's (z + z) se would
    promise far too much: with 2 df and 9 tests delta is 17.0 and not 3.6. The chance to declare the wrong
    sign is left out: it is below 1e-5 for all df. What the first step asks is the most that any step asks:
    beside other findings less is enough.

    Source
    ------
    Cohen (1988) for the power; Owen (1965), Biometrika 52, for the noncentral t. R `pt(ncp = )` and
    `power.t.test` (tests/reference/detectable.R, test_oracle_detectable.py).

    Examples
    --------
    >>> float(detectable_size(np.array(0.25), np.array(34.0)).round(3))
    0.721
    >>> float(detectable_size(np.array(0.25), np.array(34.0), tests=117).round(3))
    1.201
    """
    se, df = np.broadcast_arrays(np.asarray(se, dtype=float), np.asarray(df, dtype=float))
    known = (df >= 1) & np.isfinite(se)
    several, at = np.unique(np.where(known, df, 1.0), return_inverse=True)  # the inverse is slow
    delta = nctdtrinc(several, 1 - power, stdtrit(several, 1 - alpha / (2 * tests)))
    return np.where(known, delta[at].reshape(se.shape) * se, np.nan)


def detectable_rows(results: pd.DataFrame, bounds: pd.DataFrame) -> pd.DataFrame:
    """A row of the detectable size for each row that was tested in a family.

    Parameters
    ----------
    results : DataFrame in the columns of `results.COLUMNS`
        One round's, adjusted: withheld rows have no p-value and get no row.
    bounds : DataFrame indexed by measure, with columns minimum and maximum

    Returns
    -------
    DataFrame in the columns of `results.COLUMNS`, with quality `of_design`. `note` gives the power and
    the family ("power=0.8;holm:104"), and "beyond_range" where no level that the measure can have lies
    that far from the one compared with: then no difference there can be would be found so surely.

    Notes
    -----
    The test's standard error is half the row's interval over its t quantile (intervals of contrasts are
    never cut), so both know the same floor.
    """
    parts = []
    levels = results[results["statistic"].isin(_LEVELS)].set_index(_PLACE)["estimate"]
    for family, method in families_of(results):
        rows = results.loc[family]
        se = (rows["ci_high"] - rows["ci_low"]) / 2 / t_multiplier(rows["df"], rows["level"])
        size = detectable_size(se.to_numpy(), rows["df"].to_numpy(), len(family))
        far = np.where(size > _room(rows, levels, bounds), f";{BEYOND_RANGE}", "")
        note = np.char.add(f"power={POWER:g};{family_label(family, method)}", far)
        about = {"statistic": rows["statistic"] + DETECTABLE, "estimate": size, "note": note}
        parts.append(rows[_KEPT].assign(**about, quality=quality.OF_DESIGN))
    return arrange(parts) if parts else arrange(results.iloc[:0])


def _room(rows: pd.DataFrame, levels: pd.Series, bounds: pd.DataFrame) -> np.ndarray:
    """How far the measure can lie from the level that a row compares with, up or down, the larger."""
    own = levels.reindex(pd.MultiIndex.from_frame(rows[_PLACE])).to_numpy()
    base, limits = own - rows["estimate"].to_numpy(), bounds.reindex(rows["measure"])
    return np.fmax(limits["maximum"].to_numpy() - base, base - limits["minimum"].to_numpy())
