"""A page that was built + what is wanted beside it -> those files, from the same blocks and rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from analysis.batch.formats.names import PDF, ROWS, SHEETS, WORD, beside
from analysis.batch.formats.printed import print_page
from analysis.batch.formats.shown import Shown
from analysis.batch.formats.wanted import Wanted


def make_files(
    code: str,
    notebook: Path,
    page: Path,
    parameters: dict[str, object],
    shown: Shown,
    wanted: Wanted,
    scratch: Path,
    started: Callable[[int], None] | None = None,
) -> None:
    """Make what stands beside a page.

    Parameters
    ----------
    code : str
        Of the page's target.
    notebook : Path
        What showed the page.
    page : Path
        The finished page.
    parameters : dict
        What its notebook was given.
    shown : Shown
        What the page shows, as its notebook's cells displayed it.
    scratch : Path
        Where a browser's profile may lie.
    started : callable, optional
        Called with the process id of a program that is started.

    Raises
    ------
    OtherThanTheBriefing
        A Word file is wanted of a page that shows what is no section of the briefing.
    NotPrinted
        The browser gave no PDF.

    Notes
    -----
    A page that is not made of blocks alone (methods, data checks) has neither Word nor Excel beside it.
    """
    files = beside(page)
    if wanted.annex or wanted.word:
        _make_from_blocks(code, notebook, files, parameters, shown, wanted)
    if wanted.browser:
        print_page(wanted.browser, page, files[PDF], scratch, started)


def _make_from_blocks(
    code: str,
    notebook: Path,
    files: dict[str, Path],
    parameters: dict[str, object],
    shown: Shown,
    wanted: Wanted,
) -> None:
    """The annex and the Word file, from blocks whose markup is what the page shows."""
    from analysis.batch.formats.annex_workbook import annex_workbook
    from analysis.batch.formats.page_blocks import page_blocks, page_tables, title_of
    from analysis.batch.formats.results_rows import annex_rows
    from analysis.batch.formats.rows_file import rows_csv
    from analysis.batch.formats.whole_pages import whole_page

    how = whole_page(code, notebook)
    if how is None:
        return
    about = how.open(**parameters)
    whole = shown.whole or how.blocks(about)
    title = title_of(whole)
    if wanted.annex:
        rows, tables = annex_rows(about, how.rows(about)), page_tables("\n".join(shown.fragments), whole)
        files[SHEETS].write_bytes(annex_workbook(about, title, rows, tables))
        files[ROWS].write_bytes(rows_csv(rows))
    if wanted.word:
        from analysis.batch.formats.word.document import word_file

        files[WORD].write_bytes(word_file(page_blocks(shown.fragments, whole), title, about.language))
