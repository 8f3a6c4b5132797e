"""A database (SQLAlchemy URL) -> the tables of training records in it, as the sheets of a workbook would be.

Its tables are called as the schemas are (`training_classes`, `training_participants` …) and its columns as
the schemas' names; so the same checks hold for a database as for Excel. SQLAlchemy and the driver come with
the extra `database`. Only columns that a measure or the hash of a person needs are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.errors import MissingFile, UnknownName, UnreadableFile, WorkbenchError, shown
from analysis.intake.schemas.schema import Column
from analysis.intake.table import RawTable, texts_of
from training.records.sheets.kinds import Kind, read_kinds
from training.records.sheets.reading import IDENTITY

if TYPE_CHECKING:
    from sqlalchemy import Engine, MetaData

#: PostgreSQL's driver here, whatever short name the URL has.
_POSTGRES = "postgresql+pg8000"
#: Rows of one table that are read at most: a department has thousands.
MOST_ROWS = 2_000_000
#: Type of a declared column -> SQLAlchemy's name of the database's type; any other is text.
_SQL_TYPES = {
    "whole": "Integer", "year": "Integer", "number": "Float", "score": "Float", "date": "Date",
    "yes_no": "Boolean",
}  # fmt: skip


def read_database(url: str) -> list[RawTable]:
    """Read the tables of training records of a database; changes nothing in it.

    Parameters
    ----------
    url : str
        SQLAlchemy's URL, such as "sqlite:///records.db" or "postgresql://user@host/base".

    Returns
    -------
    list of RawTable
        In the order of the template's sheets; `rows` counts from 1 in the order of the primary key.

    Raises
    ------
    MissingFile
        SQLAlchemy or the driver is not installed, or the file of an SQLite database is not there.
    UnknownName
        The text is no URL.
    UnreadableFile
        The database cannot be reached, or has none of the tables. The password is never shown.
    """
    with _opened(url) as (engine, name):
        import sqlalchemy

        there = set(sqlalchemy.inspect(engine).get_table_names())
        found = [_read(engine, kind, name) for kind in read_kinds() if kind.schema.name in there]
    tables = [table for table in found if len(table.rows)]
    if not tables:
        wanted = shown(kind.schema.name for kind in read_kinds())
        raise UnreadableFile(
            "The database has no training records.",
            vi="Cơ sở dữ liệu không có bảng hồ sơ bồi dưỡng nào có số liệu. Hãy kiểm tra tên bảng, hoặc tạo "
            "bảng bằng "
            "lệnh: workbench training tables.",
            where=name,
            expected=f"tables such as {wanted}",
            got=shown(sorted(there)) or "no table",
            hint="Mend the names, or make the tables with `workbench training tables`.",
        )
    return tables


def create_tables(url: str) -> list[str]:
    """Make the empty tables that a database lacks.

    Returns
    -------
    list of str
        Names of the tables that were made; those that were there stay as they are.

    Raises
    ------
    MissingFile, UnknownName, UnreadableFile
        As `read_database`.
    """
    with _opened(url, may_be_new=True) as (engine, _):
        import sqlalchemy

        metadata = sqlalchemy.MetaData()
        for kind in read_kinds():
            _declare(kind, metadata)
        there = set(sqlalchemy.inspect(engine).get_table_names())
        metadata.create_all(engine)
        return [name for name in metadata.tables if name not in there]


def shown_url(url: str) -> str:
    """A URL as a message or a built file may show it: without user and password."""
    return re.sub(r"(//)[^@/]*@", r"\1", url.split("?")[0])


def _declare(kind: Kind, metadata: MetaData) -> None:
    import sqlalchemy

    columns = [
        sqlalchemy.Column(column.name, getattr(sqlalchemy, _SQL_TYPES.get(column.type, "Text")))
        for column in kind.schema.columns
        if _is_wanted(column)
    ]
    own = sqlalchemy.Column("id", sqlalchemy.Integer, primary_key=True, autoincrement=True)
    sqlalchemy.Table(kind.schema.name, metadata, own, *columns)


def _is_wanted(column: Column) -> bool:
    return column.keep == "yes" or column.name in IDENTITY


def _read(engine: Engine, kind: Kind, name: str) -> RawTable:
    """One table: its declared columns, in the order of its primary key, or else of these columns."""
    import sqlalchemy

    table = sqlalchemy.Table(kind.schema.name, sqlalchemy.MetaData(), autoload_with=engine)
    wanted = {column.name for column in kind.schema.columns if _is_wanted(column)}
    chosen = [column for column in table.columns if column.name.casefold() in wanted]
    order = list(table.primary_key.columns) or chosen
    query = sqlalchemy.select(*chosen).order_by(*order).limit(MOST_ROWS + 1)
    with engine.connect() as connection:
        rows: list[Any] = list(connection.execute(query))
    if len(rows) > MOST_ROWS:
        raise UnreadableFile(
            f"The table {kind.schema.name} is too large.",
            vi=f"Bảng {kind.schema.name} có quá nhiều dòng. Hãy kiểm tra lại bảng.",
            where=name,
            expected=f"at most {MOST_ROWS:,} rows",
            got="more",
        )
    names = [column.name for column in chosen]
    stored = pd.DataFrame([tuple(row) for row in rows], columns=names, dtype=object)
    cells, kinds = texts_of(stored)
    numbers = np.arange(1, len(stored) + 1)
    return RawTable(
        path=Path(name), sheet=kind.schema.name, cells=cells, rows=numbers, kinds=kinds, header_row=0
    )


@contextmanager
def _opened(url: str, may_be_new: bool = False) -> Iterator[tuple[Engine, str]]:
    """The engine and the database's name for messages, with every fault of a driver said as one of ours."""
    try:
        import sqlalchemy
        from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
    except ModuleNotFoundError as fault:
        raise _not_installed(fault) from fault
    try:
        parsed = sqlalchemy.make_url(url)
    except ArgumentError as fault:
        raise _no_url(url) from fault
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername=_POSTGRES)
    if parsed.get_backend_name() == "sqlite":
        _check_file(parsed.database, may_be_new)
    name = Path(parsed.database or "database").name
    try:
        engine = sqlalchemy.create_engine(parsed)
    except (ModuleNotFoundError, NoSuchModuleError) as fault:
        raise _not_installed(fault) from fault
    try:
        yield engine, name
    except WorkbenchError:
        raise
    except (SQLAlchemyError, OSError) as fault:
        raise _unreachable(url, fault) from fault
    finally:
        engine.dispose()


