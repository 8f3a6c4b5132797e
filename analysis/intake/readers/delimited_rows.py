"""Records of a .csv, .tsv or .txt file -> notes on lines that may be no data: blank, totals, signatures.

What `workbooks_rows` says of a sheet, for files without kinds of cells and without merged ranges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from analysis.findings import Finding
from analysis.intake.letters.text import clean_text
from analysis.intake.readers.workbooks_rows import FOOTER, is_total, say_blank, say_rows_of

#: A running number has none.
_WORDS = re.compile(r"[^\W\d_]")


def say_lines(
    path: Path, headings: Sequence[str], rows: Sequence[Sequence[str]], lines: Sequence[int], blank: list[int]
) -> Iterator[Finding]:
    """Notes on lines, each kind once with its line numbers.

    Parameters
    ----------
    path : Path
    headings : sequence of str
        The values of the heading line.
    rows : sequence of sequence of str
        The records under the headings that hold anything.
    lines : sequence of int
        The line on which each of them starts.
    blank : list of int
        Lines between them that hold nothing.
    """
    names = [clean_text(name) for name in headings]
    first_names = [name for name in names if name][:1]
    filled = [len(row) - row.count("") for row in rows]
    usual = median(filled)
    totals = [at for at, row in enumerate(rows) if _is_total(row, filled[at] < usual)]
    again = [at for at, row in enumerate(rows) if _repeats(row, names, first_names)]
    found = {
        "total_row": totals,
        "repeated_headings": again,
        "footer_row": _footers(filled, usual, {*totals, *again}),
    }
    for code, where in found.items():
        if where:
            yield say_rows_of(code, [lines[at] for at in where], path.name)
    if blank:
        yield say_blank([(line, line) for line in blank], path.name)


def _is_total(row: Sequence[str], narrow: bool) -> bool:
    """Whether the first words say "total"; after a number only in a narrow line, else it is an answer."""
    first = next((value for value in row if value.strip()), "")
    words = next((value for value in row if _WORDS.search(value)), "")
    return is_total(words) and (narrow or words == first)


def _repeats(row: Sequence[str], names: list[str], first: list[str]) -> bool:
    """Whether a record is the heading line again; its first value says no of nearly all."""
    value = next((value for value in row if value.strip()), "")
    return [clean_text(value)] == first and len(names) > 1 and [clean_text(text) for text in row] == names


def _footers(filled: list[int], usual: float, skipped: set[int]) -> list[int]:
    """Places of the narrow records after the last full one."""
    found: list[int] = []
    for at in reversed(range(len(filled))):
        if at in skipped:
            continue
        if usual < 3 or filled[at] > usual * FOOTER:
            break
        found.append(at)
    return [] if len(found) == len(filled) else sorted(found)
