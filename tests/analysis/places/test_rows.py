"""A survey's own places: two files are enough, and units need not be Vietnamese districts."""

from __future__ import annotations

import pytest

from analysis.errors import BadRows, UnknownName
from analysis.places import check_places, read_places
from analysis.places.rows import fold

PROVINCES = "code,name_vi,name_en,source\nUS,Hoa Kỳ,United States,made for this test\n"
DISTRICTS = """code,name_vi,name_en,kind_vi,kind_en,province,source
NE,Đông Bắc,Northeast,vùng,region,US,made for this test
MW,Trung Tây,Midwest,vùng,region,US,made for this test
3,Miền Nam,,vùng,region,US,made for this test
W,West,,,,US,made for this test
"""


@pytest.fixture
def own(tmp_path, monkeypatch):
    """Writes files of a folder of own places and reads them."""
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    folder = tmp_path / "places" / "regions-us"
    folder.mkdir(parents=True)

    def read(when=None, **files: str):
        for name, text in ({"districts": DISTRICTS, "provinces": PROVINCES} | files).items():
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        return read_places(when, "regions-us")

    return read


def test_two_files_are_enough(own):
    places = own()
    assert check_places(places).empty
    assert places.districts_of("US") == ["3", "MW", "NE", "W"]
    assert places.communes_of("US") == {}
    assert places.folder == "regions-us"


def test_slugs_are_made_from_names(own):
    assert own().districts["slug"].tolist() == ["dong-bac", "trung-tay", "mien-nam", "west"]


def test_a_made_slug_that_repeats_carries_the_code(own):
    twice = DISTRICTS + "S2,Mien Nam,,khu,,XX,made for this test\n"
    provinces = PROVINCES + "XX,Khác,Other,made for this test\n"
    places = own(districts=twice, provinces=provinces)
    assert places.districts["slug"].tolist()[2:] == ["mien-nam-3", "west", "mien-nam-s2"]
    assert check_places(places).empty


def test_names_are_said_in_both_languages_whatever_the_kind(own):
    places = own()
    north, west = places.district("NE"), places.district("W")
    assert (north.full_name, north.name_en) == ("Vùng Đông Bắc", "Northeast region")
    assert (north.phrase("vi"), north.phrase("en")) == ("vùng Đông Bắc", "Northeast region")
    assert places.district("3").name_en == "Miền Nam region"
    assert (west.full_name, west.name_en, west.phrase("vi")) == ("West", "West", "West")
    assert places.province("US").name("en") == "United States"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("NE", "NE"), ("Đông Bắc", "NE"), ("vung dong bac", "NE"), ("Vùng Đông Bắc, Hoa Kỳ", "NE"), (3, "3"),
     (3.0, "3"), ("Miền Nam", "3"), ("west", "W"), ("dong-bac", "NE"), ("NE - Đông Bắc", "")],
)  # fmt: skip
def test_own_places_are_found_by_code_name_and_kind(own, typed, code):
    assert own().names.find(typed, "district").code == code


def test_own_places_are_refused_with_their_own_names(own):
    with pytest.raises(UnknownName) as refused:
        own().resolve_district("Rạch Giá")
    assert "NE Vùng Đông Bắc" in refused.value.hint
    assert refused.value.where.endswith("/places/regions-us/districts.csv")
    with pytest.raises(UnknownName, match="is not a commune") as refused:
        own().resolve_commune("Bình An")
    assert refused.value.hint == "There is no commune in the rows: add them."


def test_more_files_of_own_places_are_read_where_they_are(own):
    aliases = "level,code,alias,source,note\ndistrict,MW,Midwest,made for this test,\n"
    former = (
        "level,code,name_vi,kind_vi,valid_from,valid_to,source\ndistrict,W,Far West,,,1999-12-31,made here\n"
    )
    dated = DISTRICTS.replace("source\n", "source,valid_from\n").replace("test\n", "test,\n")
    dated = dated.replace("West,,,,US,made for this test,", "West,,,,US,made for this test,2000-01-01")
    then = own(1990, aliases=aliases, former_names=former, districts=dated)
    assert then.resolve_district("Midwest").code == "MW"
    assert then.district("W").full_name == "Far West"
    assert then.resolve_district("West").code == "W"


def test_a_date_without_any_place_is_refused(own):
    ended = DISTRICTS.replace("source\n", "source,valid_to\n").replace("test\n", "test,2000-12-31\n")
    with pytest.raises(UnknownName, match="No district is in force on 2021-06-30"):
        own(2021, districts=ended)


def test_a_required_file_or_column_that_is_missing_is_named(own, tmp_path):
    with pytest.raises(BadRows) as refused:
        own(districts="code,name_vi,province\nNE,Northeast,US\n")
    assert "kind_vi, source" in refused.value.got
    with pytest.raises(BadRows) as refused:
        read_places(folder="none")
    assert refused.value.where.endswith("/places/none/districts.csv")


@pytest.mark.parametrize("folder", ["../rounds", "a/b", ".", "/etc", "đ", "-x"])
def test_a_folder_outside_the_places_is_refused(folder):
    with pytest.raises(UnknownName, match="is not the name of a folder"):
        read_places(folder=folder)


def test_broken_rows_of_own_places_are_found_with_their_file(own):
    findings = check_places(own(districts=DISTRICTS.replace("NE,Đông Bắc", "W,Đông Bắc")))
    assert findings["code"].tolist() == ["repeated"]
    assert findings["where"].item().endswith("/places/regions-us/districts.csv")


@pytest.mark.parametrize(
    ("text", "folded"),
    [("H\u00f2n \u00d0ất", "hon dat"), ("H\u00f2n \u0189ẤT", "hon dat"), ("Rạch\u200b\u00a0Giá", "rach gia")],
)
def test_folding_leaves_out_what_only_looks_like_letters_or_is_invisible(text, folded):
    assert fold(text) == folded
