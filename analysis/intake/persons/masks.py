"""A value seen in a file -> what a message, a findings table or a coloured workbook may show of it.

Names have no form of their own: an official's list holds "Neáng Sóc Kha" as well as "Nguyễn Văn An". So a
value is shown only where it is known to tell nobody's name: a number, a date, a short code, a word of common
answers, a value that was declared, and, where places are expected, a place's name or a slip of one.
Everything else is hidden, whatever it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from analysis import paths
from analysis.intake.persons.plain_words import NUMBER_WORDS, PHRASES
from analysis.personal import is_name
from analysis.places import read_places
from analysis.places.likeness import PlaceLikeness
from analysis.places.rows import fold

#: What stands for a hidden value, always the same.
HIDDEN = "•••"
#: The longest value that is shown; what is longer is no code, number or place.
LONGEST = 40

#: Nine figures or more, however parted: phone, identity and account numbers.
PERSONAL_FIGURES = re.compile(r"(?:\d[ .-]?){9,}")
_DECIMAL = re.compile(r"[+-]?\d{1,6}[.,]\d+")
PERSONAL_EMAIL = re.compile(r"[^@\s]@[^@\s]+\.[A-Za-z]{2,}")
#: A date with its time, a number with an exponent, an error of a spreadsheet.
_FORMED = re.compile(
    r"\d{4}-\d\d-\d\dT[\d:.]+|[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d{1,3}|#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NULL!|NUM!)"
)
#: A code: no blank, a figure, capitals and at most one small letter, twenty signs.
_CODE = re.compile(r"(?=.*\d)[A-ZĐa-zđ\d][A-ZĐa-zđ\d./_-]{0,19}")
_TOKEN = re.compile(r"[^\W\d_]+")


def mask(value: str, kind: str = "") -> str:
    """What may be shown of a personal value.

    Parameters
    ----------
    value : str
    kind : str, optional
        A key of `analysis.personal.KINDS`; the e-mail's and the phone's form is not kept either.

    Returns
    -------
    str
        "" where nothing stands, else the same three dots whatever it was and however long.

    Examples
    --------
    >>> mask("Nguyễn Văn An", "name"), mask("0912 345 678", "phone"), mask("", "name")
    ('•••', '•••', '')
    """
    return HIDDEN if str(value).strip() else ""


def show(value: str, personal: bool = False, place: bool = False, known: Collection[str] = ()) -> str:
    """A cell's value as a message may show it.

    Parameters
    ----------
    value : str
    personal : bool
        Whether the column is declared personal: then nothing is shown.
    place : bool
        Whether names of places may stand there: they and slips of them are shown.
    known : collection of str
        Values that are declared, folded (`analysis.places.fold`).

    Returns
    -------
    str
        The value, or the same three dots.

    Examples
    --------
    >>> show("7;5"), show("HV001"), show("vắng mặt"), show("Lê Thị Bình"), show("hỏi 0912 345 678")
    ('7;5', 'HV001', 'vắng mặt', '•••', '•••')
    >>> show("Tp. Rach Gia", place=True), show("Kiên Lươn", place=True), show("Neáng Sóc Kha", place=True)
    ('Tp. Rach Gia', 'Kiên Lươn', '•••')
    """
    text = " ".join(str(value).split())
    if personal or not text:
        return mask(text)
    return text if is_harmless(text, place, known) else HIDDEN


def show_word(word: str) -> str:
    """One word out of a text, as a sample of its letters: by itself it tells nobody's name.

    Examples
    --------
    >>> show_word("Thµnh"), show_word("0912345678")
    ('Thµnh', '•••')
    """
    return HIDDEN if len(word) > LONGEST or re.search(r"[\d@]", word) else word


def is_harmless(text: str, place: bool = False, known: Collection[str] = ()) -> bool:
    """Whether a value is known to name nobody, by what it is and never by what it is not.

    Parameters
    ----------
    text : str
        With single blanks.
    place, known
        As for `show`.
    """
    if len(text) > LONGEST or (PERSONAL_FIGURES.search(text) and not _DECIMAL.fullmatch(text)):
        return False
    words = _TOKEN.findall(text)
    if not words or _FORMED.fullmatch(text):
        return "@" not in text
    folded = fold(text).strip(" .()[]\"'")
    if len(text) == 1 or folded in PHRASES or folded in known or _is_code(text):
        return True
    if all(word.casefold() in NUMBER_WORDS for word in words):
        return True
    return place and _may_be_place(text, paths.rows_folder("places"))


def _is_code(text: str) -> bool:
    small = sum(letter.islower() for letter in text)
    return small <= 1 and bool(_CODE.fullmatch(text))


@lru_cache(maxsize=65536)
def _may_be_place(text: str, folder: Path) -> bool:
    """A known place, or near one and not of the form of a name ("Hồ Bình" is near Hòa Bình)."""
    likeness = _likeness(folder)
    return likeness.is_place(text) or (not is_name(text) and likeness.is_near_place(text))


@lru_cache(maxsize=4)
def _likeness(folder: Path) -> PlaceLikeness:
    """The names of places in use; another data folder may have rows, and so names, of its own."""
    return PlaceLikeness(read_places().names)


@lru_cache(maxsize=65536)
def looks_personal(text: str, place: bool = False) -> bool:
    """Whether a value has the form of a phone number, an identity number, an e-mail or a person's name.

    Notes
    -----
    What has another form may be a name all the same: this tells columns of names from others, and never that
    a value may be shown. A name is known by its first word: a family name, in capitals or not, without
    accents where the whole text has none, or how somebody is addressed.
    Where places are expected only a name of three words with "Thị" or "Văn" second counts.

    Examples
    --------
    >>> looks_personal("091234567890"), looks_personal("nguyen van an"), looks_personal("vắng mặt")
    (True, True, False)
    """
    if PERSONAL_FIGURES.search(text) and not _DECIMAL.fullmatch(text):
        return True
    return bool(PERSONAL_EMAIL.search(text)) or is_name(text, place)
