"""What a page shows: its HTML and, where they are at hand, the blocks that its notebook displayed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from analysis.briefing.blocks import Block, Group, Title


@dataclass(frozen=True)
class Shown:
    """What a page shows.

    Attributes
    ----------
    fragments : list of str
        The HTML of each cell, in the page's order.
    displayed : tuple of object
        The values that cells showed, where the notebook ran in this process; a kernel keeps them to itself.
    """

    fragments: list[str]
    displayed: tuple[object, ...] = ()

    @cached_property
    def whole(self) -> Block | None:
        """The blocks that the fragments were made from, a title among them; None where they are not at hand.

        Notes
        -----
        Not at hand either where a cell showed something by `display`: whoever needs blocks makes the page
        once more, and finds there whether they are the same.
        """
        blocks = tuple(one for one in self.displayed if isinstance(one, Block))
        alike = [str(one.markup) for one in blocks] == self.fragments
        return Group(blocks) if alike and any(isinstance(one, Title) for one in blocks) else None
