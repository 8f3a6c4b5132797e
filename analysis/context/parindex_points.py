"""A scoring sheet's criteria -> points lost by field, by agency and one by one, and results rows.

Of a criterion that has a result, `lost = maximum - result`. A self-scored one parts it into what was not
claimed (`maximum - self_score`: the work is not done) and what was not accepted
(`self_score - appraised_score`: the evidence did not hold, or was not there; below zero where more was given
than claimed). All else (a survey's points; a criterion without a self-score) is `other_lost`. So in every row

    maximum = score + lost + pending,   lost = not_claimed + not_accepted + other_lost.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.context.parindex import KIND
from analysis.context.parindex_rows import DECIMALS, read_parindex, regime_of
from analysis.context.parindex_sheet import ScoringSheet, code_order
from analysis.errors import UnknownName
from analysis.estimates import quality
from analysis.estimates.results import arrange
from analysis.places import read_places

INDEX = "PARINDEX"
#: Note of a result that comes from a simulated sheet.
SIMULATED = "simulated"
PARTS = ("maximum", "score", "lost", "not_claimed", "not_accepted", "other_lost", "pending")


def lost_points(criteria: pd.DataFrame) -> pd.DataFrame:
    """Each criterion with its points in parts.

    Parameters
    ----------
    criteria : DataFrame
        Of a `ScoringSheet`.

    Returns
    -------
    DataFrame
        field, criterion, name, method, lead_agency, reason, and points: maximum, score, lost, not_claimed,
        not_accepted, other_lost, pending (the maximum where there is no result yet). Never NaN.
    """
    result, most = criteria["result"].astype(float), criteria["maximum"].astype(float)
    known = result.notna()
    lost = (most - result).where(known, 0.0)
    parted = known & (criteria["method"] == "self") & criteria["self_score"].notna()
    parts = {
        "maximum": most,
        "score": result.where(known, 0.0),
        "lost": lost,
        "not_claimed": (most - criteria["self_score"]).where(parted, 0.0),
        "not_accepted": (criteria["self_score"] - result).where(parted, 0.0),
        "other_lost": lost.where(~parted, 0.0),
        "pending": most.where(~known, 0.0),
    }
    about = criteria[["field", "criterion", "name", "method", "lead_agency", "reason"]]
    points = pd.DataFrame(parts, dtype=float).round(DECIMALS) + 0.0
    return pd.concat([about, points], axis=1)


def points_by_field(criteria: pd.DataFrame, regime: str) -> pd.DataFrame:
    """Points of each field of the regime, in order of the fields.

    Returns
    -------
    DataFrame
        field, name_vi, name_en, criteria and with_result (counts), the points of `lost_points`, and
        share: score over the maximum of criteria with a result, 0-1; NaN where there is none. A field
        without a criterion in the sheet has counts and points of 0.
    """
    fields = read_parindex("fields")
    names = fields.loc[fields["regime"] == regime, ["field", "name_vi", "name_en"]].astype({"field": int})
    return names.merge(_sums(criteria, "field"), on="field", how="left").pipe(_filled)


def points_by_agency(criteria: pd.DataFrame) -> pd.DataFrame:
    """Points of each lead agency, the most lost first: lead_agency and the columns of `points_by_field`.

    Criteria that nobody leads stand under "".
    """
    sums = _sums(criteria, "lead_agency")
    return sums.sort_values(["lost", "lead_agency"], ascending=[False, True]).reset_index(drop=True)


def largest_losses(criteria: pd.DataFrame, at_most: int | None = None) -> pd.DataFrame:
    """Criteria that lost points, the most first; at equal loss in the sheet's order of codes.

    Parameters
    ----------
    at_most : int, optional
        Rows returned; all by default.

    Returns
    -------
    DataFrame of `lost_points` with column cause: "not_accepted" where at least half of the loss is points
    that were claimed and not accepted, else "not_claimed"; "survey" for points of a survey; "not_parted"
    where no self-score tells.
    """
    rows = lost_points(criteria)
    rows = rows[rows["lost"] > 0].assign(order=lambda t: t["criterion"].map(code_order))
    parted = rows["not_claimed"].ne(0) | rows["not_accepted"].ne(0)
    cause = np.select(
        [
            parted & (rows["not_accepted"] * 2 >= rows["lost"]),
            parted,
            rows["method"].isin(("survey", "both")),
        ],
        ["not_accepted", "not_claimed", "survey"],
        "not_parted",
    )
    rows = (
        rows.assign(cause=cause)
        .sort_values("order", kind="stable")
        .sort_values("lost", ascending=False, kind="stable")
    )
    return rows.drop(columns="order").head(len(rows) if at_most is None else at_most).reset_index(drop=True)


def criteria_of(sheet: ScoringSheet | None) -> pd.DataFrame:
    """What a sheet says of each criterion besides its points, by the measure of `sheet_results`.

    Returns
    -------
    DataFrame with columns measure, name, method, lead_agency, reason, cause (of `largest_losses`; "" where
    nothing was lost); no rows without a sheet.
    """
    columns = ["measure", "name", "method", "lead_agency", "reason", "cause"]
    if sheet is None:
        return pd.DataFrame(columns=columns, dtype="str")
    cause = largest_losses(sheet.criteria).set_index("criterion")["cause"]
    about = sheet.criteria.assign(
        measure=f"{INDEX}/" + sheet.criteria["criterion"], cause=sheet.criteria["criterion"].map(cause)
    )
    return about[columns].fillna("").astype("str").reset_index(drop=True)


def sheet_results(sheet: ScoringSheet, year: int, province: str) -> pd.DataFrame:
    """A scoring sheet as rows of the results table.

    Parameters
    ----------
    sheet : ScoringSheet
        From `read_sheet`.
    year : int
        The year that was scored; its regime must be the sheet's.
    province : str
        GSO code, such as "91".

    Returns
    -------
    DataFrame with the columns of `estimates.results.COLUMNS`
        `survey_round` is "parindex-sheet-<year>"; measures are PARINDEX, PARINDEX/3 (a field) and
        PARINDEX/3.2 (a criterion), also PARINDEX by `lead_agency`; statistics are `PARTS`, and "share" where
        there is a result. `n` is the number of criteria with a result. `quality` is "published": figures of
        others, no sample. `note` is "simulated" for a simulated sheet. There is no rank: the ministry
        publishes it.

    Raises
    ------
    UnknownName
        The year belongs to another regime.
    UnknownPlaceCode
        No such province.
    """
    read_places().province(province)
    if regime_of(year) != sheet.regime:
        raise UnknownName(
            f"The sheet is of regime {sheet.regime}, but {year} was scored under {regime_of(year)}.",
            vi=(
                f"Phiếu theo bộ {sheet.regime}, nhưng năm {year} chấm theo bộ {regime_of(year)}. Hãy chọn "
                f"đúng bộ chỉ số."
            ),
            where=sheet.source,
            expected=regime_of(year),
            got=sheet.regime,
            hint="Read the sheet under the year's regime, or mend data/parindex/regimes.csv.",
        )
    criteria = sheet.criteria
    fields = points_by_field(criteria, sheet.regime)
    fields = fields[fields["criteria"] > 0]
    single = _sums(criteria, "criterion")
    agencies = points_by_agency(criteria).query("lead_agency != ''")
    whole = _sums(criteria.assign(all=""), "all")
    tables = [
        whole.assign(measure_kind=KIND, measure=INDEX),
        fields.assign(measure_kind=f"{KIND}_field", measure=f"{INDEX}/" + fields["field"].astype(str)),
        single.assign(measure_kind=f"{KIND}_criterion", measure=f"{INDEX}/" + single["criterion"]),
        agencies.assign(
            measure_kind=KIND, measure=INDEX, group_kind="lead_agency", group=agencies["lead_agency"]
        ),
    ]
    rows = pd.concat([_long(table) for table in tables], ignore_index=True)
    return arrange(
        rows.assign(
            survey_round=f"parindex-sheet-{year}", place_kind="province", place=province,
            quality=quality.PUBLISHED, source=sheet.source, note=SIMULATED if sheet.simulated else "",
        )
    )  # fmt: skip


def _sums(criteria: pd.DataFrame, by: str) -> pd.DataFrame:
    points = lost_points(criteria)
    if by not in points:
        points = points.assign(**{by: criteria[by]})
    points = points.assign(with_result=criteria["result"].notna())
    groups = points.groupby(by, sort=False)
    sums = groups[list(PARTS)].sum().round(DECIMALS)
    sums.insert(0, "with_result", groups["with_result"].sum().astype(int))
    sums.insert(0, "criteria", groups.size())
    share = sums["score"] / (sums["maximum"] - sums["pending"]).where(sums["with_result"] > 0)
    return sums.assign(share=share).reset_index()


def _filled(table: pd.DataFrame) -> pd.DataFrame:
    counts, points = ["criteria", "with_result"], list(PARTS)
    out = table.assign(**{name: table[name].fillna(0) for name in counts + points})
    return out.astype(dict.fromkeys(counts, int)).sort_values("field").reset_index(drop=True)


def _long(table: pd.DataFrame) -> pd.DataFrame:
    """One row a statistic; a share without a result has none."""
    about = table[["measure_kind", "measure", "with_result"]].rename(columns={"with_result": "n"})
    about = about.assign(group_kind=table.get("group_kind", "all"), group=table.get("group", ""))
    rows = [about.assign(statistic=name, estimate=table[name]) for name in (*PARTS, "share")]
    return pd.concat(rows, ignore_index=True).dropna(subset="estimate")
