"""How much each number rests on -> may it be shown, with care, or not at all.

One of `good`, `caution`, `suppressed`, `not_estimated`, `not_sampled` a row; a number stands beside
`good` and `caution` only, so a flag never disagrees with the emptiness of its number.
"""

from __future__ import annotations

import numpy as np

GOOD, CAUTION, SUPPRESSED = "good", "caution", "suppressed"
NOT_ESTIMATED, NOT_SAMPLED = "not_estimated", "not_sampled"
#: Published figures of others: shown as they stand, with no interval of ours.
PUBLISHED = "published"
FLAGS = (GOOD, CAUTION, SUPPRESSED, NOT_ESTIMATED, NOT_SAMPLED, PUBLISHED)
#: Flags beside which a number stands.
SHOWN = (GOOD, CAUTION)
#: The signs of survey reports (DHS): parentheses for care, an asterisk for withheld.
SIGNS = {CAUTION: "( )", SUPPRESSED: "*", NOT_ESTIMATED: "–", NOT_SAMPLED: "–"}

#: A variance this small beside that of a simple random sample is an accident of equal shares in every
#: PSU, or rounding: it looks like certainty and is not.
CHANCE_DEFF = 1e-6


#: Standard errors below this, beside the estimate (or 1), are rounding.
ROUNDING = 1e-12


def is_known(estimate: np.ndarray, variance: np.ndarray, srs_variance: np.ndarray) -> np.ndarray:
    """Whether a variance says something: more than rounding, more than `CHANCE_DEFF` of an SRS's."""
    with np.errstate(invalid="ignore"):
        rounding = (ROUNDING * np.maximum(np.abs(estimate), 1.0)) ** 2
        return (variance > rounding) & (variance > CHANCE_DEFF * srs_variance)


def flag_quality(
    estimate: np.ndarray,
    known: np.ndarray,
    df: np.ndarray,
    n: np.ndarray,
    n_psu: np.ndarray,
    width: np.ndarray,
    rules,
    n_least: np.ndarray | None = None,
) -> np.ndarray:
    """Flag each estimate.

    Parameters
    ----------
    estimate, df, n, n_psu : ndarray, any one shape
    known : ndarray of bool
        From `is_known`: the variance is more than an accident.
    width : ndarray
        Width of the interval of a share on 0-1; NaN where the rule does not apply.
    rules : QualityRules of the round
    n_least : ndarray, optional
        Smallest n among a composite's parts.

    Returns
    -------
    ndarray of str: `not_estimated` where there is no estimate, fewer than two PSUs, df < 1 or a
    variance that is not `known`; `suppressed` where n < n_suppress; `caution` where n (or a part's n) <
    n_caution, df < df_caution or the interval is wider than width_caution; else `good`.

    Source
    ------
    DHS reports' signs for n < 25 and 25-49; NCHS presentation standards for df and width (Parker et
    al. 2017); METHODS.md, "When a number is shown".
    """
    n_least = n if n_least is None else n_least
    with np.errstate(invalid="ignore"):
        nothing = np.isnan(estimate) | (n_psu < 2) | (df < 1) | ~known
        care = (
            (n_least < rules.n_caution)
            | (df < rules.df_caution)
            | (np.nan_to_num(width) > rules.width_caution)
        )
    few = n < rules.n_suppress
    return np.select(
        [nothing & (n == 0), few, nothing, care], [NOT_ESTIMATED, SUPPRESSED, NOT_ESTIMATED, CAUTION], GOOD
    )
