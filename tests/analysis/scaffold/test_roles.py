"""A column is proposed where its name and its numbers agree; otherwise a person chooses among candidates."""

import pytest

from analysis.errors import UnknownName
from analysis.scaffold.roles import propose_roles
from tests.analysis.scaffold.tables import profiles

ROWS = 40


def survey(**more):
    return profiles(
        {
            "idcode0": range(ROWS),
            "PSW_psweight": [1.5] * ROWS,
            "huyen": [899, 900] * (ROWS // 2),
            "a002": [18 + at for at in range(ROWS)],
        }
        | more
    )


def column(role, columns, like=None, named=None):
    return propose_roles(columns, like or {}, named or {})[role]


@pytest.mark.parametrize(
    ("role", "name"),
    [("respondent", "idcode0"), ("weight", "PSW_psweight"), ("district", "huyen"), ("age", "a002")],
)
def test_a_known_name_with_fitting_numbers_is_proposed_with_its_reason(role, name):
    found = column(role, survey())
    assert found.column == name
    assert found.reason.en.startswith("by its name")


def test_a_heading_is_known_without_its_accents_and_signs():
    assert column("weight", profiles({"Trọng số": [1.5, 2.5]})).column == "Trọng số"
    assert column("district", profiles({"Quận/Huyện": ["A", "A", "B", "B"]})).column == "Quận/Huyện"


def test_a_label_speaks_where_the_name_says_nothing():
    found = column("weight", profiles({"v9": [1.5, 2.5]}, labels={"v9": "Trọng số"}))
    assert (found.column, found.reason.vi) == ("v9", "theo nhãn cột")


def test_a_weight_that_is_zero_somewhere_is_only_a_candidate():
    found = column("weight", survey(PSW_psweight=[0.0] + [1.5] * (ROWS - 1)))
    assert found.column == ""
    assert found.candidates[0][0] == "PSW_psweight"
    assert "not every cell is a number above 0" in found.candidates[0][1].en


def test_a_repeated_code_is_no_respondents_code():
    assert column("respondent", survey(idcode0=[1] * ROWS)).column == ""


def test_of_two_that_fit_none_is_proposed():
    found = column("weight", profiles({"WTMEC2YR": [1.5, 2.0], "WTINT2YR": [1.5, 2.0]}))
    assert found.column == ""
    assert [name for name, _ in found.candidates] == ["WTMEC2YR", "WTINT2YR"]


def test_without_a_name_numbers_make_candidates_only():
    found = column("weight", profiles({"k1": [1.25, 2.75, 3.1], "k2": [1, 2, 3]}))
    assert found.column == ""
    assert [name for name, _ in found.candidates] == ["k1"]


def test_the_round_it_is_like_comes_before_names():
    columns = survey(w=[2.5] * ROWS)
    assert column("weight", columns, like={"weight": "w"}).column == "w"
    assert column("weight", columns, like={"weight": "absent"}).column == "PSW_psweight"


def test_what_the_person_names_is_taken_as_it_is():
    assert column("district", survey(), named={"district": "a002"}).column == "a002"
    with pytest.raises(UnknownName, match="a003"):
        column("district", survey(), named={"district": "a003"})
