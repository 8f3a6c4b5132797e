"""`workbench new`, `--data` and `workbench round new`, as a person types them."""

import os
import tomllib

import pyreadstat
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


@pytest.fixture
def national(data):
    """The example's file with half its rows in another province, and sexes in words."""
    table, _ = pyreadstat.read_dta(EXAMPLE)
    half = table.index % 2 == 1
    words = table["a001"].map({1: "Nam", 2: "Nữ"})
    table = table.assign(
        tinh=table["tinh"].mask(half, 92), gioi=words, muc=words.map({"Nam": "A", "Nữ": "B"})
    )
    table.to_csv(data / "raw" / "ca-nuoc.csv", index=False)
    return int((~half).sum())


def test_a_national_file_is_drafted_for_a_province_and_again_for_another(data, national):
    start = ("--data", data, "round", "new", "ca-nuoc-2021")
    drafted = run(*start, "--file", "ca-nuoc.csv")
    assert drafted.exit_code == 0, drafted.output
    assert "có đúng là tỉnh này?" in drafted.output
    settings = data / "rounds" / "ca-nuoc-2021.toml"
    text = settings.read_text("utf-8").replace('title_vi = ""', 'title_vi = "Cả nước"', 1)
    settings.write_text(text, encoding="utf-8")
    assert run(*start, "--file", "ca-nuoc.csv").exit_code == 21
    again = run(*start, "--again", "--province", "Kiên Giang", "--words", "muc")
    assert again.exit_code == 0, again.output
    assert "có đúng là tỉnh này?" not in again.output
    read = tomllib.loads(settings.read_text("utf-8"))
    assert (read["province"], read["columns"]["province"], read["title_vi"]) == ("91", "tinh", "Cả nước")
    assert f"{national} trong {2 * national} dòng thuộc Kiên Giang" in settings.read_text("utf-8")
    assert "muc" in again.output.split("đọc thành mã")[1]
    third = run(*start, "--again")
    assert "Chưa quyết định title_vi" not in third.output
    assert tomllib.loads(settings.read_text("utf-8")) == read


def test_a_province_that_is_not_there_is_refused(data, national):
    result = run(
        "--data", data, "round", "new", "ca-nuoc-2021", "--file", "ca-nuoc.csv", "--province", "Cà Mau"
    )
    assert result.exit_code == 2
    assert 'Tệp không có dòng nào của tỉnh "Cà Mau"' in result.output
    assert "Traceback" not in result.output
    assert not (data / "drafts").exists()


def test_again_needs_a_draft(data):
    result = run("--data", data, "round", "new", "copy-2021", "--again")
    assert result.exit_code == 10
    assert "Hãy bỏ --again" in result.output


def test_a_part_that_the_file_does_not_have_is_settled(data):
    result = run(
        "--data", data, "round", "new", "copy-2021", "--file", EXAMPLE, "--copy", "--column", "stratum="
    )
    assert result.exit_code == 0
    assert "design.stratum" not in result.output.split("still to be decided")[1]
