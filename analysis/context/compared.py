"""One province's published series -> where it stands in its region and the country, and what changed.

Of each year and measure: median and quartiles of the provinces with a result, the province among them, and
how far it is from the medians. A series is cut where a measure changed: no line and no change crosses a
break.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from analysis.context.breaks import same_series
from analysis.context.published import DECIMALS, published_series, read_published
from analysis.context.published_rows import read_total
from analysis.errors import UnknownName, shown
from analysis.estimates import quality
from analysis.estimates.results import arrange
from analysis.places import read_places

QUARTILES = ("lower_quartile", "median", "upper_quartile")
#: A province's quarter, from the lowest: below the lower quartile, below the median, … of all with a result.
QUARTERS = ("lowest", "mid_low", "mid_high", "highest")
COUNTRY = "VN"
#: Note of a change that is not given, because the measure changed between the years.
BROKEN = "break"


def quartiles(published: pd.DataFrame, provinces: Iterable[str] | None = None) -> pd.DataFrame:
    """Median and quartiles over provinces, of each measure and year.

    Parameters
    ----------
    published : DataFrame
        From `read_published`: year, province, measure, score.
    provinces : iterable of str, optional
        Codes of those that count; all by default.

    Returns
    -------
    DataFrame with columns measure, year, lower_quartile, median, upper_quartile, best, n: the number of
    provinces with a result.

    Notes
    -----
    Quantiles by linear interpolation (type 7), every province with weight 1. A province is one of those it is
    compared with. Of 63 provinces that makes quarters of 16, 15, 16 and 16, as in PAPI's own groups.

    Examples
    --------
    >>> rows = pd.DataFrame({"year": 2020, "province": list("abc"), "measure": "D1", "score": [1, 2, 4]})
    >>> quartiles(rows)[["lower_quartile", "median", "upper_quartile", "n"]].values.tolist()
    [[1.5, 2.0, 3.0, 3.0]]
    """
    rows = published if provinces is None else published[published["province"].isin(set(provinces))]
    scores = rows.groupby(["measure", "year"])["score"]
    cuts = scores.quantile([0.25, 0.5, 0.75]).unstack()
    table = pd.DataFrame({name: cuts[cut] for name, cut in zip(QUARTILES, (0.25, 0.5, 0.75), strict=True)})
    return table.assign(best=scores.max(), n=scores.size()).round(DECIMALS).reset_index()


def compare_provinces(province: str, measures: Iterable[str] | None = None) -> pd.DataFrame:
    """One province beside the provinces of its region and of the country, year by year.

    Parameters
    ----------
    province : str
        GSO code, such as "91".
    measures : iterable of str, optional
        All by default.

    Returns
    -------
    DataFrame
        The columns of `published_series` (score, rank out of n, rank_in_region out of n_region …); `region`;
        `lower_quartile`, `median`, `upper_quartile`, `best` of the country and the same with `region_` before
        them; `from_median`, `from_region_median` (score less median); `quarter`, one of `QUARTERS`.

    Raises
    ------
    UnknownPlaceCode, UnknownName
        No such province; no such measure.

    Notes
    -----
    Ranks and medians count provinces with a result (60 to 63), never those without. `quarter` is computed
    from the scores; the partners publish groups that need not be the same where results were withheld.
    """
    own = published_series(province, measures)
    region = region_of(province)
    provinces = read_places().provinces
    published = read_published()
    published = published[published["measure"].isin(own["measure"].unique())]
    country = quartiles(published).drop(columns="n")
    near = quartiles(published, provinces.loc[provinces["region"] == region, "code"]).drop(columns="n")
    near = near.rename(columns={name: f"region_{name}" for name in (*QUARTILES, "best")})
    table = own.merge(country, on=["measure", "year"]).merge(near, on=["measure", "year"])
    table["from_median"] = (table["score"] - table["median"]).round(DECIMALS)
    table["from_region_median"] = (table["score"] - table["region_median"]).round(DECIMALS)
    reached = sum((table["score"] >= table[name]).astype(int) for name in QUARTILES)
    return table.assign(region=region, quarter=np.array(QUARTERS, dtype=object)[reached.to_numpy()])


def region_of(province: str) -> str:
    """The region of a province, such as "mekong-delta"."""
    places = read_places()
    places.province(province)
    return places.provinces.set_index("code").at[province, "region"]


def with_total_breaks(breaks: pd.DataFrame) -> pd.DataFrame:
    """The breaks, with one in the total for every year in which any measure has one.

    Parameters
    ----------
    breaks : DataFrame
        From `analysis.context.breaks.read_breaks`.

    Notes
    -----
    The total sums all dimensions, so a change of one of them is a change of the total, although a framework's
    rows need not repeat it.
    """
    total = read_total()["measure"]
    others = breaks[~breaks["year"].isin(breaks.loc[breaks["measure"] == total, "year"])]
    added = [
        {
            "measure": total,
            "year": year,
            "what_vi": f"Có thành phần thay đổi: {shown(rows['measure'])}",
            "what_en": f"Parts of it changed: {shown(rows['measure'])}",
            "source": shown(rows["source"].unique()),
        }
        for year, rows in others.groupby("year")
    ]
    return pd.concat([breaks, pd.DataFrame(added, columns=list(breaks.columns))], ignore_index=True).astype(
        {"year": int}
    )


def segments(series: pd.DataFrame, breaks: pd.DataFrame) -> pd.DataFrame:
    """A series with the number of the segment each row belongs to; a line may join rows of one segment only.

    Parameters
    ----------
    series : DataFrame
        Columns measure and year, and any others.
    breaks : DataFrame
        Columns measure and year: the first year of each new segment. See `with_total_breaks`.

    Returns
    -------
    DataFrame in order of measure and year, with column segment (int, from 1 in each measure).

    Examples
    --------
    >>> rows = pd.DataFrame({"measure": "D6", "year": [2019, 2020, 2021]})
    >>> segments(rows, pd.DataFrame({"measure": ["D6"], "year": [2021]}))["segment"].tolist()
    [1, 1, 2]
    """
    ordered = series.sort_values(["measure", "year"], kind="stable").reset_index(drop=True)
    starts = {measure: np.sort(rows["year"].to_numpy()) for measure, rows in breaks.groupby("measure")}
    passed = [
        int(np.searchsorted(starts.get(measure, np.empty(0, dtype=int)), year, side="right"))
        for measure, year in zip(ordered["measure"], ordered["year"], strict=True)
    ]
    ordered["segment"] = pd.Series(passed, dtype=int)
    ordered["segment"] = ordered.groupby("measure")["segment"].rank(method="dense").astype(int)
    return ordered


def yearly_changes(series: pd.DataFrame, breaks: pd.DataFrame) -> pd.DataFrame:
    """What changed since the year before it in the series, where the two can be compared.

    Parameters
    ----------
    series : DataFrame
        From `published_series` or `compare_provinces`.
    breaks : DataFrame

    Returns
    -------
    DataFrame with columns measure_kind, measure, year, before (the earlier year), change (points),
    places_gained (rank before less rank now), reason: "break" where both are empty because the measure
    changed. The first year of a series has no row.
    """
    cut = segments(series, breaks)
    last = cut.groupby("measure").shift()
    cut["before"] = last["year"].astype("Int64")
    same = cut["segment"] == last["segment"]
    cut["change"] = (cut["score"] - last["score"]).round(DECIMALS).where(same)
    cut["places_gained"] = (last["rank"] - cut["rank"]).where(same).astype("Int64")
    cut["reason"] = np.where(same, "", BROKEN)
    columns = ["measure_kind", "measure", "year", "before", "change", "places_gained", "reason"]
    return cut.loc[cut["before"].notna(), columns].reset_index(drop=True)


def change_between(
    series: pd.DataFrame, measure: str, year_a: int, year_b: int, breaks: pd.DataFrame
) -> float:
    """Points gained from one year to a later one.

    Raises
    ------
    UnknownName
        A break lies between the years, or the series has no result in one of them.
    """
    own = series[series["measure"] == measure].set_index("year")["score"]
    absent = [year for year in (year_a, year_b) if year not in own.index]
    if absent:
        raise UnknownName(
            f"{measure} has no published result in {shown(absent)}.",
            vi=f"{measure} không có kết quả công bố năm {shown(absent)}. Hãy chọn năm khác.",
            where="data/published/scores.csv",
            expected=shown(own.index),
            got=shown(absent),
        )
    if not same_series(measure, year_a, year_b, breaks):
        first, last = sorted((year_a, year_b))
        between = breaks[(breaks["measure"] == measure) & breaks["year"].between(first + 1, last)]
        raise UnknownName(
            f"{measure} of {year_a} and {year_b} cannot be compared: it changed in {shown(between['year'])}.",
            vi=f"Không so sánh được {measure} năm {year_a} với năm {year_b}: cách đo thay đổi năm "
            f"{shown(between['year'])}. Hãy chọn hai năm trong cùng một đoạn.",
            where="data/framework, breaks.csv",
            expected="two years with no break between them",
            got=f"{year_a}, {year_b}",
            hint="Take two years of one segment.",
        )
    return round(float(own[year_b] - own[year_a]), DECIMALS)


def compared_results(
    province: str, breaks: pd.DataFrame, measures: Iterable[str] | None = None
) -> pd.DataFrame:
    """The comparison as rows of the results table; scores and ranks are `published_results`.

    Parameters
    ----------
    province : str
    breaks : DataFrame
        See `with_total_breaks`.
    measures : iterable of str, optional

    Returns
    -------
    DataFrame with the columns of `estimates.results.COLUMNS`
        `survey_round` is "published-<year>". Of place_kind "country" (place "VN") and "region": `statistic`
        lower_quartile, median, upper_quartile, best. Of the province: "difference" with `compared_with`
        "country" or "region" (from the median), and "change", "places_gained" with `compared_with`
        "published-<year before>"; those across a break have no number, `quality` "not_estimated" and `note`
        "break".
    """
    table = compare_provinces(province, measures)
    about = table[["measure_kind", "measure", "year"]]
    region = region_of(province)
    rows = []
    for kind, place, before, n in (
        ("country", COUNTRY, "", "n"),
        ("region", region, "region_", "n_region"),
    ):
        for name in (*QUARTILES, "best"):
            part = about.assign(statistic=name, estimate=table[f"{before}{name}"], n=table[n])
            rows.append(part.assign(place_kind=kind, place=place))
        own = about.assign(statistic="difference", estimate=table[f"from_{before}median"], n=table[n])
        rows.append(own.assign(place_kind="province", place=province, compared_with=kind))
    changes = yearly_changes(table, breaks)
    about = changes[["measure_kind", "measure", "year"]].assign(
        place_kind="province",
        place=province,
        compared_with="published-" + changes["before"].astype(str),
        note=changes["reason"],
    )
    rows += [about.assign(statistic=name, estimate=changes[name]) for name in ("change", "places_gained")]
    out = pd.concat(rows, ignore_index=True)
    out["estimate"] = out["estimate"].astype(float)
    return arrange(
        out.assign(
            survey_round="published-" + out["year"].astype(str),
            group_kind="all",
            quality=np.where(out["estimate"].notna(), quality.PUBLISHED, quality.NOT_ESTIMATED),
            source=read_total()["source"],
        )
    )
