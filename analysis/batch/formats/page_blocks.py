"""A page's fragments + the whole briefing -> the blocks that the page shows, in its order."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.briefing.blocks import Block, Section, Table, Title


class OtherThanTheBriefing(Exception):
    """A page shows what is no section of the briefing, so that no other file can be made of it."""


def page_blocks(fragments: Iterable[str], whole: Block) -> list[Block]:
    """The block that each fragment of a page was made from.

    Parameters
    ----------
    fragments : iterable of str
        What a notebook's cells displayed, as HTML.
    whole : Block
        All sections of the briefing, made from the same rows.

    Raises
    ------
    OtherThanTheBriefing
        A fragment is none of them: the notebook was changed, or the same rows gave other bytes.

    Notes
    -----
    A notebook of one's own may leave sections out or put them in another order.
    """
    known = {str(block.markup): block for block in whole.walk()}
    blocks = []
    for number, fragment in enumerate(fragments, 1):
        if fragment not in known:
            start = " ".join(fragment.split())[:80]
            raise OtherThanTheBriefing(f"part {number} of the page is no part of the briefing: {start}")
        blocks.append(known[fragment])
    return blocks


def page_tables(html: str, whole: Block) -> list[tuple[str, Table]]:
    """The briefing's tables that stand on a page, each with the heading it stands under."""
    found, heading = [], ""
    for block in whole.walk():
        if isinstance(block, Section):
            heading = block.heading
        elif isinstance(block, Table) and str(block.markup) in html:
            found.append((heading, block))
    return found


def title_of(whole: Block) -> Title:
    """The page's title block: what its files say of themselves."""
    return next(block for block in whole.walk() if isinstance(block, Title))
