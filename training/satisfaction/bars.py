"""Scores of an indicator -> shares by band, and where each piece of a diverging bar begins and ends."""

from __future__ import annotations

import numpy as np
import pandas as pd

from training.measured import COLUMNS
from training.shares import share_of


def band_shares(values: pd.DataFrame, rule: pd.Series, classes: pd.DataFrame) -> pd.DataFrame:
    """How many forms gave each indicator a score in each class of the rule.

    Parameters
    ----------
    values : DataFrame
        From `form_scores(…, "indicator")`.
    rule : Series
        Row of evaluation_rules.csv.
    classes : DataFrame
        Rows of evaluation_classes.csv: the bands are the rule's own classes, so that a bar and an index speak
        one language (under 10/2017 a score of 7 is "good", of 8 "excellent").

    Returns
    -------
    DataFrame
        Columns object, indicator, band (class code), then `training.measured.COLUMNS`: statistic "band",
        Wilson intervals; every band of every indicator, the lowest first.
    """
    own = classes[classes["rule"] == rule["rule"]].sort_values("step")
    scale = float(rule["index_maximum"] / rule["score_high"])
    # A score belongs to the last class that it reaches: [low, high), the highest closed.
    step = np.searchsorted(own["low"].to_numpy(), (values["value"] * scale).round(9), side="right") - 1
    bands = own["class"].to_numpy()[step]
    rows = []
    for (kind, indicator), group in values.assign(band=bands).groupby(["object", "indicator"], sort=True):
        for band in own["class"]:
            measured = share_of("band", int((group["band"] == band).sum()), len(group))
            rows.append({"object": kind, "indicator": indicator, "band": band, **vars(measured)})
    return pd.DataFrame(rows, columns=["object", "indicator", "band", *COLUMNS])


def diverging(shares: list[float]) -> list[tuple[float, float]]:
    """Where the pieces of one diverging bar lie, low to high, the middle band across 0.

    Parameters
    ----------
    shares : list of float
        Of each band, the lowest first. Of an odd number the middle one is neutral and lies half on each
        side; of an even number the lower half lies to the left.

    Returns
    -------
    list of (float, float)
        Start and end of each piece; they touch, and their lengths are the shares.

    Examples
    --------
    >>> [(round(a, 2), round(b, 2)) for a, b in diverging([0.1, 0.2, 0.7])]
    [(-0.2, -0.1), (-0.1, 0.1), (0.1, 0.8)]
    """
    half, odd = divmod(len(shares), 2)
    start = -(sum(shares[:half]) + (shares[half] / 2 if odd else 0.0))
    pieces = []
    for share in shares:
        pieces.append((start, start + share))
        start += share
    return pieces
