"""Names and values of columns -> which of them look like data about one person (phone, address, GPS …).

Only recognises: what is kept is decided where the columns are declared (`respondents.kept`, the schemas of
lists). A name is read without accents, in Vietnamese or English, in one word or several: "Họ và tên",
"ho_ten", "HoTen" and "hotennguoitraloi" are one. Values are recognised by their form alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
import pandas as pd

from analysis.places.rows import fold

#: Kind -> Vietnamese and English, as messages say it.
KINDS = {
    "name": ("họ tên", "a person's name"),
    "phone": ("số điện thoại", "phone numbers"),
    "identity": ("số căn cước, CMND hoặc hộ chiếu", "identity numbers"),
    "address": ("địa chỉ", "addresses"),
    "position": ("tọa độ GPS", "GPS positions"),
    "birth_date": ("ngày sinh", "dates of birth"),
    "contact": ("email hoặc tài khoản mạng", "e-mail addresses or accounts"),
    "account": ("số tài khoản, số thẻ", "account or card numbers"),
    "image": ("ảnh, chữ ký, ghi âm", "photographs, signatures or recordings"),
    "free_text": ("ghi chú, ý kiến tự do", "notes or free text"),
}

#: Kind -> words in a column's name, folded; "=" is the whole name, "*" may go on within the same word.
_NAMES = {
    "name": (
        "=ten", "=name", "ho ten*", "ho va ten*", "ho dem*", "ten nguoi*", "ten chu ho*", "ten hoc vien*",
        "ten dtv", "ten dieu tra vien*", "ten phong van vien*", "ten khach*", "full name*", "first name*",
        "last name*", "surname*", "respondent name*", "interviewer name*", "person name*",
    ),
    "phone": ("dien thoai*", "di dong", "sdt", "phone*", "mobile", "tel", "telephone*", "hotline"),
    "identity": (
        "cccd*", "cmnd*", "cmt", "can cuoc*", "chung minh*", "dinh danh ca nhan", "ho chieu*", "passport*",
        "national id*", "identity card*", "ma so thue*",
    ),
    "address": ("dia chi*", "so nha", "address*", "street", "noi o", "cho o hien nay"),
    "position": (
        "gps*", "lat", "=long", "=lon", "=lng", "latitude*", "longitude*", "kinh do", "=kinhdo", "vi do",
        "=vido", "toa do*", "coordinates*",
    ),
    "birth_date": ("ngay sinh*", "ngay thang nam sinh*", "dob", "birth date*", "birthday", "date of birth*"),
    "contact": ("email*", "e mail", "mail", "zalo*", "facebook*", "skype"),
    "account": ("so tai khoan*", "stk", "bank account*", "so the*", "bhxh", "bhyt"),
    "image": ("=anh", "hinh anh", "anh chup*", "photo*", "chu ky", "signature*", "ghi am", "recording*"),
    "free_text": (
        "ghi chu*", "nhan xet*", "ghi ro*", "y kien khac*", "note", "notes", "interviewer note*", "comment*",
        "remark*", "verbatim", "other specify*",
    ),
}  # fmt: skip

#: Vietnamese family names: a text of two to seven words that starts with one is taken for a name.
_FAMILY_NAMES = frozenset(
    (
        "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ",
        "hồ", "ngô", "dương", "lý", "đinh", "trương", "lâm", "mai", "trịnh", "đoàn", "đào", "lương",
        "hà", "cao", "châu", "tô", "tạ", "quách", "thái", "danh", "thạch", "sơn", "kim", "liêu",
        "tăng", "lưu", "triệu", "tôn", "vương", "giang", "cổ", "tiêu", "ong", "chau", "bành", "neáng",
        "néang", "lã", "mạc", "mạch", "nghiêm", "ninh", "phù", "phùng", "tống", "ung", "âu", "bạch", "bế",
        "biện", "cù", "diệp", "doãn", "đàm", "hứa", "khổng", "khuất", "khương", "lò", "lữ", "thiều", "chu",
        "cấn", "chế", "hàn",
    )
)  # fmt: skip
_FOLDED_NAMES = frozenset(fold(name) for name in _FAMILY_NAMES)
#: How somebody is addressed: what follows is a name.
_ADDRESSED = frozenset(
    (
        "ông", "bà", "anh", "chị", "cô", "chú", "bác", "cụ", "thầy", "dì", "cậu", "mợ", "thím", "em", "mr",
        "mrs", "ms",
    )
)  # fmt: skip
#: Words, dots of initials, and what a list adds in brackets: "Nguyễn V. An (Tổ 3)".
_WORDS = re.compile(r"[^\W\d_]+\.?(?: [^\W\d_]+\.?){1,6}(?: \([^()]*\))?")
_TOKEN = re.compile(r"[^\W\d_]+")
_EMAIL = r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}"
#: Vietnamese mobile numbers, 0912 345 678 or +84912345678, anywhere in a text.
_PHONE = r"(?<!\d)(?:\+?84[ .-]?|0)[35789](?:[ .-]?\d){8}(?!\d)"
#: A number with decimals, such as a weight: its figures may run like a phone's (84532.772006).
_DECIMAL = r"-?(?:0|[1-9]\d*)\.\d+"
#: The twelve figures of an identity card: province, sex and century, year of birth, number.
_CARD = r"0(?:0[1-9]|[1-8]\d|9[0-6])[0-3]\d{8}"
#: Nine figures: an older identity card, or a phone number whose 0 was lost by storing it as a number.
_NINE = r"[0-9]{9}"
#: A column is taken for identity numbers when this share of its values has their form …
_SHARE = 0.5
#: … and at least so many.
_LEAST = 3
#: A survey's own codes run on (commune, village, 01, 02 …): without their last two figures many are alike.
#: Identity numbers are not: at least this share still differ.
_ALL_DIFFER = 0.9


def personal_name(name: str) -> str:
    """The kind of personal data that a column's name speaks of, or "".

    Examples
    --------
    >>> personal_name("Họ và tên"), personal_name("DienThoai1"), personal_name("gps_lat")
    ('name', 'phone', 'position')
    >>> personal_name("tenhuyen"), personal_name("kinhdoanh"), personal_name("a002")
    ('', '', '')
    """
    words = _words(str(name))
    for kind, patterns in _NAMES.items():
        if any(_matches(words, pattern) for pattern in patterns):
            return kind
    return ""


def _words(name: str) -> list[str]:
    """A name's words, folded: split at marks, before figures, and where a capital follows a small letter."""
    pairs = zip(name, name[1:] + " ", strict=True)
    parted = "".join(a + " " if a.islower() and b.isupper() else a for a, b in pairs)
    return fold(re.sub(r"[\W_]+|(?<=\D)(?=\d)", " ", parted)).split()


