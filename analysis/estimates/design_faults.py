"""A table's design columns -> refusals of what cannot be estimated, each with its column and rows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.errors import BadDesign, LonePsu, MissingColumn, nearest, shown


def need_columns(table: pd.DataFrame, columns: list[str]) -> None:
    """Refuse names that the table does not have."""
    absent = [column for column in columns if column not in table.columns]
    if absent:
        close = nearest(absent[0], table.columns)
        raise MissingColumn(
            "A design column is not in the table.",
            vi=f"Bảng thiếu cột thiết kế mẫu {shown(absent)}; hãy kiểm tra tên cột.",
            expected=shown(absent),
            got=f"nearest: {shown(close)}" if close else "no column with a like name",
            hint="Correct the name.",
        )


def refuse_gaps(columns: pd.DataFrame, weight: np.ndarray) -> None:
    """Refuse rows without stratum, unit or weight."""
    gaps = columns.isna().any(axis=1).to_numpy()
    bad_weight = ~(np.isfinite(weight) & (weight >= 0))
    for mask, what, expected in (
        (gaps, "a stratum or PSU is empty", "a stratum and a PSU in every row"),
        (bad_weight, "a weight is below 0 or no number", "weights of 0 or more"),
    ):
        if mask.any():
            rows = np.flatnonzero(mask) + 1
            raise bad_columns(what, f"rows {shown(rows)}", expected, f"{len(rows)} such rows")


def refuse_shared(units: pd.Series, stratum: np.ndarray, column: str) -> None:
    """Refuse a PSU code that stands in two strata."""
    strata = pd.Series(stratum).groupby(units.to_numpy()).nunique()
    shared = strata.index[strata > 1]
    if len(shared):
        raise bad_columns(
            "a PSU code stands in more than one stratum", f"{column} {shown(shared)}",
            "codes of their own in each stratum, or nest=True", f"{len(shared)} such codes",
        )  # fmt: skip


def bad_columns(what: str, where: str, expected: str, got: str) -> BadDesign:
    """The error for design columns that contradict themselves or each other."""
    return BadDesign(
        f"The design columns cannot be used: {what}.",
        vi="Cột thiết kế mẫu (tầng, PSU, trọng số, quy mô) có ô trống hoặc sai; hãy kiểm tra tệp dữ liệu.",
        where=where,
        expected=expected,
        got=got,
        hint="Mend the columns, or the names given for them.",
    )


def stop_lone(names: np.ndarray) -> None:
    """Refuse strata with one unit, by the policy "stop"."""
    raise LonePsu(
        "A stratum has one PSU, so its variance cannot be estimated.",
        vi="Có tầng chỉ có một PSU nên không tính được sai số; hãy chọn cách xử lý trong tệp cấu hình.",
        where=f"stratum {shown(names)}",
        expected="at least two PSUs in each stratum",
        got=f"{len(names)} strata with one",
        hint="Merge the stratum with a neighbour, or set design.lone_psu to adjust, average, "
        "certainty or remove.",
    )
