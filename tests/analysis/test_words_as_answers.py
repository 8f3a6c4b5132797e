"""A file that writes the labels in place of the codes, from its first draft to the figures of the coded one."""

import re

import pandas as pd
import pyreadstat
import pytest
from click.testing import CliRunner

from analysis import paths
from analysis.cli import main
from analysis.estimates.results import read_results
from analysis.rounds import read_round

CODED = "example-papi-2021"
PLACES = ("tinh", "huyen", "xa", "thon")


def run(data, *arguments):
    result = CliRunner().invoke(main, ["--data", str(data), *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.delenv("WORKBENCH_DATA", raising=False)
    folder = tmp_path / "data"
    assert CliRunner().invoke(main, ["new", str(folder)]).exit_code == 0
    table, told = pyreadstat.read_dta(paths.home_data() / "example" / f"{CODED}.dta")
    for name, labels in told.variable_value_labels.items():
        if name not in PLACES:
            table[name] = table[name].map(lambda value, labels=labels: labels.get(value, value))
    # As a Vietnamese Excel saves it: semicolons, decimal commas, a byte order mark.
    table.to_csv(folder / "raw" / "chu.csv", index=False, sep=";", decimal=",", encoding="utf-8-sig")
    monkeypatch.setenv("WORKBENCH_DATA", str(folder))
    return folder


def test_words_give_the_figures_of_their_codes(data):
    drafted = run(data, "round", "new", "chu-2021", "--file", "chu.csv")
    assert "columns of words read as codes" in drafted
    settings = data / "rounds" / "chu-2021.toml"
    text = re.sub(r"^# decide:.*\n", "", settings.read_text("utf-8"), flags=re.MULTILINE)
    for key in ("title_vi", "title_en", "source"):
        text = re.sub(rf'^{key}( *)= ""', rf'{key}\1= "Thử"', text, flags=re.MULTILINE)
    settings.write_text(text, encoding="utf-8")
    checked = run(data, "check", "--round", "chu-2021")
    assert '"nam" → 1' in checked
    assert "0 lỗi phải sửa" in checked
    for name in ("chu-2021", CODED):
        run(data, "build", "--round", name)
    coded = read_results(CODED)
    coded = coded[coded["source"] == read_round(CODED).source]
    other = ["survey_round", "source", "note"]
    pd.testing.assert_frame_equal(
        read_results("chu-2021").drop(columns=other), coded.drop(columns=other).reset_index(drop=True)
    )
