"""A round's file to its results: what is built, what is kept, and what is told."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.built_findings import read_built_findings, read_file_facts
from analysis.errors import MissingFile, PacksFolderProblem
from analysis.estimates.results import read_measures, results_file
from analysis.pipeline import (
    build_round,
    read_notes,
)
from tests.analysis.pipeline.built_copies import SMALL, settings


def test_built_round_is_not_built_again_until_something_changes(copied_data):
    assert build_round("example-papi-2021").fresh
    assert not build_round("example-papi-2021").fresh
    assert build_round("example-papi-2021", force=True).fresh
    settings = copied_data / "rounds" / "example-papi-2021.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert build_round("example-papi-2021").fresh


def test_built_again_from_the_same_inputs_the_numbers_are_the_same(copied_data):
    first = pd.read_parquet(build_round("example-papi-2021").results)
    again = pd.read_parquet(build_round("example-papi-2021", force=True).results)
    pd.testing.assert_frame_equal(first, again, check_exact=True)


def test_missing_file_stops_before_anything_is_touched(copied_data):
    build_round("example-papi-2021")
    before = results_file("example-papi-2021").read_bytes()
    (copied_data / "example" / "example-papi-2021.dta").unlink()
    with pytest.raises(MissingFile) as fault:
        build_round("example-papi-2021")
    assert fault.value.exit_code == 10
    assert results_file("example-papi-2021").read_bytes() == before


def test_no_built_table_but_the_respondents_holds_a_respondent(example_results):
    assert "respondent" not in example_results.columns
    assert not np.isin(["respondent", "village", "commune"], read_measures("example-2021").columns).any()


def test_a_build_that_stops_halfway_is_built_again(copied_data, monkeypatch):
    build_round(SMALL)
    settings(copied_data, 'source = "data', 'source = "now data')  # other results from other settings
    moved, replace = [], Path.replace

    def stopping(part, target):
        if len(moved) == 2 * 5 + 1:  # all but the results themselves
            raise OSError("planted")
        moved.append(target)
        return replace(part, target)

    with monkeypatch.context() as context:
        context.setattr(Path, "replace", stopping)
        with pytest.raises(PacksFolderProblem):
            build_round(SMALL)
    assert build_round(SMALL).fresh
    assert not build_round(SMALL).fresh


def test_a_file_in_the_place_of_the_built_folder_is_named(copied_data):
    (copied_data / "built").write_text("not a folder", encoding="utf-8")
    with pytest.raises(PacksFolderProblem, match="cannot be written"):
        build_round(SMALL)


def test_the_breaks_are_those_of_the_rounds_own_framework(copied_data):
    shutil.copytree(copied_data / "framework" / "papi", copied_data / "framework" / "own")
    settings(copied_data, 'framework = "papi"', 'framework = "own"', "example-2021")
    breaks = copied_data / "framework" / "own" / "breaks.csv"
    header = breaks.read_text("utf-8").splitlines()[0]
    breaks.write_text(f"{header}\nS1.1,2021,mới,new,the test\n", encoding="utf-8")
    results = pd.read_parquet(build_round("example-2021").results)
    survey = results[results["survey_round"] == "example-2021"]
    changes = survey[survey["statistic"] == "change"].dropna(subset="estimate")
    assert "S1.1" not in set(changes["measure"])
    assert "D6" in set(changes["measure"])  # broken in papi's rows of 2021, not in this framework's


def test_notes_are_kept_with_the_results(copied_data):
    first, again = build_round(SMALL), build_round(SMALL)
    assert [note["code"] for note in first.notes] == ["straight_lining", "variable_not_in_file"]
    assert again.notes == first.notes == read_notes(SMALL)
    assert read_notes("example-2021") == ()


def test_a_policy_for_lone_psus_that_is_in_force_is_a_note(copied_data):
    file = copied_data / "example" / f"{SMALL}.dta"
    table = pd.read_stata(file, convert_categoricals=False)
    table.loc[table["PSW_PSU"] == 911, "PSW_STRATA"] = 92
    table.to_csv(file.with_suffix(".csv"), index=False)
    settings(copied_data, f"{SMALL}.dta", f"{SMALL}.csv")
    settings(copied_data, 'lone_psu = "stop"', 'lone_psu = "adjust"')
    notes = {note["code"]: note for note in build_round(SMALL).notes}
    assert "policy is adjust" in notes["lone_psu"]["hint"]


def test_corrections_are_applied_told_and_part_of_what_a_build_depends_on(copied_data):
    first = pd.read_parquet(build_round(SMALL).results)
    stored = pd.read_stata(copied_data / "example" / f"{SMALL}.dta", convert_categoricals=False)
    row = stored[stored["d101aa"] == 1].iloc[0]
    folder = copied_data / "corrections"
    folder.mkdir(exist_ok=True)
    (folder / f"{SMALL}.csv").write_text(
        "respondent,variable,action,old,new,reason,by,date\n"
        f"{row['idcode0']:.0f},d101aa,set,1,2,mã hóa nhầm,LT,2026-01-05\n",
        encoding="utf-8",
    )
    built = build_round(SMALL)
    assert built.fresh and not build_round(SMALL).fresh
    assert [note["code"] for note in built.notes] == ["corrected", "straight_lining", "variable_not_in_file"]
    assert not pd.read_parquet(built.results).equals(first)
    (folder / f"{SMALL}.csv").unlink()
    pd.testing.assert_frame_equal(pd.read_parquet(build_round(SMALL).results), first)


def test_what_was_found_is_a_built_table_with_how_the_file_was_read(copied_data):
    build_round("example-2021")
    found = read_built_findings("example-2021")
    assert found["survey_round"].unique().tolist() == ["example-2021", "example-2020"]
    assert found["code"].tolist() == ["straight_lining", "variable_not_in_file"] * 2
    files = read_file_facts("example-2021")
    assert {name: facts["rows"] for name, facts in files.items()} == {
        "example-2021": 1504,
        "example-2020": 1504,
    }
