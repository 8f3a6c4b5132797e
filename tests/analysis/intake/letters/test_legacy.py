import pytest
from babel import Locale

from analysis.intake.letters.legacy import LEGACY, convert_legacy, detect_legacy
from analysis.places import read_places
from tests.analysis.intake.legacy_letters import LETTERS, misread, to_tcvn3, to_vni

PLACES = read_places()
NAMES = [*PLACES.districts["name_vi"], *PLACES.communes["name_vi"], *PLACES.provinces["name_vi"]]
WRITTEN = {"tcvn3": to_tcvn3, "vni": to_vni, "mojibake": misread}
FRENCH = [
    "déjà vu",
    "café crème",
    "la fête à Noël",
    "où êtes-vous ?",
    "«là»",
    "garçon",
    "Besançon",
    "thé",
    "né",
]
GERMAN = ["Müller", "Köln", "für", "Straße", "Übung", "Zürich"]
IBERIAN = ["São Paulo", "João", "Muñoz", "año", "Corazón", "Nº 5", "Peña"]
ENGLISH = [
    "plain text",
    "naïve résumé",
    "it’s “ok” – 5 °C",
    "10 m²",
    "PM2.5 (µm)",
    "Sony®",
    "£5",
    "½ cup",
    "© 2021",
]


@pytest.mark.parametrize(
    ("text", "kind", "unicode"),
    [
        ("Thµnh phè Hµ Néi", "tcvn3", "Thành phố Hà Nội"),
        ("Vî chång", "tcvn3", "Vợ chồng"),
        ("N÷", "tcvn3", "Nữ"),
        ("Kh«ng", "tcvn3", "Không"),
        ("Cã", "tcvn3", "Có"),
        ("Ph\u00adêng", "tcvn3", "Phường"),
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "tcvn3", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("§éc lËp - Tù do - H¹nh phóc", "tcvn3", "Độc lập - Tự do - Hạnh phúc"),
        ("Thaønh phoá", "vni", "Thành phố"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "vni", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("Ñoäc laäp - Töï do - Haïnh phuùc", "vni", "Độc lập - Tự do - Hạnh phúc"),
        ("COÄNG HOØA XAÕ HOÄI", "vni", "CỘNG HÒA XÃ HỘI"),
        ("Nguyá»…n", "mojibake", "Nguyễn"),
        ("HÃ\u00a0 TiÃªn", "mojibake", "Hà Tiên"),
        ("itâ€™s", "mojibake", "it’s"),
    ],
)
def test_known_texts_are_converted(text, kind, unicode):
    assert convert_legacy(text, kind) == unicode


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize("kind", LEGACY)
def test_every_letter_comes_back(letter, kind):
    in_tcvn3 = (
        letter.lower() if kind == "tcvn3" and letter not in "ĂÂÊÔƠƯĐ" and not letter.isascii() else letter
    )
    assert convert_legacy(WRITTEN[kind](letter), kind) == in_tcvn3


@pytest.mark.parametrize("kind", LEGACY)
def test_every_name_of_a_place_comes_back(kind):
    assert [convert_legacy(WRITTEN[kind](name), kind) for name in NAMES] == NAMES


@pytest.mark.parametrize("kind", LEGACY)
def test_text_with_letters_that_only_unicode_has_is_never_changed(kind):
    texts = ["Thành phố Hà Nội", "Rạch Giá, Kiên Giang", "Nữ", "Đoàn", "Ra\u0323ch", "xã Vĩnh Hòa · N÷"]
    assert [convert_legacy(text, kind) for text in texts] == texts


@pytest.mark.parametrize("kind", ["tcvn3", "vni"])
@pytest.mark.parametrize("text", ["Hà Tiên", "Kiên Giang", "Bình Minh", "plain", "", "7,5"])
def test_text_that_would_read_worse_is_not_changed(text, kind):
    assert convert_legacy(text, kind) == text


@pytest.mark.parametrize("kind", LEGACY)
def test_names_of_places_are_detected_with_a_sample(kind):
    found = detect_legacy([WRITTEN[kind](name) for name in NAMES])
    assert found.kind == kind
    assert found.share > 0.8
    assert found.after in NAMES
    assert found.before == WRITTEN[kind](found.after)


@pytest.mark.parametrize(
    "texts", [NAMES, FRENCH, GERMAN, IBERIAN, ENGLISH, [], ["", "1", None, 7.5], FRENCH + NAMES], ids=range(8)
)
def test_other_texts_are_not_taken_for_legacy(texts):
    assert detect_legacy(texts) is None


@pytest.mark.parametrize("text", [*NAMES, *ENGLISH, *FRENCH])
def test_no_single_text_is_either(text):
    assert detect_legacy([text]) is None


def test_one_word_is_enough_where_it_is_all_there_is():
    assert detect_legacy(["Nam", "N÷"]).kind == "tcvn3"
    assert detect_legacy(["Nam", "N÷", "Nữ"]) is None


def test_a_column_that_is_half_converted_is_still_found():
    assert detect_legacy([*NAMES, *(to_tcvn3(name) for name in NAMES[:20])]).kind == "tcvn3"


def test_misread_utf8_is_named_for_what_it_is():
    assert detect_legacy(["Nguyá»…n", "Kiên Giang"]).kind == "mojibake"
    assert detect_legacy(["Ä\u0090áº¿n", "dÃ©jÃ\u00a0", "HÃ²a"]).kind == "mojibake"


def test_columns_are_named():
    found = detect_legacy({"stt": ["1"], "gioi": ["Nam", "N÷"], "huyen": ["Hßn §Êt"], "xa": ["Tân Hiệp"]})
    assert found.columns == ("gioi", "huyen")


def test_capital_fonts_are_doubtful_and_their_words_become_capitals():
    assert convert_legacy("THµNH PHè R¹CH GI¸, §ÊT", "tcvn3") == "THÀNH PHỐ RẠCH GIÁ, ĐẤT"
    assert detect_legacy(["THµNH PHè HµNH CHÝNH"]).doubtful
    assert not detect_legacy(["Thµnh phè Hµ Néi"]).doubtful


def test_another_kind_is_refused():
    with pytest.raises(ValueError, match="tcvn3, vni, mojibake"):
        convert_legacy("x", "viscii")


@pytest.mark.parametrize(
    "language",
    [
        "fr",
        "de",
        "es",
        "pt",
        "it",
        "nl",
        "sv",
        "da",
        "nb",
        "fi",
        "is",
        "pl",
        "cs",
        "ro",
        "hu",
        "tr",
        "ca",
        "et",
        "sq",
        "ga",
        "vi",
    ],
)
def test_names_of_countries_and_languages_in_other_languages_are_not_legacy(language):
    locale = Locale(language)
    assert detect_legacy([*locale.territories.values(), *locale.languages.values()]) is None


def test_some_unicode_of_western_letters_alone_can_be_read_both_ways():
    """Why whoever converts a column looks first whether any of it is Unicode; most names cannot be misread."""
    changed = {name for name in NAMES for kind in ("tcvn3", "vni") if convert_legacy(name, kind) != name}
    assert "An Hòa" in changed
    assert len(changed) < 0.1 * len(NAMES)
