"""Every test builds a data folder of its own; what a purge leaves is compared with the whole of it."""

import os
import subprocess
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analysis.context import built_training
from analysis.errors import BadRows, PacksFolderProblem
from analysis.keeping import purge as purging
from analysis.keeping.purge import (
    ESTIMATES,
    FAILED,
    PERSONS,
    PLANNED,
    REFUSED,
    describe_purge,
    exit_code_of_purge,
    plan_purge,
    purge,
)
from analysis.keeping.removal_log import REMOVED, log_file
from analysis.pipeline import built_files

ROUNDS = {
    "papi-2021": "raw/papi-2021.dta",
    "papi-2023": "raw/papi-2023.dta",
    "example": "example/example.dta",
}
HEADER = "file,survey_round,delete_after,results_after,reason,by,date\n"
DAY, NEXT = date(2028, 12, 31), date(2029, 1, 1)
PARTS = (*PERSONS, *ESTIMATES)
PERSONAL = {"built/papi-2021.respondents.parquet", "built/papi-2021.respondents.json"}
PERSONAL |= {"built/papi-2021.indicators.parquet", "built/papi-2021.indicators.json"}
PERSONAL |= {"built/papi-2021.findings.parquet", "built/papi-2021.findings.json"}
PERSONAL |= {"built/papi-2021.training-findings.parquet", "built/papi-2021.training-findings.json"}
RESULTS = {f"built/papi-2021.{part}.{end}" for part in ESTIMATES for end in ("parquet", "json")}
RAW = {"raw/papi-2021.dta", "corrections/papi-2021.csv"}


@pytest.fixture
def data(tmp_path):
    data = tmp_path / "data"
    names = ["raw/README.md", "raw/papi-2021.dta", "raw/papi-2023.dta", "raw/undeclared.xlsx"]
    names += ["corrections/papi-2021.csv", "corrections/papi-2023.csv", "places/districts.csv"]
    names += ["example/example.dta", "built/notes.txt", "built/classes.parquet"]
    names += [
        f"built/{name}.{part}.{end}" for name in ROUNDS for part in PARTS for end in ("parquet", "json")
    ]
    for name in names:
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_bytes(b"12345")
    return data


@pytest.fixture
def packs(tmp_path):
    packs = tmp_path / "packs"
    (packs / "899-rach-gia").mkdir(parents=True)
    (packs / "899-rach-gia" / "briefing.html").write_text("page")
    return packs


def declare(data, results_after="", file="raw/papi-2021.dta", name="papi-2021"):
    row = f"{file},{name},{DAY},{results_after},agreement,LTH,2026-03-31\n"
    (data / "retention.csv").write_text(HEADER + row, encoding="utf-8")


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def removed(data, packs, today=NEXT):
    """What a purge took away, and what it says."""
    before = files(data) | files(packs)
    plan = purge(data, packs, ROUNDS, today, dry_run=False)
    gone = before - (files(data) | files(packs))
    return gone, plan


def test_on_its_last_day_a_file_stays_and_on_the_next_it_goes(data, packs):
    declare(data)
    assert removed(data, packs, DAY)[0] == set()
    gone, plan = removed(data, packs, NEXT)
    assert gone == RAW | PERSONAL
    assert set(plan["state"]) == {REMOVED} and exit_code_of_purge(plan) == 0


def test_estimates_go_by_a_date_of_their_own(data, packs):
    declare(data, results_after="2028-12-31")
    assert removed(data, packs)[0] == RAW | PERSONAL | RESULTS


def test_a_dry_run_says_the_same_and_changes_nothing(data, packs):
    declare(data)
    before = files(data)
    plan = purge(data, packs, ROUNDS, NEXT)
    assert files(data) == before and not log_file(data).exists()
    assert {path.relative_to(data).as_posix() for path in plan["path"]} == RAW | PERSONAL
    assert set(plan["state"]) == {PLANNED} and plan["bytes"].tolist() == [5] * 10
    text = describe_purge(plan)
    assert "Sẽ xóa / to be removed: 10" in text and "raw/papi-2021.dta" in text and "2028-12-31" in text


def test_nothing_to_do_is_said(data, packs):
    declare(data)
    assert describe_purge(plan_purge(data, packs, ROUNDS, DAY)).startswith("Không có gì phải xóa")


