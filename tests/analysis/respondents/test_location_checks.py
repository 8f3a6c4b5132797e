import pandas as pd
import pytest

from analysis.places import read_places
from analysis.respondents.location_checks import check_locations
from analysis.respondents.survey_rows import SurveyRows
from tests.analysis.respondents.conftest import raw_of

PLACES = read_places()
DISTRICTS, COMMUNES = PLACES.districts_of("91"), PLACES.communes_of("91")


@pytest.fixture
def check(table, survey_round):
    def check(huyen, xa=None):
        named = table.assign(huyen=huyen, xa=xa or ["30730"] * 4)
        rows = SurveyRows(named, survey_round, raw_of(named))
        return list(check_locations(rows, DISTRICTS, COMMUNES, PLACES))

    return check


def test_known_codes_have_no_findings(check):
    assert check(["899"] * 4) == []


def test_a_name_near_a_place_is_shown_with_what_it_may_be(check):
    (found,) = check(["899", "899", "Rạch Gia", "899"])
    assert "899 Thành phố Rạch Giá" in found.vi and "899 Thành phố Rạch Giá" in found.what
    assert (found.row, found.column, found.value) == (3, "huyen", "Rạch Gia")


@pytest.mark.parametrize("typed", ["Nguyễn Văn An", "0912345678", "DAUVET 986752431", "nhà chị Lan đầu ấp"])
def test_what_is_near_no_place_is_never_shown(check, typed):
    (found,) = check(["899", "899", typed, "899"])
    assert found.value == "•••"
    assert typed not in "".join((found.what, found.vi, found.where, found.got, found.hint, found.expected))


def test_an_unknown_code_is_shown(check):
    (found,) = check(["899", "899", "901", "899"])
    assert found.got == "901 in 1 rows" and found.value == "901"


def test_a_commune_of_another_district_is_named_with_its_own(check):
    found = check(["899", "899", "899", "911"])
    assert [one.what for one in found] == ["Commune 30730 does not lie in district 911."]
    assert found[0].row == 4 and found[0].column == "xa"


def test_a_blank_is_unknown(check):
    (found,) = check(pd.Series(["899", None, "899", "899"]))
    assert found.got == "(blank) in 1 rows" and found.row == 2
