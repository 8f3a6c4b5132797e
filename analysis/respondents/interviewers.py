"""A survey's kept rows + round + codebook -> how often each interviewer's people said "don't know"."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.intake.persons.masks import HIDDEN, show
from analysis.respondents.answers import DONT_KNOW, MISSING, NOT_ASKED
from analysis.respondents.identifiers import text_code

#: The chance that an interviewer like the others falls outside the bounds, on either side.
FUNNEL = 0.001


def count_interviewers(who: pd.Series, kinds: Sequence[np.ndarray]) -> pd.DataFrame:
    """One row an interviewer, with the bounds between which chance alone leaves their number.

    Parameters
    ----------
    who : Series, n rows
        The interviewers' codes as stored; rows without one are left out.
    kinds : sequence of arrays of shape (n,)
        The kinds of answers (`answers.kind_numbers`), one array a coded question.

    Returns
    -------
    DataFrame indexed by code
        interviews, asked (questions put to somebody), dont_know, usual (share of "don't know" of the
        interviewer in the middle), low and high.

    Notes
    -----
    A funnel: low and high are the `FUNNEL` and 1 - `FUNNEL` quantiles of Binomial(asked, usual). The middle
    interviewer's share stands for all, because one odd interviewer would move the mean, and make the others
    look odd. Shares are (dont_know + 0.5) / (asked + 1), so that they are never 0.
    """
    from scipy.stats import binom

    each = np.column_stack(kinds)
    people = pd.DataFrame(
        {
            "interviews": 1,
            "asked": (~np.isin(each, (NOT_ASKED, MISSING))).sum(axis=1),
            "dont_know": (each == DONT_KNOW).sum(axis=1),
        }
    )
    totals = people.groupby(text_code(who).to_numpy()).sum()
    totals["usual"] = ((totals["dont_know"] + 0.5) / (totals["asked"] + 1)).median()
    low, high = (binom.ppf(at, totals["asked"], totals["usual"]) for at in (FUNNEL, 1 - FUNNEL))
    return totals.assign(low=np.maximum(low, 0), high=np.maximum(high, 0))


def show_interviewer(who: str) -> str:
    """An interviewer's code as it may be shown; what has no figure and is no letter or two may be a name.

    Examples
    --------
    >>> show_interviewer("DTV07"), show_interviewer("B"), show_interviewer("Hoa")
    ('DTV07', 'B', '•••')
    """
    is_code = len(who) <= 2 or any(sign.isdigit() for sign in who)
    return show(who) if is_code else HIDDEN
