"""Rows of a file that one finding is about -> a short text, and back: "3-7, 9"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def as_ranges(rows: Iterable[int]) -> str:
    """Row numbers as ranges, in order and each once.

    Examples
    --------
    >>> as_ranges([9, 3, 4, 5, 6, 7]), as_ranges([])
    ('3-7, 9', '')
    """
    ordered = sorted({int(row) for row in rows})
    ends: list[list[int]] = []
    for row in ordered:
        if ends and ends[-1][1] == row - 1:
            ends[-1][1] = row
        else:
            ends.append([row, row])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in ends)


def in_ranges(text: str) -> Iterator[int]:
    """The row numbers of such a text.

    Examples
    --------
    >>> list(in_ranges("3-5, 9")), list(in_ranges(""))
    ([3, 4, 5, 9], [])
    """
    for part in filter(None, text.split(", ")):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)
