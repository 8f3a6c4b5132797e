"""data/directive/*.csv -> tables of text: the letter, its tasks, agencies, targets and what they bear on."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.errors import BadRows
from analysis.rows import read_rows

COLUMNS = {
    "letter": (
        "letter", "date", "title_vi", "title_en", "issued_by", "addressed_to", "framework",
        "province", "difficulties_vi", "difficulties_en", "source",
    ),
    "agencies": ("agency", "name_vi", "name_en", "kind", "level", "source"),
    "tasks": (
        "task", "number", "kind", "title_vi", "title_en", "brief_vi", "brief_en", "given_to", "lead",
        "supporting", "levels", "deadline_vi", "deadline_en", "where_vi", "where_en", "source",
    ),
    "targets": (
        "target", "task", "figure", "name_vi", "name_en", "comparison", "figure_value", "due", "level",
        "words_vi", "source", "note_vi", "note_en",
    ),
    "links": ("task", "kind", "code", "bearing", "why_vi", "why_en", "status", "source"),
    "measure_leads": ("kind", "code", "agency", "why_vi", "why_en", "source"),
    "explanations": ("explanation", "kind", "task", "measure", "text_vi", "text_en", "source"),
    "actions": ("action", "task", "figure", "when", "who", "text_vi", "text_en", "source"),
}  # fmt: skip
#: Cells that may be empty; every other cell holds something, or the row is at fault.
MAY_BE_EMPTY = {
    "letter": ("difficulties_vi", "difficulties_en"),
    "tasks": ("given_to", "lead", "supporting", "levels", "deadline_vi", "deadline_en"),
    "targets": ("due", "note_vi", "note_en"),
    "explanations": ("task", "measure"),
    "actions": ("figure",),
}
LEVELS = ("province", "district", "commune")
#: When an action is due, and the values that its sentence may name: whatever the figures say; the figure is
#: below 100 %, or below the letter's target; nobody sent it in; it is complete, or the target reached.
WHEN = {
    "always": set(),
    "below": {"rest", "names", "period"},
    "target": {"rest", "period"},
    "none": {"names", "period"},
    "done": {"period"},
}
#: Column -> what may stand in it.
ALLOWED = {
    "agencies": {"kind": ("committee", "heads", "department", "media", "others"), "level": LEVELS},
    "tasks": {"kind": ("general", "heading", "agency")},
    "targets": {"comparison": ("at_least", "above"), "level": LEVELS},
    "links": {
        "kind": ("papi", "parindex"),
        "bearing": ("direct", "enabling", "named"),
        "status": ("letter", "ours"),
    },
    "measure_leads": {"kind": ("papi", "parindex")},
    "explanations": {"kind": ("named_measure", "uncovered_measure", "uncovered_task", "limit")},
    "actions": {"when": tuple(WHEN)},
}
#: What tells one row from another.
KEYS = {
    "letter": ["letter"], "agencies": ["agency"], "tasks": ["task"], "targets": ["target"],
    "links": ["task", "kind", "code"], "measure_leads": ["kind", "code"], "explanations": ["explanation"],
    "actions": ["action"],
}  # fmt: skip


def directive_folder() -> Path:
    """Where the rows lie: the data folder's own, else the checkout's."""
    return paths.rows_folder("directive")


def read_directive_rows(folder: Path | None = None) -> dict[str, pd.DataFrame]:
    """The tables by the name of their file, as text.

    Raises
    ------
    BadRows
        A file is not there or not usable, or letter.csv does not hold one row.
    """
    folder = folder or directive_folder()
    tables = {name: read_rows(folder / f"{name}.csv", columns) for name, columns in COLUMNS.items()}
    if len(tables["letter"]) != 1:
        where = paths.short(folder / "letter.csv")
        raise BadRows(
            "The file of the letter does not hold one row.",
            vi=f"Tệp {where} phải có đúng một dòng (một công văn). Hãy sửa rồi chạy lại.",
            where=where,
            expected="one row, one letter",
            got=f"{len(tables['letter'])} rows",
            hint="data/directive/README.md says what it holds.",
        )
    return tables
