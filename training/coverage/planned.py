"""The plan's rows + who came -> reached beside planned, by year, course and district."""

from __future__ import annotations

import pandas as pd

#: Columns of the comparison; shares are NaN where nothing was planned.
PLAN_COLUMNS = (
    "year", "course", "district", "communes_planned", "communes_reached", "learners_planned",
    "learners_reached", "communes_share", "learners_share",
)  # fmt: skip


def compare_plan(plan: pd.DataFrame, classes: pd.DataFrame, came: pd.DataFrame) -> pd.DataFrame:
    """What was reached of what was planned.

    Parameters
    ----------
    plan : DataFrame
        `Records.plan`: year, course, district, communes, learners.
    classes : DataFrame
        `Records.classes`: a class belongs to the year in which it ended.
    came : DataFrame
        From `coverage.reached.trained`.

    Returns
    -------
    DataFrame
        Columns `PLAN_COLUMNS`, one row a row of the plan. A learner counts once a course and year; shares may
        be above 1 where more came than was planned.
    """
    years = pd.to_datetime(classes["end"]).dt.year
    about = classes.assign(year=years).set_index("class_id")[["year", "course"]]
    rows = came.join(about, on="class_id")
    keys = ["year", "course", "district"]
    communes = rows[(rows["level"] == "commune") & (rows["commune"] != "")]
    reached = pd.DataFrame(
        {
            "communes_reached": communes.groupby(keys)["commune"].nunique(),
            "learners_reached": rows.groupby(keys)["participant"].nunique(),
        }
    ).reset_index()
    planned = plan.rename(columns={"communes": "communes_planned", "learners": "learners_planned"})
    joined = planned.assign(year=planned["year"].astype(int)).merge(reached, on=keys, how="left")
    for what in ("communes", "learners"):
        joined[f"{what}_reached"] = joined[f"{what}_reached"].fillna(0).astype(int)
        due = joined[f"{what}_planned"].astype("Float64")
        share = joined[f"{what}_reached"] / due.mask(due <= 0)
        joined[f"{what}_share"] = share.astype("Float64").to_numpy(dtype=float, na_value=float("nan"))
    return joined[list(PLAN_COLUMNS)].sort_values(keys).reset_index(drop=True)
