"""Scores of an indicator -> shares of forms by band."""

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
