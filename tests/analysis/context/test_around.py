"""What stands beside a round's survey: read once, named by its settings, real beside real only."""

import shutil
from dataclasses import replace

import pytest

from analysis import paths
from analysis.context.around import check_around, context_files, is_known_province, read_around
from analysis.context.built_criteria import read_criteria
from analysis.context.checks import check_context
from analysis.context.directive import directive_of_round
from analysis.errors import BadRows, MissingFile
from analysis.estimates.measures import describe_measures
from analysis.estimates.results import check_results
from analysis.indicators.framework import read_framework
from analysis.rounds import ContextFiles, read_round

ROUND = "example-2021"


@pytest.fixture(scope="module")
def around():
    return read_around(read_round(ROUND), published=True)


def test_rows_keep_the_rules_of_the_results_table(around):
    assert check_results(around.results).empty
    assert set(around.results["survey_round"].str.extract(r"^(.+)-\d{4}", expand=False)) == {
        "published", "parindex", "parindex-sheet", "administrative",
    }  # fmt: skip


def test_criteria_of_the_sheet_are_named_with_cause_and_lead(around):
    assert set(around.criteria["cause"]) <= {"not_accepted", "not_claimed", "survey", "not_parted", ""}
    lost = around.results[
        (around.results["measure_kind"] == "parindex_criterion") & (around.results["statistic"] == "lost")
    ]
    losing = set(lost.loc[lost["estimate"] > 0, "measure"])
    assert set(around.criteria.loc[around.criteria["cause"] != "", "measure"]) == losing


def test_places_that_sent_nothing_are_notes_and_stop_nothing(around):
    assert set(around.findings["kind"]) == {"note"}
    assert "missing_figure" in set(around.findings["code"])


def test_framework_without_published_scores_has_none():
    bare = replace(read_round(ROUND), context=ContextFiles())
    assert read_around(bare, published=False).results.empty
    assert read_around(bare, published=False).criteria.empty


def test_file_that_is_not_there_is_named_with_its_setting():
    lost = replace(read_round(ROUND), context=ContextFiles(administrative="raw/nowhere.csv"))
    with pytest.raises(MissingFile) as fault:
        context_files(lost)
    assert "[context] administrative" in str(fault.value)


@pytest.mark.parametrize("name", ["administrative", "parindex_sheet"])
def test_simulated_figures_beside_a_real_survey_stop(name):
    real = replace(read_round(ROUND), simulated=False)
    others = {"administrative": "", "parindex_sheet": "", "parindex_year": 0}
    kept = {name: getattr(real.context, name)} | ({"parindex_year": 2020} if name == "parindex_sheet" else {})
    found = check_around(replace(real, context=ContextFiles(**(others | kept))))
    stops = found[found["kind"] == "stop"]
    assert list(stops["code"]) == ["simulated_beside_real"]


def test_figures_by_code_are_only_those_of_the_same_province(tmp_path, monkeypatch):
    own = read_round(ROUND)
    assert is_known_province(own)
    folder = tmp_path / "places" / "elsewhere"
    folder.mkdir(parents=True)
    (folder / "provinces.csv").write_text("code,name_vi,source\n91,Phía Tây,a test\n", encoding="utf-8")
    (folder / "districts.csv").write_text(
        "code,name_vi,kind_vi,province,source\n1,Một,Vùng,91,a test\n", encoding="utf-8"
    )
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    assert not is_known_province(replace(own, places="elsewhere"))


def test_letter_belongs_to_its_province_and_framework():
    own = read_round(ROUND)
    assert directive_of_round(own) is not None
    assert directive_of_round(replace(own, framework="other")) is None
    assert directive_of_round(replace(own, places="nhanes")) is None


def test_broken_link_stops_and_other_rounds_need_no_letter(tmp_path, monkeypatch):
    own = read_round(ROUND)
    measures = describe_measures(read_framework("papi", 2021))
    assert check_context(own, measures).empty
    shutil.copytree(paths.rows_folder("directive"), tmp_path / "directive")
    links = tmp_path / "directive" / "links.csv"
    links.write_text(links.read_text("utf-8").replace("T2,papi,D4", "T2,papi,D9"), encoding="utf-8")
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    found = check_context(own, measures)
    assert (found["kind"] == "stop").all()
    assert "D9" in " ".join(found["got"])
    assert check_context(replace(own, framework="other"), measures).empty


def test_criteria_of_a_round_that_is_not_built_are_no_rows():
    assert read_criteria("no-such-round").empty


def test_sheet_and_its_year_go_together(tmp_path):
    from analysis.rounds.context_files import read_context_files

    with pytest.raises(BadRows):
        read_context_files({"parindex_sheet": "a.csv"}, tmp_path / "x.toml")
    with pytest.raises(BadRows):
        read_context_files({"parindex_year": 2020}, tmp_path / "x.toml")
    assert read_context_files({}, tmp_path / "x.toml") == ContextFiles()
