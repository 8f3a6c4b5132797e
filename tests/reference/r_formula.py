"""A model formula in R's syntax + a table -> the same for ours: each variable evaluated as R does, by a mark.

R evaluates the variables of a formula (`I(x > 2)`, `factor(g)`, `poly(x, 2)`) row by row and builds the
model from them. So do we: the variables become columns of a table, the formula names them by marks that no
text holds, and the model's column names get R's text back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
from oracle_case import Unknown
from r_parser import Node, parse
from r_values import Value, evaluate, is_text, numbers

_MARK = re.compile(r"Zq(\d+)Z")
_STRUCTURE = {"+": "+", "-": "-", "*": "*", "/": "/", ":": ":", "^": "**"}


@dataclass
class RModel:
    """A formula of marks over a table of evaluated variables.

    Attributes
    ----------
    formula : str
        "Zq0Z ~ Zq1Z + Zq2Z:Zq3Z"; one-sided without a response.
    table : DataFrame
        One column a mark; missing outside the domain.
    offset : Series or None
    """

    formula: str
    table: pd.DataFrame
    offset: pd.Series | None
    _sources: list[str]
    _parts: dict[str, list[str]]

    @classmethod
    def of(cls, text: str, data: pd.DataFrame, domain: np.ndarray | None = None) -> RModel:
        """Read a formula.

        Raises
        ------
        Unknown
            A function, column or operator that is not known here.
        ValueError
            It is no R formula.
        """
        inside = np.ones(len(data), dtype=bool) if domain is None else domain
        model = cls("", pd.DataFrame(index=data.index), None, [], {})
        tree, rows = parse(text), data[inside].reset_index(drop=True)
        if tree.value != "~":
            raise Unknown(f"no formula: {text}")
        right, offsets = _without_offsets(tree.parts[-1])
        terms = "1" if right is None else model._terms(right, rows, inside)
        if len(tree.parts) == 2:
            response = model._spread(_response(evaluate(tree.parts[0], rows)), inside)
            terms = f"{model._marked(tree.parts[0].source, response)} ~ {terms}"
        model.formula = terms
        for each in offsets:
            one = model._spread(numbers(evaluate(each, rows)), inside)
            model.offset = one if model.offset is None else model.offset + one
        return model

    def term(self, text: str) -> str:
        """A term, or several joined by +, in marks."""
        joined = []
        for term in _listed(parse(text.strip().removeprefix("~")), "+"):
            crossed = [
                " + ".join(self._parts[part.source])
                if part.source in self._parts
                else self._mark(part.source)
                for part in _listed(term, ":")
            ]
            joined.append(":".join(crossed))
        return " + ".join(joined)

    def r_names(self, names: tuple[str, ...]) -> list[str]:
        """The model's column names as R writes them."""
        return [
            _MARK.sub(
                lambda found: self._sources[int(found[1])], ":".join(sorted(_factors(name), key=_number))
            )
            for name in names
        ]

    def _terms(self, node: Node, rows: pd.DataFrame, inside: np.ndarray) -> str:
        """The right side, its variables as marks."""
        if node.kind == "bracket":
            return f"({self._terms(node.parts[0], rows, inside)})"
        if node.kind == "number":
            return node.value
        if node.kind == "operator" and node.value in _STRUCTURE:
            sides = [self._terms(part, rows, inside) for part in node.parts]
            return f" {_STRUCTURE[node.value]} ".join(sides)
        if node.kind == "sign" and node.value == "-":
            return f"0 - {self._terms(node.parts[0], rows, inside)}"
        if node.kind == "call" and node.value == "poly":
            return self._polynomials(node, rows, inside)
        value = evaluate(node, rows)
        if isinstance(value, pd.arrays.BooleanArray):
            known = value.to_numpy(dtype=object, na_value=None)
            texts = [None if each is None else ("TRUE" if each else "FALSE") for each in known]
            value = pd.Categorical(texts, ["FALSE", "TRUE"])
        elif is_text(value):
            value = pd.Categorical(value, sorted({each for each in value if each is not None}))
        return self._marked(node.source, self._spread(value, inside))

    def _polynomials(self, node: Node, rows: pd.DataFrame, inside: np.ndarray) -> str:
        """Orthogonal polynomials of all rows, as R's `poly`."""
        values, degree = numbers(evaluate(node.parts[0], rows)), int(node.parts[1].value)
        powers = np.vander(values - values.mean(), degree + 1, increasing=True)
        q, r = np.linalg.qr(powers)
        columns = (q * np.sign(np.diag(r)))[:, 1:]
        marks = [
            self._marked(f"{node.source}{at + 1}", self._spread(column, inside))
            for at, column in enumerate(columns.T)
        ]
        self._parts[node.source] = marks
        return f"({' + '.join(marks)})"

    def _marked(self, source: str, column: pd.Series) -> str:
        if source in self._sources:
            return self._mark(source)
        self._sources.append(source)
        mark = self._mark(source)
        self.table[mark] = column
        return mark

    def _mark(self, source: str) -> str:
        if source not in self._sources:
            raise Unknown(f"no variable {source} in the formula")
        return f"Zq{self._sources.index(source)}Z"

    def _spread(self, value: Value, inside: np.ndarray) -> pd.Series:
        """Values of the domain's rows over all rows, missing elsewhere."""
        if isinstance(value, np.ndarray):
            column = np.full(len(inside), np.nan)
            column[inside] = value
            return pd.Series(column, index=self.table.index)
        at = np.full(len(inside), -1)
        at[inside] = np.arange(inside.sum())
        return pd.Series(pd.array(value).take(at, allow_fill=True), index=self.table.index)


def _factors(name: str) -> list[str]:
    """The factors of an interaction's column; R puts them in the order of the formula's variables."""
    return re.split(r":(?=Zq\d+Z)", name)


def _number(factor: str) -> int:
    found = _MARK.match(factor)
    return int(found[1]) if found else -1


def _response(value: Value) -> np.ndarray:
    """A response as numbers: of a factor whether it is not the first level, as in R's `glm`."""
    if isinstance(value, pd.Categorical):
        return np.where(value.codes < 0, np.nan, value.codes > 0)
    return numbers(value)


def _listed(node: Node, operator: str) -> list[Node]:
    """The parts that an operator joins."""
    if node.kind == "operator" and node.value == operator:
        return [part for side in node.parts for part in _listed(side, operator)]
    return [node]


def _without_offsets(node: Node) -> tuple[Node | None, list[Node]]:
    """A right side without its offset(...) terms, and what stood in them."""
    if node.kind == "call" and node.value == "offset":
        return None, [node.parts[0]]
    if node.kind != "operator" or node.value not in ("+", "-"):
        return node, []
    (left, one), (right, other) = (_without_offsets(part) for part in node.parts)
    if left is None or right is None:
        return left if right is None else right, one + other
    return Node(node.kind, node.value, (left, right), (), node.source), one + other
