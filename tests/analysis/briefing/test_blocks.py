"""Blocks: the same object as HTML, as text for Word, and as what a test walks through."""

from matplotlib.figure import Figure

from analysis.briefing.blocks import Column, Group, Image, Paragraphs, Section, Table
from analysis.briefing.drawing import image


def small_chart() -> Image:
    figure = Figure(figsize=(2, 1))
    figure.add_subplot().plot([0, 1], [0, 1])
    return image(figure, "A line that rises from 0 to 1", "A line")


def test_walk_goes_through_sections_and_groups_in_order():
    inner = Section("a", "A", (Paragraphs(("one",)), Paragraphs(("two",))))
    kinds = [type(block).__name__ for block in Group((inner, Paragraphs(("three",)))).walk()]
    assert kinds == ["Group", "Section", "Paragraphs", "Paragraphs", "Paragraphs"]


def test_minor_and_numeric_cells_bear_their_class():
    table = Table("C", (Column("a"), Column("b", True, True), Column("c", minor=True)), (("x", "1", "y"),))
    html = table._repr_html_()
    assert '<td class="number minor" data-label="b">1</td>' in html
    assert '<td class="minor" data-label="c">y</td>' in html


def test_same_chart_gives_the_same_bytes_as_svg_and_as_png():
    a, b = small_chart(), small_chart()
    assert a.svg == b.svg
    assert a.png() == b.png()
    assert b"<dc:date>" not in a.svg


def test_notebook_output_bears_the_mark_of_our_templates():
    data, about = Paragraphs(("a < b",))._repr_mimebundle_()
    assert "a &lt; b" in data["text/html"]
    assert about == {"text/html": {"workbench": True}}
