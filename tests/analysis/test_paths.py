"""A data folder lies over the checkout's: whole folders of rows, single rounds, its own raw and built files."""

import pytest

from analysis import paths
from analysis.rounds import read_round, round_names


@pytest.fixture
def outside(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    return tmp_path


def put(folder, name, text="code\n"):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_rows_that_a_data_folder_lacks_are_the_checkouts(outside):
    assert paths.rows_folder("places") == paths.home_data() / "places"
    assert paths.rows_folder("codebook", "papi") == paths.home_data() / "codebook" / "papi"


def test_a_folder_of_rows_is_taken_whole_from_the_data_folder(outside):
    put(outside / "codebook" / "papi", "codes.csv")
    assert paths.rows_folder("codebook", "papi") == outside / "codebook" / "papi"


def test_places_of_a_survey_of_its_own_do_not_hide_the_checkouts_places(outside):
    put(outside / "places" / "nhanes", "districts.csv")
    assert paths.rows_folder("places") == paths.home_data() / "places"
    assert paths.rows_folder("places", "nhanes") == outside / "places" / "nhanes"


def test_what_neither_holds_is_looked_for_in_the_data_folder(outside):
    assert paths.rows_folder("codebook", "none") == outside / "codebook" / "none"


def test_rounds_of_both_are_listed_and_each_reads_its_file_beside_its_own_settings(outside):
    example = paths.home_data() / "rounds" / "example-papi-2021.toml"
    text = example.read_text("utf-8").replace("example-papi-2021", "mine-2021")
    put(outside / "rounds", "mine-2021.toml", text)
    assert round_names() == ["example-2020", "example-2021", "example-papi-2021", "mine-2021"]
    assert read_round("mine-2021").data_file == outside / "example" / "mine-2021.dta"
    assert read_round("example-2021").data_file == paths.home_data() / "example" / "example-2021.dta"


def test_a_round_of_the_data_folder_stands_before_the_checkouts_of_that_name(outside):
    text = (paths.home_data() / "rounds" / "example-2021.toml").read_text("utf-8")
    put(outside / "rounds", "example-2021.toml", text.replace("example-2020", ""))
    assert read_round("example-2021").previous == ""


def test_built_files_and_packs_go_where_the_data_are(outside):
    assert paths.built_folder() == outside / "built"
    assert paths.packs_folder() == outside / "packs"


def test_packs_of_data_inside_the_checkout_stay_in_the_checkout(monkeypatch):
    monkeypatch.delenv("WORKBENCH_DATA", raising=False)
    assert paths.packs_folder() == paths.home() / "packs"
    assert paths.data_folders() == [paths.home_data()]


def test_the_codebooks_of_both_are_known_by_name(outside):
    put(outside / "codebook" / "mine", "codes.csv")
    (outside / "codebook" / "empty").mkdir()
    assert paths.rows_names("codebook") == ["mine", "papi"]


def test_messages_name_the_folder_that_is_really_used(outside):
    put(outside / "codebook" / "mine", "codes.csv")
    put(outside / "rounds", "mine-2021.toml")
    own = outside.name
    assert paths.shown_rows("codebook", "mine", "codes.csv") == f"{own}/codebook/mine/codes.csv"
    assert paths.shown_rows("codebook", "mine") == f"{own}/codebook/mine"
    assert paths.shown_rows("codebook", "papi", "codes.csv") == "data/codebook/papi/codes.csv"
    assert paths.shown_rows("rounds", "mine-2021.toml") == f"{own}/rounds/mine-2021.toml"
    assert paths.shown_rows("rounds", "example-2021.toml") == "data/rounds/example-2021.toml"
    assert paths.short(outside / "raw" / "a.dta") == f"{own}/raw/a.dta"
