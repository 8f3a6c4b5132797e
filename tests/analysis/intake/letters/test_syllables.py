import pytest

from analysis.intake.letters.syllables import has_usual_tone, is_syllable, place_tone, split_tones
from analysis.places import read_places

#: Names from the languages of the highlands, which are not spelt as Vietnamese.
HIGHLAND = {"Kạn", "Đắk", "Lắk"}


def test_all_names_of_places_are_made_of_syllables():
    places = read_places()
    names = [*places.districts["name_vi"], *places.communes["name_vi"], *places.provinces["name_vi"]]
    words = {word for name in names for word in name.replace("-", " ").split() if not word.isascii()}
    assert len(words) > 100
    assert {word for word in words if not is_syllable(word)} <= HIGHLAND


@pytest.mark.parametrize(
    "word",
    ["giếng", "gì", "quốc", "nghĩa", "khuỷu", "thuở", "Yên", "ưỡn", "KHOẺ", "Ðất", "quý", "xoèn", "hoẵng"],
)
def test_less_usual_syllables_are_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word",
    [
        "déjà",
        "été",
        "Müller",
        "São Paulo",
        "Thµnh",
        "Nguyá»…n",
        "NguyêÞn",
        "Thaønh",
        "càt",
        "cể",
        "nghà",
        "bỷ",
        "hóà",
        "",
    ],
)
def test_other_words_are_not(word):
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ("hoà", "hòa"),
        ("thuý", "thúy"),
        ("khoẻ", "khỏe"),
        ("HOÁ", "HÓA"),
        ("qúy", "quý"),
        ("gìa", "già"),
        ("Hùynh", "Huỳnh"),
        ("tóan", "toán"),
        ("ngòai", "ngoài"),
        ("thụôc", "thuộc"),
    ],
)
def test_both_places_of_a_tone_mark_become_one(newer, older):
    assert place_tone(newer) == older == place_tone(older)


@pytest.mark.parametrize(
    "word", ["Nguyễn", "được", "giữa", "khuỷu", "mía", "của", "rượu", "gì", "giặt", "café", "Đ", "x̀yz"]
)
def test_a_mark_in_its_place_stays(word):
    assert place_tone(word) == word


def test_a_word_with_two_marks_is_left_alone():
    assert place_tone("HoàBình") == "HoàBình"


def test_a_tone_mark_is_split_from_the_letters_shape():
    assert split_tones("Huyện") == ("Huyên", "\u0323")


def test_only_the_two_usual_places_are_usual():
    assert [has_usual_tone(word) for word in ("hoà", "hòa", "thúy", "thuý", "thaù", "hòan")] == [True] * 4 + [
        False
    ] * 2
