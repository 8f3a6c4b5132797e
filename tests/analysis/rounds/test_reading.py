"""[design] of several stages and [calibration]: what they give, and each fault by the name of its key."""

import shutil

import pytest

from analysis import paths
from analysis.errors import BadRows
from analysis.rounds import read_round

ROUND = "example-2021"
STRATUM, PSU = 'stratum = "PSW_STRATA"', 'psu = "PSW_PSU"'
LONE = 'lone_psu = "stop"'
RAKE = """
[calibration]
method = "rake"
source = "Tổng điều tra 2019"
bounds = []
[calibration.margins]
sex = { male = 40, female = 60 }
khuvuc = { 1 = 30, 2 = 70 }
"""


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """The round with lines replaced and a text put at its end."""
    for name in ("rounds", "places"):
        shutil.copytree(paths.rows_folder(name), tmp_path / name)
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    file = tmp_path / "rounds" / f"{ROUND}.toml"

    def read(end="", changes=()):
        text = file.read_text("utf-8") + end
        for old, new in dict(changes).items():
            assert old in text
            text = text.replace(old, new)
        file.write_text(text, encoding="utf-8")
        return read_round(ROUND)

    return read


def test_one_stage_is_declared_as_before(settings):
    survey_round = settings()
    design = survey_round.design
    assert (design.stratum, design.psu) == ("PSW_STRATA", "PSW_PSU")
    assert design.built_columns() == {"stratum": "PSW_STRATA", "psu": "PSW_PSU"}
    assert (survey_round.calibration, survey_round.cited) == (None, survey_round.source)


def test_stages_are_named_in_order(settings):
    stages = {PSU: 'psu = ["xa", "thon"]\npopulation = ["communes", "villages"]'}
    design = settings(changes=stages).design
    assert design.built_columns() == {
        "stratum": "PSW_STRATA",
        "psu": "xa",
        "psu_2": "thon",
        "population": "communes",
        "population_2": "villages",
    }


def test_totals_are_read_with_their_source(settings):
    survey_round = settings(RAKE)
    calibration = survey_round.calibration
    assert calibration.margins == {"sex": {"male": 40.0, "female": 60.0}, "khuvuc": {"1": 30.0, "2": 70.0}}
    assert (calibration.method, calibration.bounds) == ("rake", ())
    assert survey_round.cited == f"{survey_round.source}; calibration: Tổng điều tra 2019"
    assert survey_round.margin_column("sex") == "sex"
    assert survey_round.margin_column("khuvuc") == "margin_khuvuc"


def test_no_method_is_no_calibration(settings):
    assert settings('[calibration]\nmethod = ""\nsource = ""\nbounds = []\n').calibration is None


DESIGN_FAULTS = {
    "a unit that is a number": ({PSU: "psu = 3"}, "[design] psu"),
    "no unit": ({PSU: "psu = []"}, "[design] psu"),
    "an unnamed stage": ({PSU: 'psu = ["xa", ""]'}, "[design] psu"),
    "a stage twice": ({PSU: 'psu = ["xa", "xa"]'}, "[design] psu"),
    "a stratum that is a number": ({STRATUM: 'stratum = ["zone", 2]'}, "[design] stratum"),
    "more strata than stages": ({STRATUM: 'stratum = ["zone", "xa"]'}, "[design] stratum has more columns"),
    "a population that is one text": ({LONE: f'{LONE}\npopulation = "communes"'}, "[design] population"),
    "more populations than stages": (
        {LONE: f'{LONE}\npopulation = ["communes", "villages"]'},
        "[design] population has more columns",
    ),
    "a nest in words": ({LONE: f'{LONE}\nnest = "yes"'}, "[design] nest"),
    "lone_in_domains in words": ({LONE: f"{LONE}\nlone_in_domains = 1"}, "[design] lone_in_domains"),
    "lone_in_domains without its policy": (
        {LONE: f"{LONE}\nlone_in_domains = true"},
        "[design] lone_in_domains",
    ),
}


@pytest.mark.parametrize("fault", DESIGN_FAULTS)
def test_a_design_that_cannot_be_meant_is_refused(settings, fault):
    changes, key = DESIGN_FAULTS[fault]
    with pytest.raises(BadRows) as caught:
        settings(changes=changes)
    assert f": {key}" in caught.value.what
    assert caught.value.where.endswith("/rounds/example-2021.toml")
    assert caught.value.vi


METHOD, SEX, AREA = 'method = "rake"', "sex = { male = 40, female = 60 }", "khuvuc = { 1 = 30, 2 = 70 }"
CALIBRATION_FAULTS = {
    "an unknown method": ({METHOD: 'method = "greg"'}, "[calibration] method"),
    "a method that is a number": ({METHOD: "method = 3"}, "[calibration] method"),
    "margins without a method": ({METHOD: 'method = ""'}, "[calibration] method is empty"),
    "no source": ({'"Tổng điều tra 2019"': '" "'}, "[calibration] source is empty"),
    "an unknown key": ({METHOD: f"{METHOD}\ntotals = 3"}, "[calibration] unknown key"),
    "bounds of raking by R": ({"bounds = []": "bounds = [0.3, 3]"}, "[calibration] bounds"),
    "bounds that are words": ({"bounds = []": 'bounds = ["low"]'}, "[calibration] bounds"),
    "bounds above 1": (
        {METHOD: 'method = "linear"', "bounds = []": "bounds = [1.1, 3]"},
        "[calibration] bounds",
    ),
    "logit without bounds": ({METHOD: 'method = "logit"'}, "[calibration] bounds"),
    "two post-strata": ({METHOD: 'method = "poststratify"'}, "[calibration.margins]"),
    "no margin": ({SEX: "", AREA: ""}, "[calibration.margins]"),
    "a margin that is no section": ({SEX: "sex = 3"}, "[calibration.margins.sex]"),
    "a margin without totals": ({AREA: "khuvuc = {}"}, "[calibration.margins.khuvuc]"),
    "a label without total": ({SEX: "sex = { male = 100 }"}, "[calibration.margins.sex]"),
    "a total of no label": (
        {SEX: "sex = { male = 40, female = 50, other = 10 }"},
        "[calibration.margins.sex]",
    ),
    "a total of nobody": ({"male = 40": "male = 0"}, "[calibration.margins.sex] male"),
    "a total that is yes": ({"male = 40": "male = true"}, "[calibration.margins.sex] male"),
    "a total without end": ({"male = 40": "male = inf"}, "[calibration.margins.sex] male"),
    "margins of two populations": ({"2 = 70": "2 = 71"}, "[calibration.margins]"),
}


@pytest.mark.parametrize("fault", CALIBRATION_FAULTS)
def test_a_calibration_that_cannot_be_meant_is_refused(settings, fault):
    changes, key = CALIBRATION_FAULTS[fault]
    with pytest.raises(BadRows) as caught:
        settings(RAKE, changes)
    assert f": {key}" in caught.value.what
    assert caught.value.vi
    assert caught.value.exit_code == 18


def test_margins_of_two_populations_are_named_with_their_sums(settings):
    with pytest.raises(BadRows) as caught:
        settings(RAKE, {"2 = 70": "2 = 71"})
    assert caught.value.got == "sex 100, khuvuc 101"
