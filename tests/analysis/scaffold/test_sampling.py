"""How PSUs lie in strata, counted."""

from analysis.scaffold.sampling import look_at_nesting
from tests.analysis.scaffold.tables import profiles


def nesting(stratum, psu, district=None):
    columns = {"h": stratum, "p": psu} | ({"d": district} if district else {})
    return look_at_nesting(profiles(columns), "h", "p", "d" if district else "")


def test_psus_that_start_again_are_counted_in_each_stratum():
    found = nesting([1, 1, 2, 2, 3, 3], [1, 2, 1, 2, 1, 2])
    assert (found.strata, found.psus, found.starts_again) == (3, 6, True)
    assert (found.psus_in_two_strata, found.lone) == (2, 0)


def test_one_psu_in_two_strata_is_more_likely_a_slip():
    found = nesting([1, 1, 1, 2, 2, 2], [1, 2, 3, 3, 4, 5])
    assert (found.psus, found.psus_in_two_strata, found.starts_again) == (5, 1, False)


def test_without_strata_all_is_one():
    found = look_at_nesting(profiles({"p": [1, 1, 2, 3]}), "", "p", "")
    assert (found.strata, found.psus, found.lone) == (1, 3, 0)


def test_a_lone_psu_and_districts_that_are_psus_are_told():
    found = nesting([1, 1, 2], [1, 2, 3], [7, 8, 9])
    assert (found.lone, found.district_is_psu) == (1, True)


def test_without_a_psu_nothing_can_be_said():
    assert look_at_nesting(profiles({"h": [1, 2]}), "h", "", "") is None
