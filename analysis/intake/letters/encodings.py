"""A file of text in any encoding -> its text, and in which encoding it was read; or a refusal with samples.

What a file proves (a byte order mark, NULs at every other byte, valid UTF-8) comes first. What is left is one
byte a letter: cp1258 (Windows, Vietnamese) or cp1252 (Windows, Western, on which the fonts of TCVN3 and VNI
draw). Those two are told apart by whether the words become Vietnamese syllables. A general detector was tried
(charset-normalizer 3.5): it knows neither TCVN3 nor VNI and takes both for cp1257 (Baltic), short French for
cp1250 and Portuguese for Big5, with no word of doubt; so two candidates are scored here instead.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from analysis import paths
from analysis.errors import UnreadableFile, shown
from analysis.intake.letters.legacy import LEGACY, detect_legacy
from analysis.intake.letters.syllables import is_syllable
from analysis.intake.options import by_option
from analysis.intake.persons.masks import HIDDEN, show_word

#: Byte order marks, the longer ones first.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Different words that must speak for cp1258, their share among those that tell, and the lead over cp1252.
LEAST_WORDS = 2
LEAST_SHARE = 0.7
LEAST_LEAD = 0.3
_SAMPLED = 5_000
_BYTE_WORD = re.compile(rb"[A-Za-z\xa1-\xff]*[\xa1-\xff][A-Za-z\xa1-\xff]*")
_DECLARE = (
    f"Declare the encoding, such as cp1258, cp1252 or utf-16, by {by_option('encoding')[1]}; or open it in "
    "Excel and save as CSV UTF-8.",
    f"Hãy khai báo bảng mã, ví dụ cp1258, cp1252 hoặc utf-16, bằng {by_option('encoding')[0]}; hoặc mở tệp "
    "bằng Excel rồi lưu thành CSV UTF-8.",
)
_COPY = (
    "Copy the file again, or export it again from the program that made it.",
    "Hãy chép lại hoặc xuất lại tệp từ chương trình đã tạo ra nó.",
)


@dataclass(frozen=True)
class Encoding:
    """In which encoding a file was read.

    Attributes
    ----------
    name : str
        "utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1258", "cp1252", or what was declared.
    certain : bool
        False where only the look of the words speaks for it.
    sample_before, sample_after : str
        A word as a Western program shows it, and as it was read; empty where they are the same.
    """

    name: str
    certain: bool = True
    sample_before: str = ""
    sample_after: str = ""


def read_text(path: Path | str, declared: str = "") -> tuple[str, Encoding]:
    """Read a text file.

    Parameters
    ----------
    path : Path or str
    declared : str, optional
        The encoding, by any name Python knows; found from the bytes by default.

    Returns
    -------
    tuple of str and Encoding
        The text without a byte order mark, in NFC where the encoding writes tone marks apart (cp1258); ends
        of lines as they are. Letters of TCVN3 and VNI are left for `analysis.intake.letters.legacy`.

    Raises
    ------
    UnreadableFile
        Cut short, not text, not in the declared encoding, or in one that cannot be told: then each
        candidate is named with a sample.
    """
    path = Path(path)
    raw = path.read_bytes()
    if declared:
        return _read_declared(path, raw, declared)
    name = _proved(raw)
    if name:
        return _decoded(path, raw, name), Encoding(name if name == "utf-8-sig" else _family(name))
    if b"\0" in raw:
        raise _refusal(path, *_NOT_TEXT, "text", "NUL bytes", _COPY)
    try:
        return raw.decode("utf-8"), Encoding("utf-8")
    except UnicodeDecodeError as fault:
        _refuse_broken_utf8(path, raw, fault)
    return _read_bytes(path, raw)


def _proved(raw: bytes) -> str:
    """The encoding that a mark or a pattern of NULs proves, else ""."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return name
    nulls = (raw[0::2].count(0), raw[1::2].count(0))
    if max(nulls) > 9 * min(nulls) and max(nulls) >= len(raw) / 10:
        return "utf-16-le" if nulls[1] > nulls[0] else "utf-16-be"
    return ""


_NOT_TEXT = ("It holds NUL bytes: no text, or damaged", "tệp có byte rỗng nên không phải chữ hoặc đã hỏng")
_CUT = ("It is cut short in the middle of a letter", "tệp bị cắt cụt giữa một chữ cái")
_BROKEN = ("It is UTF-8 but for a few broken letters", "tệp là UTF-8 nhưng có vài chữ bị hỏng")
_UNTOLD = ("Its encoding cannot be told for certain", "không xác định chắc chắn được bảng mã")
_NO_SUCH = ("The declared encoding does not exist", "bảng mã đã khai báo không tồn tại")
_WRONG = ("Its text is not in the declared encoding", "chữ trong tệp không đúng bảng mã đã khai báo")


def _decoded(path: Path, raw: bytes, name: str) -> str:
    try:
        return raw.decode(name)
    except UnicodeDecodeError as fault:
        reason = _CUT if fault.end >= len(raw) - 3 else _BROKEN
        raise _refusal(path, *reason, name, f"byte {fault.start + 1}", _COPY) from fault


