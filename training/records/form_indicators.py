"""data/training/form_indicators.csv -> what a form asks, by rule, object and criterion; checked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.errors import shown
from analysis.findings import Finding, bad_row, findings_table, stop_on
from analysis.rows import read_rows
from training.records.records import COLUMNS, arrange_table

#: What may be evaluated, in the order of the Circular's Articles 5 to 10.
OBJECTS = ("programme", "learners", "lecturers", "facilities", "course", "effectiveness")
RESPONDENTS = ("learner", "lecturer", "manager")
STATUS = ("known", "assumed")
_FILE = "data/training/form_indicators.csv"


def read_form_indicators() -> pd.DataFrame:
    """The indicators of all rules, the table `form_indicators` of `Records`.

    Raises
    ------
    BadRows
        A row breaks a rule of `check_form_indicators`.
    """
    return _read(paths.rows_file("training", "form_indicators.csv"))


@cache
def _read(path: Path) -> pd.DataFrame:
    rows = read_rows(path, list(COLUMNS["form_indicators"]))
    stop_on(check_form_indicators(rows))
    return arrange_table("form_indicators", rows.assign(weight=rows["weight"].astype(float)))


def check_form_indicators(rows: pd.DataFrame) -> pd.DataFrame:
    """Find rows that break their rules.

    Parameters
    ----------
    rows : DataFrame of str
        The file as it stands.

    Returns
    -------
    DataFrame of findings
        A code twice (also in two rules: a form's heading is the code alone), an unknown object, respondent or
        status, a weight that is no positive number, an empty text, a criterion in two objects, a rule without
        one of the six objects.
    """
    found = [*_whole(rows)]
    for at, row in enumerate(rows.to_dict("records"), 2):
        found += [bad_row(f"{_FILE} row {at} ({row['indicator']})", *fault) for fault in _faults(row)]
    return findings_table(found)


def _faults(row: dict[str, str]) -> Iterator[tuple[str, str, str, str]]:
    empty = [name for name in COLUMNS["form_indicators"] if not row[name]]
    if empty:
        yield "cells are empty", "every cell filled", shown(empty), "Fill them in."
    for column, known in (("object", OBJECTS), ("status", STATUS)):
        if row[column] not in known:
            yield f"{column} is unknown", ", ".join(known), row[column] or "(empty)", f"Mend {column}."
    strangers = [one for one in row["respondents"].split() if one not in RESPONDENTS]
    if strangers:
        yield "a respondent is unknown", ", ".join(RESPONDENTS), shown(strangers), "Mend respondents."
    if pd.isna(weight := pd.to_numeric(row["weight"], errors="coerce")) or weight <= 0:
        yield "the weight is no positive number", "a number such as 1", row["weight"] or "(empty)", "Mend it."


def _whole(rows: pd.DataFrame) -> Iterator[Finding]:
    again = rows.loc[rows["indicator"].duplicated(), "indicator"]
    if len(again):
        yield bad_row(_FILE, "an indicator's code stands twice", "each once", shown(again), "Mend the codes.")
    owners = rows.groupby("criterion")["object"].nunique()
    if (owners > 1).any():
        split = shown(owners.index[owners > 1])
        yield bad_row(_FILE, "a criterion is in two objects", "one object a criterion", split, "Mend it.")
    for rule, own in rows.groupby("rule", sort=False):
        lacking = [name for name in OBJECTS if name not in set(own["object"])]
        if lacking:
            yield bad_row(
                _FILE, f"rule {rule} lacks objects", ", ".join(OBJECTS), shown(lacking), "Add rows."
            )