def test_every_table_that_a_round_is_built_into_is_known():
    survey = {path.suffixes[0].removeprefix(".") for path in built_files("papi-2021")}
    assert survey | set(built_training.PARTS) == set(PARTS)


def test_undeclared_files_stay_whatever_the_day(data, packs):
    assert removed(data, packs, date(2999, 1, 1))[0] == set()


def test_a_list_of_a_class_has_a_date_without_a_round(data, packs):
    declare(data, file="raw/undeclared.xlsx", name="")
    assert removed(data, packs)[0] == {"raw/undeclared.xlsx"}


def test_what_was_made_of_a_list_goes_with_it_and_estimates_by_a_date_of_their_own(data, packs):
    """Beside a round (no round's name in the row), and in the folder of an import."""
    made = {
        "built/training/lop/participants",
        "built/training/lop/training-findings",
        "built/other.training-findings",
    }
    estimates = {"built/training/lop/training", "built/other.training"}
    for name in made | estimates:
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / f"{name}.parquet").write_bytes(b"12345")
        (data / f"{name}.json").write_text('{"raw": ["raw/undeclared.xlsx"]}', encoding="utf-8")
    declare(data, file="raw/undeclared.xlsx", name="")
    ends = ("parquet", "json")
    rounds = ROUNDS | {"other": ""}
    before = files(data)
    purge(data, packs, rounds, NEXT, dry_run=False)
    assert before - files(data) == {"raw/undeclared.xlsx"} | {
        f"{name}.{end}" for name in made for end in ends
    }
    declare(data, file="raw/undeclared.xlsx", name="", results_after="2028-12-31")
    before = files(data)
    purge(data, packs, rounds, NEXT, dry_run=False)
    assert before - files(data) == {f"{name}.{end}" for name in estimates for end in ends}


def test_built_files_of_a_round_no_longer_declared_go_and_others_in_the_folder_stay(data, packs):
    before = files(data)
    plan = purge(data, packs, {name: ROUNDS[name] for name in ("papi-2021", "example")}, NEXT, dry_run=False)
    gone = before - files(data)
    assert gone == {f"built/papi-2023.{part}.{end}" for part in PARTS for end in ("parquet", "json")}
    assert set(plan["why"]) == {"built for a round no longer declared"}


def test_half_written_built_files_go_with_their_round(data, packs):
    part = data / "built" / "papi-2021.respondents.parquet.4711.part"
    part.write_bytes(b"x")
    declare(data)
    assert removed(data, packs)[0] == RAW | PERSONAL | {"built/papi-2021.respondents.parquet.4711.part"}


def test_a_folder_without_rounds_is_taken_for_a_wrong_folder(data, packs):
    assert plan_purge(data, packs, {}, NEXT).empty


def test_failed_packs_go_and_good_ones_stay(data, packs):
    failed = packs / "failed" / "911-kien-hai"
    failed.mkdir(parents=True)
    (failed / "briefing.ipynb").write_text("{}")
    gone, plan = removed(data, packs)
    assert gone == {"failed/911-kien-hai/briefing.ipynb"} and not failed.exists()
    assert plan["bytes"].tolist() == [2]
    assert "packs:failed/911-kien-hai" in log_file(data).read_text("utf-8")


def test_a_link_is_never_followed(data, packs, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "papi-2021.dta").write_bytes(b"real")
    declare(data)
    (data / "raw" / "papi-2021.dta").unlink()
    (data / "raw" / "papi-2021.dta").symlink_to(elsewhere / "papi-2021.dta")
    gone, plan = removed(data, packs)
    assert gone == PERSONAL | {"corrections/papi-2021.csv"} and files(elsewhere) == {"papi-2021.dta"}
    (refused,) = plan[plan["state"] == REFUSED].to_dict("records")
    assert "link" in refused["detail"] and exit_code_of_purge(plan) == PacksFolderProblem.exit_code
    assert "Không được phép xóa" in describe_purge(plan)


def test_a_folder_that_is_a_link_is_never_entered(data, packs, tmp_path):
    (data / "raw").rename(tmp_path / "moved")
    (data / "raw").symlink_to(tmp_path / "moved")
    (packs / "failed").symlink_to(tmp_path / "moved")
    declare(data)
    _, plan = removed(data, packs)
    assert "papi-2021.dta" in files(tmp_path / "moved") and len(files(tmp_path / "moved")) == 4
    assert plan.loc[plan["state"] == REFUSED, "detail"].str.contains("outside").all()


