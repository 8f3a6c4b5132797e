"""An R expression + a table -> its value a row: numbers, truth values or a factor, missing ones as in R."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pandas as pd
from oracle_case import Unknown, as_text, holds_text, r_text
from r_parser import Node

#: A vector: numbers (NaN missing), truth values (boolean), a factor (Categorical) or text (object).
Value = np.ndarray | pd.Categorical | pd.api.extensions.ExtensionArray

_NUMERIC: dict[str, Callable] = {
    "log": np.log, "log10": np.log10, "log2": np.log2, "log1p": np.log1p, "exp": np.exp, "sqrt": np.sqrt,
    "abs": np.abs, "floor": np.floor, "ceiling": np.ceil, "sin": np.sin, "cos": np.cos, "round": np.round,
}  # fmt: skip
_ARITHMETIC = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide, "^": np.power,
               "%%": np.mod, "%/%": np.floor_divide}  # fmt: skip
_COMPARISONS = {"==": np.equal, "!=": np.not_equal, "<": np.less, ">": np.greater, "<=": np.less_equal,
                ">=": np.greater_equal}  # fmt: skip


def evaluate(node: Node, data: pd.DataFrame) -> Value:
    """The value of an expression, one entry a row of the table.

    Raises
    ------
    Unknown
        A function, column or operator that is not known here.
    """
    with np.errstate(all="ignore"):
        value = _value(node, data)
    return value if len(value) == len(data) else _repeated(value, len(data))


def is_text(value: Value) -> bool:
    """Whether a value is text and no factor."""
    return not isinstance(value, pd.Categorical) and holds_text(value)


def numbers(value: Value) -> np.ndarray:
    """As R's `as.numeric`: truth values as 0 and 1, factors by the number of their level."""
    if isinstance(value, pd.Categorical):
        return np.where(value.codes < 0, np.nan, value.codes + 1.0)
    if is_text(value):
        raise Unknown("text where a number is asked for")
    return pd.array(value).to_numpy(dtype=float, na_value=np.nan)


def truths(value: Value) -> pd.api.extensions.ExtensionArray:
    """As R's `as.logical` of numbers and truth values."""
    if isinstance(value, pd.arrays.BooleanArray):
        return value
    known = numbers(value)
    return pd.arrays.BooleanArray(np.nan_to_num(known) != 0, np.isnan(known))


def factor(value: Value, levels: list[str] | None = None) -> pd.Categorical:
    """As R's `factor`: levels in the order of their values, only those that occur."""
    if isinstance(value, pd.Categorical):
        found = value.remove_unused_categories()
        return found if levels is None else pd.Categorical(list(found), levels)
    column = pd.Series(value)
    order = [r_text(each) for each in sorted(column.dropna().unique())]
    return pd.Categorical(as_text(column), order if levels is None else levels)


def _value(node: Node, data: pd.DataFrame) -> Value:
    if node.kind == "number":
        return np.array([float(node.value)])
    if node.kind == "text":
        return np.array([node.value], dtype=object)
    if node.kind == "bracket":
        return _value(node.parts[0], data)
    if node.kind == "name":
        return _column(node.value, data)
    if node.kind == "sign":
        inner = _value(node.parts[0], data)
        return ~truths(inner) if node.value == "!" else numbers(inner) * (-1.0 if node.value == "-" else 1.0)
    if node.kind == "operator":
        return _operated(node.value, *(_value(part, data) for part in node.parts))
    return _called(node, data)


def _column(name: str, data: pd.DataFrame) -> Value:
    if name in ("TRUE", "T", "FALSE", "F"):
        return pd.array([name[0] == "T"], dtype="boolean")
    if name in ("Inf", "NA", "pi"):
        return np.array([{"Inf": np.inf, "NA": np.nan, "pi": np.pi}[name]])
    if name not in data:
        raise Unknown(f"no column {name}")
    column = data[name]
    if holds_text(column):
        return pd.Categorical(column, sorted(column.dropna().unique()))
    if pd.api.types.is_bool_dtype(column):
        return pd.array(column, dtype="boolean")
    return column.to_numpy(dtype=float, na_value=np.nan)


def _operated(operator: str, left: Value, right: Value) -> Value:
    if operator in ("&", "&&", "|", "||"):
        a, b = _same_length(truths(left), truths(right))
        return a & b if operator[0] == "&" else a | b
    if operator == "%in%":
        return pd.array(np.isin(_texts(left).astype(str), _texts(right).astype(str)), dtype="boolean")
    if operator in _COMPARISONS:
        return _compared(_COMPARISONS[operator], left, right)
    if operator in _ARITHMETIC:
        return _ARITHMETIC[operator](numbers(left), numbers(right))
    if operator == ":":
        first, last = numbers(left)[0], numbers(right)[0]
        return np.arange(first, last + 1.0)
    raise Unknown(f"the operator {operator}")


