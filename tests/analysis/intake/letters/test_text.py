import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.letters.text import clean_text, fold_key, text_changes
from analysis.places import read_places
from tests.analysis.intake.legacy_letters import LETTERS, misread, to_tcvn3

#: Any text, rich in what `clean_text` looks at: odd blanks, tone marks, codes of TCVN3.
ODD = "\u009d\u00a0\u00ad\u200b\ufeff\u2009\u3000\u0300\u0301\u0323ÐðƉÃáº»¡ \t\nmahtư"
TEXTS = st.text(
    st.one_of(st.sampled_from(ODD), st.sampled_from(LETTERS), st.characters(exclude_categories=["Cs"]))
)
#: Syllables that may carry their tone mark in either place.
BOTH = [("hoà", "hòa"), ("thuý", "thúy"), ("khoẻ", "khỏe"), ("oá", "óa"), ("tuỳ", "tùy")]


@given(TEXTS)
def test_cleaning_twice_changes_nothing_more(text):
    assert clean_text(clean_text(text)) == clean_text(text)


@given(TEXTS)
def test_changes_are_named_exactly_where_there_are_any(text):
    assert bool(text_changes(text)) == (clean_text(text) != text)


@given(TEXTS)
def test_clean_text_is_nfc_without_stray_blanks(text):
    cleaned = clean_text(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip(" ")
    assert "  " not in cleaned


@given(TEXTS)
def test_composed_and_decomposed_letters_share_a_key(text):
    assert fold_key(unicodedata.normalize("NFD", text)) == fold_key(unicodedata.normalize("NFC", text))


@given(TEXTS)
def test_a_key_is_its_own_key(text):
    assert fold_key(fold_key(text)) == fold_key(text)


@given(st.lists(st.sampled_from(BOTH), min_size=1), st.booleans(), st.booleans())
def test_both_places_of_the_tone_mark_share_a_key(pairs, decomposed, capitals):
    newer, older = (" ".join(pair[side] for pair in pairs) for side in (0, 1))
    newer = unicodedata.normalize("NFD", newer) if decomposed else newer
    assert fold_key(newer.upper() if capitals else newer) == fold_key(older)


@pytest.mark.parametrize(
    ("text", "cleaned", "changes"),
    [
        ("Rạch Giá", "Rạch Giá", ()),
        ("Ra\u0323ch Gia\u0301", "Rạch Giá", ("not_nfc",)),
        ("Hòn\u00a0Tre", "Hòn Tre", ("odd_space",)),
        ("Lại\u200b Sơn", "Lại Sơn", ("zero_width",)),
        ("Ðông Hồ", "Đông Hồ", ("lookalike_d",)),
        ("ƉÔNG ĐÐ", "ĐÔNG ĐĐ", ("lookalike_d",)),
        (" An\n  Biên ", "An Biên", ("blanks",)),
        ("\ufeffmã", "mã", ("zero_width",)),
        ("\u00a0 ", "", ("odd_space", "blanks")),
        ("", "", ()),
    ],
)
def test_what_is_odd_is_put_right_and_named(text, cleaned, changes):
    assert (clean_text(text), text_changes(text)) == (cleaned, changes)


def test_tone_marks_are_not_moved():
    assert [clean_text(text) for text in ("hoà", "hòa")] == ["hoà", "hòa"]


@pytest.mark.parametrize("word", ["Phường", "Trường", "Trưởng ấp", "hướng", "Thư ký", "bé"])
def test_letters_of_tcvn3_that_look_like_slips_stay(word):
    assert clean_text(to_tcvn3(word)) == to_tcvn3(word)


@pytest.mark.parametrize("text", ["Tỉnh Kiên Giang", "Thành phố Rạch Giá", "Phường", "Đất", "Hà Nội"])
def test_halves_of_misread_letters_stay(text):
    assert clean_text(misread(text)) == misread(text)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [("XÃ\u00a0HOÀ", "XÃ HOÀ"), ("Tân\u00ad Hiệp", "Tân Hiệp"), ("thông\u00adtin", "thôngtin")],
)
def test_in_unicode_the_same_characters_are_blanks_and_soft_hyphens(text, cleaned):
    assert clean_text(text) == cleaned


def test_different_places_keep_different_keys():
    names = set(read_places().communes["name_vi"])
    assert len({fold_key(name) for name in names}) == len({clean_text(name).casefold() for name in names})
    assert fold_key("Thạnh") != fold_key("Thanh")
