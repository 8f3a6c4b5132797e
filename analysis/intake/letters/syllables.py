"""One word -> whether it has the shape of a Vietnamese syllable; and its tone mark in the one usual place.

What tells right letters from wrong ones: text read in a wrong encoding is hardly ever made of syllables.
Shapes only, no dictionary: an initial, a rime of the list, a tone that the rime can bear.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Grave, acute, tilde, hook above, dot below.
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
VOWELS = "aăâeêioôơuưy"
_INITIALS = (
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p",
    "ph", "qu", "r", "s", "t", "th", "tr", "v", "x",
)  # fmt: skip
_LISTED = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu yêm yên yêng yêt yêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet
    oc oi om on ong oong ooc op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uơ uôc uôi uôm uôn uông uôt
    uy uya uych uyên uyêt uynh uyp uyt uyu ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y ynh yt ych
    """
_RIMES = frozenset(_LISTED.split())
#: Initials that stand before i, e, ê and y only; those that never do; those before a rime that begins with y.
_BEFORE_FRONT, _NEVER_FRONT = ("k", "gh", "ngh"), ("c", "ng")
_BEFORE_Y = ("", "h", "k", "l", "m", "n", "qu", "s", "t", "v")
#: A run of vowels; the u of "qu" and the i of "gi" before another vowel belong to the initial.
_NUCLEUS = re.compile(rf"(?:(qu|gi)(?=[{VOWELS}]))?([{VOWELS}]+)", re.IGNORECASE)


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether a word could be a Vietnamese syllable, in capitals or not, with either place of the tone mark.

    Examples
    --------
    >>> [is_syllable(word) for word in ("Rạch", "hoà", "hòa", "quốc", "GIẾNG", "Đất")]
    [True, True, True, True, True, True]
    >>> [is_syllable(word) for word in ("déjà", "thµnh", "thân", "cat")]  # "cat" would need a tone
    [False, False, True, False]
    """
    bare, tones = split_tones(word.casefold().replace("ð", "đ"))
    if len(tones) > 1:
        return False
    return any(
        bare.startswith(initial) and _goes(initial, bare[len(initial) :], tones) for initial in _INITIALS
    )


def _goes(initial: str, rime: str, tone: str) -> bool:
    if rime not in _RIMES:
        return not initial and rime in ("ă", "â")  # the names of the letters
    is_front = rime[0] in "ieêy"
    if (initial in _BEFORE_FRONT and not is_front) or (initial in _NEVER_FRONT and is_front):
        return False
    if (initial == "g" and rime[0] in "eêy") or (initial == "gi" and rime[0] in "iy"):
        return False
    if initial == "qu" and rime[0] in "ouưô" and rime != "ôc":
        return False
    if rime[0] == "y" and initial not in _BEFORE_Y:
        return False
    return not rime.endswith(("c", "ch", "p", "t")) or tone in ("\u0301", "\u0323")


def split_tones(word: str) -> tuple[str, str]:
    """A word without its tone marks, and the marks in their order.

    Examples
    --------
    >>> split_tones("Huyện") == ("Huyên", "\u0323")
    True
    """
    letters = unicodedata.normalize("NFD", word)
    bare = "".join(letter for letter in letters if letter not in TONES)
    return unicodedata.normalize("NFC", bare), "".join(letter for letter in letters if letter in TONES)


@lru_cache(maxsize=65536)
def place_tone(word: str) -> str:
    """A word with its tone mark where the older spelling puts it: hoà and hòa become hòa, qúy becomes quý.

    Parameters
    ----------
    word : str
        Letters only. One with no tone mark, or several, comes back as it is, in NFC.

    Examples
    --------
    >>> place_tone("thuý"), place_tone("khoẻ"), place_tone("gìa"), place_tone("Nguyễn"), place_tone("hoàn")
    ('thúy', 'khỏe', 'già', 'Nguyễn', 'hoàn')
    """
    bare, tones = split_tones(word)
    if len(tones) != 1:
        return unicodedata.normalize("NFC", word)
    marked = _marked_letter(word)
    for found in _NUCLEUS.finditer(bare):
        if found.start() <= marked < found.end():
            at = found.start(2) + _bearer(found[2].casefold(), has_coda=found.end() < len(bare))
            return unicodedata.normalize("NFC", bare[: at + 1] + tones + bare[at + 1 :])
    return unicodedata.normalize("NFC", word)


def has_usual_tone(word: str) -> bool:
    """Whether the tone mark stands where the older or the newer spelling puts it.

    Examples
    --------
    >>> has_usual_tone("hòa"), has_usual_tone("hoà"), has_usual_tone("thaù")
    (True, True, False)
    """
    word = unicodedata.normalize("NFC", word)
    bare, tones = split_tones(word)
    newer = unicodedata.normalize("NFC", bare + tones) if bare.casefold().endswith(("oa", "oe", "uy")) else ""
    return word in (place_tone(word), newer)


def _marked_letter(word: str) -> int:
    """Where in the toneless word the letter with the tone mark stands."""
    letters = unicodedata.normalize("NFD", word)
    at = next(place for place, letter in enumerate(letters) if letter in TONES)
    return len(unicodedata.normalize("NFC", letters[:at])) - 1


def _bearer(vowels: str, has_coda: bool) -> int:
    """Which vowel of a run bears the tone."""
    shaped = [place for place, vowel in enumerate(vowels) if vowel in "ăâêôơư"]
    if shaped:
        return shaped[-1]
    if len(vowels) == 1:
        return 0
    return 1 if has_coda or len(vowels) > 2 else 0
