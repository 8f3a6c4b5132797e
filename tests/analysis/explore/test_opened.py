"""Names, groups and domains of a round: the nearest for a slip, no-answers as missing."""

import numpy as np
import pytest

from analysis.errors import BadDesign, UnknownName


def test_variable_of_the_file_is_estimated_without_its_no_answer_codes(survey):
    stored = survey._respondents
    name = next(c for c in stored.columns[20:] if (stored[c] == 888).any())
    row = survey.mean(name).iloc[0]
    assert row["estimate"] < 100
    assert row["n"] == survey.data[name].notna().sum() < len(survey.data)


@pytest.mark.parametrize(
    ("ask", "nearest"),
    [
        (lambda s: s.mean("povrty_list_published"), "poverty_list_published"),
        (lambda s: s.mean("D2", by="sexx"), "sex"),
        (lambda s: s.mean("D2", domain="distrct == '899'"), "district"),
        (lambda s: s.compare("D2", "sex", "mal"), "male"),
        (lambda s: s.ratio("D2x", "n"), ""),
    ],
)
def test_mistyped_name_gives_the_nearest(survey, ask, nearest):
    with pytest.raises(UnknownName) as fault:
        ask(survey)
    assert nearest in fault.value.hint


def test_domain_that_cannot_be_read_is_refused_in_words(survey):
    with pytest.raises(UnknownName):
        survey.mean("D2", domain="district == ")
    with pytest.raises(UnknownName):
        survey.mean("D2", domain="weight + 1")


def test_repr_says_the_design(survey):
    assert repr(survey).startswith("example-2021: 1504 respondents, 47 PSUs in 4 strata")


def test_repr_says_that_the_data_are_simulated_and_what_was_done(survey, calibrated):
    assert repr(survey).endswith("SIMULATED DATA / DỮ LIỆU MÔ PHỎNG")
    assert "calibrated (poststratify: sex); SIMULATED DATA" in repr(calibrated)
    both = calibrated.replicated("jackknife")
    assert "calibrated (poststratify: sex); jackknife replicates" in repr(both)


@pytest.mark.parametrize("domain", [np.ones(3, dtype=bool), np.ones(1504), np.ones((1504, 1), dtype=bool)])
def test_array_that_is_no_mask_of_the_respondents_is_refused(survey, domain):
    with pytest.raises(BadDesign) as fault:
        survey.mean("D2", domain=domain)
    assert "1504 values" in fault.value.expected
