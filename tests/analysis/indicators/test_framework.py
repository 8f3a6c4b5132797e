import pytest

from analysis.errors import BadRows, UnknownName
from analysis.estimates.composites import composite_map
from analysis.indicators.framework import check_framework, read_framework
from analysis.indicators.framework_rows import number, valid_in
from analysis.respondents.codebook import read_codebook

#: PAPI 2023 as its workbook prints it: civic_policies, civic_leaders, S1.1.
PRINTED = {
    "Hà Nội": (0.7453, 0.5820, 1.3239),
    "Hà Giang": (0.7035, 0.3341, 1.0216),
    "Cao Bằng": (0.4833, 0.3694, 0.9374),
}


@pytest.mark.parametrize("province", PRINTED)
def test_the_rows_give_the_three_printed_scores_of_civic_knowledge(province):
    composites = composite_map(read_framework("papi", 2023))
    policies, leaders, score = PRINTED[province]
    slopes = composites.weights["S1.1"]
    found = (
        composites.constants["S1.1"] + slopes["civic_policies"] * policies + slopes["civic_leaders"] * leaders
    )
    # The printed values have four digits, so the score may be off by a little.
    assert found == pytest.approx(0.25 + 0.5625 * policies + 1.125 * leaders, abs=1e-12)
    assert found == pytest.approx(score, abs=5e-4)


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2024])
def test_the_committed_rows_have_no_findings_and_eight_dimensions(year):
    framework = read_framework("papi", year)
    assert check_framework(framework, read_codebook("papi")).empty
    assert len(framework.dimensions) == 8
    assert framework.sub_dimensions["maximum"].sum() == pytest.approx(80)
    assert len(framework.indicators) >= 60


def test_construction_permits_are_scored_to_2020_only():
    before, after = read_framework("papi", 2020), read_framework("papi", 2021)
    assert len(before.sub_dimensions) == 29 and len(after.sub_dimensions) == 28
    names = {f.year: f.sub_dimensions.set_index("sub_dimension")["name_en"] for f in (before, after)}
    assert names[2020]["S5.2"] == "Construction Permits"
    assert names[2021]["S5.2"] == names[2020]["S5.3"] == "Land-Use Rights Certificates"
    assert names[2021]["S5.3"] == names[2020]["S5.4"]
    maxima = {f.year: f.sub_dimensions.set_index("sub_dimension")["maximum"] for f in (before, after)}
    assert maxima[2020]["S5.1"] == 2.5 and maxima[2021]["S5.1"] == pytest.approx(10 / 3)


@pytest.mark.parametrize("year", [2020, 2021])
def test_every_sub_dimension_but_one_has_two_indicators(year):
    counts = read_framework("papi", year).indicators.groupby("sub_dimension").size()
    assert counts.index[counts < 2].tolist() == ["S8.3"]


def test_no_variable_serves_two_indicators_of_a_year():
    for year in (2020, 2021):
        used = " ".join(read_framework("papi", year).indicators["variables"]).split()
        assert len(used) == len(set(used))


def test_fractions_are_numbers():
    assert number("10/3") == 10 / 3
    assert number("0.25") == 0.25


def test_a_row_is_valid_from_its_first_to_its_last_year():
    rows = read_framework("papi", 2020).rows.sub_dimensions
    permits = rows[rows["name_en"] == "Construction Permits"]
    assert [len(valid_in(permits, year)) for year in (2018, 2019, 2020, 2021)] == [0, 1, 1, 0]


def test_a_year_without_rows_is_refused():
    with pytest.raises(UnknownName, match="no indicators valid in 2016"):
        read_framework("papi", 2016)


def test_a_framework_that_is_not_there_is_refused():
    with pytest.raises(BadRows, match="the file is not there"):
        read_framework("pci", 2021)
