"""How much each number rests on -> may it be shown, with care, or not at all.

One of `good`, `caution`, `suppressed`, `not_estimated`, `not_sampled` a row; a survey's number stands
beside `good` and `caution` only, so a flag never disagrees with the emptiness of its number. Figures that
no sample of ours gave are `published` or `counted`, and what a sample can show is `of_design`; these have
no interval.
"""

from __future__ import annotations

import numpy as np

GOOD, CAUTION, SUPPRESSED = "good", "caution", "suppressed"
NOT_ESTIMATED, NOT_SAMPLED = "not_estimated", "not_sampled"
#: Published figures of others: shown as they stand, with no interval of ours.
PUBLISHED = "published"
#: Full counts (administrative figures): nothing was drawn, so there is no sampling error; n is the whole.
COUNTED = "counted"
#: What the sample can show, such as the smallest difference it would have found: nothing in the population.
OF_DESIGN = "of_design"
FLAGS = (GOOD, CAUTION, SUPPRESSED, NOT_ESTIMATED, NOT_SAMPLED, PUBLISHED, COUNTED, OF_DESIGN)
#: Flags beside which a number stands without se and interval.
WITHOUT_INTERVAL = (PUBLISHED, COUNTED, OF_DESIGN)
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
    rules,
    *,
    n_least: np.ndarray | None = None,
    n_effective: np.ndarray | None = None,
    share_width: np.ndarray | None = None,
    rse: np.ndarray | None = None,
    score_rse: np.ndarray | None = None,
) -> np.ndarray:
    """Flag each estimate.

    Parameters
    ----------
    estimate, df, n, n_psu : ndarray, any one shape
    known : ndarray of bool
        From `is_known`: the variance is more than an accident.
    rules : QualityRules of the round
    n_least : ndarray, optional
        Smallest n among a composite's parts.
    n_effective, share_width : ndarray, optional
        Effective sample size, and width of the interval on 0-1, of a share; NaN where it is none.
    rse, score_rse : ndarray, optional
        Standard error over estimate, of a mean and of a score; NaN where it is none.

    Returns
    -------
    ndarray of str: `suppressed` where fewer than n_suppress (or n_confidential) answered, or a share, a
    mean or a score is too imprecise; else `not_estimated` where there is no estimate, fewer than psu_least
    PSUs, df < 1 or a variance that is not `known`; else `caution` where n (or a part's n) < n_caution,
    df < df_caution, or the complement of a share is imprecise; else `good`. Where nobody answered,
    `not_estimated`.

    Source
    ------
    Shares: NCHS presentation standards (Parker et al. 2017, Vital and Health Statistics 2(175)): effective
    n below 30, interval 30 points wide or more, or more than 5 points and 130 % of the share. Means:
    relative standard error of 30 % or more. Counts: DHS reports' signs for fewer than 25 and 25-49; below
    the minimum of statistical offices for a cell nothing is told, whatever n_suppress says.
    METHODS.md, "When a number is shown".
    """
    none = np.full(np.shape(estimate), np.nan)
    width = none if share_width is None else share_width
    people = none if n_effective is None else np.fmin(n_effective, n)
    spread, of_score = (none if each is None else each for each in (rse, score_rse))
    n_least = n if n_least is None else n_least
    with np.errstate(invalid="ignore", divide="ignore"):
        nothing = np.isnan(estimate) | (n_psu < rules.psu_least) | (df < 1) | ~known
        share, wide = ~np.isnan(width), width > rules.share_width_shown
        imprecise = share & ((people < rules.n_effective_suppress) | (width >= rules.share_width_suppress))
        imprecise |= wide & (width / estimate > rules.share_relative_width)
        imprecise |= np.abs(spread) >= rules.rse_suppress
        imprecise |= np.abs(of_score) >= rules.score_rse_suppress
        care = (n_least < rules.n_caution) | (df < rules.df_caution)
        care |= wide & (width / (1 - estimate) > rules.share_relative_width)
    few = n < max(rules.n_suppress, rules.n_confidential)
    return np.select(
        [nothing & (n == 0), few, nothing, imprecise, care],
        [NOT_ESTIMATED, SUPPRESSED, NOT_ESTIMATED, SUPPRESSED, CAUTION],
        GOOD,
    )
