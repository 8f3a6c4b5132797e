"""The files that may stand beside a page, by the kind that the index calls them."""

from __future__ import annotations

from pathlib import Path

WORD, PDF, SHEETS, ROWS = "word", "pdf", "sheets", "rows"
ANNEX_SHEETS, ANNEX_ROWS = "annex.xlsx", "annex.csv"


def beside(page: Path) -> dict[str, Path]:
    """Kind -> place of each file that may stand beside a page, in the order of the index.

    Parameters
    ----------
    page : Path
        Such as 899-rach-gia/briefing.html.
    """
    return {
        WORD: page.with_suffix(".docx"),
        PDF: page.with_suffix(".pdf"),
        SHEETS: page.with_name(ANNEX_SHEETS),
        ROWS: page.with_name(ANNEX_ROWS),
    }
