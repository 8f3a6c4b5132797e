"""data/places/tiles.csv -> where each district's square stands on the tile map; no borders to get wrong."""

from __future__ import annotations

import pandas as pd

from analysis.findings import bad_row, findings_table, stop_on
from analysis.places.rows import places_folder
from analysis.rows import read_rows

COLUMNS = ("district", "column", "row", "source")


def read_tiles(folder: str = "") -> pd.DataFrame:
    """The squares of a places folder.

    Parameters
    ----------
    folder : str, optional
        A survey's own folder of data/places; the default's otherwise.

    Returns
    -------
    DataFrame indexed by district with columns column, row (int from 1, the first column in the west and the
    first row in the north) and source; no rows where the folder has no such file.

    Raises
    ------
    BadRows
        A square is no whole number from 1, or two districts share one.
    """
    path = places_folder(folder) / "tiles.csv"
    if not path.is_file():
        return pd.DataFrame(columns=list(COLUMNS)).astype({"column": int, "row": int}).set_index("district")
    table = read_rows(path, COLUMNS)
    stop_on(check_tiles(table))
    return table.astype({"column": int, "row": int}).set_index("district")


def check_tiles(table: pd.DataFrame) -> pd.DataFrame:
    """Find squares that are no whole numbers, that two districts share, and districts that stand twice.

    Parameters
    ----------
    table : DataFrame of text, columns `COLUMNS`

    Returns
    -------
    DataFrame of findings, all of kind stop.
    """
    hint = "Mend the row of tiles.csv."
    found = []
    whole = table[["column", "row"]].apply(lambda cells: cells.str.fullmatch(r"[1-9]\d?")).all(axis=1)
    for at, bad, what in (
        (table["district"], ~whole, "a square is no whole number from 1"),
        (table["district"], table.duplicated(["column", "row"], keep=False), "two districts share a square"),
        (table["district"], table["district"].duplicated(keep=False), "a district stands twice"),
    ):
        for code in at[bad]:
            found.append(bad_row(f"data/places/tiles.csv, {code}", what, "one square a district", code, hint))
    return findings_table(found)
