import numpy as np
import pandas as pd
from scipy.stats import binom

from analysis.respondents.answers import ANSWERED, DONT_KNOW, MISSING, NOT_ASKED
from analysis.respondents.interviewers import FUNNEL, count_interviewers


def test_what_was_asked_and_not_known_is_counted_by_interviewer():
    kinds = [
        np.array([ANSWERED, DONT_KNOW, NOT_ASKED, DONT_KNOW]),
        np.array([ANSWERED, ANSWERED, MISSING, DONT_KNOW]),
    ]
    counts = count_interviewers(pd.Series([1.0, 1.0, 2.0, None]), kinds)
    assert counts[["interviews", "asked", "dont_know"]].T.to_dict("list") == {"1": [2, 4, 1], "2": [1, 0, 0]}


def test_the_bounds_are_those_of_the_interviewer_in_the_middle():
    asked, unknown = 200, (10, 20, 100)
    kinds = [np.array([DONT_KNOW if at < known else ANSWERED for known in unknown]) for at in range(asked)]
    counts = count_interviewers(pd.Series(["a", "b", "c"]), kinds)
    usual = 20.5 / 201
    assert counts["usual"].tolist() == [usual] * 3
    assert counts["high"].tolist() == [binom.ppf(1 - FUNNEL, asked, usual)] * 3
    odd = (counts["dont_know"] < counts["low"]) | (counts["dont_know"] > counts["high"])
    assert odd.tolist() == [False, False, True]
