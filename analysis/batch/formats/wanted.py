"""What a run makes beside each page besides the annex, and with which browser."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wanted:
    """The files that a run makes beside its pages; Excel and CSV it makes unless it is told not to.

    Attributes
    ----------
    word : bool
        A Word file.
    browser : str
        The program that prints every page as PDF; empty for none.
    annex : bool
        Excel and CSV: without them a page takes less time (tests/benchmarks/batch_speed.py).
    """

    word: bool = False
    browser: str = ""
    annex: bool = True


#: No more than what is always made.
NOTHING_MORE = Wanted()