def _compared(compare: Callable, left: Value, right: Value) -> Value:
    if any(isinstance(each, pd.Categorical) or is_text(each) for each in (left, right)):
        a, b = np.broadcast_arrays(_texts(left), _texts(right))
        missing = pd.isna(a) | pd.isna(b)
        return pd.arrays.BooleanArray(compare(a.astype(str), b.astype(str)).astype(bool), missing)
    a, b = np.broadcast_arrays(numbers(left), numbers(right))
    return pd.arrays.BooleanArray(compare(a, b), np.isnan(a) | np.isnan(b))


def _texts(value: Value) -> np.ndarray:
    return as_text(pd.Series(value)).to_numpy()


def _called(node: Node, data: pd.DataFrame) -> Value:
    name, given = node.value, [_value(part, data) for part in node.parts]
    named = {key: value for key, value in zip(node.names, given, strict=True) if key}
    plain = [value for key, value in zip(node.names, given, strict=True) if not key]
    if name in _NUMERIC:
        return _NUMERIC[name](numbers(plain[0]), *(int(numbers(each)[0]) for each in plain[1:]))
    if name in _FUNCTIONS:
        return _FUNCTIONS[name](*plain, **{key.replace(".", "_"): value for key, value in named.items()})
    raise Unknown(f"the function {name}")


def _same_length(*values: Value) -> list[Value]:
    longest = max(len(value) for value in values)
    return [value if len(value) == longest else _repeated(value, longest) for value in values]


def _repeated(value: Value, rows: int) -> Value:
    if len(value) != 1:
        raise Unknown("vectors of different lengths")
    return value.take(np.zeros(rows, dtype=int))


def _combined(*values: Value) -> Value:
    if any(is_text(value) for value in values):
        return np.concatenate([_texts(value) for value in values])
    return np.concatenate([numbers(value) for value in values])


def _if_else(test: Value, yes: Value, no: Value) -> Value:
    asked, one, other = _same_length(truths(test), yes, no)
    if is_text(one) or is_text(other):
        chosen = np.where(asked.fillna(False).astype(bool), _texts(one), _texts(other))
        return np.where(asked.isna(), None, chosen)
    chosen = np.where(asked.fillna(False).astype(bool), numbers(one), numbers(other))
    return np.where(asked.isna(), np.nan, chosen)


def _cut(x: Value, breaks: Value, right: Value | None = None, include_lowest: Value | None = None) -> Value:
    """R's `cut` at given breaks, with R's labels of three digits."""
    edges = np.sort(numbers(breaks))
    if len(edges) < 2:
        raise Unknown("cut into a number of parts")
    shown = next(
        texts
        for digits in range(3, 17)
        if len(set(texts := [f"{e:.{digits}g}" for e in edges])) == len(edges)
    )
    closed, lowest = (given is not None and bool(truths(given)[0]) for given in (right, include_lowest))
    closed = closed or right is None
    ends = ("(", "]") if closed else ("[", ")")
    labels = [f"{ends[0]}{a},{b}{ends[1]}" for a, b in pairwise(shown)]
    if lowest and closed:
        labels[0] = "[" + labels[0][1:]
    if lowest and not closed:
        labels[-1] = labels[-1][:-1] + "]"
    values = numbers(x)
    code = np.searchsorted(edges, values, side="left" if closed else "right") - 1
    if lowest:
        code = np.where(values == edges[0], 0, np.where(values == edges[-1], len(labels) - 1, code))
    return pd.Categorical.from_codes(
        np.where((code >= 0) & (code < len(labels)) & ~np.isnan(values), code, -1), labels
    )


def _relevel(x: Value, ref: Value) -> Value:
    first = _texts(ref)[0]
    found = factor(x) if not isinstance(x, pd.Categorical) else x
    return found.reorder_categories([first, *(each for each in found.categories if each != first)])


def _scaled(x: Value) -> Value:
    values = numbers(x)
    return (values - np.nanmean(values)) / np.nanstd(values, ddof=1)


def _factor(x: Value, levels: Value | None = None) -> Value:
    return factor(x, None if levels is None else list(_texts(levels)))


_FUNCTIONS: dict[str, Callable] = {
    "I": lambda x: numbers(x) if x.dtype == float else x,
    "c": _combined,
    "factor": _factor,
    "as.factor": _factor,
    "as.numeric": numbers, "as.integer": numbers, "as.double": numbers, "as.logical": truths,
    "as.character": lambda x: _texts(x),
    "ifelse": _if_else,
    "is.na": lambda x: pd.array(pd.isna(pd.Series(x)).to_numpy(), dtype="boolean"),
    "cut": _cut,
    "relevel": _relevel,
    "scale": _scaled,
    "pmin": lambda *x: np.minimum.reduce(np.broadcast_arrays(*map(numbers, x))),
    "pmax": lambda *x: np.maximum.reduce(np.broadcast_arrays(*map(numbers, x))),
}  # fmt: skip
