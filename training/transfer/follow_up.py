"""Follow-up forms of learners and managers -> means by indicator and source, and how far the two agree."""

from __future__ import annotations

import pandas as pd

from training.gains.attrition import welch_difference
from training.gains.pairs import PERSON
from training.measured import COLUMNS, Measured, mean_of
from training.rules import Thresholds
from training.shares import share_of

#: Notes: the two are of the same people, or of different ones; what people say of themselves or their staff.
PAIRED, UNPAIRED, SELF_REPORT = "paired", "unpaired", "self_report"
SCALE = (1.0, 10.0)


def in_window(follow_up: pd.DataFrame, thresholds: Thresholds) -> pd.DataFrame:
    """The rows answered within the follow-up's months; the others count as not answered."""
    months = follow_up["months"].astype("Float64")
    inside = (months >= thresholds.follow_up_months_least) & (months <= thresholds.follow_up_months_most)
    return follow_up[inside.fillna(False).to_numpy(dtype=bool)]


def follow_up_means(follow_up: pd.DataFrame, thresholds: Thresholds) -> pd.DataFrame:
    """Means and top-two shares by source and indicator.

    Parameters
    ----------
    follow_up : DataFrame
        `Records.follow_up`, within the window.
    thresholds : Thresholds
        `top_two_from`.

    Returns
    -------
    DataFrame
        Columns source, indicator, then `training.measured.COLUMNS`: statistics "mean" and "top_two", noted
        "self_report". n counts people.
    """
    one = _one_each(follow_up)
    rows = []
    for (source, indicator), own in one.groupby(["source", "indicator"], sort=True):
        scores = own["score"].to_numpy(dtype=float)
        top = int((scores >= thresholds.top_two_from).sum())
        found = (
            mean_of("mean", scores, bounds=SCALE, note=SELF_REPORT),
            share_of("top_two", top, len(scores), SELF_REPORT),
        )
        rows += [{"source": source, "indicator": indicator, **vars(measured)} for measured in found]
    return pd.DataFrame(rows, columns=["source", "indicator", *COLUMNS])


def _one_each(follow_up: pd.DataFrame) -> pd.DataFrame:
    """One value a person, source and indicator: the mean where somebody answered twice."""
    known = follow_up[follow_up["score"].notna()]
    scores = known.assign(score=known["score"].astype(float))
    return scores.groupby(["source", "indicator", *PERSON], as_index=False)["score"].mean()


def compare_sources(follow_up: pd.DataFrame) -> pd.DataFrame:
    """Managers' answers less learners', indicator by indicator.

    Returns
    -------
    DataFrame
        Columns indicator, then `training.measured.COLUMNS`, statistic "manager_less_learner". Of people with
        both answers where there are any ("paired"); only where nobody has both, of all answers ("unpaired",
        Welch's t). The two are never mixed.
    """
    one = _one_each(follow_up)
    rows = []
    for indicator, own in one.groupby("indicator", sort=True):
        sides = {source: own[own["source"] == source].set_index(PERSON)["score"]
                 for source in ("learner", "manager")}  # fmt: skip
        both = pd.concat(sides, axis=1, join="inner")
        rows.append({"indicator": indicator, **vars(_difference(both, sides))})
    return pd.DataFrame(rows, columns=["indicator", *COLUMNS])


def _difference(both: pd.DataFrame, sides: dict[str, pd.Series]) -> Measured:
    name = "manager_less_learner"
    if len(both):
        changed = (both["manager"] - both["learner"]).to_numpy(dtype=float)
        return mean_of(name, changed, null=0.0, note=f"{PAIRED};{SELF_REPORT}")
    found = welch_difference(name, *(sides[source].to_numpy() for source in ("manager", "learner")))
    return Measured(**{**vars(found), "note": f"{UNPAIRED};{SELF_REPORT}"})
