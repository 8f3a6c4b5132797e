"""data/administrative/figures.csv -> what each figure counts, of what, and which task it follows."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.context.directive_rows import LEVELS
from analysis.findings import bad_row, findings_table
from analysis.rows import read_rows

COLUMNS = (
    "figure", "name_vi", "name_en", "short_vi", "short_en",
    "numerator_vi", "numerator_en", "denominator_vi", "denominator_en",
    "counts", "timing", "levels", "direction", "task", "source",
)  # fmt: skip
#: Column -> what may stand in it. `people`: one counted unit stands for a person, so small counts are hidden.
ALLOWED = {
    "counts": ("procedures", "files", "communes", "tasks", "people"),
    "timing": ("at_end", "within"),
    "direction": ("higher", "lower"),
}


def read_figures(folder: Path | None = None) -> pd.DataFrame:
    """The declared figures, as text with the columns of `COLUMNS`.

    Raises
    ------
    BadRows
        The file is not there or not usable.
    """
    return read_rows((folder or paths.rows_folder("administrative")) / "figures.csv", COLUMNS)


def levels_of(figure: pd.Series | dict[str, str]) -> list[str]:
    """The levels that give the figure, of `directive_rows.LEVELS`."""
    return figure["levels"].split()


def check_figures(figures: pd.DataFrame, tasks: Collection[str]) -> pd.DataFrame:
    """Find declared figures that break their rules.

    Parameters
    ----------
    figures : DataFrame
        From `read_figures`.
    tasks : collection of str
        Codes of the letter's tasks.

    Returns
    -------
    DataFrame of findings: empty cells, words not allowed, repeated figures, unknown tasks, and a figure that
    communes give while others give it too (a district's is then the sum of its communes').
    """
    found = []
    for row in figures.to_dict("records"):
        levels = row["levels"].split()
        faults = [(f"{name} is empty", "text", "(empty)") for name in COLUMNS if not row[name]]
        for name, allowed in ALLOWED.items():
            if row[name] not in allowed:
                faults.append((f"{name} is unknown", ", ".join(allowed), row[name]))
        if not set(levels) <= set(LEVELS) or ("commune" in levels and len(levels) > 1):
            faults.append(("levels", "commune alone, or province and district", row["levels"]))
        if row["task"] not in tasks:
            faults.append(("the task is unknown", "a task of data/directive/tasks.csv", row["task"]))
        where = f"data/administrative/figures.csv, {row['figure']}"
        found += [
            bad_row(where, *fault, "Mend the row; the README there says what it holds.") for fault in faults
        ]
    for figure in figures.loc[figures["figure"].duplicated(), "figure"]:
        where = f"data/administrative/figures.csv, {figure}"
        found.append(bad_row(where, "the figure stands twice", "each once", figure, "Delete one."))
    return findings_table(found)
