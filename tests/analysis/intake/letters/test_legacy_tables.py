import pytest

from analysis.intake.letters.legacy_tables import TCVN3, VNI, repair_mojibake
from tests.analysis.intake.legacy_letters import LETTERS, misread

#: Letters of TCVN 5712:1993 in runs from a byte on, as `iconv -f TCVN5712-1` of glibc prints them; what lies
#: between the runs are capitals with a tone, which the character set VN3 leaves out.
STANDARD = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ", 0xB5: "àảãáạ", 0xBB: "ằẳẵắ", 0xC6: "ặầẩẫấậè", 0xCE: "ẻẽéẹềểễếệìỉ", 0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù", 0xF1: "ủũúụừửữứựỳỷỹýỵ",
}  # fmt: skip


def test_there_are_134_letters_beyond_ascii():
    accented = [letter for letter in LETTERS if not letter.isascii()]
    assert len(set(LETTERS)) == 2 * (12 * 6 + 1)
    assert len(set(accented)) == 2 * (12 * 6 + 1 - 6) == 134


def test_tcvn3_is_the_standards_table():
    standard = {
        start + at: letter for start, letters in STANDARD.items() for at, letter in enumerate(letters)
    }
    assert standard == TCVN3


def test_tcvn3_has_every_small_letter_and_the_capitals_without_tone():
    small = {letter for letter in LETTERS if letter.islower() and not letter.isascii()}
    assert set(TCVN3.values()) == small | set("ĂÂÊÔƠƯĐ")
    assert len(TCVN3) == 67 + 7


def test_vni_has_every_letter():
    assert set(VNI.values()) == {letter for letter in LETTERS if not letter.isascii()}


@pytest.mark.parametrize(
    ("code", "letter"),
    [
        ("aù", "á"),
        ("AÀ", "Ầ"),
        ("Aà", "Ầ"),
        ("aü", "ẵ"),
        ("eä", "ệ"),
        ("ôï", "ợ"),
        ("öø", "ừ"),
        ("yõ", "ỹ"),
        ("î", "ỵ"),
        ("æ", "ỉ"),
        ("Ñ", "Đ"),
    ],
)
def test_vni_letters_known_from_its_fonts(code, letter):
    assert VNI[code] == letter


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_comes_back_from_misread_utf8(letter):
    assert repair_mojibake(misread(letter)) == letter


def test_what_is_no_utf8_stays():
    assert repair_mojibake("Ã la carte, â€, XÃ") == "Ã la carte, â€, XÃ"
