"""Names in a formula: columns put in backticks for the reader of formulas, and its names turned into R's."""

from __future__ import annotations

import keyword
import re

from analysis.errors import UnknownName, nearest

_TOKEN = re.compile(
    r"""(?P<text>"[^"]*"|'[^']*')|`(?P<quoted>[^`]+)`|(?P<number>(?<![\w.])\d[\w.]*)|(?P<name>[^\W\d][\w.]*)"""
)
#: The level in formulaic's `x[T.level]` and `x[level]`; levels such as "(19,39]" have brackets of their own.
_LEVEL = re.compile(r"(?<=[\w)])\[(?:T\.)?(.*?)\](?=:|$)")
#: Names a formula may use that are no columns: Python's constants and operators, NumPy, contrasts.
_NOT_COLUMNS = {"np", "contr", *keyword.kwlist}


def quote_columns(formula: str, columns: list[str]) -> tuple[str, list[str]]:
    """Put column names that are no Python names in backticks; list the columns used.

    Raises
    ------
    UnknownName
        A name is no column.

    Examples
    --------
    >>> quote_columns('I(sch.wide == "Yes") ~ ell', ["sch.wide", "ell"])
    ('I(`sch.wide` == "Yes") ~ ell', ['sch.wide', 'ell'])
    """
    found: dict[str, None] = {}

    def replaced(match: re.Match) -> str:
        name = match["quoted"] or match["name"]
        after = formula[match.end() :].lstrip()
        is_function = not match["quoted"] and after.startswith("(") and name and "." not in name
        if match["text"] or match["number"] or is_function:
            return match[0]
        rest = "" if match["quoted"] else _after_column(name, columns)
        column = name[: len(name) - len(rest)]
        if column not in columns:
            is_keyword_argument = after.startswith("=") and not after.startswith("==")
            if not match["quoted"] and (
                name.split(".")[0] in _NOT_COLUMNS or after.startswith("(") or is_keyword_argument
            ):
                return match[0]
            raise _unknown_column(name, columns)
        found[column] = None
        plain = column.isidentifier() and not keyword.iskeyword(column)
        return f"{column if plain else f'`{column}`'}{rest}"

    return _TOKEN.sub(replaced, formula), list(found)


def _after_column(name: str, columns: list[str]) -> str:
    """What follows the longest column that a dotted name starts with: `.abs` of `x.abs`."""
    parts = name.split(".")
    for count in range(len(parts), 0, -1):
        if ".".join(parts[:count]) in columns:
            return name[len(".".join(parts[:count])) :]
    return ""


def plain_name(name: str) -> str:
    return name.replace("`", "")


def factors_of(term: str) -> frozenset[str]:
    """The factors of an interaction, whatever their order and quotes."""
    return frozenset(part.replace(" ", "").replace("'", '"') for part in plain_name(term).split(":"))


def r_name(name: str) -> str:
    """R's name of a column of the model matrix."""
    if name == "Intercept":
        return "(Intercept)"
    return _LEVEL.sub(lambda match: number_text(match[1]), plain_name(name))


def number_text(level: str) -> str:
    """A level as R prints it: 2 for 2.0."""
    return re.sub(r"^(-?\d+)\.0$", r"\1", level)


def _unknown_column(name: str, columns: list[str]) -> UnknownName:
    close = nearest(name, columns)
    return UnknownName(
        f'The formula names "{name}", which is no column of the table.',
        vi=f"Công thức có tên “{name}” không phải là cột của bảng; hãy sửa tên cột.",
        where="formula",
        expected=f"nearest: {', '.join(close)}" if close else f"one of {len(columns)} columns",
        got=name,
        hint=f"Did you mean {close[0]}?" if close else "List the table's columns.",
    )
