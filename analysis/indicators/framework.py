"""data/framework/<name>/ + a survey year -> one frozen `Framework`: what is measured and how it is scored.

The rows say which sub-dimensions exist in which years, what their indicators are and what each
weighs. Another framework is another folder, not another program.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis import paths
from analysis.errors import BadRows, UnknownName, shown
from analysis.indicators.framework_checks import check_framework_rows
from analysis.indicators.framework_rows import (
    COLUMNS,
    NUMBER_COLUMNS,
    FrameworkRows,
    needs_no_number,
    number,
    read_framework_rows,
    valid_in,
)
from analysis.indicators.framework_settings import FrameworkSettings
from analysis.respondents.codebook import Codebook


@dataclass(frozen=True)
class Framework:
    """The rows valid in one year; minimum, maximum and weights are floats.

    `variables` and `codes` of an indicator are still text, separated by blanks. `rows` keeps the rows
    of all years, for the checks.
    """

    name: str
    year: int
    dimensions: pd.DataFrame
    sub_dimensions: pd.DataFrame
    indicators: pd.DataFrame
    rows: FrameworkRows

    @property
    def settings(self) -> FrameworkSettings:
        """The framework's total, and whether published figures belong to it."""
        return self.rows.settings


def read_framework(name: str, year: int) -> Framework:
    """The framework as it stands in one survey year.

    Raises
    ------
    BadRows
        When a file is absent, or a number or year in a valid row cannot be read.
    UnknownName
        When no indicator is valid in that year.
    """
    rows = read_framework_rows(name)
    tables = {table: _typed(valid_in(getattr(rows, table), year), name, table) for table in COLUMNS}
    if tables["indicators"].empty:
        first = shown(sorted(set(rows.indicators["valid_from"])))
        raise UnknownName(
            f"The framework {name} has no indicators valid in {year}.",
            vi=f"Khung chỉ số {name} không có chỉ tiêu nào áp dụng cho năm {year}.",
            where=paths.shown_rows("framework", name, "indicators.csv"),
            expected=f"a year covered by valid_from and valid_to (first years: {first})",
            got=str(year),
            hint="Mend `year` in the round's settings, or add rows for that year.",
        )
    return Framework(name, year, rows=rows, **tables)


def check_framework(framework: Framework, codebook: Codebook) -> pd.DataFrame:
    """Findings about the framework's rows of all years, not only the year that was read."""
    return check_framework_rows(framework.rows, codebook)


def _number(row: dict[str, str], column: str) -> float:
    """A cell as a number; an indicator that stands alone has no weight."""
    return float("nan") if needs_no_number(row, column) else number(row[column])


def _typed(rows: pd.DataFrame, name: str, table: str) -> pd.DataFrame:
    rows = rows.copy()
    for column in NUMBER_COLUMNS:
        if column in rows:
            try:
                rows[column] = [_number(row, column) for row in rows.to_dict("records")]
            except (ValueError, ZeroDivisionError) as fault:
                where = paths.shown_rows("framework", name, f"{table}.csv")
                raise BadRows(
                    f"Column {column} of {where} holds something that is no number.",
                    vi=f"Cột {column} của {where} có giá trị không phải số. Hãy sửa lại.",
                    where=where,
                    expected="a number such as 0.25 or 10/3",
                    got=str(fault),
                    hint="Mend the cell and run again.",
                ) from fault
    return rows
