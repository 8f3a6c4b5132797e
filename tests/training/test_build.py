"""Training results beside a round's: built once, found up to date, gone when the round names none."""

import json

import pytest

from analysis.context.built_training import read_training, training_files
from analysis.errors import MissingFile, UnknownName
from analysis.rounds import read_round
from training.build import build_training, check_training, sampled_districts

ROUND = "example-2021"


@pytest.fixture(scope="module")
def built(example_results):
    return read_training(ROUND)


def test_a_second_build_makes_nothing_and_says_the_same(built):
    again = build_training(ROUND)
    assert not again.fresh
    assert again.notes and all(note["kind"] == "note" for note in again.notes)


def test_the_sidecar_names_the_records_with_their_hashes_and_the_tables_no_path(built):
    sidecar = json.loads(training_files(ROUND)["training"].with_suffix(".json").read_text(encoding="utf-8"))
    named = json.dumps(sidecar, ensure_ascii=False)
    assert all(name.rsplit("/", 1)[-1] in named for name in read_round(ROUND).context.training)
    assert "/tmp" not in named and "/home" not in named


def test_no_built_table_has_a_column_of_people(built):
    for table in (built.rows, built.classes, built.names):
        assert not {"participant", "name", "born", "number"} & set(table.columns)


def test_classes_are_those_of_the_records_and_simulated(built):
    assert list(built.classes["class_id"]) == [f"K{number:02}" for number in range(1, 13)]
    assert built.is_simulated and built.years == [2021]


def test_districts_with_a_survey_figure_are_those_of_the_round(built):
    assert len(sampled_districts(read_round(ROUND))) == 13


def test_the_check_finds_no_stop_in_the_example_and_changes_nothing(built):
    before = training_files(ROUND)["training"].read_bytes()
    found = check_training(ROUND).findings
    assert "stop" not in set(found["kind"]) and len(found) > 0
    assert training_files(ROUND)["training"].read_bytes() == before


def test_a_round_without_records_has_none_and_says_how_to_name_them(built):
    assert build_training("example-2020") is None
    assert check_training("example-2020") is None
    with pytest.raises(MissingFile) as fault:
        read_training("example-2020")
    assert "training" in fault.value.expected and "chưa khai" in fault.value.vi


def test_a_name_that_is_nothing_is_refused_with_what_there_is(built):
    with pytest.raises(UnknownName) as fault:
        read_training("khong-co")
    assert ROUND in fault.value.expected
