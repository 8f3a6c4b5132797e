"""What people type for districts and communes: every usual spelling is right, all else is refused, none is wrong."""

from __future__ import annotations

import random
import unicodedata
from collections import Counter

import pytest

from analysis.places import read_places
from analysis.places.rows import fold

PLACES = read_places()
ABBREVIATIONS = {
    "Thành phố": ("TP", "Tp.", "T.P", "tp "),
    "Huyện": ("H.", "H", "h. "),
    "Phường": ("P.", "P", "p. "),
    "Xã": ("X.", "X", "x. "),
    "Thị trấn": ("TT.", "TT", "T.T"),
}
#: Xã and thị trấn Vĩnh Thuận lie in one district: without the kind nothing can tell them apart.
NEEDS_KIND = {"31051", "31069"}
#: In two districts under one name, accents and all.
IN_TWO_DISTRICTS = {"Bình An", "Thạnh Lộc", "Vĩnh Phú"}
#: In two districts once the accents are left out: Vĩnh Thanh and Vĩnh Thạnh, Tân Thành and Tân Thạnh.
ALIKE_WITHOUT_ACCENTS = IN_TWO_DISTRICTS | {"Vĩnh Thanh", "Vĩnh Thạnh", "Tân Thành", "Tân Thạnh"}


def _bare(text: str) -> str:
    """Without accents, letters as they were: how a name is typed without a Vietnamese keyboard."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")


def _district_spellings() -> list[tuple[str, str]]:
    rows = PLACES.districts[["code", "name_vi", "kind_vi", "slug"]].itertuples(index=False)
    return [(typed, row[0]) for row in rows for typed in _spellings_of_district(*row)]


def _spellings_of_district(code: str, name: str, kind: str, slug: str) -> list[str]:
    full = f"{kind} {name}"
    english = {"Thành phố": "City", "Huyện": "District"}[kind]
    abbreviated = [f"{short} {name}" for short in ABBREVIATIONS[kind]]
    abbreviated += [f"{short}{name}" for short in ABBREVIATIONS[kind] if short.endswith(".")]
    return [
        code, f"{code}.0", f" {code} ", f"{code} - {name}", f"{name} ({code})", slug,
        name, full, name.upper(), full.upper(), full.lower(), name.title(), f"  {name}  ", f"{name}.",
        _bare(name), _bare(full), _bare(full).upper(), _bare(name).lower(),
        *abbreviated, *map(_bare, abbreviated), abbreviated[0].upper(),
        name.replace(" ", "-"), name.replace(" ", "_"), name.replace(" ", "\u00a0"), name.replace(" ", "  "),
        unicodedata.normalize("NFD", full), f"\ufeff{name}", f"{name}\u200b",
        name.replace("Đ", "\u00d0").replace("đ", "\u00f0"), name.replace("Đ", "\u0189").replace("đ", "\u0256"),
        f"{full}, tỉnh Kiên Giang", f"{name}, Kiên Giang", f"{name} - KG", f"{name}-Kiên Giang",
        f"{name} (Kiên Giang)", f"{name} / tỉnh Kiên Giang", f"{full} tỉnh Kiên Giang", f"{name} Kiên Giang",
        f"{_bare(full)}, Kien Giang, Viet Nam", f"{kind}: {name}", f'"{name}"', f"{_bare(name)} {english}",
    ]  # fmt: skip


def _commune_spellings() -> list[tuple[str, str]]:
    """Spellings that say the kind and the district."""
    communes = PLACES.communes.merge(
        PLACES.districts, left_on="district", right_on="code", suffixes=("", "_d")
    )
    found = []
    for row in communes.itertuples(index=False):
        name, kind, above, kind_above = row.name_vi, row.kind_vi, row.name_vi_d, row.kind_vi_d
        short, short_above = ABBREVIATIONS[kind][0], ABBREVIATIONS[kind_above][1]
        found += [
            (typed, row.code)
            for typed in (
                row.code, f"{row.code}.0", f"{kind} {name}, {kind_above} {above}, tỉnh Kiên Giang",
                f"{short} {name} - {short_above} {above}", f"{short}{name}, {above}", f"{kind} {name} ({above})",
                f"{kind} {name} {kind_above} {above}", f"{_bare(kind)} {name}, {_bare(above)}",
                f"{kind} {name}".upper() + f", {above}".upper(), f"{row.code} {name}",
                unicodedata.normalize("NFD", f"{kind} {name} - {above} - KG"),
            )
        ]  # fmt: skip
    return found


DISTRICT_SPELLINGS, COMMUNE_SPELLINGS = _district_spellings(), _commune_spellings()


def _not_right(spellings: list[tuple[str, str]], level: str) -> list[tuple[str, str, str]]:
    """Typed, expected, found: of those that are not right."""
    found = [(typed, code, PLACES.names.find(typed, level).code) for typed, code in spellings]
    return [row for row in found if row[1] != row[2]]


def test_every_usual_spelling_of_every_district_is_right():
    assert len(set(DISTRICT_SPELLINGS)) > 600
    assert _not_right(DISTRICT_SPELLINGS, "district") == []


def test_every_commune_with_its_kind_and_district_is_right():
    assert len(set(COMMUNE_SPELLINGS)) == 144 * 11
    assert _not_right(COMMUNE_SPELLINGS, "commune") == []


def test_a_commune_alone_is_right_where_its_name_is_of_one_district_else_refused():
    for row in PLACES.communes.itertuples(index=False):
        unclear = row.name_vi in IN_TWO_DISTRICTS or row.code in NEEDS_KIND
        unclear_bare = row.name_vi in ALIKE_WITHOUT_ACCENTS or row.code in NEEDS_KIND
        alone, bare = (PLACES.names.find(typed, "commune") for typed in (row.name_vi, _bare(row.name_vi)))
        assert (alone.code, alone.reason) == (("", "several") if unclear else (row.code, "")), row.name_vi
        if _bare(row.name_vi) != row.name_vi:
            assert (bare.code, bare.reason) == (("", "several") if unclear_bare else (row.code, ""))
        inside = PLACES.names.find(_bare(row.name_vi), "commune", row.district).code
        assert inside == ("" if row.code in NEEDS_KIND else row.code)


def test_the_lists_of_names_that_need_more_are_those_of_the_rows():
    exact = Counter(PLACES.communes["name_vi"])
    assert {name for name, count in exact.items() if count > 1} == IN_TWO_DISTRICTS | {"Vĩnh Thuận"}
    bare = Counter(PLACES.communes["name_vi"].map(fold))
    alike = {name for name in PLACES.communes["name_vi"] if bare[fold(name)] > 1}
    assert alike == ALIKE_WITHOUT_ACCENTS | {"Vĩnh Thuận"}


RIGHT = {
    "district": {
        "H. Phú Quốc": "911",  # a rural district until 2020
        "huyện đảo Phú Quốc": "911",
        "huyện đảo Kiên Hải": "912",
        "TX. Hà Tiên": "900",  # a town until October 2018
        "Thị xã Hà Tiên, tỉnh Kiên Giang": "900",
        "Phú Quốc city": "911",
        "Rạch Gía": "899",  # the tone mark on the wrong vowel is no other name
        "An - Minh": "909",
        "Thành phố Rạch Giá; tỉnh Kiên Giang; Việt Nam": "899",
        "T.P. Rạch-Giá (KG)": "899",
        "huyện U Minh Thượng": "913",
        "Châu Thành": "905",
        "Châu Thành, T. Kiên Giang": "905",
        "Huyện Kiên Lương": "902",
        "899 Rạch Giá, tỉnh Kiên Giang (91)": "",  # 91 is no part that a name has
    },
    "commune": {
        "X. Vĩnh Hòa": "31054",
        "Vĩnh Hoà": "31054",
        "P.Vĩnh Thanh": "30733",
        "xã Vĩnh Thạnh": "30946",
        "TT. Minh Lương": "30880",
        "TT Kiên Lương": "30787",
        "Kiên Lương": "30787",
        "Thới Quản": "30961",  # "quan" is also what quận looks like without accents
        "X. Thoi Quan, H. Go Quao": "30961",
        "TT Vĩnh Thuận": "31051",
        "xã Vĩnh Thuận": "31069",
        "Hưng Yên": "30997",  # also a province
        "X. Hưng Yên, An Biên": "30997",
        "Mĩ Đức": "30778",
        "Xã Mỹ Đức": "30778",  # a xã until October 2018
        "TT. Dương Đông": "31078",  # a town until 2020
        "Thổ Chu": "31105",
        "xã đảo Thổ Châu": "31105",
        "Thứ 11": "31018",
        "TT. Thứ 3, An Biên": "30985",
        "Thuỷ Liễu": "30967",
        "Vĩnh Hòa Hưng-Bắc": "30955",
        "Bình An / Châu Thành": "30898",
        "xã Bình An - huyện Kiên Lương": "30808",
        "X.Bình An H.Kiên Lương T.Kiên Giang": "30808",
        "Vĩnh Hòa Hiệp\nhuyện Châu Thành": "30892",
        "Vinh Phu, Giang Thanh": "30791",
        "Vinh Phu commune, Giong Rieng district": "30947",
        "30892, 905": "",  # two codes and no name
    },
}  # fmt: skip

#: Typed -> why it is refused, and (as codes) what is suggested first, "" for nothing in particular.
REFUSED = {
    "district": {
        # parts, slips and doubts
        "": ("empty", ""), "...": ("empty", ""), "-": ("empty", ""), "?": ("unknown", ""),
        "Rạch": ("unknown", "899"), "Giá": ("unknown", "899"), "U Minh": ("unknown", "913"),
        "An": ("unknown", "908"), "Hòn": ("unknown", "903"), "Rạch Giá 1": ("unknown", "899"),
        "Rạch Giá?": ("unknown", "899"), "Rạch Giá*": ("unknown", "899"), "RachGia": ("unknown", "899"),
        "Rạch Gia": ("unknown", "899"), "Rach Giá": ("unknown", "899"), "Rạch Già": ("unknown", "899"),
        "Rạc Giá": ("unknown", "899"), "Hòn Đát": ("unknown", "903"), "Hon Đat": ("unknown", "903"),
        "Kiên Lươn": ("unknown", "902"), "Gò Qua": ("unknown", "907"), "Giồng Giềng": ("unknown", "906"),
        "TPRG": ("unknown", ""), "RG": ("unknown", ""), "H.": ("unknown", ""), "Thành phố": ("unknown", ""),
        "Không rõ": ("unknown", ""), "N/A": ("unknown", ""), "nan": ("unknown", ""), "khác": ("unknown", ""),
        "UBND huyện Kiên Hải": ("unknown", "912"), "Phòng Nội vụ Rạch Giá": ("unknown", "899"),
        "Rạch Giá và Hà Tiên": ("unknown", "899"), "Rạch Giá, Hà Tiên": ("parent", "899"),
        "Rạch Giá; Rạch Giá": ("parent", "899"), "Hà Tiên / Kiên Lương": ("parent", "900"),
        "Kiên Giang, Rạch Giá": ("level", ""), "Rạch Giá (cũ)": ("part", "899"),
        # the kind contradicts
        "H. Rạch Giá": ("kind", "899"), "TX. Rạch Giá": ("kind", "899"), "Q. Phú Quốc": ("kind", "911"),
        "P. Rạch Giá": ("kind", "899"), "TP. Kiên Hải": ("kind", "912"), "Đặc khu Phú Quốc": ("kind", "911"),
        "Đặc khu Kiên Hải": ("kind", "912"), "TT. Kiên Lương": ("kind", "902"), "X. Châu Thành": ("kind", "905"),
        "TT Hòn Đất": ("kind", "903"), "Rach Gia district": ("kind", "899"), "tỉnh Rạch Giá": ("kind", "899"),
        # another level
        "Vĩnh Hòa Hiệp": ("level", "905"), "X. Bình Trị": ("level", "902"), "Minh Lương": ("level", "905"),
        "Xã Bình Trị, huyện Kiên Lương": ("level", "902"), "Tân Hiệp A": ("level", "904"),
        "Kiên Giang": ("level", ""), "tỉnh Kiên Giang": ("level", ""), "An Giang": ("level", ""),
        # other places
        "Châu Thành A": ("unknown", "905"), "Châu Thành A (Hậu Giang)": ("unknown", "905"),
        "H. Châu Thành A, tỉnh Hậu Giang": ("unknown", "905"), "Châu Thành, Hậu Giang": ("province", "905"),
        "Châu Thành - Tiền Giang": ("province", "905"), "Châu Thành tỉnh Đồng Tháp": ("province", "905"),
        "Hòn Thơm": ("unknown", ""), "Thoại Sơn": ("unknown", ""), "Long Xuyên": ("unknown", ""),
        "U Minh, Cà Mau": ("unknown", "913"), "Thới Bình": ("unknown", ""), "Tân Phú": ("unknown", ""),
        "Tân Hiệp Đông": ("unknown", "904"), "Vĩnh Thuận Đông": ("unknown", "910"), "Tri Tôn": ("unknown", ""),
        "Cần Thơ": ("level", ""), "Thốt Nốt": ("unknown", ""), "Phú Tân": ("unknown", ""),
        "An Minh Bắc": ("level", "913"), "Ân Biên": ("unknown", ""), "Vĩnh Thuần": ("unknown", "910"),
        # after the merger: An Giang then and now
        "Rạch Giá, An Giang": ("merged", "899"), "Phú Quốc - tỉnh An Giang": ("merged", "911"),
        "Châu Thành, An Giang": ("merged", "905"), "Phường Rạch Giá, An Giang": ("kind", "899"),
        # codes
        "0899": ("unknown", "899"), "8990": ("unknown", "914"), "901": ("unknown", "900"), "91": ("unknown", ""),
        "899.5": ("unknown", ""), "89": ("unknown", ""), "-899": ("unknown", ""), "30730": ("unknown", ""),
        "899 - Hà Tiên": ("code", "900"), "Hà Tiên (899)": ("code", "900"), "899 905": ("unknown", ""),
        "899, 905": ("unknown", ""), "1e3": ("unknown", ""),
    },
    "commune": {
        "Vĩnh Hòa Hiệp, Kiên Lương": ("parent", "30892"), "Bình An, Hòn Đất": ("parent", "30808"),
        "xã Bình An - huyện Kiên Hải": ("parent", "30808"), "Vĩnh Thanh, Giồng Riềng": ("parent", "30733"),
        "Vĩnh Hòa Hiệp, Châu Thành, Hậu Giang": ("province", "30892"), "Vĩnh Thanh, TP Rạch": ("part", "30733"),
        "Vĩnh Hòa Hiệp, Châu Thành A": ("part", "30892"), "Bình Trị, H. Hà Tiên": ("parent", "30809"),
        "Mỹ Đức, An Giang": ("merged", "30778"), "Xã Tân Hội, tỉnh An Giang": ("merged", "30853"),
        "Bình An": ("several", "30808"), "Thạnh Lộc": ("several", "30901"), "Vĩnh Phú": ("several", "30791"),
        "vinh thanh": ("several", "30733"), "Tan Thanh": ("several", "30856"), "Vĩnh Thuận": ("several", "31051"),
        "Vĩnh Thuận, huyện Vĩnh Thuận": ("several", "31051"), "Bình An, Kiên Giang": ("several", "30808"),
        "P. Vĩnh Hòa Hiệp": ("kind", "30892"), "X. Minh Lương": ("kind", "30880"), "P. Bình An": ("kind", "30808"),
        "huyện Kiên Lương": ("kind", "30787"), "Đặc khu Thổ Châu": ("kind", "31105"),
        "Châu Thành": ("level", ""), "Rạch Giá": ("level", ""), "Châu Thành, Vĩnh Hòa Hiệp": ("level", ""),
        "Thanh Lộc": ("unknown", ""), "Vĩnh Thành": ("unknown", ""), "Hòn Thơm": ("unknown", ""),
        "X. Hòn Thơm, Phú Quốc": ("unknown", ""), "Mong Thọ C": ("unknown", "30887"), "Tân Hiệp C": ("unknown", ""),
        "An Châu": ("unknown", ""), "Mỹ Hòa Hưng": ("unknown", ""), "Vĩnh Hòa Hưng": ("unknown", ""),
        "Thứ 12": ("unknown", ""), "Thứ": ("unknown", ""), "30892 Bình An": ("code", ""), "3089": ("unknown", ""),
        "30.892": ("unknown", ""), "ấp Vĩnh Hòa Hiệp": ("unknown", "30892"), "a,b,c,d,e,f,g": ("unknown", ""),
    },
}  # fmt: skip


@pytest.mark.parametrize(("level", "typed"), [(level, typed) for level in RIGHT for typed in RIGHT[level]])
def test_a_trap_that_has_an_answer_is_right(level, typed):
    assert PLACES.names.find(typed, level).code == RIGHT[level][typed]


@pytest.mark.parametrize(
    ("level", "typed"), [(level, typed) for level in REFUSED for typed in REFUSED[level]]
)
def test_a_trap_is_refused_for_its_reason_with_its_suggestion(level, typed):
    reason, first = REFUSED[level][typed]
    answer = PLACES.names.find(typed, level)
    assert (answer.code, answer.reason) == ("", reason)
    if first:
        assert answer.near[0] == first


def _slips(rng: random.Random, name: str) -> list[str]:
    """The name with one letter lost, doubled, changed and put in."""
    at, letter = rng.randrange(len(name)), rng.choice("abcdeghiklmnopqrstuvxy")
    before, here, behind = name[:at], name[at], name[at + 1 :]
    return [
        before + behind,
        before + here + here + behind,
        before + letter + behind,
        before + letter + name[at:],
    ]


@pytest.mark.parametrize("level", ["district", "commune"])
def test_a_slip_of_the_key_is_never_taken_for_another_place(level):
    """What is still understood has the letters of a name or a declared alias of what was found."""
    rng, understood = random.Random(20211), 0
    table = getattr(PLACES, f"{level}s")
    names = {code: {fold(name)} for code, name in zip(table["code"], table["name_vi"], strict=True)}
    for row in PLACES.aliases[PLACES.aliases["level"] == level].itertuples(index=False):
        names[row.code].add(fold(row.alias))
    for name in [name for name in table["name_vi"] for _ in range(12)]:
        for typed in _slips(rng, name):
            found = PLACES.names.find(typed, level, suggest=False).code
            understood += bool(found)
            assert not found or fold(typed) in names[found]
    assert understood > 0


def test_a_name_of_former_times_is_known_by_the_kinds_of_all_times():
    then = read_places(2017)
    assert then.resolve_district("TX. Hà Tiên").full_name == "Thị xã Hà Tiên"
    assert then.resolve_district("TP Hà Tiên").full_name == "Thị xã Hà Tiên"
    assert then.resolve_commune("P. Mỹ Đức").full_name == "Xã Mỹ Đức"


def test_with_a_unit_above_only_what_lies_in_it_is_found():
    find = PLACES.names.find
    assert (find("Bình An", "commune", "902").code, find("Bình An", "commune", "905").code) == (
        "30808",
        "30898",
    )
    assert find("Bình An, Châu Thành", "commune", "902").reason == "parent"
    assert find("30808", "commune", "905").reason == "parent"
    assert find("Bình Trị", "commune", "905").near == ("30809",)
    assert find("Rạch Giá", "district", "91").code == "899"
    assert find("Rạch Giá", "district", "89").reason == "parent"


def test_a_province_is_found_with_or_without_its_kind():
    find = PLACES.names.find
    assert [find(typed, "province").code for typed in ("Tỉnh Kiên Giang", "KG", "TP. Hồ Chí Minh", "01")] == [
        "91", "91", "79", "01",
    ]  # fmt: skip
    assert (
        find("Bà Rịa - Vũng Tàu", "province").code
        == find("Ba Ria-Vung Tau province", "province").code
        == "77"
    )
    assert find("Kiên Lương", "province").reason == "level"
