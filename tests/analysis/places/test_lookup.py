"""Places: the committed rows, and from what a person types to one district."""

from __future__ import annotations

import unicodedata
from dataclasses import FrozenInstanceError, replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.errors import BadRows, UnknownName, UnknownPlaceCode
from analysis.places import check_places, fold, read_places

#: English names of the PAPI workbooks in the order of the GSO codes, typed without accents.
PAPI_ENGLISH = [
    "Hanoi", "Ha Giang", "Cao Bang", "Bac Kan", "Tuyen Quang", "Lao Cai", "Dien Bien", "Lai Chau",
    "Son La", "Yen Bai", "Hoa Binh", "Thai Nguyen", "Lang Son", "Quang Ninh", "Bac Giang", "Phu Tho",
    "Vinh Phuc", "Bac Ninh", "Hai Duong", "Hai Phong", "Hung Yen", "Thai Binh", "Ha Nam", "Nam Dinh",
    "Ninh Binh", "Thanh Hoa", "Nghe An", "Ha Tinh", "Quang Binh", "Quang Tri", "Thua Thien Hue",
    "Da Nang", "Quang Nam", "Quang Ngai", "Binh Dinh", "Phu Yen", "Khanh Hoa", "Ninh Thuan",
    "Binh Thuan", "Kon Tum", "Gia Lai", "Dak Lak", "Dak Nong", "Lam Dong", "Binh Phuoc", "Tay Ninh",
    "Binh Duong", "Dong Nai", "Ba Ria - Vung Tau", "Ho Chi Minh City", "Long An", "Tien Giang",
    "Ben Tre", "Tra Vinh", "Vinh Long", "Dong Thap", "An Giang", "Kien Giang", "Can Tho", "Hau Giang",
    "Soc Trang", "Bac Lieu", "Ca Mau",
]  # fmt: skip
MEKONG_DELTA = {"80", "82", "83", "84", "86", "87", "89", "91", "92", "93", "94", "95", "96"}


@pytest.fixture
def places():
    return read_places()


def _broken(places, table: str, column: str, value: str):
    """The places with one cell of one table changed."""
    changed = getattr(places, table).copy()
    changed.loc[0, column] = value
    return replace(places, **{table: changed})


def test_committed_rows_keep_their_rules(places):
    assert check_places(places).to_dict("records") == []


def test_there_are_15_districts_3_of_them_cities(places):
    assert len(places.districts) == 15
    assert places.districts["kind_vi"].value_counts().to_dict() == {"Huyện": 12, "Thành phố": 3}
    assert list(places.districts["code"]) == ["899", "900", *(str(code) for code in range(902, 915))]


def test_there_are_144_communes_of_three_kinds(places):
    assert len(places.communes) == 116 + 18 + 10
    assert places.communes["kind_vi"].value_counts().to_dict() == {"Xã": 116, "Phường": 18, "Thị trấn": 10}


def test_every_district_has_communes_and_every_commune_a_district(places):
    assert set(places.communes["district"]) == set(places.districts["code"])


def test_commune_names_stand_without_their_kind(places):
    first_words = places.communes["name_vi"].map(lambda name: fold(name).split()[0])
    assert not first_words.isin(["xa", "phuong"]).any()
    assert not places.communes["name_vi"].map(fold).str.startswith("thi tran").any()


def test_there_are_63_provinces_13_of_them_in_the_mekong_delta(places):
    assert len(places.provinces) == 63
    in_delta = places.provinces[places.provinces["mekong_delta"] == "1"]
    assert set(in_delta["code"]) == MEKONG_DELTA
    assert set(in_delta["region"]) == {"mekong-delta"}
    assert "mekong-delta" not in set(places.provinces.loc[places.provinces["mekong_delta"] == "0", "region"])


def test_six_regions_share_out_the_provinces(places):
    assert places.provinces["region"].value_counts().to_dict() == {
        "northern-midlands": 14,
        "red-river-delta": 11,
        "central-coast": 14,
        "central-highlands": 5,
        "southeast": 6,
        "mekong-delta": 13,
    }


def test_province_names_lose_their_accents_to_the_english_names_of_papi(places):
    assert list(places.provinces["name_en"].map(fold)) == [fold(name) for name in PAPI_ENGLISH]
    known_otherwise = {"Hanoi": "Hà Nội", "Ho Chi Minh City": "Thành phố Hồ Chí Minh"}
    for row in places.provinces.itertuples():
        assert row.name_vi == known_otherwise.get(row.name_en, row.name_en)


def test_codes_keep_their_leading_zero(places):
    assert places.province("01").name("vi") == "Hà Nội"
    with pytest.raises(UnknownPlaceCode, match='"1"'):
        places.province("1")


def test_a_district_has_its_official_names(places):
    city, rural = places.district("899"), places.district("912")
    assert (city.full_name, city.name_en, city.slug) == ("Thành phố Rạch Giá", "Rạch Giá city", "rach-gia")
    assert (rural.phrase("vi"), rural.phrase("en")) == ("huyện Kiên Hải", "Kiên Hải district")
    assert (city.province, city.valid_to) == ("91", date(2025, 6, 30))
    with pytest.raises(FrozenInstanceError):
        city.name = "x"


