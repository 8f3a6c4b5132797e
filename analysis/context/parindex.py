"""Published figures of the reform index (PARINDEX) -> rows of the results table.

`parindex_rows` reads data/parindex, `parindex_checks` checks it, `parindex_sheet` reads a scoring sheet and
`parindex_points` says where its points were lost.
"""

from __future__ import annotations

import pandas as pd

from analysis.context.parindex_rows import read_parindex
from analysis.estimates import quality
from analysis.estimates.results import arrange
from analysis.places import read_places

#: Measure and kind of a district's own index, which each province makes for its districts.
DISTRICT_INDEX = "district_par_index"
KIND = "parindex"


def parindex_results(province: str) -> pd.DataFrame:
    """A province's published figures of the index, and its districts' classes, as rows of the results table.

    Parameters
    ----------
    province : str
        GSO code, such as "91".

    Returns
    -------
    DataFrame with the columns of `estimates.results.COLUMNS`
        `survey_round` is "parindex-<year>", `measure_kind` "parindex", `quality` "published". Of the
        province: `statistic` "rank", "rank_in_region" (n: how many were ranked) or "score". Of its districts:
        measure "district_par_index" with `statistic` "class" (estimate 1 to 4, 4 the best; `note` is the
        class) and, where it was published, "score". A figure that was not found has no row; `read_parindex`
        ("published") names them.

    Raises
    ------
    UnknownPlaceCode
        No such province.
    """
    places = read_places()
    places.province(province)
    published = read_parindex("published")
    own = published[(published["province"] == province) & published["value"].notna()]
    rows = [
        own.assign(
            place_kind="province", place=province, measure=own["index"], estimate=own["value"],
            note="",
        )
    ]  # fmt: skip
    classes = read_parindex("district_classes")
    classes = classes[classes["district"].isin(places.districts_of(province))]
    step = read_parindex("classes").set_index("class")["step"]
    shared = classes.assign(place_kind="district", place=classes["district"], measure=DISTRICT_INDEX)
    rows.append(shared.assign(statistic="class", estimate=classes["class"].map(step), note=classes["class"]))
    scored = shared[shared["score"].notna()]
    rows.append(scored.assign(statistic="score", estimate=scored["score"], note=""))
    table = [
        part.assign(
            survey_round="parindex-" + part["year"].astype(str), group_kind="all", group="",
            measure_kind=KIND, quality=quality.PUBLISHED,
        )
        for part in rows
    ]  # fmt: skip
    return arrange(table)


def not_found(province: str) -> pd.DataFrame:
    """Published figures of a province that were looked for and not found: year, index, statistic, note."""
    published = read_parindex("published")
    gaps = (published["province"] == province) & published["value"].isna()
    return published.loc[gaps, ["year", "index", "statistic", "note"]].reset_index(drop=True)