def _check_file(database: str | None, may_be_new: bool) -> None:
    """SQLite makes a missing file; to read one it must be there."""
    path = Path(database or "")
    if may_be_new or not database or database == ":memory:" or path.is_file():
        return
    raise MissingFile(
        f"There is no database file {path.name}.",
        vi=f"Không có tệp cơ sở dữ liệu {path.name}. Hãy kiểm tra lại đường dẫn.",
        where="--database",
        expected="the path of an SQLite file, such as sqlite:///records.db",
        got="no such file",
    )


def _not_installed(fault: Exception) -> MissingFile:
    return MissingFile(
        "What speaks to databases is not installed.",
        vi="Chưa cài phần kết nối cơ sở dữ liệu. Hãy cài thêm gói: pip install papi-workbench[database].",
        where="--database",
        expected="SQLAlchemy and the database's driver",
        got=str(fault).splitlines()[0][:120],
        hint="pip install papi-workbench[database]; with make it is there.",
    )


def _no_url(url: str) -> UnknownName:
    return UnknownName(
        "This is no database URL.",
        vi="Đây không phải là địa chỉ cơ sở dữ liệu. Ví dụ: sqlite:///hoso.db hoặc "
        "postgresql://nguoidung@maychu/tencsdl.",
        where="--database",
        expected="sqlite:///file or postgresql://user@host/base",
        got=shown_url(url)[:60],
    )


def _unreachable(url: str, fault: Exception) -> UnreadableFile:
    inner = getattr(fault, "orig", None) or fault
    return UnreadableFile(
        "The database cannot be read.",
        vi="Không đọc được cơ sở dữ liệu. Hãy kiểm tra máy chủ, tên cơ sở dữ liệu, người dùng và mật khẩu.",
        where=shown_url(url),
        expected="a database that can be reached and read",
        got=type(inner).__name__,
        hint="Check the server, the database's name, user and password; set the URL in WORKBENCH_DATABASE.",
    )
