"""A file as read + a codebook whose rows name headings -> the same file under the codebook's own names.

Names of variables are parted by blanks in the framework's rows, so a heading such as "Hài lòng chung (1-5)"
cannot be one. The optional column `heading` of variables.csv says which column of the file a variable is.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import replace

from analysis.errors import BadRows, shown
from analysis.intake.table import RawTable
from analysis.respondents.codebook import Codebook
from analysis.respondents.microdata import Microdata

_BY_COLUMN = ("letters", "variable_labels", "value_labels", "missing_ranges", "tagged")
_TABLES = ("cells", "kinds", "stored")


def name_variables(microdata: Microdata, codebook: Codebook) -> Microdata:
    """Rename the columns whose heading the codebook names; addresses of cells stay those of the file.

    Parameters
    ----------
    microdata : Microdata
    codebook : Codebook
        With or without the column `heading`.

    Returns
    -------
    Microdata
        The same object where nothing is to be renamed.

    Raises
    ------
    BadRows
        Two variables name one heading, or a variable has the name of another column of the file.
    """
    names = _names(codebook, list(microdata.table.columns))
    if not names:
        return microdata
    labels = {key: _renamed(getattr(microdata, key), names) for key in ("variable_labels", "value_labels")}
    table, raw = microdata.table.rename(columns=names), microdata.raw
    return replace(microdata, table=table, raw=raw and _renamed_raw(raw, names), **labels)


def _names(codebook: Codebook, columns: list[str]) -> dict[str, str]:
    """Heading -> variable, for the headings that the file has."""
    if "heading" not in codebook.variables:
        return {}
    rows = codebook.variables.loc[codebook.variables["heading"] != "", ["heading", "variable"]]
    twice = rows.loc[rows["heading"].duplicated(), "heading"]
    names = {
        heading: name
        for heading, name in rows.itertuples(index=False)
        if heading in columns and heading != name
    }
    taken = [name for name in names.values() if name in columns and name not in names]
    for odd, what, vi in (
        (list(twice), "two variables name one heading", "hai biến cùng ghi một tiêu đề cột"),
        (taken, "a variable has the name of another column", "tên biến trùng với một cột khác của tệp"),
    ):
        if odd:
            where = f"{codebook.shown_file('variables.csv')}, column heading"
            raise BadRows(
                f"{where}: {what}.",
                vi=f"{where}: {vi}. Hãy sửa dòng này.",
                where=where,
                expected="one variable a heading, under a name of its own",
                got=shown(odd),
                hint="Mend the rows; data/README.md says what each column holds.",
            )
    return names


def _renamed(by_column: Mapping[str, object], names: Mapping[str, str]) -> dict:
    return {names.get(column, column): value for column, value in by_column.items()}


def _renamed_raw(raw: RawTable, names: Mapping[str, str]) -> RawTable:
    new = copy.copy(raw)
    for key in _BY_COLUMN:
        object.__setattr__(new, key, _renamed(getattr(raw, key), names))
    for key in _TABLES:
        table = raw.__dict__.get(key)  # texts of a .dta are made when they are asked for
        if table is not None:
            object.__setattr__(new, key, table.rename(columns=names))
    return new
