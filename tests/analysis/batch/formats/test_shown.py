"""Blocks that a notebook displayed are used where they are the page, and only there."""

from analysis.batch.formats.shown import Shown
from analysis.briefing.blocks import Group
from tests.analysis.batch.formats.small_blocks import FIRST, SECOND, TITLE, html


def test_displayed_blocks_are_the_page():
    whole = Shown(html(TITLE, SECOND), (TITLE, SECOND)).whole
    assert whole == Group((TITLE, SECOND))
    assert whole.parts[1] is SECOND


def test_values_that_are_no_blocks_are_passed_over():
    assert Shown(html(TITLE), (1, TITLE, "lạ")).whole == Group((TITLE,))


def test_none_where_they_are_not_all_of_the_page():
    assert Shown(html(TITLE, FIRST, SECOND), (TITLE, SECOND)).whole is None  # one was shown by `display`
    assert Shown(html(TITLE, SECOND), (SECOND, TITLE)).whole is None
    assert Shown(html(TITLE)).whole is None  # a kernel ran it


def test_none_without_a_title_as_files_are_named_by_it():
    assert Shown(html(FIRST), (FIRST,)).whole is None
