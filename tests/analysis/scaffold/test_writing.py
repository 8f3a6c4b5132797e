"""From a file to packs: what `workbench round new` drafts, what it refuses, and that a filled-in draft builds."""

import re
import shutil

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from analysis import paths
from analysis.batch.run import build_packs
from analysis.errors import BadRows, MissingFile, PacksFolderProblem, UnknownName
from analysis.estimates.results import read_results
from analysis.pipeline import build_round, check_round
from analysis.rounds import read_round, round_file
from analysis.rounds.decisions import check_decisions
from analysis.scaffold.data_folder import make_data_folder
from analysis.scaffold.writing import new_round

EXAMPLE = paths.home_data() / "example" / "example-papi-2021.dta"
NUMBERS = ["estimate", "se", "ci_low", "ci_high", "df", "n"]


@pytest.fixture
def data(tmp_path, monkeypatch):
    folder = make_data_folder(tmp_path / "data")
    monkeypatch.setenv("WORKBENCH_DATA", str(folder))
    return folder


def decide(name, changes=()):
    """Fill in the draft as a person would, and delete the lines that ask."""
    file = round_file(name)
    text = re.sub(r"^# decide:.*\n", "", file.read_text("utf-8"), flags=re.MULTILINE)
    named = [('title_vi = ""', 'title_vi = "Thử"'), ('title_en = ""', 'title_en = "Trial"')]
    for old, new in [*named, ('\nsource = ""', '\nsource = "thử"'), *changes]:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")


def choose(name, **columns):
    """Say yes to indicators of the draft; their direction is "lower"."""
    file = paths.rows_folder("framework", name) / "indicators.csv"
    rows = pd.read_csv(file, dtype=str, keep_default_na=False)
    for indicator, fields in columns.items():
        rows.loc[rows["indicator"] == indicator, ["use", "direction"]] = ["yes", "lower"]
        for column, value in fields.items():
            rows.loc[rows["indicator"] == indicator, column] = value
    rows.to_csv(file, index=False)


def open_keys(name):
    return {
        row.split(":")[0].removeprefix("Not decided ") for row in check_decisions(round_file(name))["what"]
    }


def test_papis_file_needs_few_decisions_and_gives_the_examples_own_figures(data, tmp_path):
    _, written = new_round("copy-2021", EXAMPLE, copy=True)
    assert {path.name for path in written} == {EXAMPLE.name, "copy-2021.toml"}
    assert open_keys("copy-2021") == {
        "title_vi", "title_en", "source", "design.district_stratum", "missing.dont_know",
    }  # fmt: skip
    with pytest.raises(BadRows, match="title_vi"):
        build_round("copy-2021")
    decide("copy-2021")
    mine, example = read_round("copy-2021"), read_round("example-papi-2021")
    for part in ("design", "missing", "groups", "quality", "codebook", "framework", "province", "simulated"):
        assert getattr(mine, part) == getattr(example, part), part
    report = build_packs("copy-2021", "vi", tmp_path / "packs", ("899",))
    assert [outcome.job.name for outcome in report.built] == ["899-rach-gia"]
    assert "MÔ PHỎNG" in (tmp_path / "packs" / "899-rach-gia" / "briefing.html").read_text("utf-8").upper()
    build_round("example-papi-2021")
    # Both have published figures too, and the example those of other files.
    surveyed = [
        rows.loc[rows["source"] == one.source, NUMBERS].reset_index(drop=True)
        for one in (mine, example)
        for rows in [read_results(one.survey_round)]
    ]
    assert len(surveyed[0]) > 5000
    pd.testing.assert_frame_equal(*surveyed)


def test_a_round_that_it_is_like_gives_the_design_of_its_districts(data):
    new_round("copy-2021", EXAMPLE, copy=True, like="example-papi-2021")
    assert "design.district_stratum" not in open_keys("copy-2021")


def other_survey(folder, seed=5):
    """A survey of another kind: masked strata, PSUs that start again in each, four regions for districts."""
    rng, n = np.random.default_rng(seed), 960
    table = pd.DataFrame(
        {
            "SEQN": np.arange(20000.0, 20000 + n),
            "SDMVSTRA": np.repeat(np.arange(75.0, 87), 80),
            "SDMVPSU": np.tile(np.repeat([1.0, 2.0], 40), 12),
            "WTMEC2YR": rng.uniform(5e3, 9e4, n),
            "RIAGENDR": rng.integers(1, 3, n) * 1.0,
            "RIDAGEYR": rng.integers(1, 80, n) * 1.0,
            "region": rng.integers(1, 5, n) * 1.0,
            "smoke": rng.choice([1.0, 2.0, 9.0], n, p=[0.3, 0.65, 0.05]),
            "full_name": "Lan",
        }
    )
    labels = {
        "RIAGENDR": {1: "Male", 2: "Female"},
        "region": {1: "North", 2: "East", 3: "South", 4: "West"},
        "smoke": {1: "Yes", 2: "No", 9: "Don't know"},
    }
    pyreadstat.write_sav(table, str(folder / "other.sav"), variable_value_labels=labels)
    return table


