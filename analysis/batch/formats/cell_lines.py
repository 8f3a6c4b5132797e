"""A cell of a block's table -> its lines of text, for files that are no HTML."""

from __future__ import annotations

from analysis.briefing.blocks import Lines, Link, Passage


def cell_lines(cell: object) -> tuple[str, ...]:
    """The lines that stand in a cell.

    Raises
    ------
    TypeError
        A kind of cell that only HTML can show: it would be lost from Word and Excel without a word.
    """
    if isinstance(cell, Lines):
        return cell.lines
    if isinstance(cell, (Link, Passage)):
        return (cell.text,)
    if isinstance(cell, (str, int)):
        return (str(cell),)
    raise TypeError(f"a cell of kind {type(cell).__name__} has no text for Word and Excel")
