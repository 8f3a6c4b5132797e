"""Spellings of one district are one district; what may be two is said and not guessed."""

import itertools

import pytest

from analysis.places import read_places
from analysis.scaffold.spelled_places import join_spellings, kind_words, part_kind

KINDS = kind_words(read_places().prefixes)
#: The thirteen districts of a province that is not in the rows, each written in three ways.
BARE = [
    "An Biên", "An Minh", "Châu Thành", "Giang Thành", "Giồng Riềng", "Gò Quao", "Hòn Đất", "Kiên Hải",
    "Kiên Lương", "Phú Quốc", "Tân Hiệp", "U Minh Thượng", "Vĩnh Thuận",
]  # fmt: skip


def test_three_spellings_of_thirteen_districts_are_thirteen():
    ways = ("{}", "H. {}", "Huyện {}")
    written = [way.format(name) for way, name in itertools.product(ways, BARE)]
    found = join_spellings(written, KINDS)
    assert [one.name for one in found.districts] == sorted(BARE, key=lambda name: f"{name} ")
    assert {one.kind for one in found.districts} == {"Huyện"}
    assert all(len(one.written) == 3 for one in found.districts)
    assert (found.doubtful, found.alike) == ((), ())


@pytest.mark.parametrize(
    "written", [["An Biên", "AN BIEN"], ["an bien", "An Biên", "h.AN BIÊN"], ["Huyện  An Biên", "An Bien"]]
)
def test_the_best_spelling_has_its_accents_and_small_letters(written):
    (one,) = join_spellings(written, KINDS).districts
    assert one.name == "An Biên"


def test_a_bare_name_of_two_kinds_is_doubtful_and_of_no_district():
    found = join_spellings(["Cao Lãnh", "H. Cao Lãnh", "TP. Cao Lãnh", "Tam Nông"], KINDS)
    assert [(one.kind, one.name) for one in found.districts] == [
        ("Huyện", "Cao Lãnh"), ("Thành phố", "Cao Lãnh"), ("", "Tam Nông"),
    ]  # fmt: skip
    assert found.doubtful == ("Cao Lãnh",)
    assert all("Cao Lãnh" not in one.written for one in found.districts)


def test_names_a_letter_apart_are_two_districts_and_told():
    found = join_spellings(["H. Vị Thủy", "Vị Thũng", "Vị Thuỷn", "Long Mỹ"], KINDS)
    assert len(found.districts) == 4
    assert found.alike == (("Vị Thủy", "Vị Thuỷn"),)


def test_spellings_with_other_accents_are_joined_and_told():
    found = join_spellings(["H. Châu Thành", "Châu Thạnh", "CHAU THANH", "Vị Thủy", "Vị Thuỷ"], KINDS)
    assert [len(one.written) for one in found.districts] == [3, 2]
    assert found.accents == (("Châu Thạnh", "H. Châu Thành"),)


def test_a_name_that_is_a_kind_word_alone_stays_a_name():
    assert part_kind("Huyện", KINDS) == ("", "Huyện")
    assert part_kind("Quận 1", KINDS) == ("Quận", "1")
