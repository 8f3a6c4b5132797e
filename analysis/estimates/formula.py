"""A model formula + a table -> response, model matrix and terms of the rows that are complete.

The grammar is formulaic's (the successor of patsy, which comes with statsmodels): `y ~ x + C(g) + x:g`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from textwrap import shorten

import numpy as np
import pandas as pd

from analysis.errors import BadRows, UnknownName, nearest
from analysis.estimates.formula_names import factors_of, number_text, plain_name, quote_columns, r_name
from analysis.estimates.inputs import read_columns


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
    offset : ndarray, shape (m,)
        What is added to the linear predictor with coefficient 1.
    dropped : tuple of str
        Terms left out because the rows used hold one level only.
    """

    response: np.ndarray
    matrix: np.ndarray
    names: tuple[str, ...]
    terms: dict[str, tuple[int, ...]]
    used: np.ndarray
    offset: np.ndarray
    dropped: tuple[str, ...] = ()

    def without(self, columns: list[int]) -> ModelMatrix:
        """The same model without some of its columns."""
        if not columns:
            return self
        kept = [at for at in range(len(self.names)) if at not in set(columns)]
        place = {old: new for new, old in enumerate(kept)}
        terms = {term: tuple(place[c] for c in own if c in place) for term, own in self.terms.items()}
        return replace(
            self,
            matrix=self.matrix[:, kept],
            names=tuple(self.names[at] for at in kept),
            terms={term: own for term, own in terms.items() if own},
        )

    def only(self, rows: np.ndarray) -> ModelMatrix:
        """The same model on some of its rows, shape (m,): those whose weight counts."""
        if rows.all():
            return self
        used = self.used.copy()
        used[np.flatnonzero(used)[~rows]] = False
        kept = {name: getattr(self, name)[rows] for name in ("response", "matrix", "offset")}
        return replace(self, used=used, **kept)


def build_matrix(
    formula: str,
    data: pd.DataFrame,
    domain: np.ndarray,
    offset: str | pd.Series | np.ndarray | None = None,
) -> ModelMatrix:
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
    offset : str, or array of float, shape (n,), optional
        A column, an expression such as "log(people)", or values; rows without one are left out.

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
    if not isinstance(formula, str):
        raise _bad_formula(str(formula), "it is no text")
    formula, columns = quote_columns(formula, list(data.columns))
    used = domain & data[columns].notna().all(axis=1).to_numpy() if columns else domain.copy()
    added = _read_offset(offset, data, used)
    used = used & np.isfinite(added)
    response, terms = _materialise(formula, data, columns, used)
    lost = ~np.isin(np.flatnonzero(used), terms.index)
    if lost.any():  # a transformation gave no number, such as log(-1): missing too, and levels may go
        used[np.flatnonzero(used)[lost]] = False
        response, terms = _materialise(formula, data, columns, used)
    spec = terms.model_spec
    return ModelMatrix(
        response=_one_response(response),
        matrix=terms.to_numpy(dtype=float),
        names=tuple(r_name(name) for name in terms.columns),
        terms={plain_name(str(term)): tuple(at) for term, at in spec.term_indices.items() if len(at)},
        used=used,
        offset=added[used],
        dropped=tuple(plain_name(str(term)) for term, at in spec.term_indices.items() if not len(at)),
    )


def build_columns(formula: str, data: pd.DataFrame) -> pd.DataFrame:
    """The columns of a one-sided formula, such as calibration variables.

    Parameters
    ----------
    formula : str
        `~ terms`, in the grammar of `build_matrix`.
    data : DataFrame, n rows
        With a value in every row of each column named.

    Returns
    -------
    DataFrame, n rows, with R's names; "(Intercept)" unless the formula takes it out.

    Raises
    ------
    UnknownName, BadRows

    Examples
    --------
    >>> build_columns("~ g", pd.DataFrame({"g": ["a", "b"]})).to_dict("list")
    {'(Intercept)': [1.0, 1.0], 'gb': [0.0, 1.0]}
    """
    right, everybody = formula.strip().removeprefix("~"), np.ones(len(data), dtype=bool)
    name = next(f"response{at}" for at in range(len(data.columns) + 1) if f"response{at}" not in data)
    model = build_matrix(f"{name} ~ {right}", data.assign(**{name: 0.0}), everybody)
    if not model.used.all():
        raise _bad_formula(formula, f"{int((~model.used).sum())} rows have no value in its columns")
    return pd.DataFrame(model.matrix, index=data.index, columns=list(model.names))


def _read_offset(
    offset: str | pd.Series | np.ndarray | None, data: pd.DataFrame, used: np.ndarray
) -> np.ndarray:
    """The offset of each row, NaN where it is missing or the row is not used, shape (n,)."""
    if offset is None:
        return np.zeros(len(data))
    if not isinstance(offset, str):
        (_, values) = read_columns(pd.Series(np.asarray(offset)), len(data))
        return values[:, 0]
    quoted, columns = quote_columns(offset, list(data.columns))
    rows = used & data[columns].notna().all(axis=1).to_numpy() if columns else used
    values = np.full(len(data), np.nan)
    if rows.any():
        _, found = _materialise(f"1 ~ 0 + {quoted}", data, columns, rows)
        values[found.index] = _one_response(found)
    return values


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
    known = {factors_of(term): term for term in terms}
    wanted = [plain_name(str(term)) for term in getattr(parsed, "rhs", parsed)]
    for term in wanted:
        if factors_of(term) not in known:
            close = nearest(term, terms)
            raise UnknownName(
                f'The model has no term "{term}".',
                vi=f"Mô hình không có thành phần “{term}”; hãy chọn một thành phần có trong công thức.",
                expected=", ".join(term for term in terms if term != "1"),
                got=term,
                hint=f"Did you mean {close[0]}?" if close else "Write the term as in the formula.",
            )
    return [known[factors_of(term)] for term in wanted]


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
    first = [level for level in levels if number_text(str(level)) == str(ref)]
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


def _bad_formula(formula: str, reason: str) -> UnknownName:
    return UnknownName(
        f"The formula cannot be read: {reason.rstrip('.')}.",
        vi="Không đọc được công thức mô hình; hãy viết theo dạng “y ~ x + C(nhóm)”.",
        where=formula,
        expected="response ~ term + term, such as score ~ age + C(ward)",
        got=reason,
        hint="Write names that are not Python names in backticks.",
    )
