"""Responses -> what each option drew and whom, and the items whose key may be wrong."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from training.gains.attrition import welch_difference
from training.items.difficulty import correlation
from training.items.responses import Responses
from training.measured import Measured, mean_of
from training.rules import Thresholds
from training.shares import share_of

#: Flags of a distractor: hardly anybody chooses it; those who do know more than the others.
UNUSED, POSITIVE = "unused", "positive_r"


@dataclass(frozen=True)
class Option:
    """One option of one item.

    Attributes
    ----------
    item, option : str
        The option's letter, "" for those who left the question open.
    is_key : bool
    share : Measured
        Of those asked, statistic "chosen".
    rest_mean : Measured
        Mean number right on the other items of those who chose it, statistic "rest_mean".
    rest_r : Measured
        Correlation of choosing it with the number right on the other items, statistic "rest_r".
    flags : tuple of str
        Of a distractor: "unused", "positive_r".
    """

    item: str
    option: str
    is_key: bool
    share: Measured
    rest_mean: Measured
    rest_r: Measured
    flags: tuple[str, ...] = ()


def option_table(responses: Responses, thresholds: Thresholds) -> list[Option]:
    """Every option of every item, and those left open, in the bank's order.

    Parameters
    ----------
    responses : Responses
    thresholds : Thresholds
        `option_unused`: below this share a distractor is flagged "unused".

    Source
    ------
    R `psych::score.multiple.choice` (shares) on psychTools::iqitems,
    tests/training/items/test_known_answers.py.
    """
    return [
        _option(responses, item, option, thresholds)
        for item in responses.items.index
        for option in (*responses.items.at[item, "options"], "")
    ]


def _option(responses: Responses, item: str, option: str, thresholds: Thresholds) -> Option:
    asked = responses.chosen[item].notna().to_numpy()
    picked = (responses.chosen[item] == option).to_numpy()
    within = picked[responses.whole]
    rest = responses.rest(item)
    share = share_of("chosen", int(picked.sum()), int(asked.sum()))
    r = correlation("rest_r", within.astype(float), rest)
    key = responses.items.at[item, "key"]
    flags = []
    if option not in (key, ""):
        if share.n and share.estimate < thresholds.option_unused:
            flags.append(UNUSED)
        if r.estimate > 0:
            flags.append(POSITIVE)
    return Option(item, option, option == key, share, mean_of("rest_mean", rest[within]), r, tuple(flags))


def suspected_keys(responses: Responses) -> pd.DataFrame:
    """Items whose key may be wrong: a distractor draws those who know more than those who chose the key.

    Returns
    -------
    DataFrame
        Columns item, key, option (the distractor), share (of it), difference (mean number right on the other
        items, choosers of the distractor less choosers of the key), ci_low, ci_high; the widest first. Empty
        where none is suspected.

    Notes
    -----
    Suspected are items with a distractor whose correlation with the rest is above 0 beyond its 95 % interval,
    and whose choosers did better on the rest than those of the key beyond a 95 % Welch interval (or fewer
    than two chose the key). A person has to look at the item: two right answers look the same.
    """
    found = []
    for item in responses.items.index:
        key = responses.items.at[item, "key"]
        chosen = responses.chosen.loc[responses.whole, item].to_numpy(dtype=object)
        rest = responses.rest(item)
        for option in (letter for letter in responses.items.at[item, "options"] if letter != key):
            picked = chosen == option
            draws = correlation("rest_r", picked.astype(float), rest)
            better = welch_difference("difference", rest[picked], rest[chosen == key])
            keyless = (chosen == key).sum() < 2
            if draws.ci_low > 0 and (better.ci_low > 0 or keyless):
                ends = (better.estimate, better.ci_low, better.ci_high)
                found.append((item, key, option, float(np.mean(picked)), *ends))
    columns = ["item", "key", "option", "share", "difference", "ci_low", "ci_high"]
    table = pd.DataFrame(found, columns=columns)
    return table.sort_values("difference", ascending=False, kind="stable").reset_index(drop=True)
