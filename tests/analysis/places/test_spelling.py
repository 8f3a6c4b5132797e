"""What was typed -> words, keys and ways to cut it into parts."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.places.spelling import (
    bare_key,
    exact_key,
    has_accents,
    is_code,
    typed_text,
    ways_to_cut,
    words_of,
)


def _cut(text: str, *openers: str) -> set[tuple[str, ...]]:
    """The ways as joined words; a part may begin with one of the openers."""
    ways = ways_to_cut(text, lambda words: words[0] in openers and len(words) > 1)
    return {tuple(" ".join(part) for part in way) for way in ways}


@pytest.mark.parametrize(
    ("typed", "text"),
    [(899, "899"), (899.0, "899"), ("899.0", "899"), (" 899 ", "899"), ("0899", "0899"), (899.5, "899.5"),
     (True, "True"), ("\ufeffRạch\u200b Giá", "Rạch Giá"), ("H\u00f2n \u00d0ất", "Hòn Đất"),
     ("H\u00f2n \u0189ất", "Hòn Đất"), (unicodedata.normalize("NFD", "Rạch Giá"), "Rạch Giá")],
)  # fmt: skip
def test_what_was_typed_becomes_text_of_one_form(typed, text):
    assert typed_text(typed) == text


def test_dots_dashes_and_spaces_of_every_kind_divide_words():
    assert words_of(" T.P\u00a0Rạch\u2013Giá. ") == ("t", "p", "rạch", "giá")
    assert words_of("Rạch_Giá") == ("rạch", "giá")
    assert words_of("...") == ()


@pytest.mark.parametrize(
    ("one", "other"), [("Hoà", "hòa"), ("thuỷ", "THỦY"), ("Mỹ", "mĩ"), ("Gía", "giá"), ("Khoẻ", "khỏe")]
)
def test_one_name_in_two_spellings_has_one_key(one, other):
    assert exact_key(words_of(one)) == exact_key(words_of(other))


@pytest.mark.parametrize(
    ("one", "other"), [("Thanh", "Thạnh"), ("Hoa", "Hòa"), ("Đất", "Dất"), ("Hón", "Hòn"), ("Tây", "Tai"), ("An", "Ân")]
)  # fmt: skip
def test_two_names_have_two_keys(one, other):
    assert exact_key(words_of(one)) != exact_key(words_of(other))


def test_without_accents_all_of_them_are_left_out():
    assert bare_key(words_of("Hòn Đất")) == bare_key(words_of("HON DAT")) == "hon dat"
    assert (has_accents(words_of("Hon Đat")), has_accents(words_of("Hon Dat"))) == (True, False)


def test_a_comma_always_cuts_and_a_dash_perhaps():
    assert _cut("Bình An, Kiên Lương") == {("bình an", "kiên lương")}
    assert _cut("Rạch-Giá") == {("rạch giá",), ("rạch", "giá")}
    assert _cut("Bình An\nKiên Lương (KG)") == {("bình an", "kiên lương", "kg")}


def test_a_word_that_opens_a_part_cuts_perhaps():
    assert _cut("xã Thới Quản huyện Gò Quao", "xã", "huyện") == {
        ("xã thới quản huyện gò quao",), ("xã thới quản", "huyện gò quao"),
    }  # fmt: skip


def test_a_code_beside_a_name_is_a_part_of_its_own():
    assert _cut("899. Rạch Giá") == {("899", "rạch giá")}
    assert _cut("Thứ 11") == {("thứ 11",)}
    assert [is_code(words_of(text)) for text in ("899", "11", "89a", "899 900")] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "text", ["", " , ; ", "-", "-899", "\u2212 5", "a,b,c,d,e,f,g", "a-b-c, d-e-f, g-h-i, j-k-l, m-n-o"]
)
def test_what_is_no_place_is_not_cut_at_all(text):
    assert _cut(text) == set()


@given(st.text(alphabet="aàáăâđeêioôơuưyhklmt ", max_size=30))
def test_normal_forms_share_their_keys(text):
    nfc, nfd = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert exact_key(words_of(nfc)) == exact_key(words_of(nfd))
    assert bare_key(words_of(nfc)) == bare_key(words_of(nfd))


@given(st.text(max_size=200))
def test_no_text_breaks_the_cutting_or_gives_an_empty_part(text):
    for way in ways_to_cut(text, lambda words: len(words) % 2 == 0):
        assert way
        assert all(part and all(part) for part in way)
