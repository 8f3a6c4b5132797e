"""Letters of TCVN3 (ABC) and VNI-Windows as Western codes show them -> Unicode; misread UTF-8 -> repaired.

Source
------
TCVN3: TCVN 5712:1993, character set VN3; agrees with the table TCVN5712-1 of GNU libc. VNI-Windows: the
`VNI` array of xvnkb (vni.h, lamdao/xvnkb). Facts of the two standards, laid out anew.
"""

from __future__ import annotations

import re

#: Codes and their letters, one for one. VN3 has no capitals with a tone.
_TCVN3_ROWS = (
    ("¡¢£¤¥¦§", "ĂÂÊÔƠƯĐ"),
    ("¨©ª«¬\u00ad®", "ăâêôơưđ"),
    ("µ¶·¸¹", "àảãáạ"),
    ("»¼½¾Æ", "ằẳẵắặ"),
    ("ÇÈÉÊË", "ầẩẫấậ"),
    ("ÌÎÏÐÑ", "èẻẽéẹ"),
    ("ÒÓÔÕÖ", "ềểễếệ"),
    ("×ØÜÝÞ", "ìỉĩíị"),
    ("ßáâãä", "òỏõóọ"),
    ("åæçèé", "ồổỗốộ"),
    ("êëìíî", "ờởỡớợ"),
    ("ïñòóô", "ùủũúụ"),
    ("õö÷øù", "ừửữứự"),
    ("úûüýþ", "ỳỷỹýỵ"),
)
TCVN3: dict[int, str] = {ord(code): letter for row in _TCVN3_ROWS for code, letter in zip(*row, strict=True)}

#: A letter is a base and a mark after it, the marks of one base in the order of its letters.
_VNI_MARKED = (
    ("a", "øûõùï" "â" "àåãáä" "ê" "èúüéë", "àảãáạ" "â" "ầẩẫấậ" "ă" "ằẳẵắặ"),
    ("e", "øûõùï" "â" "àåãáä", "èẻẽéẹ" "ê" "ềểễếệ"),
    ("o", "øûõùï" "â" "àåãáä", "òỏõóọ" "ô" "ồổỗốộ"),
    ("ô", "øûõùï", "ờởỡớợ"),
    ("u", "øûõùï", "ùủũúụ"),
    ("ö", "øûõùï", "ừửữứự"),
    ("y", "øûõù", "ỳỷỹý"),
)  # fmt: skip
_VNI_ALONE = dict(zip("ôöñìæóíòî", "ơưđìỉĩíịỵ", strict=True))


def _vni() -> dict[str, str]:
    table = dict(_VNI_ALONE)
    for base, marks, letters in _VNI_MARKED:
        table |= {base + mark: letter for mark, letter in zip(marks, letters, strict=True)}
    capitals = {code.upper(): letter.upper() for code, letter in table.items()}
    mixed = {code[0].upper() + code[1:]: letter.upper() for code, letter in table.items() if len(code) > 1}
    return table | mixed | capitals


VNI: dict[str, str] = _vni()


def _cp1252_codes() -> dict[str, int]:
    """Character -> byte; the five bytes that cp1252 leaves out count as themselves, as browsers read them."""
    codes = {}
    for byte in range(0x80, 0x100):
        try:
            codes[bytes([byte]).decode("cp1252")] = byte
        except UnicodeDecodeError:
            codes[chr(byte)] = byte
    return codes


_BYTE_OF = _cp1252_codes()


def _class(first: int, last: int) -> str:
    return (
        "[" + re.escape("".join(letter for letter, byte in _BYTE_OF.items() if first <= byte <= last)) + "]"
    )


_MORE = _class(0x80, 0xBF)
_SEQUENCE = re.compile(
    f"{_class(0xC2, 0xDF)}{_MORE}|{_class(0xE0, 0xEF)}{_MORE}{{2}}|{_class(0xF0, 0xF4)}{_MORE}{{3}}"
)


def repair_mojibake(text: str) -> str:
    """Text whose UTF-8 was read as cp1252, as it was meant; what is no such sequence stays.

    Examples
    --------
    >>> repair_mojibake("Tá»‰nh KiÃªn Giang"), repair_mojibake("Tỉnh Kiên Giang")
    ('Tỉnh Kiên Giang', 'Tỉnh Kiên Giang')
    """

    def of(match: re.Match[str]) -> str:
        raw = bytes(_BYTE_OF[letter] for letter in match[0])
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            return match[0]

    return _SEQUENCE.sub(of, text)
