"""A value seen in a file -> what a message, a findings table or a coloured workbook may show of it.

A declared personal column shows nothing of its values, not even their length. In any other column a
value is shown unless it has the form of personal data: somebody pasted a row one column too far.
"""

from __future__ import annotations

import re
from functools import lru_cache

from analysis.places.rows import fold

#: What stands for a hidden value, always the same.
HIDDEN = "•••"
#: The longest value that is shown; free text is cut here.
LONGEST = 40

#: Vietnamese family names: a text of two to five words that starts with one is taken for a name.
_FAMILY_NAMES = frozenset(
    (
        "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ",
        "hồ", "ngô", "dương", "lý", "đinh", "trương", "lâm", "mai", "trịnh", "đoàn", "đào", "lương",
        "hà", "cao", "châu", "tô", "tạ", "quách", "thái", "danh", "thạch", "sơn", "kim", "liêu",
        "tăng", "lưu", "triệu", "tôn", "vương",
    )
)  # fmt: skip
_FOLDED_NAMES = frozenset(fold(name) for name in _FAMILY_NAMES)
#: Nine figures or more, however parted: phone, identity and account numbers.
PERSONAL_FIGURES = re.compile(r"(?:\d[ .-]?){9,}")
_DECIMAL = re.compile(r"[+-]?\d{1,6}[.,]\d+")
PERSONAL_EMAIL = re.compile(r"[^@\s]@[^@\s]+\.[A-Za-z]{2,}")
_WORDS = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,4}")


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


def show(value: str, personal: bool = False, place: bool = False) -> str:
    """A cell's value as a message may show it.

    Parameters
    ----------
    value : str
    personal : bool
        Whether the column is declared personal: then nothing is shown.
    place : bool
        Whether the column holds names of places, many of which begin as family names do (Hồ Thị Kỷ).

    Returns
    -------
    str
        At most `LONGEST` characters.

    Examples
    --------
    >>> show("7;5"), show("Lê Thị Bình"), show("hỏi 0912 345 678"), show("Dương Đông", place=True)
    ('7;5', '•••', '•••', 'Dương Đông')
    """
    text = " ".join(str(value).split())
    if personal or looks_personal(text, place):
        return mask(text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


@lru_cache(maxsize=65536)
def looks_personal(text: str, place: bool = False) -> bool:
    """Whether a value has the form of a phone number, an identity number, an e-mail or a person's name.

    Notes
    -----
    A name is known by its first word, a Vietnamese family name, in capitals or not, without accents where
    the whole text has none.
    Where places are expected only a name of three words with "Thị" or "Văn" second counts.

    Examples
    --------
    >>> looks_personal("091234567890"), looks_personal("nguyen van an"), looks_personal("vắng mặt")
    (True, True, False)
    """
    if PERSONAL_FIGURES.search(text) and not _DECIMAL.fullmatch(text):
        return True
    return bool(PERSONAL_EMAIL.search(text)) or is_name(text, place)


def is_name(text: str, place: bool = False) -> bool:
    """Whether a text has the form of a Vietnamese person's name."""
    if not _WORDS.fullmatch(text):
        return False
    plain, words = fold(text) == text.casefold(), fold(text).split()
    if not (words[0] in _FOLDED_NAMES if plain else text.casefold().split()[0] in _FAMILY_NAMES):
        return False
    return len(words) >= 3 and words[1] in ("thi", "van") if place else True