def test_an_unknown_district_code_is_refused_with_the_codes_beside_it(places):
    with pytest.raises(UnknownPlaceCode) as refused:
        places.district("901")
    assert "900 Hà Tiên" in refused.value.expected
    assert "902 Kiên Lương" in refused.value.vi


@pytest.mark.parametrize(
    "typed",
    [
        "899",
        899,
        899.0,
        np.int64(899),
        " 899 ",
        "Rạch Giá",
        "rach gia",
        "RẠCH GIÁ",
        "Thành phố Rạch Giá",
        "thanh pho  rach gia",
        "rach-gia",
        unicodedata.normalize("NFD", "Rạch Giá"),
    ],
)
def test_exact_spellings_of_one_district_are_accepted(places, typed):
    assert places.resolve_district(typed).code == "899"


@pytest.mark.parametrize(
    ("typed", "code"), [("hon dat", "903"), ("HÒN ĐẤT", "903"), ("Huyện U Minh Thượng", "913")]
)
def test_the_letter_d_with_a_bar_is_read_with_or_without_it(places, typed, code):
    assert places.resolve_district(typed).code == code


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Rạch Gia1", "Rạch Giá"),
        ("rachgia", "Rạch Giá"),
        ("Huyện Rạch Giá", "Rạch Giá"),
        ("Hà Tien 2", "Hà Tiên"),
        ("8999", "Giang Thành"),
        ("901", "Hà Tiên"),
        ("U Minh", "U Minh Thượng"),
    ],
)
def test_a_near_spelling_is_refused_and_named_never_taken(places, typed, meant):
    with pytest.raises(UnknownName) as refused:
        places.resolve_district(typed)
    assert meant in refused.value.hint
    assert meant in refused.value.vi


def test_part_of_two_names_is_refused_with_both(places):
    with pytest.raises(UnknownName) as refused:
        places.resolve_district("An")
    assert "An Biên" in refused.value.hint
    assert "An Minh" in refused.value.hint


def test_a_name_of_two_districts_is_refused_as_ambiguous(places):
    twins = _broken(places, "districts", "name_vi", "Hà Tiên")
    with pytest.raises(UnknownName, match="fits several districts"):
        twins.resolve_district("Hà Tiên")
    assert twins.resolve_district("900").code == "900"


@pytest.mark.parametrize("typed", ["", None, True, float("nan"), "Cà Mau xyz"])
def test_what_is_no_name_at_all_is_refused(places, typed):
    with pytest.raises(UnknownName):
        places.resolve_district(typed)


def test_phu_quoc_is_a_rural_district_before_2021_under_the_same_code():
    assert read_places(2020).district("911").full_name == "Huyện Phú Quốc"
    assert read_places(date(2020, 12, 31)).district("911").full_name == "Huyện Phú Quốc"
    assert read_places(date(2021, 1, 1)).district("911").full_name == "Thành phố Phú Quốc"
    assert len(read_places(2020).districts) == len(read_places(2021).districts) == 15


def test_its_two_wards_were_towns_before_2021():
    kinds = read_places(2020).communes.set_index("code")["kind_vi"]
    assert (kinds["31078"], kinds["31081"]) == ("Thị trấn", "Thị trấn")
    assert read_places(2021).communes.set_index("code").at["31078", "kind_vi"] == "Phường"


def test_after_the_district_level_ended_no_places_are_given():
    assert len(read_places(2025).districts) == 15
    with pytest.raises(UnknownName, match="2025-07-01"):
        read_places(date(2025, 7, 1))


def test_a_change_to_a_table_does_not_reach_the_next_reader():
    table = read_places().districts
    table.loc[0, "name_vi"] = "changed"
    assert table.loc[0, "name_vi"] == "changed"
    assert read_places().district("899").name == "Rạch Giá"


@pytest.mark.parametrize(
    ("table", "column", "value", "code"),
    [
        ("districts", "code", "900", "repeated"),
        ("districts", "slug", "Rạch_Giá", "slug"),
        ("districts", "name_vi", "Ha Tien", "same_name"),
        ("districts", "province", "99", "unknown_parent"),
        ("communes", "district", "901", "unknown_parent"),
        ("communes", "name_vi", " Vĩnh  Thanh", "spelling"),
        ("communes", "name_vi", unicodedata.normalize("NFD", "Vĩnh Thanh"), "spelling"),
        ("provinces", "region", "atlantis", "unknown_parent"),
        ("provinces", "source", "", "no_source"),
        ("provinces", "valid_from", "1/8/2008", "dates"),
        ("provinces", "valid_to", "2008-07-31", "dates"),
    ],
)
def test_a_broken_row_is_found(places, table, column, value, code):
    findings = check_places(_broken(places, table, column, value))
    assert code in set(findings["code"])
    assert set(findings["kind"]) == {"stop"}


