"""Marks that a file writes in blank cells (R's "NA") -> blanks, as declared, and how many there were."""

from __future__ import annotations

import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding, findings_table
from analysis.rounds import Round


def read_blanks(table: pd.DataFrame, survey_round: Round) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Empty the cells of text that hold a mark of the round's [file_format] blanks.

    Parameters
    ----------
    table : DataFrame
    survey_round : Round

    Returns
    -------
    tuple of DataFrame and DataFrame
        The table; columns of numbers stay as they are. Findings: one note with the columns and counts.
    """
    marks = set(survey_round.file_format.blanks)
    if not marks:
        return table, findings_table([])
    changed, counts = {}, {}
    for name in table.columns:
        if pd.api.types.is_numeric_dtype(table[name]) or pd.api.types.is_datetime64_any_dtype(table[name]):
            continue
        held = table[name].isin(
            [value for value in table[name].dropna().unique() if str(value).strip() in marks]
        )
        if held.any():
            changed[name], counts[str(name)] = table[name].mask(held), int(held.sum())
    if not counts:
        return table, findings_table([])
    listed = shown(f"{name} ({count})" for name, count in counts.items())
    signs = ", ".join(f'"{mark}"' for mark in sorted(marks))
    note = Finding(
        "blanks_read",
        f"{sum(counts.values())} cells of {len(counts)} columns hold {signs} and were read as blank: "
        f"{listed}.",
        f"{sum(counts.values())} ô ở {len(counts)} cột ghi {signs}, được coi là ô trống: {listed}.",
        where=f"{survey_round.shown_settings}, [file_format] blanks",
        expected="marks that mean nothing stands there",
        got=f"{sum(counts.values())} cells",
        hint="Nothing to do, unless a mark is an answer: then take it out of blanks.",
        kind="note",
    )
    return table.assign(**changed), findings_table([note])
