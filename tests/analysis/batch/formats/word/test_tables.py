"""Columns of a Word table fill the page and are no narrower than their longest word."""

import pytest

from analysis.batch.formats.word.tables import TEXT_WIDTH, column_widths
from analysis.briefing.blocks import Column, Lines, Table
from tests.analysis.batch.formats.made_page import made_page


def table(*rows, head=("a", "b", "c")):
    return Table("C", tuple(map(Column, head)), rows)


@pytest.mark.parametrize(
    "rows",
    [
        (("x", "1", "2"),),
        (("x" * 200, "1", "2"), ("a b c " * 40, "y" * 90, "z")),
        (("Xã", Lines(("một dòng dài hơn hẳn các dòng khác", "hai")), "–"),),
    ],
)
def test_widths_fill_the_page(rows):
    assert sum(column_widths(table(*rows))) == pytest.approx(TEXT_WIDTH)


def test_column_of_sentences_is_wider_than_one_of_numbers_and_not_ten_times_as_wide():
    name, sentence, number = column_widths(table(("D1", "một câu dài gồm nhiều chữ " * 3, "1")))
    assert number < name < sentence < 6 * number


def test_every_table_of_the_example_leaves_room_for_every_word():
    for _, block in made_page("899", "vi").tables:
        widths = column_widths(block)
        assert sum(widths) == pytest.approx(TEXT_WIDTH)
        assert min(widths) > 11
