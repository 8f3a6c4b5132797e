"""Valid forms + indicator rows -> one value a form for each indicator, criterion or object; and means."""

from __future__ import annotations

import pandas as pd

from training.measured import COLUMNS, mean_of
from training.rules import Thresholds
from training.satisfaction.forms import FORM
from training.shares import share_of

#: What a mean may be of -> the columns that name it.
UNITS = {"indicator": ["object", "indicator"], "criterion": ["object", "criterion"], "object": ["object"]}
#: Groups of forms -> the column that holds them.
GROUPINGS = ("learner_group", "lecturer_group", "lecturer")


def form_scores(
    valid: pd.DataFrame, indicators: pd.DataFrame, unit: str, group: str = "", weights: str = "equal"
) -> pd.DataFrame:
    """One value a form and unit, on the form's scale.

    Parameters
    ----------
    valid : DataFrame
        From `valid_rows`; with the column `group` where one is named.
    indicators : DataFrame
        `Records.form_indicators`: object, criterion, indicator, weight.
    unit : {"indicator", "criterion", "object"}
    group : str
        Also apart by this column (a form that judges two lecturers gives a value for each).
    weights : {"equal", "rows"}
        As the rule says: every indicator of a criterion and every criterion of an object weighs the same; or
        each indicator as its row says.

    Returns
    -------
    DataFrame
        Columns of `UNITS[unit]`, the group, class_id, respondent, form, value.

    Notes
    -----
    The form is the unit: a form that judges three lecturers enters once, with the mean of the three. What is
    not answered is left out and the others weigh more.
    """
    split = [group] if group else []
    known = indicators[["object", "criterion", "indicator", "weight"]].drop_duplicates(
        ["object", "indicator"]
    )
    rows = valid[[*FORM, "object", "indicator", *split, "score"]].merge(
        known, on=["object", "indicator"], how="left"
    )
    rows = rows.assign(score=rows["score"].astype(float), criterion=rows["criterion"].fillna(""))
    one = [*split, *FORM, "object", "criterion", "indicator"]
    each = rows.groupby(one, as_index=False).agg(value=("score", "mean"), weight=("weight", "first"))
    if weights == "rows":
        each["weight"] = pd.to_numeric(each["weight"]).astype(float)
        return _weighted(each, [*split, *FORM, *UNITS[unit]])
    if unit == "indicator":
        return each[[*split, *FORM, "object", "indicator", "value"]]
    level = each.groupby([*split, *FORM, "object", "criterion"], as_index=False)["value"].mean()
    if unit == "object":
        level = level.groupby([*split, *FORM, "object"], as_index=False)["value"].mean()
    return level


def _weighted(each: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    sums = each.assign(product=each["value"] * each["weight"]).groupby(keys, as_index=False)
    summed = sums[["product", "weight"]].sum()
    return summed.assign(value=summed["product"] / summed["weight"])[[*keys, "value"]]


def mean_scores(
    values: pd.DataFrame, unit: str, thresholds: Thresholds, bounds: tuple[float, float], group: str = ""
) -> pd.DataFrame:
    """Means over forms, and the share in the top two scores.

    Parameters
    ----------
    values : DataFrame
        From `form_scores`.
    unit : str
        As there.
    thresholds : Thresholds
        `top_two_from`.
    bounds : (float, float)
        The form's lowest and highest score.
    group : str
        As there.

    Returns
    -------
    DataFrame
        The columns of `UNITS[unit]` and the group, then `training.measured.COLUMNS`: statistic "mean" (t
        interval), and of indicators "top_two" (Wilson). n counts forms.
    """
    keys = [*UNITS[unit], *([group] if group else [])]
    rows = []
    for names, own in values.groupby(keys, sort=True):
        found = [mean_of("mean", own["value"].to_numpy(dtype=float), bounds=bounds)]
        if unit == "indicator":
            top = int((own["value"] >= thresholds.top_two_from).sum())
            found.append(share_of("top_two", top, len(own)))
        rows += [{**dict(zip(keys, names, strict=True)), **vars(measured)} for measured in found]
    return pd.DataFrame(rows, columns=[*keys, *COLUMNS])
