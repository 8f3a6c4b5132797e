"""What a run makes beside each page, and with which browser."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wanted:
    """The files that a run makes beside its pages.

    Attributes
    ----------
    annex : bool
        Excel and CSV beside a district's page.
    word : bool
        A Word file beside a district's page.
    browser : str
        The program that prints every page as PDF; empty for none.
    """

    annex: bool = False
    word: bool = False
    browser: str = ""


#: The page alone.
NOTHING = Wanted()
