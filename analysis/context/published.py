"""Published PAPI scores of 63 provinces, 2011-2024 -> series, ranks and rows of the results table.

A dimension is the sum of its sub-dimensions and the total the sum of all of them, for provinces where
none is missing; ranks count only those provinces. Breaks are the years in which a measure changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.context.published_rows import (
    check_published,
    each_year,
    melt,
    read_scores,
    read_structure,
    read_total,
    with_structure,
)
from analysis.errors import BadRows, UnknownName, nearest, shown
from analysis.estimates import quality
from analysis.estimates.results import arrange
from analysis.places import read_places

__all__ = [
    "check_published",
    "published_results",
    "published_series",
    "rank_provinces",
    "read_published",
]

SERIES_COLUMNS = (
    "measure_kind", "measure", "year", "score", "minimum", "maximum", "rank", "n", "rank_in_region",
    "n_region",
)  # fmt: skip
#: Decimals of the published figures; sums are rounded to them, so that equal scores tie.
DECIMALS = 6


def read_published() -> pd.DataFrame:
    """Every published score, and the dimensions and totals that they add up to.

    Returns
    -------
    DataFrame with columns year (int), province (text code), measure_kind (sub_dimension, dimension,
    total), measure, score, minimum, maximum. A score that was not published has no row, nor has a
    dimension or total with a part missing.

    Raises
    ------
    BadRows
        The files of data/published are not there or not usable.
    """
    return _read(paths.rows_folder("published")).copy(deep=False)


@lru_cache(maxsize=4)
def _read(folder: Path) -> pd.DataFrame:
    structure = read_structure(folder)
    parts = with_structure(melt(read_scores(folder)), structure)
    unknown = parts["dimension"].isna()
    if unknown.any():
        cells = parts[unknown].drop_duplicates(["year", "measure"])
        raise BadRows(
            "Published scores stand in a year in which structure.csv has no such sub-dimension.",
            vi="Có điểm ở năm mà structure.csv không có nội dung thành phần đó. Hãy sửa một trong hai tệp.",
            where="data/published/scores.csv",
            expected="a row of structure.csv for every column and year with scores",
            got=shown(cells["year"].astype(str) + " " + cells["measure"]),
            hint="Add the row to structure.csv, or blank the scores.",
        )
    dimensions = _sums(parts, structure, "dimension", "dimension")
    code = read_total(folder)["measure"]
    total = _sums(parts.assign(total=code), structure.assign(total=code), "total", "total")
    return pd.concat([parts.drop(columns="dimension"), dimensions, total], ignore_index=True)


def _sums(parts: pd.DataFrame, structure: pd.DataFrame, by: str, kind: str) -> pd.DataFrame:
    """Sums over the sub-dimensions of `by`, where every one of the year's sub-dimensions has a score."""
    years = each_year(structure.assign(dimension=structure[by]))
    needed = years.groupby(["year", "dimension"]).size()
    groups = parts.groupby(["year", "province", by], as_index=False)
    sums = groups.agg(
        score=("score", "sum"), minimum=("minimum", "sum"), maximum=("maximum", "sum"), k=("score", "size")
    )
    complete = sums["k"].to_numpy() == needed.reindex(pd.MultiIndex.from_frame(sums[["year", by]])).to_numpy()
    sums = sums[complete].drop(columns="k").rename(columns={by: "measure"}).round(DECIMALS)
    sums.insert(2, "measure_kind", kind)
    return sums


def _ranked(published: pd.DataFrame) -> pd.DataFrame:
    """The rows with region, rank, n, rank_in_region and n_region; all provinces must be among them."""
    provinces = read_places().provinces.set_index("code")
    rows = published.assign(region=published["province"].map(provinces["region"]))
    for rank, n, by in (
        ("rank", "n", ["year", "measure"]),
        ("rank_in_region", "n_region", ["year", "measure", "region"]),
    ):
        scores = rows.groupby(by)["score"]
        rows[rank] = scores.rank(method="min", ascending=False).astype(int)
        rows[n] = scores.transform("size")
    return rows


def rank_provinces(published: pd.DataFrame, measure: str, year: int) -> pd.DataFrame:
    """Provinces from best to worst in one measure and year.

    Parameters
    ----------
    published : DataFrame
        From `read_published`.

    Returns
    -------
    DataFrame with columns province, score, rank, n, region, rank_in_region, n_region. 1 is the best;
    equal scores share the better rank; n counts the provinces with a score, not all 63.
    """
    rows = published[(published["measure"] == measure) & (published["year"] == year)]
    columns = ["province", "score", "rank", "n", "region", "rank_in_region", "n_region"]
    return _ranked(rows).sort_values(["rank", "province"])[columns].reset_index(drop=True)


def published_series(province: str, measures: Iterable[str] | None = None) -> pd.DataFrame:
    """One province's scores and ranks over the years.

    Parameters
    ----------
    province : str
        GSO code, such as "91".
    measures : iterable of str, optional
        All by default.

    Returns
    -------
    DataFrame with columns measure_kind, measure, year, score, minimum, maximum, rank, n,
    rank_in_region, n_region; no row for a year without a published result.

    Raises
    ------
    UnknownPlaceCode, UnknownName
        No such province; no such measure.
    """
    read_places().province(province)
    published = read_published()
    if measures is not None:
        published = published[published["measure"].isin(_known(list(measures), published))]
    rows = _ranked(published)
    own = rows[rows["province"] == province].sort_values(["measure", "year"])
    return own[list(SERIES_COLUMNS)].reset_index(drop=True)


def _known(measures: Sequence[str], published: pd.DataFrame) -> Sequence[str]:
    valid = sorted(published["measure"].unique())
    unknown = [measure for measure in measures if measure not in valid]
    if unknown:
        close = nearest(unknown[0], valid) or valid
        raise UnknownName(
            f'No scores are published under "{unknown[0]}".',
            vi=f'Không có điểm đã công bố với mã "{unknown[0]}". Các mã gần giống: {shown(close)}.',
            where="data/published/structure.csv",
            expected=f"the total ({read_total()['measure']}), a dimension or a sub-dimension",
            got=shown(unknown),
            hint=f"Use {shown(close)}.",
        )
    return measures


def published_results(province: str, measures: Iterable[str] | None = None) -> pd.DataFrame:
    """One province's published figures as rows of the results table.

    Returns
    -------
    DataFrame with the columns of `estimates.results.COLUMNS`. `survey_round` is "published-<year>";
    `statistic` is "score", "rank" (among the provinces with a score) or "rank_in_region", and for
    both ranks `n` is how many provinces were ranked.

    Notes
    -----
    A number stands here without se and bounds, against the rule of the survey's own rows: PAPI's
    public tables carry none, and one must not be invented. Such rows have quality "published", and
    never "good": how sure a published figure is cannot be told from it.
    """
    series = published_series(province, measures)
    shared = series.assign(
        survey_round="published-" + series["year"].astype(str),
        place_kind="province",
        place=province,
        group_kind="all",
        group="",
        quality=quality.PUBLISHED,
        source=read_total()["source"],
    )
    rows = [
        shared.assign(statistic=statistic, estimate=shared[value], n=shared[n] if n else pd.NA)
        for statistic, value, n in (
            ("score", "score", ""), ("rank", "rank", "n"), ("rank_in_region", "rank_in_region", "n_region"),
        )
    ]  # fmt: skip
    return arrange(rows)
