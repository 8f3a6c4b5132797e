"""Names of places and slips of them, told from names of people."""

import pytest

from analysis.places import read_places
from analysis.places.likeness import PlaceLikeness, one_edit_apart


@pytest.fixture(scope="module")
def likeness():
    return PlaceLikeness(read_places().names)


@pytest.mark.parametrize(
    "text",
    ["Rạch Giá", "TP RACH GIA", "H. Kiên Hải", "Mỹ Đức", "mĩ đức", "Thổ Chu", "X. Vĩnh Hòa, H. An Biên", "Kiên Giang",
     "Châu Thành A", "899 - Rạch Giá", "An Biên (cũ 899)"[:7]],
)  # fmt: skip
def test_a_known_name_is_a_place(likeness, text):
    assert likeness.is_place(text) and likeness.is_near_place(text)


@pytest.mark.parametrize("text", ["Kiên Lươn", "Giồng Giềng", "Tp. Rạhc Giá", "Hòn Đấtt", "U Minh Thượn"])
def test_a_slip_of_the_pen_is_near_one(likeness, text):
    assert likeness.is_near_place(text) and not likeness.is_place(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Văn An",
        "Lê Bình Minh",
        "Kiên",
        "Văn",
        "Trần Rạch Giá",
        "Rạch Giá Kiên Lương Hà Tiên",
        "",
        "...",
    ],
)
def test_other_words_are_not(likeness, text):
    assert not likeness.is_near_place(text)


def test_words_are_one_edit_apart_when_one_letter_differs():
    assert one_edit_apart("giao", "gaio") and one_edit_apart("an", "ann") and one_edit_apart("", "a")
    assert not one_edit_apart("an", "bien") and not one_edit_apart("abcd", "badc")
