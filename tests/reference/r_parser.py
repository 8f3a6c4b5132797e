"""R source text of one expression -> its tree, with R's operators and their precedence."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?L?)
  | (?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
  | `(?P<quoted>[^`]+)`
  | (?P<name>(?:[^\W\d]|\.(?!\d))[\w.]*)
  | (?P<special>%[^%]*%)
  | (?P<operator><=|>=|==|!=|&&|\|\||[-+*/^:~<>!&|(),=])
)""",
    re.VERBOSE,
)
#: Operator -> how tightly it binds on its left and right; R's table, from loose to tight.
_BINDS = {
    "~": (5, 6), "||": (10, 11), "|": (10, 11), "&&": (14, 15), "&": (14, 15),
    "==": (20, 21), "!=": (20, 21), "<": (20, 21), ">": (20, 21), "<=": (20, 21), ">=": (20, 21),
    "+": (30, 31), "-": (30, 31), "*": (40, 41), "/": (40, 41), "%": (50, 51), ":": (60, 61), "^": (81, 80),
}  # fmt: skip
#: What binds a sign or a ! to what follows it.
_BEFORE = {"-": 70, "+": 70, "!": 16, "~": 6}


@dataclass(frozen=True)
class Node:
    """A part of an expression.

    Attributes
    ----------
    kind : "number", "text", "name", "call", "bracket", "sign" or "operator"
    value : str
        The number, the text without quotes, the name, the function's name or the operator.
    parts : tuple of Node
    names : tuple of str
        Of a call's arguments, "" where it has none.
    source : str
        The text it stands for, spaces and line ends made one.
    """

    kind: str
    value: str
    parts: tuple[Node, ...] = ()
    names: tuple[str, ...] = ()
    source: str = ""


def parse(text: str) -> Node:
    """The tree of one expression.

    Raises
    ------
    ValueError
        It is no R expression of the kinds above.

    Examples
    --------
    >>> tree = parse("y ~ x + log(z)")
    >>> tree.value, [part.source for part in tree.parts]
    ('~', ['y', 'x + log(z)'])
    """
    text = re.sub(r"\s+", " ", text).strip()
    reader = _Reader(text)
    tree = reader.expression(0)
    if reader.here is not None:
        raise ValueError(f"not understood from {text[reader.here.start() :][:30]!r} on")
    return tree


class _Reader:
    """Reads one expression, token by token."""

    def __init__(self, text: str) -> None:
        self.text, self.end = text, 0
        self.here: re.Match | None = None
        self.step()

    def step(self) -> re.Match | None:
        """The token at hand; the next one is then at hand."""
        was = self.here
        if was is not None:
            self.end = was.end()
        rest = self.text[self.end :].strip()
        self.here = _TOKEN.match(self.text, self.end) if rest else None
        if rest and self.here is None:
            raise ValueError(f"not understood from {rest[:30]!r} on")
        return was

    def operator(self) -> str:
        """The operator at hand, "" where it is none."""
        return "" if self.here is None else (self.here["operator"] or self.here["special"] or "")

    def need(self, operator: str) -> None:
        if self.operator() != operator:
            raise ValueError(f"a {operator} is missing in {self.text!r}")
        self.step()

    def expression(self, binds: int) -> Node:
        start = self._start()
        left = self._first()
        while (sign := self.operator()) and (pair := _BINDS.get("%" if sign[0] == "%" else sign)):
            if pair[0] < binds:
                break
            self.step()
            left = self._closed("operator", sign, (left, self.expression(pair[1])), start)
        return left

    def _first(self) -> Node:
        start, sign = self._start(), self.operator()
        if sign in _BEFORE:
            self.step()
            return self._closed("sign", sign, (self.expression(_BEFORE[sign]),), start)
        if sign == "(":
            self.step()
            inner = self.expression(0)
            self.need(")")
            return self._closed("bracket", "(", (inner,), start)
        token = self.step()
        if token is None or sign:
            raise ValueError(f"something is missing in {self.text!r}")
        if token["number"]:
            return self._closed("number", token["number"].rstrip("L"), (), start)
        if token["text"]:
            return self._closed("text", token["text"][1:-1], (), start)
        name = token["quoted"] or token["name"]
        if self.operator() == "(":
            self.step()
            names, parts = self._arguments()
            return self._closed("call", name, parts, start, names)
        return self._closed("name", name, (), start)

    def _arguments(self) -> tuple[tuple[str, ...], tuple[Node, ...]]:
        names, parts = [], []
        while self.operator() != ")":
            part = self.expression(0)
            name = ""
            if self.operator() == "=":
                self.step()
                name, part = part.value, self.expression(0)
            names.append(name)
            parts.append(part)
            if self.operator() != ")":
                self.need(",")
        self.step()
        return tuple(names), tuple(parts)

    def _start(self) -> int:
        found = re.compile(r"\s*").match(self.text, self.end)
        return found.end()

    def _closed(
        self, kind: str, value: str, parts: tuple[Node, ...], start: int, names: tuple[str, ...] = ()
    ) -> Node:
        return Node(kind, value, parts, names, self.text[start : self.end].strip())
