"""Rows of the small classes as a department's database would hold them -> inserted into its tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sqlalchemy

from tests.training.records.class_book import good_rows
from training.records.sheets.database import create_tables
from training.records.sheets.kinds import kind_named


def fill_database(url: str, rows: Mapping[str, list[dict]] | None = None) -> list[str]:
    """Make the tables and put rows into them, one row a cell where the workbook has a column a cell.

    Returns
    -------
    list of str
        Names of the tables that were made.
    """
    made = create_tables(url)
    engine = sqlalchemy.create_engine(url.replace("postgresql://", "postgresql+pg8000://"))
    with engine.begin() as connection:
        for name, own in (good_rows() if rows is None else rows).items():
            kind = kind_named(name)
            table = sqlalchemy.Table(kind.schema.name, sqlalchemy.MetaData(), autoload_with=engine)
            lines = list(_lines(kind, own)) if kind.value else own
            columns = {column.name for column in table.columns}
            # Codes of places as a database holds them would do as well; names are read the same.
            for line in lines:
                connection.execute(
                    table.insert(), {key: value for key, value in line.items() if key in columns}
                )
    engine.dispose()
    return made


def _lines(kind, rows: list[dict]) -> Iterator[dict]:
    declared = {column.name for column in kind.schema.columns}
    for row in rows:
        about = {key: value for key, value in row.items() if key in declared}
        for key, value in row.items():
            if key not in declared:
                yield {**about, kind.index: int(key) if kind.name == "attendance" else key, kind.value: value}
