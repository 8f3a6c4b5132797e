"""Text -> whether its letters are of a legacy Vietnamese encoding; and, on request, the same text in Unicode.

Before Unicode, Vietnamese was typed in fonts that draw Vietnamese letters for Western codes: TCVN3 (ABC, the
.VnTime fonts) and VNI-Windows. A program that knows nothing of the font shows the codes: "Thµnh phè",
"Thaønh phoá" for "Thành phố". A third kind of wrong letters is UTF-8 that was read as cp1252: "ThÃ nh phá»‘".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from analysis.intake.letters.legacy_tables import TCVN3, VNI, repair_mojibake
from analysis.intake.letters.syllables import has_usual_tone, is_syllable

#: What `convert_legacy` converts.
LEGACY = ("tcvn3", "vni", "mojibake")
#: So many different words must read right only after conversion, or all words there are.
LEAST_WORDS = 3
#: And at least this share of the words that cannot be read as they stand.
LEAST_SHARE = 0.5
#: Letters that neither encoding gives and that no misread UTF-8 holds: the text is Unicode.
_UNICODE = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ\u0300-\u036f]")
_BEYOND_ASCII = re.compile("[\u0080-\uffff]")
_WORD = re.compile("[A-Za-z\u00a1-\u00ff\u0100-\u024f\u0300-\u036f\u1e00-\u1eff]+")
#: A sign alone or with one letter: a unit (µm), a reference (§a), no word of any kind.
_UNIT = re.compile("[\u00a1-\u00bf×÷][A-Za-z]?")
#: UTF-8 read as cp1252 puts signs and no-break spaces inside words.
_RUN = re.compile(r"(?:[^\s,;|/()\[\]{}<>\"=+]|\u00a0)+")
_APOSTROPHES = str.maketrans("", "", "’‘“”–—…-.:!?'")


@dataclass(frozen=True)
class Legacy:
    """Letters of a legacy encoding that were found.

    Attributes
    ----------
    kind : {"tcvn3", "vni", "mojibake"}
        "mojibake" is UTF-8 that was read as cp1252.
    share : float
        Of the different words with any letter beyond ASCII, how many read right only after conversion.
    before, after : str
        One text that shows it, as it stands and converted.
    columns : tuple of str
        The columns that hold such words, where columns were given.
    doubtful : bool
        TCVN3 in capitals: the capital fonts (".VnTimeH") draw small letters as capitals, so that which
        letters were capitals cannot be recovered from the text.
    """

    kind: str
    share: float
    before: str
    after: str
    columns: tuple[str, ...] = ()
    doubtful: bool = False


@dataclass
class _Seen:
    """What the different words of some texts say of one kind: read only after conversion, read in neither
    way, read in both, read only as they stand."""

    gained: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    either: set[str] = field(default_factory=set)
    against: set[str] = field(default_factory=set)
    columns: dict[str, None] = field(default_factory=dict)
    sample: str = ""
    share: float = 0.0


def detect_legacy(texts: Iterable[str] | Mapping[str, Iterable[str]]) -> Legacy | None:
    """Say whether texts are of a legacy encoding.

    Parameters
    ----------
    texts : iterable of str, or mapping of column name to iterable of str
        Of one column, or of a table. What is no text is passed over.

    Returns
    -------
    Legacy or None
        None for Unicode Vietnamese, other languages, and text without letters beyond ASCII.

    Notes
    -----
    A word counts for a kind when it has the shape of a Vietnamese syllable after conversion and not
    before; `LEAST_WORDS` different ones are needed, and `LEAST_SHARE` of the words that cannot be read as
    they stand. Fewer words do where they are all there are ("N÷" in a column of Nam and N÷). Words with
    letters that only Unicode has count for none, so a column that is half converted is still found.

    Examples
    --------
    >>> found = detect_legacy(["Thµnh phè Hµ Néi", "Vî chång"])
    >>> found.kind, found.after
    ('tcvn3', 'Thành phố Hà Nội')
    >>> detect_legacy(["Thành phố Hà Nội", "déjà vu"]) is None
    True
    """
    columns = texts if isinstance(texts, Mapping) else {"": texts}
    lists = {
        name: [text for text in dict.fromkeys(column) if isinstance(text, str) and _BEYOND_ASCII.search(text)]
        for name, column in columns.items()
    }
    if not any(lists.values()):
        return None
    seen = {kind: _look(lists, kind) for kind in LEGACY}
    kind, best = max(seen.items(), key=lambda item: len(item[1].gained))
    if not _is_enough(best):
        return None
    after = convert_legacy(best.sample, kind)
    named = tuple(name for name in best.columns if name)
    doubtful = kind == "tcvn3" and any(_is_mixed_case(_WORDS_OF[kind][1](word)) for word in best.gained)
    return Legacy(kind, best.share, best.sample, after, named, doubtful)


def _look(lists: Mapping[str, list[str]], kind: str) -> _Seen:
    pattern, convert = _WORDS_OF[kind]
    seen, verdicts, most = _Seen(), {}, 0
    for name, texts in lists.items():
        for text in texts:
            gained = 0
            for word in pattern.findall(text):
                if not _BEYOND_ASCII.search(word):
                    continue
                if word not in verdicts:
                    verdicts[word] = _judge(word, convert, kind)
                gained += verdicts[word] == "gained"
            if gained:
                seen.columns[name] = None
            if gained > most:
                most, seen.sample = gained, text
    for word, verdict in verdicts.items():
        getattr(seen, verdict).add(word)
    seen.share = len(seen.gained) / len(verdicts) if verdicts else 0.0
    return seen


def _judge(word: str, convert: Callable[[str], str], kind: str) -> str:
    """What one word says of a kind: the name of the set of `_Seen` it goes to."""
    if _UNICODE.search(word):
        return "against"
    if _UNIT.fullmatch(word):
        return "either"
    after = convert(word)
    is_better = after != word and _reads_now(after, kind)
    if not _reads(word):
        return "gained" if is_better else "unread"
    return "either" if is_better or after == word else "against"


def _is_enough(seen: _Seen) -> bool:
    if len(seen.gained) < LEAST_WORDS:
        return bool(seen.gained) and not seen.unread and not seen.against
    return len(seen.gained) >= LEAST_SHARE * (len(seen.gained) + len(seen.unread))


def _reads(word: str) -> bool:
    """Whether a word, as it stands and without signs around it, is made of syllables."""
    parts = [part for part in word.split("\u00a0") if part]
    return all(is_syllable(_bare(part)) for part in parts if not part.isascii())


def _bare(part: str) -> str:
    return part.strip("«»")  # quotation marks of other languages, or else TCVN3's ô and ằ


def _reads_now(word: str, kind: str) -> bool:
    if kind == "mojibake":  # any Latin language: what decodes as UTF-8 to letters was UTF-8
        letters = unicodedata.normalize("NFC", word).translate(_APOSTROPHES)
        return letters.isalpha() and all(bool(_WORD.fullmatch(letter)) for letter in letters)
    return is_syllable(word) and has_usual_tone(word)


def convert_legacy(text: str, kind: str) -> str:
    """Text of a legacy encoding in Unicode.

    Parameters
    ----------
    text : str
    kind : {"tcvn3", "vni", "mojibake"}

    Returns
    -------
    str
        NFC. The text as it is where it holds letters that only Unicode has, or would hold fewer
        syllables after than before.

    Raises
    ------
    ValueError
        For another kind.

    Notes
    -----
    A word whose letters are capitals but for those of TCVN3 was typed in a capital font: it becomes all
    capitals. A text of Latin-1 letters alone may be read both ways ("Cã" is Có in TCVN3 and a word in
    Unicode): it is converted, as asked; whoever converts a column looks first whether any of it is Unicode.

    Examples
    --------
    >>> [convert_legacy(text, "tcvn3") for text in ("Thµnh phè Hµ Néi", "N÷", "Kh«ng", "THµNH PHè")]
    ['Thành phố Hà Nội', 'Nữ', 'Không', 'THÀNH PHỐ']
    >>> convert_legacy("Thaønh phoá Raïch Giaù", "vni"), convert_legacy("Nguyá»…n", "mojibake")
    ('Thành phố Rạch Giá', 'Nguyễn')
    >>> convert_legacy("Thành phố Hà Nội", "tcvn3")
    'Thành phố Hà Nội'
    """
    if kind not in LEGACY:
        raise ValueError(f"kind is one of {', '.join(LEGACY)}")
    if not _BEYOND_ASCII.search(text) or _UNICODE.search(text):
        return text
    pattern, convert = _WORDS_OF[kind]
    new = unicodedata.normalize("NFC", pattern.sub(lambda word: convert(word[0]), text))
    return text if _syllables(new) < _syllables(text) else new


def _syllables(text: str) -> int:
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return sum(is_syllable(_bare(word)) for word in words)


def _from_tcvn3(word: str) -> str:
    new = word.translate(TCVN3)
    typed = [letter for letter in word if letter.isascii()]
    capitals = bool(typed) and all(letter.isupper() for letter in typed)
    # One capital at the beginning is the usual way; one further on, or several, need a capital font.
    return new.upper() if capitals and (len(typed) > 1 or word[0] != typed[0]) else new


def _is_mixed_case(word: str) -> bool:
    return word.isupper() or any(letter.isupper() for letter in word[1:])


_VNI_LETTERS = re.compile("|".join(sorted(VNI, key=len, reverse=True)))


def _from_vni(word: str) -> str:
    return _VNI_LETTERS.sub(lambda letter: VNI[letter[0]], word)


_WORDS_OF: dict[str, tuple[re.Pattern[str], Callable[[str], str]]] = {
    "tcvn3": (_WORD, _from_tcvn3),
    "vni": (_WORD, _from_vni),
    "mojibake": (_RUN, repair_mojibake),
}
