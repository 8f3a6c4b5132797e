"""A formula in R's syntax -> the same in ours, so that cases written for R can be run."""

from __future__ import annotations

import re

_NAME = re.compile(r"""("[^"]*"|'[^']*'|`[^`]*`)|((?:[^\W\d]|\.(?=[^\W\d]))[\w.]*)(\s*\()?""")
_WORDS = {"TRUE": "True", "FALSE": "False"}
_FUNCTIONS = {"sqrt": "np.sqrt", "abs": "np.abs", "ifelse": "np.where", "c": "_list", "as.factor": "factor"}
_NUMBER = ("as.numeric", "as.integer", "as.double")


def from_r_formula(text: str) -> str:
    """Translate a model formula, or a term of one.

    Dots in names go into backticks; inside a call `^` is a power, `&` and `|` join comparisons and
    `%in% c(...)` is membership; as.numeric, ifelse, sqrt and TRUE are their Python likes.

    Examples
    --------
    >>> from_r_formula('I(sch.wide == "Yes") ~ ell + factor(race)')
    'I(`sch.wide` == "Yes") ~ ell + factor(race)'
    >>> from_r_formula('I(x^2 > 4 & !awards) ~ sqrt(y)')
    'I((x**2 > 4) & (~awards)) ~ np.sqrt(y)'
    """
    return _outside_calls(re.sub(r"\s+", " ", text).strip())


def _outside_calls(text: str) -> str:
    """Names quoted, calls translated, operators of the formula kept."""
    out, at = [], 0
    while match := _NAME.search(text, at):
        out.append(text[at : match.start()])
        at = match.end()
        quoted, name, opens = match.groups()
        if quoted:
            out.append(quoted)
        elif opens:
            end = _closing(text, at)
            out.append(_call(name, _arguments(text[at:end])))
            at = end + 1
        elif re.match(r"\s*=(?!=)", text[at:]):
            out.append(name)  # the name of an argument
        else:
            out.append(_WORDS.get(name, f"`{name}`" if "." in name else name))
    return "".join([*out, text[at:]])


def _call(name: str, arguments: list[str]) -> str:
    if name in _NUMBER:
        return f"I(1.0 * ({arguments[0]}))"
    name = _FUNCTIONS.get(name, name)
    return f"[{', '.join(arguments)}]" if name == "_list" else f"{name}({', '.join(arguments)})"


def _arguments(text: str) -> list[str]:
    return [_expression(part.strip()) for part in _split(text, ",")]


def _expression(text: str) -> str:
    """An R expression inside a call as a Python one."""
    for operator in ("|", "&"):
        parts = _split(text, operator)
        if len(parts) > 1:
            return f" {operator} ".join(f"({_expression(part.strip())})" for part in parts)
    if text.startswith("!") and not text.startswith("!="):
        inner = text[1:].strip()
        return (
            f"~{_expression(inner)}" if re.fullmatch(r"[\w.]+|\(.*\)", inner) else f"~({_expression(inner)})"
        )
    sides = _split(text, "%in%")
    if len(sides) == 2:
        return f"np.isin({_expression(sides[0].strip())}, {_expression(sides[1].strip())})"
    if text.startswith("(") and _closing(text, 1) == len(text) - 1:
        return f"({_expression(text[1:-1])})"
    return _outside_calls(text).replace("^", "**")


def _closing(text: str, at: int) -> int:
    """Position of the bracket that closes the one before `at`."""
    depth, quote = 1, ""
    for position in range(at, len(text)):
        letter = text[position]
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'`":
            quote = letter
        elif letter in "()":
            depth += 1 if letter == "(" else -1
            if depth == 0:
                return position
    raise ValueError(f"a bracket is not closed: {text}")


def _split(text: str, separator: str) -> list[str]:
    """Parts between separators that stand outside brackets and quotes."""
    parts, start, at = [], 0, 0
    while at < len(text):
        if text[at] in "\"'`":
            at = text.index(text[at], at + 1)
        elif text[at] == "(":
            at = _closing(text, at + 1)
        elif text.startswith(separator, at):
            parts.append(text[start:at])
            at += len(separator) - 1
            start = at + 1
        at += 1
    return [*parts, text[start:]]
