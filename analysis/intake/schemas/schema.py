"""data/schemas/<name>.csv -> a declared schema: which columns a list has, what each may hold, what is kept.

A list typed by hand is first read as text; only what a schema declares is typed, and only what it says
to keep is kept. A heading is matched by any of its declared spellings, exactly or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.errors import MissingFile, shown
from analysis.findings import stop_on
from analysis.intake.schemas.schema_rows import COLUMNS, check_rows, pairs, parts
from analysis.places import fold
from analysis.rows import read_rows


@dataclass(frozen=True)
class Column:
    """One declared column.

    Attributes
    ----------
    name : str
        Its name once read; also accepted as a heading.
    label_vi, label_en : str
        What messages call it.
    headings : tuple of str
        Headings under which it may stand in a file.
    type : str
        One of `schema_rows.TYPES`.
    required : bool
        A file without the column stops; an empty cell is a bad cell.
    low, high : str
        Bounds, both allowed: a number, or an ISO date for type `date`; empty for none.
    codes : dict of str to str
        What may be typed -> the code it stands for.
    date_forms : tuple of str
        Which of `analysis.intake.letters.dates.FORMS` are read.
    decimal : {"auto", "comma", "point"}
    absent_marks : dict of str to str
        A mark such as "v" -> what it means, such as "absent"; the cell has no value then.
    on_bad : {"stop", "left_out", "note"}
        What a bad cell does: stops, leaves its row out, or counts as empty.
    personal : bool
        Its values are never shown.
    keep : {"yes", "drop", "hash"}
        What is kept of it on loading.
    unique : bool
        No value twice.
    """

    name: str
    label_vi: str
    label_en: str
    headings: tuple[str, ...]
    type: str
    required: bool
    low: str
    high: str
    codes: dict[str, str]
    date_forms: tuple[str, ...]
    decimal: str
    absent_marks: dict[str, str]
    on_bad: str
    personal: bool
    keep: str
    unique: bool

    @property
    def known_values(self) -> frozenset[str]:
        """What may be typed by the declared codes and absent marks, folded."""
        return frozenset(fold(value) for value in (*self.codes, *self.codes.values(), *self.absent_marks))


@dataclass(frozen=True)
class Schema:
    """The declared columns of one kind of list, in order."""

    name: str
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """The column of this name; KeyError where the schema has none."""
        return {column.name: column for column in self.columns}[name]

    @property
    def known_values(self) -> frozenset[str]:
        """What may be typed by the codes and absent marks of all columns, folded."""
        return frozenset(value for column in self.columns for value in column.known_values)

    def first(self, type_: str) -> Column | None:
        """The first column of a type, None where the schema has none."""
        return next((column for column in self.columns if column.type == type_), None)


def schema_path(name: str) -> Path:
    """Where the rows of a schema lie."""
    return paths.rows_file("schemas", f"{name}.csv")


def schema_names() -> list[str]:
    """Names of the schemas that are there, in order."""
    return list(paths.rows_files("schemas", "*.csv"))


def read_schema(name: str) -> Schema:
    """Read and check a schema.

    Parameters
    ----------
    name : str
        Such as "class_list": the file's name without ".csv".

    Raises
    ------
    MissingFile
        There is no such schema; those that are there are named.
    BadRows
        A row breaks the rules of `check_schema`.

    Examples
    --------
    >>> read_schema("class_list").column("pre_score").high
    '10'
    """
    rows = _read(name)
    stop_on(check_rows(rows, _where(name)))
    return Schema(name, tuple(_column(row) for row in rows.to_dict("records")))


def check_schema(name: str) -> pd.DataFrame:
    """Find rows of a schema that break their rules.

    Returns
    -------
    DataFrame of findings: unknown types and settings, a heading that fits two columns, codes that cannot
    be read, bounds the wrong way round, personal values that would be kept, no label, no source.
    """
    return check_rows(_read(name), _where(name))


def _read(name: str) -> pd.DataFrame:
    if name not in schema_names():
        raise MissingFile(
            f'There is no schema "{name}".',
            vi=f'Không có lược đồ "{name}". Các lược đồ đang có: {shown(schema_names()) or "chưa có"}.',
            where=paths.short(paths.rows_folder("schemas")),
            expected="the name of a file there, without .csv",
            got=name,
            hint=f"Use one of: {shown(schema_names()) or 'none yet'}; or write {_where(name)}.",
        )
    return read_rows(schema_path(name), COLUMNS)


def _where(name: str) -> str:
    return paths.shown_rows("schemas", f"{name}.csv")


def _column(row: dict[str, str]) -> Column:
    return Column(
        name=row["name"],
        label_vi=row["label_vi"],
        label_en=row["label_en"],
        headings=parts(row["headings"]),
        type=row["type"],
        required=row["required"] == "yes",
        low=row["low"],
        high=row["high"],
        codes=pairs(row["codes"]),
        date_forms=parts(row["date_forms"]),
        decimal=row["decimal"] or "auto",
        absent_marks=pairs(row["absent_marks"]),
        on_bad=row["on_bad"],
        personal=row["personal"] == "yes",
        keep=row["keep"],
        unique=row["unique"] == "yes",
    )