@pytest.mark.parametrize(
    ("table", "column", "value", "code"),
    [
        ("aliases", "alias", "Hòn Tre", "same_name"),
        ("aliases", "code", "39999", "unknown_parent"),
        ("aliases", "level", "village", "unknown_parent"),
        ("aliases", "source", "", "no_source"),
        ("prefixes", "level", "village", "bad_rows"),
        ("prefixes", "position", "inside", "bad_rows"),
        ("prefixes", "kind_vi", "", "bad_rows"),
        ("prefixes", "written", "tp", "repeated"),
        ("former_names", "code", "999", "unknown_parent"),
        ("former_names", "source", "", "no_source"),
        ("mergers", "province", "990", "unknown_parent"),
        ("mergers", "into", "An  Giang", "spelling"),
    ],
)
def test_a_broken_row_about_names_is_found(places, table, column, value, code):
    findings = check_places(_broken(places, table, column, value))
    assert (code, f"data/places/{table}.csv") in set(zip(findings["code"], findings["where"], strict=True))


def test_two_provinces_may_have_a_district_of_one_name(places):
    more = places.districts.iloc[[5]].assign(code="934", province="93", slug="chau-thanh-hau-giang")
    both = replace(places, districts=pd.concat([places.districts, more], ignore_index=True))
    assert check_places(both).empty
    with pytest.raises(UnknownName, match="fits several districts"):
        both.resolve_district("Châu Thành")
    assert both.resolve_district("H. Châu Thành, tỉnh Hậu Giang").code == "934"
    assert both.resolve_district("Châu Thành", province="91").code == "905"


def test_a_missing_file_of_places_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path))
    with pytest.raises(BadRows) as refused:
        read_places()
    assert refused.value.where == "data/places/districts.csv"


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Đắk Lắk", "dak lak"), ("  Hoà   Bình ", "hoa binh"), ("Bà Rịa - Vũng Tàu", "ba ria - vung tau")],
)
def test_folding_leaves_small_letters_without_accents(text, folded):
    assert fold(text) == folded


def test_a_commune_is_found_with_its_district_in_any_spelling(places):
    commune = places.resolve_commune("X. Bình An", "H. Kiên Lương")
    assert (commune.code, commune.full_name, commune.district) == ("30808", "Xã Bình An", "902")
    assert places.resolve_commune("Bình An", 905).code == "30898"
    assert places.resolve_commune("Bình An", places.district("905")).code == "30898"
    assert places.resolve_commune("xã Bình An - huyện Kiên Lương").code == "30808"
    assert places.commune("30892").full_name == "Xã Vĩnh Hòa Hiệp"


@pytest.mark.parametrize(
    ("typed", "district", "what", "hint"),
    [
        ("Bình An", None, "fits several communes", "30898 Xã Bình An (Huyện Châu Thành)"),
        ("Bình An", "Hòn Đất", "does not lie in the place", "30808 Xã Bình An (Huyện Kiên Lương)"),
        ("Vĩnh Hòa Hiệp, Kiên Lương", None, "does not lie in the place", "30892 Xã Vĩnh Hòa Hiệp"),
        ("P. Vĩnh Hòa Hiệp", None, "another kind of unit", "30892 Xã Vĩnh Hòa Hiệp"),
        ("Bình Trị 2", "902", "is not a commune", "30809 Xã Bình Trị"),
    ],
)
def test_a_commune_that_is_not_clear_is_refused_with_what_is_near(places, typed, district, what, hint):
    with pytest.raises(UnknownName, match=what) as refused:
        places.resolve_commune(typed, district)
    assert hint in refused.value.hint
    assert refused.value.where == "data/places/communes.csv"


def test_an_unknown_commune_code_is_refused(places):
    with pytest.raises(UnknownPlaceCode, match='"30731"'):
        places.commune("30731")


def test_a_district_with_the_province_it_was_merged_into_is_refused_and_both_are_named(places):
    with pytest.raises(UnknownName) as refused:
        places.resolve_district("Rạch Giá, tỉnh An Giang")
    assert "từ 01/07/2025 Kiên Giang nhập vào An Giang" in refused.value.vi
    assert "write Kiên Giang" in refused.value.what


def test_a_year_after_the_district_level_names_the_province_of_then():
    with pytest.raises(UnknownName) as refused:
        read_places(2026)
    assert "now part of the province An Giang" in refused.value.what
    assert "địa bàn nay thuộc tỉnh An Giang" in refused.value.vi


@pytest.mark.parametrize("when", [0, 20211, "2021", 1990])
def test_a_year_that_cannot_be_meant_is_refused(when):
    with pytest.raises(UnknownName):
        read_places(when)


def test_ha_tien_is_a_town_until_october_2018_and_its_ward_a_commune():
    assert read_places(date(2018, 10, 31)).district("900").full_name == "Thị xã Hà Tiên"
    assert read_places(date(2018, 11, 1)).district("900").full_name == "Thành phố Hà Tiên"
    assert read_places(2018).commune("30778").full_name == "Xã Mỹ Đức"
