"""Training in the keys: of districts' packs and pages of the round that names records, and of class reports."""

import shutil

import pandas as pd
import pytest

from analysis import paths
from analysis.batch.engines.cluster_job import alike
from analysis.batch.formats.wanted import NOTHING_MORE
from analysis.batch.keys.facts import round_facts
from analysis.batch.keys.parts import KeyParts
from analysis.batch.keys.reasons import Reason
from analysis.batch.keys.surroundings import code_files
from analysis.batch.keys.training import ReportParts
from analysis.batch.targets import district_target, round_notebook, round_target
from analysis.briefing.pack import open_round_page, pack_of
from analysis.built import sha256
from analysis.context.built_training import NAMES, training_files
from analysis.rounds import read_round

ROUND = "example-2021"
PAGES = ("899", "methods", "report")


@pytest.fixture
def data(example_results, tmp_path, monkeypatch):
    """A data folder with copies of what is built and of the rules of training."""
    shutil.copytree(paths.built_folder(), tmp_path / "built")
    shutil.copytree(paths.rows_folder("training"), tmp_path / "training")
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    return tmp_path


def keys_of(survey_round=ROUND):
    """Page -> parts of its key: a district's, one of the round's, a class's report."""
    about = open_round_page(survey_round, "vi")
    keys = KeyParts(about, NOTHING_MORE)
    place = about.places.resolve_district("899", about.survey_round.province)
    district = district_target(pack_of(place, about), round_notebook("district_briefing"))
    methods = round_target("methods", about)
    report = ReportParts(survey_round, about.survey_round, NOTHING_MORE).of(methods)
    return {"899": keys.of(district), "methods": keys.of(methods), "report": report}


def different(before, now):
    return {
        page: {name for name in before[page].keys() | now[page].keys()
               if before[page].get(name) != now[page].get(name)}
        for page in before
    }  # fmt: skip


def test_training_results_are_in_the_key_of_whatever_shows_them(data):
    before = keys_of()
    file = training_files(ROUND)[NAMES]
    names = pd.read_parquet(file)
    names.loc[0, "vi"] += " (mới)"
    names.to_parquet(file)
    assert different(before, keys_of()) == {page: {"table:training"} for page in PAGES}
    assert Reason("table:training").say("vi") == "kết quả bồi dưỡng đã thay đổi"


def test_a_rule_of_training_is_in_the_same_keys_and_is_named(data):
    before, file = keys_of(), data / "training" / "thresholds.csv"
    facts = round_facts(open_round_page(ROUND, "vi"))["rules"]
    file.write_text(file.read_text("utf-8") + "\n", encoding="utf-8")
    assert different(before, keys_of()) == {page: {"rules:training"} for page in PAGES}
    now = round_facts(open_round_page(ROUND, "vi"))["rules"]
    assert {name for name in now if now[name] != facts.get(name)} == {paths.short(file)}
    assert Reason("rules:training").say("en") == "the rules and the question bank of training changed"


def test_records_are_named_as_data_of_pages_about_the_round_and_of_reports(example_results):
    keys, declared = keys_of(), read_round(ROUND)
    files = [paths.beside(declared.settings_file) / name for name in declared.context.training]
    hashes = {file.name: sha256(file) for file in files}
    for page in ("methods", "report"):
        assert (
            hashes.items()
            <= {name.removeprefix("data:"): found for name, found in keys[page].items()}.items()
        )
    assert not any(name.startswith("data:") for name in keys["899"])
    assert round_facts(open_round_page(ROUND, "vi"))["training"]["data"] == hashes


def test_a_round_without_records_has_no_training_in_its_keys(papi_results):
    keys = KeyParts(open_round_page("example-papi-2021", "vi"), NOTHING_MORE)
    parts = keys.of(round_target("methods", open_round_page("example-papi-2021", "vi")))
    assert not [name for name in parts if "training" in name]
    assert "training" not in alike("example-papi-2021")


def test_workers_must_have_the_same_training_results(data):
    before = alike(ROUND)
    file = training_files(ROUND)[NAMES]
    file.write_bytes(file.read_bytes() + b" ")
    now = alike(ROUND)
    assert {name for name in now if now[name] != before[name]} == {"training"}
    file.unlink()
    assert alike(ROUND)["training"] == "not built"


def test_sections_of_training_are_code_of_pages_and_lessons_are_not():
    files = code_files()
    assert {"training/sections/district.py", "training/measured.py", "analysis/batch/run.py"} <= files.keys()
    assert not any(name.startswith("training/lessons/") for name in files)
    assert not any(name.startswith(("analysis/commands/", "analysis/lab/")) for name in files)
