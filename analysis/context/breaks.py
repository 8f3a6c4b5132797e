"""data/framework/<name>/breaks.csv -> the years from which a measure's figures stand apart from before."""

from __future__ import annotations

import pandas as pd

from analysis import paths
from analysis.errors import BadRows
from analysis.rows import read_rows

BREAK_COLUMNS = ("measure", "year", "what_vi", "what_en", "source")


def read_breaks(framework: str) -> pd.DataFrame:
    """Breaks in the series of one framework's measures.

    Returns
    -------
    DataFrame with columns measure, year (int; the first of the new series), what_vi, what_en, source;
    empty where the framework has no such file.

    Raises
    ------
    BadRows
        The file is not usable.
    """
    path = paths.rows_folder("framework", framework) / "breaks.csv"
    if not path.exists():
        return pd.DataFrame(columns=list(BREAK_COLUMNS), dtype="str").astype({"year": int})
    rows = read_rows(path, BREAK_COLUMNS)
    try:
        return rows.astype({"year": int})
    except ValueError as fault:
        raise BadRows(
            "A break's year is not a year.",
            vi=f"Tệp {paths.short(path)} có năm không phải là số. Hãy sửa rồi chạy lại.",
            where=paths.short(path),
            expected="a year such as 2021 in the column year",
            got=str(fault),
            hint="Mend the cell.",
        ) from fault


def same_series(measure: str, year_a: int, year_b: int, breaks: pd.DataFrame) -> bool:
    """Whether two years' scores of a measure can be compared: no break lies between them."""
    first, last = sorted((year_a, year_b))
    years = breaks.loc[breaks["measure"] == measure, "year"]
    return not bool(((years > first) & (years <= last)).any())
