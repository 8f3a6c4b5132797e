"""The rows behind an annex -> what each of its columns, and each word in them, means."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.batch.formats.results_rows import ANNEX_COLUMNS
from analysis.briefing.district.groups import group_label
from analysis.briefing.pack import RoundPage
from analysis.briefing.wording import first_upper

#: Columns whose values are words of ours; the wording row `<prefix>_<value>` says what a value means.
WORDS = {
    "place_kind": "place_kind",
    "measure_kind": "measure_kind",
    "statistic": "statistic",
    "quality": "quality",
    "unit": "unit_is",
}


def explain(page: RoundPage, rows: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Column, value ("" of the column itself) and meaning, in the page's language.

    Parameters
    ----------
    rows : DataFrame from `annex_rows`

    Notes
    -----
    Only values that the rows hold. One without a wording row of its own stands with an empty meaning.
    """
    for column in ANNEX_COLUMNS:
        yield column, "", page.say(f"column_{column}")
        if column in WORDS:
            for value in rows[column].unique():
                key = f"{WORDS[column]}_{value}"
                yield column, value, page.say(key) if key in page.words else ""
    for kind, group in rows[["group_kind", "group"]].drop_duplicates().itertuples(index=False):
        if group:
            label = f"{first_upper(group_label(page, kind))}: {group_label(page, kind, group)}"
            yield "group", f"{kind} / {group}", label