def test_a_survey_of_another_kind_gets_rows_of_its_own_and_is_estimated(data):
    table = other_survey(data / "raw")
    new_round("other-2010", data / "raw" / "other.sav", columns={"district": "region"})
    assert {"province", "design.nest", "missing.dont_know"} <= open_keys("other-2010")
    decide("other-2010")
    assert "No indicator is chosen" in check_decisions(round_file("other-2010"))["what"].iloc[0]
    choose("other-2010", smoke={})
    assert not (check_round("other-2010")["kind"] == "stop").any()
    build_round("other-2010")
    results = read_results("other-2010")
    row = results.query("place_kind == 'province' and group_kind == 'all' and measure == 'smoke'").iloc[0]
    asked = table[table["smoke"] != 9]
    assert row["estimate"] == pytest.approx(np.average(asked["smoke"] == 1, weights=asked["WTMEC2YR"]))
    assert row["df"] == 24 - 12
    persons = pd.read_parquet(data / "built" / "other-2010.respondents.parquet")
    assert "full_name" not in persons.columns
    assert set(persons["district"]) == {"1", "2", "3", "4"}


def test_headings_with_blanks_and_typed_district_names_come_through(data):
    rng, n = np.random.default_rng(3), 240
    districts = np.repeat(["TP. Vị Thanh", "H. Vị Thủy", "TX Long Mỹ"], 80)
    table = pd.DataFrame(
        {
            "Mã phiếu": [f"P{at:03d}" for at in range(n)],
            "Họ và tên": [f"Nguyễn Thị {'ABCDE'[at % 5]}" for at in range(n)],
            "Quận/Huyện": districts,
            "Trọng số": [f"{weight:.2f}".replace(".", ",") for weight in rng.uniform(50, 300, n)],
            "Tầng": 1,
            "Cụm": np.repeat(np.arange(24), 10),
            "Hài lòng chung (1-5)": rng.integers(1, 6, n),
        }
    )
    table.to_excel(data / "raw" / "hai-long.xlsx", index=False)
    new_round("hai-long-2024", data / "raw" / "hai-long.xlsx")
    decide("hai-long-2024")
    choose("hai-long-2024", hai_long_chung_1_5={})
    assert not (check_round("hai-long-2024")["kind"] == "stop").any()
    build_round("hai-long-2024")
    results = read_results("hai-long-2024").query("measure == 'hai_long_chung_1_5' and group_kind == 'all'")
    weights = table["Trọng số"].str.replace(",", ".").astype(float)
    province = results.query("place_kind == 'province'")["estimate"].iloc[0]
    assert province == pytest.approx(np.average(table["Hài lòng chung (1-5)"], weights=weights))
    one = results.query("place_kind == 'district' and place == '2'")["estimate"].iloc[0]
    inside = (table["Quận/Huyện"] == "TP. Vị Thanh").to_numpy()  # codes in order of "H.", "TP.", "TX"
    assert one == pytest.approx(np.average(table["Hài lòng chung (1-5)"][inside], weights=weights[inside]))


def test_nothing_is_written_over(data):
    new_round("copy-2021", EXAMPLE, copy=True)
    before = round_file("copy-2021").read_bytes()
    with pytest.raises(PacksFolderProblem, match="never writes over"):
        new_round("copy-2021", EXAMPLE, copy=True)
    assert round_file("copy-2021").read_bytes() == before


def test_a_round_of_the_checkout_keeps_its_name(data):
    with pytest.raises(PacksFolderProblem, match="example-2021"):
        new_round("example-2021", EXAMPLE, copy=True)


def test_a_file_that_was_copied_into_raw_already_is_the_one_there(data):
    shutil.copy(EXAMPLE, data / "raw")
    new_round("copy-2021", EXAMPLE)
    assert 'file = "raw/example-papi-2021.dta"' in round_file("copy-2021").read_text("utf-8")


def test_another_file_of_the_same_name_in_raw_is_kept(data):
    (data / "raw" / EXAMPLE.name).write_bytes(b"mine")
    with pytest.raises(PacksFolderProblem):
        new_round("copy-2021", EXAMPLE, copy=True)
    assert (data / "raw" / EXAMPLE.name).read_bytes() == b"mine"
    assert not list((data / "rounds").glob("*.toml"))


@pytest.mark.parametrize(
    ("name", "more", "error", "word"),
    [
        ("Copy 2021", {}, UnknownName, "name of a round"),
        ("copy", {}, UnknownName, "year"),
        ("copy-2021", {"columns": {"distict": "huyen"}}, UnknownName, "distict"),
        ("copy-2021", {"columns": {"district": "huyem"}}, UnknownName, "huyem"),
        ("copy-2021", {"codebook": "pappi"}, UnknownName, "pappi"),
        ("copy-2021", {"like": "example-2022"}, UnknownName, "example-2022"),
    ],
)
def test_what_cannot_be_meant_is_named_and_nothing_is_left(data, name, more, error, word):
    with pytest.raises(error, match=word):
        new_round(name, EXAMPLE, copy=True, **more)
    assert [path.name for path in (data / "raw").iterdir()] == ["README.md"]
    assert not list((data / "rounds").glob("*.toml"))


def test_a_file_outside_the_data_folder_is_copied_only_on_request(data, tmp_path):
    file = tmp_path / "mine.dta"
    shutil.copy(EXAMPLE, file)
    with pytest.raises(MissingFile, match="raw/"):
        new_round("copy-2021", file)
    new_round("copy-2021", file, copy=True)
    assert (data / "raw" / "mine.dta").read_bytes() == file.read_bytes()


def test_a_draft_that_cannot_be_written_leaves_nothing(data, monkeypatch):
    (data / "codebook").write_text("a file in the folder's place")
    other_survey(data / "raw")
    with pytest.raises(PacksFolderProblem, match="cannot be written"):
        new_round("other-2010", data / "raw" / "other.sav")
    assert not list((data / "rounds").glob("*.toml"))
    assert not list(data.rglob("*.part"))
