"""Unicode Vietnamese -> the same text as a file in TCVN3, VNI-Windows or cp1258 holds it, and as misread UTF-8."""

from __future__ import annotations

import unicodedata

from analysis.intake.letters.legacy_tables import TCVN3, VNI
from analysis.intake.letters.syllables import TONES

_TO_TCVN3 = {letter: chr(code) for code, letter in TCVN3.items()}
#: VNI writes a capital with a small or a capital mark; capital marks are the usual ones.
_TO_VNI = {letter: code for code, letter in VNI.items() if code.islower() or code.isupper()}
_BASES = "aăâeêioôơuưy"
_MARKS = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
#: All 134 letters that ASCII lacks, and those it has: 12 vowels with 6 tones and đ, small and capital.
LETTERS = [unicodedata.normalize("NFC", base + mark) for base in _BASES for mark in _MARKS] + ["đ"]
LETTERS += [letter.upper() for letter in LETTERS]


def to_tcvn3(text: str) -> str:
    """Capitals with a tone become small letters: the encoding has none."""
    small = "".join(letter if letter in _TO_TCVN3 else _small(letter) for letter in text)
    return "".join(_TO_TCVN3.get(letter, letter) for letter in small)


def _small(letter: str) -> str:
    return letter.lower() if letter.lower() in _TO_TCVN3 else letter


def to_vni(text: str) -> str:
    return "".join(_TO_VNI.get(letter, letter) for letter in text)


def to_cp1258(text: str) -> bytes:
    """Letters without their tone, then the tone, as Windows writes them."""
    raw = b""
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        tone = "".join(part for part in parts if part in TONES)
        raw += base.encode("cp1258") + tone.encode("cp1258")
    return raw


def misread(text: str) -> str:
    """UTF-8 read as cp1252, the bytes it leaves out as themselves."""
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in text.encode("utf-8")
    )
