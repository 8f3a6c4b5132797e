"""A model formula + a table -> response, model matrix and terms of the rows that are complete.

The grammar is formulaic's (the successor of patsy, which comes with statsmodels): `y ~ x + C(g) + x:g`.
"""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass
from textwrap import shorten

import numpy as np
import pandas as pd

from analysis.errors import BadRows, UnknownName, nearest

_TOKEN = re.compile(
    r"""(?P<text>"[^"]*"|'[^']*')|`(?P<quoted>[^`]+)`|(?P<number>(?<![\w.])\d[\w.]*)|(?P<name>[^\W\d][\w.]*)"""
)
#: The level in formulaic's `x[T.level]` and `x[level]`; levels such as "(19,39]" have brackets of their own.
_LEVEL = re.compile(r"(?<=[\w)])\[(?:T\.)?(.*?)\](?=:|$)")
#: Names a formula may use that are no columns: Python's constants and operators, NumPy, contrasts.
_NOT_COLUMNS = {"np", "contr", *keyword.kwlist}


@dataclass(frozen=True)
class ModelMatrix:
    """What a fit needs, for the m complete rows of n.

    Attributes
    ----------
    response : ndarray, shape (m,)
    matrix : ndarray, shape (m, K)
    names : tuple of str, length K
        R's names: "(Intercept)", "stypeH", "ell:stypeH".
    terms : dict of str to tuple of int
        Each term's columns; the intercept is "1".
    used : ndarray of bool, shape (n,)
        Rows of the domain with a value in every column that the formula names.
    """

    response: np.ndarray
    matrix: np.ndarray
    names: tuple[str, ...]
    terms: dict[str, tuple[int, ...]]
    used: np.ndarray


def build_matrix(formula: str, data: pd.DataFrame, domain: np.ndarray) -> ModelMatrix:
    """Evaluate a formula on the complete rows of a domain.

    Parameters
    ----------
    formula : str
        `response ~ terms`. Text and category columns are factors with treatment coding; `C(x)` (R's
        `factor(x)` is understood too) makes numbers a factor and `relevel(x, ref)` chooses its
        reference. Levels are sorted, or in a category's own order, those that do not occur are left out,
        and the first is the reference. A name that is no Python name stands in backticks; dots need none.
    data : DataFrame, n rows
    domain : ndarray of bool, shape (n,)

    Raises
    ------
    UnknownName
        The formula cannot be read, or names a column that the table does not have.
    BadRows
        No row is complete, or the response is not one column of numbers.

    Notes
    -----
    Names map from formulaic's to R's by "Intercept" -> "(Intercept)", "x[T.b]" and "x[b]" -> "xb". A
    two-valued factor as response counts its second level, as in R. A row with a missing value in any
    column named is left out, also where R's logic would know the answer (FALSE & NA). True and False are 1
    and 0, and an ordered category has treatment coding too.
    """
    formula, columns = quote_columns(formula, list(data.columns))
    used = domain & data[columns].notna().all(axis=1).to_numpy() if columns else domain.copy()
    response, terms = _materialise(formula, data, columns, used)
    lost = ~np.isin(np.flatnonzero(used), terms.index)
    if lost.any():  # a transformation gave no number, such as log(-1): missing too, and levels may go
        used[np.flatnonzero(used)[lost]] = False
        response, terms = _materialise(formula, data, columns, used)
    spec = terms.model_spec
    return ModelMatrix(
        response=_one_response(response),
        matrix=terms.to_numpy(dtype=float),
        names=tuple(_r_name(name) for name in terms.columns),
        terms={_plain(str(term)): tuple(at) for term, at in spec.term_indices.items()},
        used=used,
    )


def find_terms(asked: str, terms: dict[str, tuple[int, ...]], columns: list[str]) -> list[str]:
    """The model's terms that a user names, `a:b` being `b:a`.

    Raises
    ------
    UnknownName
        The model has no such term.
    """
    from formulaic import Formula

    quoted, _ = quote_columns(asked.strip().removeprefix("~"), columns)
    parsed = _parse(lambda: Formula(f"0 + {quoted}"), asked)
    known = {_factors(term): term for term in terms}
    wanted = [_plain(str(term)) for term in getattr(parsed, "rhs", parsed)]
    for term in wanted:
        if _factors(term) not in known:
            close = nearest(term, terms)
            raise UnknownName(
                f'The model has no term "{term}".',
                vi=f"Mô hình không có thành phần “{term}”; hãy chọn một thành phần có trong công thức.",
                expected=", ".join(term for term in terms if term != "1"),
                got=term,
                hint=f"Did you mean {close[0]}?" if close else "Write the term as in the formula.",
            )
    return [known[_factors(term)] for term in wanted]


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


