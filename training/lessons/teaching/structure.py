"""data/published/structure.csv -> PAPI's dimensions and sub-dimensions of a year, and their maxima."""

from __future__ import annotations

import pandas as pd

from analysis.briefing.blocks import Column, Table
from analysis.briefing.numbers import say_count, say_number
from analysis.briefing.pack import RoundPage
from analysis.briefing.tables import table
from analysis.context.published_rows import each_year, read_structure
from training.lessons.teaching.words import say


def sub_dimensions(year: int) -> pd.DataFrame:
    """The sub-dimensions of a year.

    Returns
    -------
    DataFrame with columns sub_dimension, dimension, name_vi, name_en, minimum, maximum.
    """
    rows = read_structure()
    inside = (rows["year_from"] <= year) & (rows["year_to"] >= year)
    columns = ["sub_dimension", "dimension", "name_vi", "name_en", "minimum", "maximum"]
    return rows.loc[inside, columns].reset_index(drop=True)


def structure_years() -> list[int]:
    """The years whose structure is known."""
    return sorted(each_year(read_structure())["year"].unique().tolist())


def dimension_table(page: RoundPage, year: int) -> Table:
    """A row a dimension: its name, its sub-dimensions and the highest score of each."""
    rows, language = sub_dimensions(year), page.language
    cells = []
    for dimension, own in rows.groupby("dimension"):
        parts = "; ".join(own[f"name_{language}"])
        most = say_number(own["maximum"].iloc[0], "score", language)
        cells.append(
            [f"{dimension[1:]}. {page.name_of(dimension)}", parts, say_count(len(own), language), most]
        )
    head = [Column(page.say("col_dimension")), Column(say("col_parts", language))]
    head += [Column(say(f"col_{name}", language), numeric=True) for name in ("count", "highest")]
    note = say("structure_note", language, source=read_structure()["source"].iloc[0])
    return table(say("caption_structure", language, in_year=str(year)), head, cells, [note])
