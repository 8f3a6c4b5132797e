"""A page that was built + what is wanted beside it -> those files, from the same blocks and rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from analysis.batch.formats.names import PDF, ROWS, SHEETS, WORD, beside
from analysis.batch.formats.printed import print_page
from analysis.batch.formats.wanted import Wanted


def make_files(
    wanted: Wanted,
    page: Path,
    parameters: dict[str, object],
    fragments: Sequence[str],
    scratch: Path,
    started: Callable[[int], None] | None = None,
) -> None:
    """Make what stands beside a page.

    Parameters
    ----------
    page : Path
        The finished page.
    parameters : dict
        What its notebook was given.
    fragments : sequence of str
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
    """
    files = beside(page)
    if wanted.annex or wanted.word:
        _make_from_blocks(wanted, files, parameters, fragments)
    if wanted.browser:
        print_page(wanted.browser, page, files[PDF], scratch, started)


def _make_from_blocks(
    wanted: Wanted, files: dict[str, Path], parameters: dict[str, object], fragments: Sequence[str]
) -> None:
    """The annex and the Word file: the pack is opened once more here, and must give what the page shows."""
    from analysis.batch.formats.annex_workbook import annex_workbook
    from analysis.batch.formats.page_blocks import page_blocks, page_tables
    from analysis.batch.formats.results_rows import annex_rows
    from analysis.batch.formats.rows_file import rows_csv
    from analysis.batch.formats.word.document import About, word_file
    from analysis.briefing.district.annex import district_pack
    from analysis.briefing.pack import open_pack

    pack = open_pack(**parameters)
    whole = district_pack(pack)
    if wanted.annex:
        rows = annex_rows(pack)
        files[SHEETS].write_bytes(annex_workbook(pack, rows, page_tables("\n".join(fragments), whole)))
        files[ROWS].write_bytes(rows_csv(rows))
    if wanted.word:
        about = About(pack.say("heading"), pack.say("subtitle"), pack.say("agency"), pack.band, pack.language)
        files[WORD].write_bytes(word_file(page_blocks(fragments, whole), about))