def _materialise(formula: str, data: pd.DataFrame, columns: list[str], used: np.ndarray):
    """formulaic's response and terms, indexed by the rows' positions."""
    from formulaic import Formula
    from formulaic.transforms import C

    if not used.any():
        raise BadRows(
            "No row has a value in every column of the formula.",
            vi="Không có người trả lời nào có đủ mọi cột trong công thức; hãy bớt cột hoặc mở rộng phạm vi.",
            where=formula,
            expected="rows without missing values",
            got="0 rows",
            hint="Drop a column from the formula, or widen the domain.",
        )
    table = pd.DataFrame({column: _model_values(data[column], used) for column in columns})
    table.index = np.flatnonzero(used)
    model = _parse(lambda: Formula(formula), formula)
    sides = (getattr(model, "lhs", ()), getattr(model, "rhs", ()))
    if any(isinstance(side, tuple) or not len(side) for side in sides):
        raise _bad_formula(formula, "it has not the form response ~ terms")
    own = {"factor": C, "relevel": _relevel}
    with np.errstate(all="ignore"):  # log(-1) is missing, log(0) is refused
        made = _parse(lambda: model.get_model_matrix(table, context=own, na_action="drop"), formula)
    if np.isinf(made.rhs.to_numpy(dtype=float)).any():
        raise _bad_formula(formula, "a transformation gives infinite values, such as log(0)")
    return made.lhs, made.rhs


def _relevel(values, ref):
    """R's `relevel`: a factor with another reference level."""
    from formulaic.transforms import C

    values = pd.Series(getattr(values, "__wrapped__", values))
    levels = list(values.cat.categories) if hasattr(values, "cat") else sorted(values.dropna().unique())
    first = [level for level in levels if _number_text(str(level)) == str(ref)]
    if not first:
        raise ValueError(f"the reference {ref} is none of the levels of the factor")
    return C(values, levels=[*first, *(level for level in levels if level not in first)])


def _model_values(column: pd.Series, used: np.ndarray) -> pd.Series | np.ndarray:
    """The used values as formulaic should see them: no unused level, numbers as floats."""
    values = column[used]
    if isinstance(values.dtype, pd.CategoricalDtype):
        values = values.cat.remove_unused_categories()
        return pd.Categorical(values, values.cat.categories)
    if pd.api.types.is_bool_dtype(values.dtype):
        return values.to_numpy(dtype=bool)
    if pd.api.types.is_numeric_dtype(values.dtype):
        return values.to_numpy(dtype=float)
    return pd.Categorical(values, sorted(values.unique()))


def _one_response(response: pd.DataFrame) -> np.ndarray:
    """The response as one column; of a two-level factor the second level's."""
    at = next(iter(response.model_spec.term_indices.values()), []) if response.shape[1] else []
    is_two_level = response.shape[1] == 2 and len(at) == 2
    if response.shape[1] != 1 and not is_two_level:
        raise BadRows(
            "The response of a model has to be one column of numbers, or a factor of two levels.",
            vi="Vế trái của công thức phải là một cột số, hoặc một cột chữ có đúng hai giá trị.",
            where="left of ~",
            expected="1 column",
            got=f"{response.shape[1]} columns",
            hint='Ask for one answer, such as I(answer == "Yes") ~ ...',
        )
    return response.iloc[:, -1].to_numpy(dtype=float)


def _parse(step, formula: str):
    """Run a step of formulaic's; what it cannot read is a user's error, without its traceback."""
    try:
        return step()
    except Exception as error:  # a formula runs the user's own expressions: anything can happen
        reason = shorten(str(error).splitlines()[0] if str(error) else type(error).__name__, 160)
        raise _bad_formula(formula, reason) from error


def _plain(name: str) -> str:
    return name.replace("`", "")


def _factors(term: str) -> frozenset[str]:
    """The factors of an interaction, whatever their order and quotes."""
    return frozenset(part.replace(" ", "").replace("'", '"') for part in _plain(term).split(":"))


def _r_name(name: str) -> str:
    """R's name of a column of the model matrix."""
    if name == "Intercept":
        return "(Intercept)"
    return _LEVEL.sub(lambda match: _number_text(match[1]), _plain(name))


def _number_text(level: str) -> str:
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


def _bad_formula(formula: str, reason: str) -> UnknownName:
    return UnknownName(
        f"The formula cannot be read: {reason.rstrip('.')}.",
        vi="Không đọc được công thức mô hình; hãy viết theo dạng “y ~ x + C(nhóm)”.",
        where=formula,
        expected="response ~ term + term, such as score ~ age + C(ward)",
        got=reason,
        hint="Write names that are not Python names in backticks.",
    )