def _read_declared(path: Path, raw: bytes, declared: str) -> tuple[str, Encoding]:
    if declared.casefold() in LEGACY:
        by_vi, by = by_option("legacy", declared.casefold())
        hint = f"Leave the encoding out and ask for the conversion with {by}."
        vi = f"Hãy bỏ khai báo bảng mã và yêu cầu chuyển mã bằng {by_vi}."
        raise _refusal(path, *_NO_SUCH, "an encoding of bytes", declared, (hint, vi))
    try:
        name = codecs.lookup(declared).name
        bytes(4).decode(name)  # some names are of no text encoding
    except LookupError as fault:
        raise _refusal(
            path, *_NO_SUCH, "such as utf-8, utf-16, cp1258 or cp1252", declared, _DECLARE
        ) from fault
    proved = _proved(raw)
    if proved and _family(proved) != _family(name):
        raise _refusal(path, *_WRONG, _family(proved), declared, _DECLARE)
    name = proved or name
    try:
        text = raw.decode(name)
    except UnicodeDecodeError as fault:
        seen = f"byte 0x{raw[fault.start]:02X} in line {raw[: fault.start].count(10) + 1}"
        raise _refusal(path, *_WRONG, declared, seen, _DECLARE) from fault
    return _composed(text, name), Encoding(name if name == "utf-8-sig" else _family(name))


def _family(name: str) -> str:
    """The encoding without which byte comes first and whether there is a mark."""
    return re.sub("-(le|be|sig)$", "", name)


def _composed(text: str, name: str) -> str:
    return unicodedata.normalize("NFC", text) if name == "cp1258" else text


def _refuse_broken_utf8(path: Path, raw: bytes, fault: UnicodeDecodeError) -> None:
    """Say that a file is UTF-8 and damaged, rather than take it for another encoding."""
    lenient = raw.decode("utf-8", errors="replace")
    broken = lenient.count("\ufffd")
    whole = len(lenient) - len(lenient.encode("ascii", errors="ignore")) - broken
    if whole < 10 * broken and not (whole and "unexpected end" in fault.reason):
        return
    line = raw[: fault.start].count(b"\n") + 1
    reason = _CUT if broken == 1 and "unexpected end" in fault.reason else _BROKEN
    raise _refusal(path, *reason, "whole UTF-8", f"{broken} broken, the first in line {line}", _COPY)


def _read_bytes(path: Path, raw: bytes) -> tuple[str, Encoding]:
    """One byte a letter: cp1258 or cp1252, by the words that are not the same in both."""
    words = list(dict.fromkeys(_BYTE_WORD.findall(raw)))[:_SAMPLED]
    read = [(_loose(word, "cp1252"), _loose(word, "cp1258")) for word in words]
    telling = [(west, viet) for west, viet in read if west != viet]
    legacy = detect_legacy([west for west, _ in read])
    known = sum(is_syllable(viet) for _, viet in telling)
    share = known / len(telling) if telling else 0.0
    western = sum(is_syllable(west) for west, _ in telling) / len(telling) if telling else 0.0
    rival = max(western, legacy.share if legacy else 0.0)
    if known >= LEAST_WORDS and share >= LEAST_SHARE and share >= rival + LEAST_LEAD:
        before, after = next((pair for pair in telling if is_syllable(pair[1])), ("", ""))
        return _strictly(path, raw, "cp1258", read), Encoding("cp1258", False, before, after)
    same = not telling and _same(raw)
    if same or (legacy and rival >= share + LEAST_LEAD):
        return _strictly(path, raw, "cp1252", read), Encoding("cp1252")
    raise _untold(path, read, telling)


def _loose(raw: bytes, name: str) -> str:
    return unicodedata.normalize("NFC", raw.decode(name, errors="replace"))


def _same(raw: bytes) -> bool:
    """Whether both encodings give the same text, signs and all."""
    return _loose(raw, "cp1252") == _loose(raw, "cp1258")


def _strictly(path: Path, raw: bytes, name: str, read: list[tuple[str, str]]) -> str:
    try:
        return _composed(raw.decode(name), name)
    except UnicodeDecodeError as fault:
        raise _untold(path, read, []) from fault


def _untold(path: Path, read: list[tuple[str, str]], telling: list[tuple[str, str]]) -> UnreadableFile:
    # One word alone: several would be a name.
    seen = [pair for pair in telling or read if HIDDEN not in map(show_word, pair)]
    samples = [f'cp1258 "{viet}", cp1252 "{west}"' for west, viet in seen[:1]]
    return _refusal(path, *_UNTOLD, "UTF-8", shown(samples) or "bytes of no known encoding", _DECLARE)


def _refusal(
    path: Path, what: str, what_vi: str, expected: str, got: str, advice: tuple[str, str]
) -> UnreadableFile:
    return UnreadableFile(
        f"The file {path.name} cannot be read. {what}.",
        vi=f"Không đọc được tệp {path.name}: {what_vi}. {advice[1]}",
        where=paths.short(path),
        expected=expected,
        got=got,
        hint=advice[0],
    )