def _matches(words: list[str], pattern: str) -> bool:
    wanted = pattern.strip("=*").split()
    if pattern.startswith("="):
        return [word for word in words if not word.isdigit()] == wanted
    length = len(wanted)
    if any(words[at : at + length] == wanted for at in range(len(words) - length + 1)):
        return True
    joined = "".join(wanted)
    return any(word.startswith(joined) if pattern.endswith("*") else word == joined for word in words)


def personal_values(values: pd.Series, figures: bool = True) -> tuple[str, int]:
    """The kind of personal data that the values of a column have the form of, and how many do.

    Parameters
    ----------
    values : Series of text or numbers
    figures : bool
        Whether nine or twelve figures count as identity numbers; not for a column of amounts.

    Returns
    -------
    tuple of str and int
        ("", 0) where they look like nothing personal.

    Notes
    -----
    One e-mail address or phone number in a text is enough. Bare figures can be a survey's own code: they
    count where half of the filled cells, and at least three, have the form and do not run on.

    Examples
    --------
    >>> personal_values(pd.Series(["ấp 3", "hỏi chị Lan 0912 345 678", None]))
    ('phone', 1)
    >>> personal_values(pd.Series([371204561.0, 370914530.0, 371588002.0]))
    ('identity', 3)
    """
    texts = _texts(values.dropna())
    words = texts[~texts.str.fullmatch(_DECIMAL)]
    for kind, pattern in (("contact", _EMAIL), ("phone", _PHONE)):
        count = int(words.str.contains(pattern, regex=True).sum())
        if count:
            return kind, count
    if figures:
        numeric = pd.api.types.is_numeric_dtype(values)
        cards = texts.str.zfill(12) if numeric else texts
        long_enough = texts.str.fullmatch(r"\d{10,12}")
        formed = texts[texts.str.fullmatch(_NINE) | (long_enough & cards.str.fullmatch(_CARD))]
        differ = formed.str[:-2].nunique() >= _ALL_DIFFER * formed.nunique()
        if differ and len(formed) >= max(_LEAST, _SHARE * len(texts)):
            return "identity", len(formed)
    return "", 0


def _texts(values: pd.Series) -> pd.Series:
    """Cells as text; whole numbers without a decimal part."""
    if pd.api.types.is_bool_dtype(values) or not pd.api.types.is_numeric_dtype(values):
        return values.astype(str).str.strip().astype("str")
    numbers = values.to_numpy(dtype=float, na_value=np.nan)
    numbers = numbers[np.isfinite(numbers) & (np.abs(numbers) < 2**53) & (numbers == np.floor(numbers))]
    return pd.Series([str(int(number)) for number in numbers], dtype="str")


@lru_cache(maxsize=256)
def shown_name(name: str) -> str:
    """A column's name as a message may show it: a file without a header has a person's data there.

    Examples
    --------
    >>> shown_name("ghi_chu"), shown_name("0912345678"), shown_name("Nguyễn Văn An"), shown_name("Hà Nội")
    ('ghi_chu', '•••', '•••', 'Hà Nội')
    """
    kind, _ = personal_values(pd.Series([name], dtype="str"))
    a_person = name.istitle() and len(name.split()) >= 3 and is_name(name)
    return "•••" if kind or a_person or re.fullmatch(r"[\d .+-]{6,}", name) else name


def is_name(text: str, place: bool = False) -> bool:
    """Whether a text has the form of a Vietnamese person's name.

    Examples
    --------
    >>> is_name("bà Lê Thị Bình"), is_name("Nguyễn Văn An (Tổ 3)"), is_name("Giang Tuấn"), is_name("Gò Quao")
    (True, True, True, False)
    """
    if not _WORDS.fullmatch(text):
        return False
    words = _TOKEN.findall(text.split(" (")[0])
    first, folded = words[0].casefold(), [fold(word) for word in words]
    if first in _ADDRESSED and len(words) > 1:
        return True
    plain = all(fold(word) == word.casefold() for word in words)
    if not (folded[0] in _FOLDED_NAMES if plain else first in _FAMILY_NAMES):
        return False
    return len(words) >= 3 and folded[1] in ("thi", "van") if place else True
