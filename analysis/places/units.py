"""One row of places -> a district, a commune or a province, and its name in a heading and in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

#: Kinds of units and their English words; a survey's own places give theirs in the column kind_en.
KIND_EN = {
    "Thành phố": "city", "Thị xã": "town", "Huyện": "district",
    "Phường": "ward", "Xã": "commune", "Thị trấn": "township",
}  # fmt: skip


def full_name(kind: str, name: str) -> str:
    """A name behind its kind, with a capital first, whatever a survey's own places call their kinds.

    Examples
    --------
    >>> full_name("Huyện", "Hòn Đất"), full_name("vùng", "Tây"), full_name("", "Tây")
    ('Huyện Hòn Đất', 'Vùng Tây', 'Tây')
    """
    return f"{kind[:1].upper()}{kind[1:]} {name}".strip()


@dataclass(frozen=True)
class District:
    """One district-level unit, under the name it has on the date asked for."""

    code: str
    name: str
    kind: str
    slug: str
    zone: str
    province: str
    valid_from: date | None
    valid_to: date | None
    bare_name_en: str = ""
    kind_en: str = ""

    @property
    def full_name(self) -> str:
        """As in a heading: "Thành phố Rạch Giá"."""
        return full_name(self.kind, self.name)

    @property
    def name_en(self) -> str:
        """In English, with the accents of the name unless its row has an English one: "Rạch Giá city"."""
        kind = self.kind_en or KIND_EN.get(self.kind, self.kind)
        return f"{self.bare_name_en or self.name} {kind}".strip()

    def phrase(self, language: str) -> str:
        """As inside a sentence: "thành phố Rạch Giá", "Rạch Giá city"."""
        return f"{self.kind.lower()} {self.name}".strip() if language == "vi" else self.name_en


@dataclass(frozen=True)
class Commune:
    """One commune-level unit (xã, phường, thị trấn) and the code of its district."""

    code: str
    name: str
    kind: str
    district: str
    valid_from: date | None
    valid_to: date | None

    @property
    def full_name(self) -> str:
        """As in a heading: "Xã Vĩnh Hòa Hiệp"."""
        return full_name(self.kind, self.name)


@dataclass(frozen=True)
class Province:
    """One of the 63 provinces of 2008-2025."""

    code: str
    name_vi: str
    name_en: str
    slug: str
    region: str

    def name(self, language: str) -> str:
        return self.name_vi if language == "vi" else self.name_en
