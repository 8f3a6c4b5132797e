"""A cell's text in files that are no HTML; nothing is dropped in silence."""

import pytest

from analysis.batch.formats.cell_lines import cell_lines
from analysis.briefing.blocks import Lines, Link, Paragraphs, Passage
from analysis.briefing.html import fill


@pytest.mark.parametrize(
    ("cell", "lines"),
    [
        ("a", ("a",)),
        (2021, ("2021",)),
        (Lines(("a", "b")), ("a", "b")),
        (Lines(()), ()),
        (Link("Rạch Giá", "899-rach-gia/briefing.html"), ("Rạch Giá",)),
        (Passage("seed in the script", "en"), ("seed in the script",)),
    ],
)
def test_lines_of_each_kind_of_cell(cell, lines):
    assert cell_lines(cell) == lines


@pytest.mark.parametrize("cell", [None, 1.5, Paragraphs(("a",)), fill("lines.html", lines=("a",))])
def test_cell_that_only_html_can_show_is_refused(cell):
    with pytest.raises(TypeError, match=type(cell).__name__):
        cell_lines(cell)
