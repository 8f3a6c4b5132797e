from dataclasses import replace

import pandas as pd
import pytest

from analysis.places import read_places
from analysis.respondents.locating import locate
from analysis.respondents.microdata import Microdata
from tests.analysis.respondents.conftest import cells_of, raw_of

PLACES = read_places()


@pytest.fixture
def located(table, survey_round):
    """Codes of districts and communes, and the findings, of columns as a file has them."""

    def located(huyen, xa=None, labels=None, kinds=None, columns=None):
        named = table.assign(huyen=huyen, xa=xa or ["30730"] * 4)
        raw = cells_of(named.astype("str"), kinds) if kinds else raw_of(named)
        microdata = Microdata(named, value_labels=labels or {}, raw=raw)
        one = replace(survey_round, columns=replace(survey_round.columns, **(columns or {})))
        found, findings = locate(named, microdata, one, PLACES)
        return found, findings

    return located


@pytest.mark.parametrize(
    "typed", ["TP. Rạch Giá", "rach gia", "RẠCH GIÁ", "Thành phố Rạch Giá, tỉnh Kiên Giang"]
)
def test_a_name_in_a_usual_spelling_becomes_the_code_and_a_note_says_so(located, typed):
    table, findings = located([typed] * 4)
    assert table["huyen"].tolist() == ["899"] * 4
    assert findings["code"].tolist() == ["place_understood"] and findings["kind"].tolist() == ["note"]
    assert "899" in findings["vi"].item() and "4 ô" in findings["vi"].item()


def test_the_official_name_needs_no_note(located):
    table, findings = located(["Thành phố Rạch Giá", "Rạch Giá", "899", "899"])
    assert table["huyen"].tolist() == ["899"] * 4 and findings.empty


def test_what_is_not_exactly_one_place_stays_for_the_checks_to_refuse(located):
    table, findings = located(["Rạch Gia", "899", "Châu Thành A", None])
    assert table["huyen"].tolist()[:3] == ["Rạch Gia", "899", "Châu Thành A"]
    assert table["huyen"].isna().tolist() == [False, False, False, True]
    assert findings.empty


def test_a_commune_s_name_is_looked_up_in_the_row_s_district(located):
    name, district = PLACES.communes.set_index("code").loc["30730", ["name_vi", "district"]]
    table, _ = located([district] * 4, [name, f"P. {name}", "30730", name.upper()])
    assert table["xa"].tolist() == ["30730"] * 4
    other, _ = located(["911"] * 4, [name] * 4)
    assert other["xa"].tolist() == [name] * 4


def test_a_column_of_codes_stays_as_stored(located):
    table, findings = located([899, 899, 911, 911], [30730, 30730, 30730, 30730])
    assert pd.api.types.is_integer_dtype(table["huyen"]) and findings.empty


def test_number_cells_among_text_get_their_zeros_back(table, survey_round):
    named = table.assign(huyen=["1", "ấp 3", "001", "1"])
    raw = cells_of(named.astype("str"), {"huyen": ["number", "text", "text", "text"]})
    capital = replace(PLACES, districts=PLACES.districts.assign(code="001", province="91").head(1))
    codes = locate(named, Microdata(named, raw=raw), survey_round, capital)[0]["huyen"].tolist()
    assert codes == ["001", "ấp 3", "001", "1"]  # what was typed as text is left as typed


def test_a_file_s_own_numbers_are_understood_by_their_labels(located):
    labels = {"huyen": {1.0: "TP. Rạch Giá", 2.0: "Phú Quốc"}}
    table, findings = located([1, 1, 2, 2], labels=labels)
    assert table["huyen"].tolist() == ["899", "899", "911", "911"]
    assert findings["code"].tolist() == ["place_understood", "numbers_read_by_labels"]
    assert findings["got"].iloc[1] == "1 → 899 Thành phố Rạch Giá, 2 → 911 Thành phố Phú Quốc"


def test_numbers_with_the_official_names_as_labels_are_noted_too(located):
    labels = {"huyen": {1.0: "Thành phố Rạch Giá", 10.0: "Thành phố Phú Quốc"}}
    _, findings = located([1, 1, 10, 10], labels=labels)
    assert findings["code"].tolist() == ["numbers_read_by_labels"] and findings["kind"].tolist() == ["note"]
    assert "4 dòng: 1 → 899" in findings["vi"].item()


def test_a_number_without_a_label_is_left_for_the_checks(located):
    table, _ = located([1, 1, 3, 3], labels={"huyen": {1.0: "Rạch Giá"}})
    assert table["huyen"].tolist() == ["899", "899", "003", "003"]


def test_a_code_with_the_label_of_another_place_stops(located):
    _, findings = located([899, 899, 911, 911], labels={"huyen": {899.0: "Phú Quốc", 911.0: "Phú Quốc"}})
    assert findings["code"].tolist() == ["unknown_place_code"] and findings["kind"].tolist() == ["stop"]
    assert findings["got"].item() == '899 "Phú Quốc"'


def test_a_label_that_is_no_place_says_nothing(located):
    assert located([899] * 4, labels={"huyen": {899.0: "Huyện 1"}})[1].empty


def test_a_round_without_communes_is_located_too(located):
    table, _ = located(["Rạch Giá"] * 4, ["?"] * 4, columns={"commune": ""})
    assert table["huyen"].tolist() == ["899"] * 4 and table["xa"].tolist() == ["?"] * 4
