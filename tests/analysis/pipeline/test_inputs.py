"""What a round's results depend on: data, rows, code, and the built files themselves."""

import json
import shutil

import pandas as pd

from analysis import paths
from analysis.estimates.results import provenance_file, results_file
from analysis.pipeline import (
    build_round,
    built_files,
)
from analysis.pipeline.inputs import analysis_code, inputs_of, is_up_to_date
from analysis.rounds import read_previous, read_round
from tests.analysis.pipeline.built_copies import SMALL, settings


def test_sidecar_names_inputs_and_counts(copied_data):
    built = build_round("example-papi-2021")
    about = json.loads(provenance_file("example-papi-2021").read_text(encoding="utf-8"))
    assert about["row_count"] == len(pd.read_parquet(built.results))
    assert set(about["data"]) == {"example-papi-2021.dta"}
    assert len(about["data"]["example-papi-2021.dta"]) == 64


def test_each_built_table_that_is_spoilt_means_build_again(copied_data):
    build_round(SMALL)
    inputs = inputs_of(read_round(SMALL), None)
    contents = {file: file.read_bytes() for file in built_files(SMALL)}
    assert [file.name.split(".")[1] for file in contents] == [
        "respondents", "indicators", "findings", "measures", "criteria", "design", "results",
    ]  # fmt: skip
    for file, whole in contents.items():
        for spoilt in (b"", whole[: len(whole) // 2]):
            file.write_bytes(spoilt)
            assert not is_up_to_date(SMALL, inputs)
        file.write_bytes(whole)
        assert is_up_to_date(SMALL, inputs)
    results_file(SMALL).write_bytes(b"")
    assert build_round(SMALL).fresh
    assert {file: file.read_bytes() for file in built_files(SMALL)} == contents


def test_every_module_that_a_number_depends_on_is_in_the_hash_of_the_code():
    names = {file.relative_to(paths.home() / "analysis").as_posix() for file in analysis_code()}
    assert {
        "rows.py",
        "places/lookup.py",
        "findings.py",
        "built.py",
        "pipeline/build.py",
        "errors.py",
    } <= names
    assert {"respondents/checks.py", "indicators/recipes.py", "estimates/design.py"} <= names
    assert not any(name.split("/")[0] in ("batch", "briefing", "explore", "cli.py") for name in names)


def test_two_files_of_one_name_are_both_inputs(copied_data):
    for year in ("2020", "2021"):
        folder = copied_data / "raw" / year
        folder.mkdir(parents=True)
        shutil.copy(copied_data / "example" / f"example-{year}.dta", folder / "survey.dta")
        settings(copied_data, f"example/example-{year}.dta", f"raw/{year}/survey.dta", f"example-{year}")
    now = read_round("example-2021")
    assert set(inputs_of(now, read_previous(now))["data"]) == {"raw/2020/survey.dta", "raw/2021/survey.dta"}


def test_files_of_context_are_inputs_and_a_change_of_one_builds_again(data_with_context):
    assert build_round(SMALL).fresh
    about = json.loads(provenance_file(SMALL).read_text(encoding="utf-8"))
    assert {"administrative-2021.csv", "parindex-2020.csv"} <= set(about["data"])
    counts = data_with_context / "example" / "administrative-2021.csv"
    counts.write_text(counts.read_text("utf-8").replace(",91,299,", ",92,299,", 1), encoding="utf-8")
    assert build_round(SMALL).fresh
    assert not build_round(SMALL).fresh
