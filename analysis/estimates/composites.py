"""Framework -> the linear map from indicator means to sub-dimensions, dimensions and the total.

PAPI's scores are linear in the indicators (DOMAIN: the printed S1.1 is exactly
0.25 + 0.5625 x1 + 1.125 x2), so a composite's standard error follows from its respondents' combined
scores, never from adding the parts' standard errors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.indicators.framework import Framework


@dataclass(frozen=True)
class CompositeMap:
    """Composites as constants + indicator means @ weights.

    Attributes
    ----------
    weights : DataFrame, shape (indicators, composites)
    constants : Series, one a composite
    kinds : dict, composite -> "sub_dimension" | "dimension" | "total"
    bounds : DataFrame with columns minimum and maximum, one row a composite
    """

    weights: pd.DataFrame
    constants: pd.Series
    kinds: dict[str, str]
    bounds: pd.DataFrame

    @property
    def measures(self) -> list[str]:
        return list(self.weights.columns)


def composite_map(framework: Framework) -> CompositeMap:
    """Turn the framework's rows into one linear map.

    Notes
    -----
    An indicator x between theoretical bounds lo and hi is put on 0-1 with higher always better,
    x~ = (x - lo)/(hi - lo), or (hi - x)/(hi - lo) where lower is better. Then
    sub-dimension = minimum + (maximum - minimum) * sum_k w_k x~_k, dimension = sum of its
    sub-dimensions, total = sum of the dimensions where the framework names one. Indicators without a
    sub-dimension are in no composite; a framework of such alone has an empty map.

    Source
    ------
    PAPI's published workbooks: S1.1 of 2023 and sums of 2011-2024 (METHODS.md, "Scores").
    """
    indicators = framework.indicators.set_index("indicator")
    subs = framework.sub_dimensions.set_index("sub_dimension")
    dimensions = list(framework.dimensions["dimension"])
    weights, constants = _of_sub_dimensions(indicators, subs)
    parts = {d: list(subs.index[subs["dimension"] == d]) for d in dimensions}
    total = framework.settings.total
    if total and len(subs):
        parts[total.code] = list(subs.index)
    for name, members in parts.items():
        weights[name] = weights[members].sum(axis=1)
        constants[name] = constants[members].sum()
    limits = subs[["minimum", "maximum"]].astype(float)
    for name, members in parts.items():
        limits.loc[name] = limits.loc[members].sum()
    kinds = dict.fromkeys(subs.index, "sub_dimension") | dict.fromkeys(dimensions, "dimension")
    kinds |= {total.code: "total"} if total and len(subs) else {}
    return CompositeMap(weights, constants[weights.columns], kinds, limits)


def _of_sub_dimensions(indicators: pd.DataFrame, subs: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """Slopes of the sub-dimensions' indicators, and what each sub-dimension adds to them."""
    scored = indicators[indicators["sub_dimension"] != ""]
    limits = subs.loc[scored["sub_dimension"], ["minimum", "maximum"]].to_numpy(dtype=float)
    low, high = (scored[name].to_numpy(dtype=float) for name in ("minimum", "maximum"))
    slope = (limits[:, 1] - limits[:, 0]) * scored["weight"].to_numpy(dtype=float) / (high - low)
    rises, at = (scored["direction"] == "higher").to_numpy(), subs.index.get_indexer(scored["sub_dimension"])
    slopes = np.zeros((len(indicators), len(subs)))
    slopes[indicators.index.get_indexer(scored.index), at] = np.where(rises, slope, -slope)
    constants = subs["minimum"].to_numpy(dtype=float, copy=True)
    np.add.at(constants, at, np.where(rises, -slope * low, slope * high))
    return pd.DataFrame(slopes, indicators.index, list(subs.index)), pd.Series(constants, subs.index)


def combine_composites(scores, mapping: CompositeMap):
    """Composite `Scores` from indicator `Scores` (columns in any order).

    Parameters
    ----------
    scores : Scores of at least the map's indicators
    """
    weights = mapping.weights.reindex(list(scores.measures)).fillna(0.0).to_numpy()
    return scores.combine(weights, mapping.constants.to_numpy(), mapping.measures)


def score_of(means: pd.Series, framework: Framework) -> pd.Series:
    """Composite scores of given indicator means; NaN where a part with a weight has no mean.

    Parameters
    ----------
    means : Series, one value an indicator, in the indicator's own unit

    Returns
    -------
    Series, one score a sub-dimension, dimension and the total.
    """
    mapping = composite_map(framework)
    values = means.reindex(mapping.weights.index).to_numpy(dtype=float)
    used = mapping.weights.to_numpy() != 0
    gap = (np.isnan(values)[:, None] & used).any(axis=0)
    result = np.nan_to_num(values) @ mapping.weights.to_numpy() + mapping.constants.to_numpy()
    return pd.Series(np.where(gap, np.nan, result), index=mapping.measures)
