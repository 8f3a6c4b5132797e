"""Text as somebody typed or pasted it -> the same with ordinary letters and blanks, and what was changed.

Letters are put right, never exchanged: accents stay, tone marks stay where they are. `fold_key` is for
comparing, not for showing. To drop accents altogether there is `analysis.places.rows.fold`.
"""

from __future__ import annotations

import re
import unicodedata

from analysis.intake.letters.legacy import detect_legacy
from analysis.intake.letters.syllables import place_tone
from analysis.places.rows import LOOKALIKE_D

#: Spaces that are none of ours: no-break, thin, ideographic and so on, with the odd ends of lines.
_ODD_SPACE = re.compile("[\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
#: What nobody sees: zero-width marks, marks of direction, soft hyphen, control characters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_BLANKS = re.compile(r"[ \t\n\r\v\f\x1c-\x1f]+")
#: Eth and African D, but not after a small letter: no syllable has a capital, or a đ, there.
_LOOKALIKE = re.compile("(?<![a-zà-öø-ÿ])[ÐðƉɖ]")
#: Characters that `clean_text` changes and that are letters in a legacy encoding: TCVN3's ư and é, and the
#: second halves of letters in UTF-8 that was read as cp1252.
_LETTERS = {"tcvn3": "\u00adÐ", "mojibake": "\x81\x8d\x8f\x90\x9d\u00a0\u00adÐð"}
_MAY_BE_LETTER = re.compile("[\x81\x8d\x8f\x90\x9d\u00a0\u00adÐð]")
_WORD = re.compile(r"[^\W\d_]+")


def clean_text(text: str) -> str:
    """Text with ordinary letters and blanks.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        NFC; every kind of space is a space, single, none at the ends; what is invisible is gone; look-alikes
        of Đ are Đ.

    Notes
    -----
    The soft hyphen is the letter "ư" of TCVN3, and Ð its "é". In text that reads as TCVN3, and likewise as
    UTF-8 that was read as cp1252, such characters stay, lest letters be lost before the conversion.

    Examples
    --------
    >>> clean_text("  Ða\u0323i\u00a0ho\u0323c\u200b "), clean_text("infor\u00admation")
    ('Đại học', 'information')
    >>> clean_text("Ph\u00adêng") == "Ph\u00adêng"  # TCVN3 for Phường
    True
    """
    while (cleaned := _clean(text)) != text:  # what goes may bring other letters together
        text = cleaned
    return cleaned


def _clean(text: str) -> str:
    if text.isascii() and text.isalnum():
        return text
    text = unicodedata.normalize("NFC", text)
    kept = _kept(text)
    for pattern, change in ((_UNSEEN, ""), (_ODD_SPACE, " "), (_LOOKALIKE, None)):
        text = _replace(pattern, change, text, kept)
    return _BLANKS.sub(" ", text).strip(" ")


def _replace(pattern: re.Pattern[str], change: str | None, text: str, kept: str) -> str:
    """Replace each match but kept letters; by its look-alike where there is no `change`."""

    def of(match: re.Match[str]) -> str:
        letter = match[0]
        if letter in kept:
            return letter
        return letter.translate(LOOKALIKE_D) if change is None else change

    return pattern.sub(of, text)


def _kept(text: str) -> str:
    """Characters that are letters here, because the text reads as a legacy encoding."""
    if not _MAY_BE_LETTER.search(text):
        return ""
    found = detect_legacy([text])
    return _LETTERS.get(found.kind, "") if found else ""


def text_changes(text: str) -> tuple[str, ...]:
    """What `clean_text` would put right, so that it can be reported.

    Parameters
    ----------
    text : str

    Returns
    -------
    tuple of str
        Of "not_nfc", "odd_space", "zero_width", "lookalike_d" and "blanks"; empty exactly where
        `clean_text` changes nothing.

    Examples
    --------
    >>> text_changes("Ðông\u00a0 Hồ"), text_changes("Rạch Giá")
    (('odd_space', 'lookalike_d', 'blanks'), ())
    """
    if clean_text(text) == text:
        return ()
    composed = unicodedata.normalize("NFC", text)
    kept = _kept(composed)
    found = ["not_nfc"] if composed != text else []
    shown = composed
    for name, pattern, change in (
        ("odd_space", _ODD_SPACE, " "),
        ("zero_width", _UNSEEN, ""),
        ("lookalike_d", _LOOKALIKE, None),
    ):
        if _replace(pattern, change, composed, kept) != composed:
            found.append(name)
        shown = _replace(pattern, change, shown, kept)
    if _BLANKS.sub(" ", shown).strip(" ") != shown:
        found.append("blanks")
    return tuple(found)


def fold_key(text: str) -> str:
    """What two spellings of one thing share: clean, small letters, one place for the tone mark, accents kept.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> fold_key("  HOÀ  Bình") == fold_key("Hòa bình"), fold_key("Thuý"), fold_key("mà") == fold_key("ma")
    (True, 'thúy', False)
    """
    small = clean_text(clean_text(text).casefold())
    return _WORD.sub(lambda word: place_tone(word[0]), small)
