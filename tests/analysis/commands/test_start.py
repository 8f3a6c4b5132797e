"""`workbench new`, `--data` and `workbench round new`, as a person types them."""

import os

import pytest
from click.testing import CliRunner

from analysis import paths
from analysis.cli import main

EXAMPLE = paths.home_data() / "example" / "example-papi-2021.dta"


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.delenv("WORKBENCH_DATA", raising=False)
    assert run("new", tmp_path / "data").exit_code == 0
    return tmp_path / "data"


def test_new_says_what_to_do_next_in_both_languages(tmp_path):
    result = run("new", tmp_path / "data")
    assert "Bước tiếp theo / next steps" in result.output
    assert f'--data "{tmp_path / "data"}" round new' in result.output


def test_new_refuses_a_folder_that_is_there(data):
    result = run("new", data)
    assert result.exit_code == 21
    assert result.output.startswith("Lỗi: ")


def test_data_holds_for_one_run_only_and_reaches_what_it_starts(data, monkeypatch):
    seen = []
    monkeypatch.setattr(
        "analysis.rounds.round_names", lambda: seen.append(os.environ["WORKBENCH_DATA"]) or []
    )
    assert run("--data", data, "rounds").exit_code == 0
    assert seen == [str(data)]
    assert "WORKBENCH_DATA" not in os.environ


@pytest.mark.parametrize("how", ["--data", "WORKBENCH_DATA"])
def test_a_folder_that_is_no_data_folder_is_named(tmp_path, monkeypatch, how):
    typo = tmp_path / "dât"
    if how == "--data":
        result = run("--data", typo, "rounds")
    else:
        monkeypatch.setenv("WORKBENCH_DATA", str(typo))
        result = run("rounds")
    assert result.exit_code == 10
    assert "dât" in result.output
    assert how in result.output
    assert "Traceback" not in result.output


def test_a_draft_prints_its_decisions_numbered_and_check_lists_the_same(data):
    result = run("--data", data, "round", "new", "copy-2021", "--file", EXAMPLE, "--copy")
    assert result.exit_code == 0
    assert "Còn phải quyết định / still to be decided: 5" in result.output
    assert "  5. Chưa quyết định missing.dont_know" in result.output
    checked = run("--data", data, "check", "--round", "copy-2021")
    assert checked.exit_code == 18
    assert "Lỗi / stop: 5 (undecided 5)" in checked.output
    built = run("--data", data, "build", "--round", "copy-2021")
    assert built.exit_code == 18
    listed = run("--data", data, "rounds").output
    assert "copy-2021\t(chưa dùng được / not usable yet" in listed


def test_a_column_that_is_named_is_taken(data):
    result = run(
        "--data", data, "round", "new", "copy-2021", "--file", EXAMPLE, "--copy", "--column", "village=xa"
    )
    assert "thôn, ấp / village: xa (do người dùng chỉ định / as named by --column)" in result.output
