"""data/training/thresholds.csv -> the thresholds as one frozen object: what is shown, flagged or refused."""

from __future__ import annotations

from dataclasses import dataclass, fields

import pandas as pd

from analysis.errors import BadRows, shown
from training.rules.rows import read_training_rows


@dataclass(frozen=True)
class Thresholds:
    """Each row of data/training/thresholds.csv says what its number means and where it comes from."""

    group_least: int
    protection_width: int
    caution_below: int
    lecturer_classes_least: int
    lecturer_forms_least: int
    rasch_takers_least: int
    mixed_classes_least: int
    robust_classes_least: int
    extreme_share: float
    option_unused: float
    item_takers_least: int
    item_easy: float
    item_hard: float
    tail_share: float
    teach_again_mark: float
    top_two_from: int
    follow_up_months_least: int
    follow_up_months_most: int
    significance: float


def read_thresholds(rows: pd.DataFrame | None = None) -> Thresholds:
    """The thresholds of data/training.

    Parameters
    ----------
    rows : DataFrame, optional
        As `read_training_rows("thresholds")` gives them.

    Raises
    ------
    BadRows
        A threshold is missing, stands twice, is unknown or empty; or a count is no whole number.
    """
    rows = read_training_rows("thresholds") if rows is None else rows
    wanted = {field.name: field.type for field in fields(Thresholds)}
    names = rows["threshold"].tolist()
    wrong = sorted(set(wanted) ^ set(names)) + sorted({name for name in names if names.count(name) > 1})
    values = dict(zip(names, rows["value"], strict=True))
    wrong += [name for name, value in values.items() if name in wanted and not _fits(value, wanted[name])]
    if wrong:
        raise BadRows(
            "The training thresholds are unusable: rows are missing, repeated, unknown or out of range.",
            vi="Tệp data/training/thresholds.csv thiếu, lặp, thừa ngưỡng hoặc có giá trị sai. Hãy sửa lại.",
            where="data/training/thresholds.csv",
            expected=f"each of {len(wanted)} thresholds once; counts whole and positive, shares from 0 to 1",
            got=shown(wrong),
            hint="Mend these rows.",
        )
    return Thresholds(**{name: int(values[name]) if kind == "int" else values[name]
                         for name, kind in wanted.items()})  # fmt: skip


def _fits(value: float, kind: str) -> bool:
    return bool(value > 0 and value == int(value)) if kind == "int" else bool(0 < value < 1)
