"""data/training/*.csv -> the rows of rules, classes, quotas, thresholds and reading guides, typed."""

from __future__ import annotations

import pandas as pd

from analysis import paths
from analysis.errors import BadRows
from analysis.rows import read_rows

#: Read in a source, or assumed (background knowledge, or a convention of ours).
STATUS = ("known", "assumed")

COLUMNS = {
    "certificate_rules": (
        "rule", "name_vi", "name_en", "valid_from", "valid_to", "dates_status", "pass_share", "attendance",
        "conduct", "status", "source", "note",
    ),
    "evaluation_rules": (
        "rule", "name_vi", "name_en", "valid_from", "valid_to", "dates_status", "score_low", "score_high",
        "unanswered_share", "forms_status", "index_maximum", "weights", "index_status", "source", "note",
    ),
    "evaluation_classes": (
        "rule", "class", "step", "low", "high", "name_vi", "name_en", "bounds_status", "names_status",
        "source",
    ),
    "quotas": (
        "rule", "quota", "articles", "objects", "kind", "minimum", "courses", "name_vi", "name_en", "status",
        "source", "note",
    ),
    "thresholds": ("threshold", "value", "what_vi", "what_en", "status", "source"),
    "moodle_guides": ("statistic", "low", "high", "reading_vi", "reading_en", "source"),
    "vocabulary": (
        "measure_kind", "measure", "statistic", "unit", "direction", "interval", "name_vi", "name_en",
    ),
    "states": ("state", "used", "vi", "en"),
}  # fmt: skip
NUMBERS = (
    "pass_share", "score_low", "score_high", "unanswered_share", "index_maximum", "step", "low", "high",
    "minimum", "value",
)  # fmt: skip


def read_training_rows(name: str) -> pd.DataFrame:
    """One file of data/training.

    Parameters
    ----------
    name : str
        A key of `COLUMNS`.

    Returns
    -------
    DataFrame
        Text, but for the columns of `NUMBERS` (float, NaN where empty); dates stay text ("2018-03-01",
        "" for open).

    Raises
    ------
    BadRows
        The file is not there or not usable, or a number is none.

    Examples
    --------
    >>> read_training_rows("evaluation_classes").query("rule == '10/2017'")["high"].tolist()
    [2.0, 4.0, 6.0, 8.0, 10.0]
    """
    path = paths.rows_folder("training") / f"{name}.csv"
    rows = read_rows(path, COLUMNS[name])
    for column in (column for column in COLUMNS[name] if column in NUMBERS):
        try:
            rows[column] = pd.to_numeric(rows[column].replace("", None)).astype(float)
        except (ValueError, TypeError) as fault:
            raise BadRows(
                "A value of the training rules is not a number.",
                vi=f"Tệp {paths.short(path)} có ô không phải là số. Hãy sửa rồi chạy lại.",
                where=f"{paths.short(path)}, {column}",
                expected="numbers with a decimal point",
                got=str(fault),
                hint="Mend the cell.",
            ) from fault
    return rows