def test_a_folder_named_as_a_file_stays(data, packs):
    (data / "raw" / "lists").mkdir()
    (data / "raw" / "lists" / "a.xlsx").write_bytes(b"x")
    declare(data, file="raw/lists", name="")
    assert removed(data, packs)[0] == set()


def test_what_git_keeps_stays(data, packs):
    declare(data)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    for command in (["init", "-q"], ["add", "-f", "raw/papi-2021.dta"]):
        subprocess.run(["git", *command], cwd=data, env=environment, check=True)
    gone, plan = removed(data, packs)
    assert "raw/papi-2021.dta" not in gone and gone >= PERSONAL
    assert plan.loc[plan["state"] == REFUSED, "detail"].str.contains("git").tolist() == [True]


def test_a_row_that_cannot_be_meant_stops_before_anything_goes(data, packs):
    declare(data, file="places/districts.csv", name="")
    before = files(data)
    with pytest.raises(BadRows):
        purge(data, packs, ROUNDS, NEXT, dry_run=False)
    assert files(data) == before


def test_every_removal_is_logged_before_and_after(data, packs):
    declare(data)
    removed(data, packs)
    log = pd.read_csv(log_file(data), dtype=str)
    assert set(log["path"]) == RAW | PERSONAL and log["state"].value_counts().to_dict() == {
        "started": 10,
        REMOVED: 10,
    }
    assert set(log["when"]) == {"2029-01-01"} and set(log["bytes"]) == {"5"}


def test_a_stopped_purge_is_finished_by_the_next(data, packs, monkeypatch):
    declare(data)
    remove, calls = purging._remove, []

    def interrupted(path):
        remove(path)
        calls.append(path)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(purging, "_remove", interrupted)
    with pytest.raises(KeyboardInterrupt):
        purge(data, packs, ROUNDS, NEXT, dry_run=False)
    monkeypatch.setattr(purging, "_remove", remove)
    gone, _ = removed(data, packs)
    assert len(gone) == 8
    log = pd.read_csv(log_file(data), dtype=str)
    assert set(log.loc[log["state"] == REMOVED, "path"]) == RAW | PERSONAL
    assert (log["state"] == REMOVED).sum() == 10
    assert purge(data, packs, ROUNDS, NEXT, dry_run=False).empty


def test_a_file_that_cannot_be_removed_is_said_and_the_others_go(data, packs, monkeypatch):
    declare(data)
    remove = purging._remove

    def locked(path):
        if path.name == "papi-2021.dta":
            raise PermissionError(13, "open in another program")
        remove(path)

    monkeypatch.setattr(purging, "_remove", locked)
    gone, plan = removed(data, packs)
    assert gone == PERSONAL | {"corrections/papi-2021.csv"}
    assert plan.loc[plan["state"] == FAILED, "detail"].tolist() == ["open in another program"]
    assert exit_code_of_purge(plan) == PacksFolderProblem.exit_code
    monkeypatch.setattr(purging, "_remove", remove)
    assert removed(data, packs)[0] == {"raw/papi-2021.dta"}


def test_workbooks_of_findings_about_a_file_go_with_it_and_no_others(data, packs):
    (data / "reports").mkdir()
    for name in (
        "papi-2021.xlsx",
        "papi-2021 lần 2.xlsx",
        "papi-20211.xlsx",
        "papi-2023.xlsx",
        "papi-2021.txt",
    ):
        (data / "reports" / name).write_bytes(b"12345")
    declare(data)
    gone, plan = removed(data, packs)
    reports = {"reports/papi-2021.xlsx", "reports/papi-2021 lần 2.xlsx"}
    assert {name for name in gone if name.startswith("reports/")} == reports
    assert "bảng phát hiện" in describe_purge(plan)


def test_a_workbook_of_findings_about_a_list_goes_with_its_file(data, packs):
    (data / "raw" / "lớp 1.xlsx").write_bytes(b"12345")
    (data / "reports").mkdir()
    (data / "reports" / "lớp 1 - phát hiện.xlsx").write_bytes(b"12345")
    declare(data, file="raw/lớp 1.xlsx", name="")
    assert "reports/lớp 1 - phát hiện.xlsx" in removed(data, packs)[0]
