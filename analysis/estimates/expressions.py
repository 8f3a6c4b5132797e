"""A formula of estimates, `D2[female] / D2[male] - 1` -> which estimates, its value and its gradient."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analysis.errors import UnknownName

#: A measure, which group of it, which round: D2, D2[female], D2[sex=female, residence=urban]@example-2020.
_ITEM = re.compile(
    r"(?<![\w.])(?P<measure>[^\W\d][\w.]*)(?:\[(?P<group>[^\]]*)\])?(?:@(?P<round>[\w-]+))?(?!\w*\s*\()"
)

_Dual = tuple[float, np.ndarray]
_FUNCTIONS: dict[str, tuple[Callable, Callable]] = {
    "log": (np.log, lambda x: 1 / x),
    "exp": (np.exp, np.exp),
    "sqrt": (np.sqrt, lambda x: 0.5 / np.sqrt(x)),
    "logit": (lambda x: np.log(x / (1 - x)), lambda x: 1 / (x * (1 - x))),
    "expit": (lambda x: 1 / (1 + np.exp(-x)), lambda x: np.exp(-x) / (1 + np.exp(-x)) ** 2),
}


@dataclass(frozen=True)
class Item:
    """One estimate that a formula names.

    Attributes
    ----------
    measure : str
    group : str
        What stands in the brackets, "" where there are none.
    survey_round : str
        What stands after @, "" where nothing does.
    """

    measure: str
    group: str = ""
    survey_round: str = ""

    def __str__(self) -> str:
        group = f"[{self.group}]" if self.group else ""
        return f"{self.measure}{group}" + (f"@{self.survey_round}" if self.survey_round else "")


@dataclass(frozen=True)
class Expression:
    """A formula with its estimates found; `value` and `gradient` take numbers in the order of `items`."""

    text: str
    items: tuple[Item, ...]
    _tree: ast.expression

    @classmethod
    def read(cls, text: str) -> Expression:
        """Find the estimates of a formula.

        Parameters
        ----------
        text : str
            Measures with + - * / ** ( ), numbers, and log, exp, sqrt, logit, expit.

        Raises
        ------
        UnknownName
            It cannot be read.

        Examples
        --------
        >>> read = Expression.read("D2[female] / D2[male] - 1")
        >>> [str(item) for item in read.items], read.value(np.array([3.0, 2.0]))
        (['D2[female]', 'D2[male]'], 0.5)
        >>> read.gradient(np.array([3.0, 2.0])).tolist()
        [0.5, -0.75]
        """
        items: dict[Item, str] = {}

        def marked(found: re.Match) -> str:
            group = ", ".join(part.strip() for part in (found["group"] or "").split(",") if part.strip())
            item = Item(found["measure"], group, found["round"] or "")
            return items.setdefault(item, f"_{len(items)}")

        try:
            tree = ast.parse(_ITEM.sub(marked, text).strip(), mode="eval")
        except SyntaxError as fault:
            raise _unread(text, "it is no formula") from fault
        _check(tree.body, text)
        if not items:
            raise _unread(text, "it names no measure")
        return cls(text, tuple(items), tree)

    def value(self, numbers: np.ndarray) -> float:
        return self._evaluated(numbers)[0]

    def gradient(self, numbers: np.ndarray) -> np.ndarray:
        """Derivative by each of the numbers, shape (items,); exact, as numbers that carry their slopes."""
        return self._evaluated(numbers)[1]

    def _evaluated(self, numbers: np.ndarray) -> _Dual:
        unit = np.eye(len(self.items))
        known = {f"_{at}": (float(number), unit[at]) for at, number in enumerate(numbers)}
        with np.errstate(all="ignore"):
            return _dual(self._tree.body, known, len(self.items))


def _check(node: ast.AST, text: str) -> None:
    """Refuse everything but arithmetic and the functions above."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)):
        for side in (node.left, node.right):
            _check(side, text)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.UAdd, ast.USub)):
        _check(node.operand, text)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        if node.func.id not in _FUNCTIONS or len(node.args) != 1:
            raise _unread(text, f"{node.func.id} is none of {', '.join(_FUNCTIONS)}")
        _check(node.args[0], text)
    elif not (
        (isinstance(node, ast.Constant) and type(node.value) in (int, float)) or isinstance(node, ast.Name)
    ):
        raise _unread(text, "only + - * / ** ( ) and numbers join measures")


def _dual(node: ast.AST, known: dict[str, _Dual], size: int) -> _Dual:
    if isinstance(node, ast.Constant):
        return float(node.value), np.zeros(size)
    if isinstance(node, ast.Name):
        return known[node.id]
    if isinstance(node, ast.UnaryOp):
        x, dx = _dual(node.operand, known, size)
        return (-x, -dx) if isinstance(node.op, ast.USub) else (x, dx)
    if isinstance(node, ast.Call):
        function, slope = _FUNCTIONS[node.func.id]
        x, dx = _dual(node.args[0], known, size)
        return float(function(x)), slope(x) * dx
    (x, dx), (y, dy) = (_dual(side, known, size) for side in (node.left, node.right))
    if isinstance(node.op, ast.Add):
        return x + y, dx + dy
    if isinstance(node.op, ast.Sub):
        return x - y, dx - dy
    if isinstance(node.op, ast.Mult):
        return x * y, x * dy + y * dx
    if isinstance(node.op, ast.Div):
        quotient = float(np.float64(x) / y)
        return quotient, (dx - quotient * dy) / np.float64(y)
    power = float(np.float64(x) ** y)
    base = y * np.float64(x) ** (y - 1) * dx
    return power, base + (power * np.log(x) * dy if dy.any() else 0.0)


def _unread(text: str, reason: str) -> UnknownName:
    return UnknownName(
        f"The formula of estimates cannot be read: {reason}.",
        vi="Không đọc được biểu thức của các ước lượng; hãy viết như điểm[nữ] - điểm[nam].",
        where=text,
        expected="measures with + - * / ** ( ), numbers, log, exp, sqrt, logit or expit",
        got=reason,
        hint='Such as "score[female] - score[male]" or "score - score@last-round"; blanks around a minus.',
    )
