from datetime import date

import pytest

from analysis.keeping.retention import (
    check_retention,
    day_of,
    declared_rounds,
    read_retention,
    retention_file,
)
from analysis.rounds import round_names

ROUNDS = {"papi-2021": "raw/papi-2021.dta", "example-2021": "example/example-2021.dta"}
HEADER = "file,survey_round,delete_after,results_after,reason,by,date\n"
GOOD = "raw/papi-2021.dta,papi-2021,2028-12-31,,agreement of 2026,LTH,2026-03-31\n"


@pytest.fixture
def data(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "papi-2021.dta").write_bytes(b"x")
    (tmp_path / "raw" / "README.md").write_text("kept")
    return tmp_path


def declare(data, *lines):
    retention_file(data).write_text(HEADER + "".join(lines), encoding="utf-8")
    return check_retention(data, ROUNDS)


def test_a_declared_file_has_its_dates(data):
    assert declare(data, GOOD).empty
    (row,) = read_retention(data).to_dict("records")
    assert (day_of(row["delete_after"]), day_of(row["results_after"])) == (date(2028, 12, 31), None)


def test_a_real_file_without_a_date_is_noted_and_the_readme_is_not(data):
    findings = check_retention(data, ROUNDS)
    assert findings[["kind", "got"]].to_numpy().tolist() == [["note", "raw/papi-2021.dta"]]
    (data / "raw" / "lists").mkdir()
    (data / "raw" / "lists" / "class.xlsx").write_bytes(b"x")
    assert declare(data, GOOD)["got"].tolist() == ["raw/lists/class.xlsx"]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("raw/papi-2021.dta", "", "does not lie in raw/"),
        ("raw/papi-2021.dta", "raw/../places/districts.csv", "does not lie in raw/"),
        ("raw/papi-2021.dta", "places/districts.csv", "does not lie in raw/"),
        ("raw/papi-2021.dta", "raw", "does not lie in raw/"),
        ("raw/papi-2021.dta", "/raw/papi-2021.dta", "does not lie in raw/"),
        ("raw/papi-2021.dta", "raw\\papi-2021.dta", "does not lie in raw/"),
        ("2028-12-31,", "31/12/2028,", "delete_after is no date"),
        ("2028-12-31,", ",", "delete_after is no date"),
        ("2028-12-31,", "2028-12-31,soon", "results_after is no date"),
        ("2026-03-31", "", "date is no date"),
        ("agreement of 2026", "", "reason is empty"),
        ("LTH", "", "by is empty"),
        (",papi-2021,", ",,", "is a round's, and the row names another"),
        (",papi-2021,", ",papi-2020,", "is a round's, and the row names another"),
        (",papi-2021,", ",example-2021,", "round example-2021 is made of another file"),
    ],
)
def test_a_row_that_cannot_be_meant_stops(data, old, new, what):
    findings = declare(data, GOOD.replace(old, new, 1))
    stops = findings[findings["kind"] == "stop"]
    assert any(what in sentence for sentence in stops["what"]), stops["what"].tolist()
    assert stops["where"].str.contains("retention.csv, row 2").all()


def test_a_round_whose_settings_cannot_be_read_is_declared_all_the_same(tmp_path, monkeypatch):
    assert declared_rounds()["example-2021"] == "example/example-2021.dta"
    assert set(declared_rounds()) == set(round_names())
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    (tmp_path / "rounds").mkdir()
    (tmp_path / "rounds" / "papi-2021.toml").write_text("year = [")
    assert declared_rounds()["papi-2021"] == ""
