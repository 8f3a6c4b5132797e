"""A typed sheet -> the same, with rows that are filled but lack their code told from rows of no entry.

The intake takes a row for a title or a total where no required column holds anything. In sheets whose only
required column is the participant's code that would pass over an official whose code was forgotten.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.findings import Finding, findings_table
from analysis.intake.readers.workbooks_rows import is_total
from analysis.intake.schemas.schema_rows import heading_key
from analysis.intake.schemas.typed import Typed
from analysis.intake.schemas.typed_words import say_fault
from analysis.intake.table import RawTable
from training.records.sheets.kinds import Kind

#: A row with so many cells filled, besides its number in the list and its class, is about somebody.
_FILLED = 2
_NOT_COUNTED = ("order", "class_id", "note")


def say_nameless(raw: RawTable, kind: Kind, typed: Typed) -> Typed:
    """Put a stop at the code's cell in the place of the note that such a row is no entry.

    Parameters
    ----------
    raw : RawTable
    kind : Kind
    typed : Typed
        From `type_table`.
    """
    required = [name for name in kind.needs if kind.schema.column(name).required and name in typed.columns]
    found = typed.findings
    passed = found.index[found["code"] == "row_without_entry"]
    if len(required) != 1 or not len(passed):
        return typed
    name = required[0]
    counted = [heading for own, heading in typed.columns.items() if own not in (name, *_NOT_COUNTED)]
    positions = {int(row): at for at, row in enumerate(raw.rows)}
    rows = found.loc[passed, "row"].astype(int)
    nameless = [index for index, row in rows.items() if _is_filled(raw, positions[row], counted)]
    if not nameless:
        return typed
    vi, en = say_fault(kind.schema.column(name), "blank")
    heading = typed.columns[name]
    said = [
        Finding(
            "blank", en, vi, where=raw.address(positions[rows[index]], heading),
            **raw.place_of(positions[rows[index]], heading),
        )
        for index in nameless
    ]  # fmt: skip
    kept = found.drop(index=nameless)
    return replace(typed, findings=pd.concat([findings_table(said), kept], ignore_index=True))


def _is_filled(raw: RawTable, at: int, headings: list[str]) -> bool:
    """Whether a row holds enough to be about somebody, and does not repeat the headings or sum others up."""
    row = raw.cells.iloc[at]
    texts = [text for text in row if pd.notna(text) and text]
    if not texts or is_total(str(texts[0])):
        return False
    if all(heading_key(str(text)) == heading_key(name) for name, text in row.items() if pd.notna(text)):
        return False
    return int(np.sum([pd.notna(row[heading]) and row[heading] != "" for heading in headings])) >= _FILLED
