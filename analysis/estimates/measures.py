"""A framework -> the dictionary of its measures: names, bounds, unit, direction, parent."""

from __future__ import annotations

import pandas as pd

from analysis.estimates.composites import composite_map
from analysis.indicators.framework import Framework

COLUMNS = [
    "measure", "measure_kind", "parent", "name_vi", "name_en", "minimum", "maximum", "direction", "unit",
    "decimals", "status",
]  # fmt: skip


def describe_measures(framework: Framework) -> pd.DataFrame:
    """One row a measure: the total where there is one, dimensions, sub-dimensions, indicators.

    Returns
    -------
    DataFrame with the columns of `COLUMNS`. `parent` is the measure that this one is added into, empty
    where there is none; `decimals` is empty (NA) where the unit's own are shown.
    """
    composites, total = composite_map(framework), framework.settings.total
    tops = (
        [] if total is None else [{"measure": total.code, "name_vi": total.name_vi, "name_en": total.name_en}]
    )
    over = total.code if total else ""
    dimensions, subs = framework.dimensions, framework.sub_dimensions
    scores = pd.concat(
        [
            pd.DataFrame(tops, columns=["measure", "name_vi", "name_en"]).assign(parent=""),
            dimensions.assign(measure=dimensions["dimension"], parent=over),
            subs.assign(measure=subs["sub_dimension"], parent=subs["dimension"]),
        ],
        ignore_index=True,
    )
    scores = scores[scores["measure"].isin(composites.measures)]
    bounds = composites.bounds.loc[scores["measure"], ["minimum", "maximum"]].to_numpy(dtype=float)
    scores = scores.assign(
        measure_kind=scores["measure"].map(composites.kinds),
        minimum=bounds[:, 0], maximum=bounds[:, 1], direction="higher", unit="score", decimals="",
    )  # fmt: skip
    indicators = framework.indicators.assign(
        measure=framework.indicators["indicator"],
        parent=framework.indicators["sub_dimension"],
        measure_kind="indicator",
    )
    parts = [part.reindex(columns=COLUMNS) for part in (scores, indicators) if len(part)]
    table = pd.concat(parts, ignore_index=True)
    decimals = pd.to_numeric(table["decimals"].fillna("").replace("", None)).astype("Int64")
    return table.assign(decimals=decimals)
