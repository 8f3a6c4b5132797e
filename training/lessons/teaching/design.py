"""An open round -> its design as a table, what ignoring it does, the level of PAPI's printed intervals."""

from __future__ import annotations

from functools import cache
from statistics import NormalDist

import pandas as pd

from analysis import paths
from analysis.briefing.blocks import Column, Table
from analysis.briefing.numbers import say_count, say_number
from analysis.briefing.tables import interval, table
from analysis.explore.survey import Survey
from analysis.places import read_places
from analysis.rows import read_rows
from training.lessons.teaching.words import say

_QUOTED = ("year", "province", "measure", "statistic", "value")


def design_table(survey: Survey, language: str = "vi") -> Table:
    """A row a stratum: PSUs, people asked, people they stand for; and the degrees of freedom below."""
    design, data = survey.design, survey.data
    weight = pd.Series(design.weight, index=data.index)
    cells = []
    for label, psus in zip(survey.labels_of("stratum"), design.n_h, strict=True):
        own = data["stratum"].astype(str) == str(label)
        cells.append(
            [
                say("stratum_named", language, name=str(label)),
                *(say_count(value, language) for value in (int(psus), int(own.sum()), weight[own].sum())),
            ]
        )
    whole = (design.n_psu, len(data), weight.sum())
    cells.append([say("group_all", language), *(say_count(value, language) for value in whole)])
    names = ("stratum", "psus", "asked", "stand_for")
    head = [Column(say(f"col_{name}", language), name != "stratum") for name in names]
    values = {"psus": say_count(design.n_psu, language), "strata": say_count(design.n_strata, language)}
    notes = [say("note_strata", language), say("note_df", language, **values), say("band", language)]
    return table(say("caption_design", language), head, cells, notes)


def plain_error(survey: Survey, measure: str) -> tuple[float, float]:
    """Share and error as if everybody had been drawn alone with the same chance: sqrt(p (1 - p) / (n -
    1))."""
    answers = survey.data[measure].astype(float).dropna()
    share = float(answers.mean())
    return share, float((share * (1 - share) / (len(answers) - 1)) ** 0.5)


def errors_table(survey: Survey, measure: str, language: str = "vi") -> Table:
    """A share three ways: without weights, with weights as if people were drawn alone, by the design."""
    row = survey.mean(measure).iloc[0]
    plain, plain_se = plain_error(survey, measure)
    ways = {
        "plain": (plain, plain_se),
        "weighted": (row["estimate"], row["se"] / row["deff"] ** 0.5),
        "design": (row["estimate"], row["se"]),
    }
    cells = [
        [
            say(f"way_{name}", language),
            say_number(share, "share", language, decimals=2),
            say_number(error, "share", language, decimals=2),
        ]
        for name, (share, error) in ways.items()
    ]
    head = [Column(say("col_way", language)), Column(say("col_said_yes", language), True)]
    head += [Column(say("col_error", language), True)]
    notes = [say("note_errors", language, n=say_count(row["n"], language)), say("band", language)]
    return table(say("caption_errors", language), head, cells, notes)


@cache
def published_intervals() -> pd.DataFrame:
    """The totals that a text quotes with an error and an interval.

    Returns
    -------
    DataFrame with columns year, province, se, ci_low, ci_high, ratio (half the width divided by the error).
    """
    rows = read_rows(
        paths.rows_folder("published") / "quoted.csv", ("year", "province", "statistic", "value")
    )
    rows = rows[(rows["measure"] == "PAPI") & rows["statistic"].isin(["se", "ci_low", "ci_high"])]
    wide = rows.assign(value=rows["value"].astype(float)).pivot(
        index=["year", "province"], columns="statistic", values="value"
    )
    wide = wide.dropna().reset_index()
    return wide.assign(ratio=(wide["ci_high"] - wide["ci_low"]) / 2 / wide["se"])


def implied_level() -> float:
    """The level of the printed intervals: 2 Phi(ratio) - 1, of the rows' mean ratio; 0-1."""
    return 2 * NormalDist().cdf(published_intervals()["ratio"].mean()) - 1


def intervals_published(language: str = "vi") -> Table:
    """A row a province: its printed error and interval, and half the width divided by the error."""
    places = read_places()
    cells = []
    for row in published_intervals().to_dict("records"):
        low, high = (say_number(row[side], "number", language, decimals=2) for side in ("ci_low", "ci_high"))
        error = say_number(row["se"], "number", language, decimals=3)
        ratio = say_number(row["ratio"], "number", language, decimals=2)
        cells.append(
            [
                f"{places.province(row['province']).name(language)}, {row['year']}",
                error,
                interval(low, high),
                ratio,
            ]
        )
    head = [Column(say(f"col_{name}", language), name != "province")
            for name in ("province", "error", "printed", "ratio")]  # fmt: skip
    note = say("source", language, source="data/published/quoted.csv")
    return table(say("caption_printed", language), head, cells, [note])
