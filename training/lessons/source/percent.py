"""A percent script's text -> its cells.

The subset of jupytext's percent format that lessons use, read strictly: a marker is `# %%` or
`# %% [markdown]`, then maybe `tags=["slide", "simulated"]`, and nothing else.
JupyterLab with jupytext opens the same files.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.errors import BadRows

_MARKER = re.compile(r'# %%(?: (\[markdown\]))?(?: tags=(\["[\w., "-]*"\]))?\s*')


@dataclass(frozen=True)
class Cell:
    """One cell of a lesson.

    Attributes
    ----------
    kind : {"markdown", "code"}
    tags : tuple of str
    source : str
        Text of a markdown cell without its `# `, or code.
    line : int
        Of the marker in the file, from 1.
    """

    kind: str
    tags: tuple[str, ...]
    source: str
    line: int

    def has(self, *tags: str) -> bool:
        """Whether it bears any of the tags."""
        return any(tag in self.tags for tag in tags)


def read_percent(text: str, where: str) -> tuple[str, list[Cell]]:
    """Take a script apart.

    Parameters
    ----------
    text : str
    where : str
        The file's name, for messages.

    Returns
    -------
    tuple of str and list of Cell
        The docstring before the first marker, and the cells; empty ones are left out.

    Raises
    ------
    BadRows
        A marker or a line of text is not of the format, or code stands before the first marker.

    Examples
    --------
    >>> script = chr(10).join(['"A."', '# %% [markdown] tags=["slide"]', "# ## B"])
    >>> _, cells = read_percent(script, "x.py")
    >>> cells[0].kind, cells[0].tags, cells[0].source
    ('markdown', ('slide',), '## B')
    """
    lines = text.splitlines()
    at = [number for number, line in enumerate(lines) if line.startswith("# %%")]
    head = "\n".join(lines[: at[0]] if at else lines)
    docstring = _docstring(head, where)
    cells = [_cell(lines, start, end, where) for start, end in zip(at, [*at[1:], len(lines)], strict=True)]
    return docstring, [cell for cell in cells if cell.source]


def _docstring(head: str, where: str) -> str:
    """What stands before the first marker: a docstring and comments, no code."""
    try:
        body = ast.parse(head).body
    except SyntaxError:
        body = []
    docstring = ast.get_docstring(ast.Module(body, [])) or ""
    if not docstring or len(body) != 1:
        raise _bad(where, 1, "code stands before the first cell", "a docstring alone before the first # %%")
    return docstring


def _cell(lines: list[str], start: int, end: int, where: str) -> Cell:
    match = _MARKER.fullmatch(lines[start])
    if match is None:
        raise _bad(where, start + 1, "a cell's marker is not understood", '# %% [markdown] tags=["slide"]')
    body = lines[start + 1 : end]
    kind = "markdown" if match[1] else "code"
    source = "\n".join(_words(body, start + 2, where)) if match[1] else "\n".join(body)
    tags = tuple(json.loads(match[2])) if match[2] else ()
    return Cell(kind, tags, source.strip(), start + 1)


def _words(body: list[str], first: int, where: str) -> Iterator[str]:
    """Lines of a markdown cell without the sign of a comment."""
    for number, line in enumerate(body, first):
        if line and line != "#" and not line.startswith("# "):
            raise _bad(
                where, number, "a line of text does not begin with #", "# and a space before each line"
            )
        yield line[2:]


def _bad(where: str, line: int, what: str, expected: str) -> BadRows:
    return BadRows(
        f"{where} line {line}: {what}.",
        vi=f"Tệp bài học {where}, dòng {line}: không đúng định dạng ô (# %%). Hãy sửa rồi chạy lại.",
        where=f"{where}:{line}",
        expected=expected,
        hint="training/lessons/README.md says how a lesson is written.",
    )
