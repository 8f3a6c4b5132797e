"""Districts' training coverage + a survey's results -> one beside the other, as description."""

from __future__ import annotations

import pandas as pd

from analysis.estimates import quality

BESIDE_COLUMNS = (
    "district", "communes_share", "sampled", "estimate", "ci_low", "ci_high", "quality",
)  # fmt: skip


def coverage_beside(reached: pd.DataFrame, results: pd.DataFrame, measure: str, statistic: str = "score"):
    """Training coverage beside a survey measure, district by district.

    Parameters
    ----------
    reached : DataFrame
        From `coverage.communes_reached`.
    results : DataFrame
        A survey's results table.
    measure, statistic : str
        Which survey figure, such as the total score.

    Returns
    -------
    DataFrame
        Columns `BESIDE_COLUMNS`, sorted by district code. sampled says whether the survey has a figure for
        the district; where it has none its columns are empty. No correlation is given: with few sampled
        districts it would be read as an effect, and `judge_design` says whether one could be shown.
    """
    own = reached[reached["place_kind"] == "district"]
    survey = results[
        (results["place_kind"] == "district") & (results["group_kind"] == "all")
        & (results["measure"] == measure) & (results["statistic"] == statistic)
    ].set_index("place")  # fmt: skip
    table = pd.DataFrame(
        {"district": own["place"], "communes_share": own["reached"] / own["communes"]}
    ).sort_values("district", ignore_index=True)
    numbers = survey.reindex(table["district"])[["estimate", "ci_low", "ci_high", "quality"]]
    table = pd.concat([table, numbers.reset_index(drop=True)], axis=1)
    flags = table["quality"].fillna(quality.NOT_SAMPLED)
    return table.assign(quality=flags, sampled=flags.isin(quality.SHOWN))[list(BESIDE_COLUMNS)]
