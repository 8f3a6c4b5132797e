"""One file of the example in other formats: what is opened, what is told, what never gets in."""

import unicodedata
from dataclasses import replace

import pandas as pd
import pyreadstat
import pytest

from analysis.errors import UnreadableFile
from analysis.places import read_places
from analysis.respondents.codebook import read_codebook
from analysis.respondents.corrections import COLUMNS
from analysis.respondents.opening import open_file
from analysis.rounds import read_round
from analysis.rounds.file_settings import FileFormat

NAME = "example-papi-2021"
PLACES, CODEBOOK = read_places(), read_codebook("papi")


@pytest.fixture(scope="module")
def stored():
    return pyreadstat.read_dta(str(read_round(NAME).data_file))[0]


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """The round with another file in place of its own."""
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    (tmp_path / "corrections").mkdir()

    def opened(file, **file_format):
        one = replace(read_round(NAME), file_format=FileFormat(**file_format))
        monkeypatch.setattr(type(one), "data_file", property(lambda self: file))
        return open_file(one, CODEBOOK, PLACES)

    return opened


def codes(opened, kind="stop"):
    return opened.findings.loc[opened.findings["kind"] == kind, "code"].tolist()


def test_a_stata_file_is_opened_as_stored(opened, stored, tmp_path):
    pyreadstat.write_dta(stored, str(tmp_path / "a.dta"))
    found = opened(tmp_path / "a.dta")
    pd.testing.assert_frame_equal(found.microdata.table, stored, check_dtype=False)
    assert codes(found) == [] and found.hidden == ()
    facts = {key: found.facts[key] for key in ("file", "format", "rows", "rows_kept", "columns_kept")}
    assert facts == {"file": "a.dta", "format": "dta", "rows": 192, "rows_kept": 192, "columns_kept": 162}
    assert found.facts["answers"]["variables"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_with_semicolons_and_commas_open_to_the_same_table(opened, stored, tmp_path, form):
    named = stored.assign(
        huyen=[PLACES.district(f"{code:.0f}").full_name for code in stored["huyen"]],
        xa=[PLACES.commune(f"{code:.0f}").name for code in stored["xa"]],
    )
    texts = named.map(lambda cell: unicodedata.normalize(form, cell) if isinstance(cell, str) else cell)
    texts.to_csv(tmp_path / "a.csv", index=False, sep=";", decimal=",")
    found = opened(tmp_path / "a.csv", decimal="comma")
    assert codes(found) == [] and "delimiter_read" in codes(found, "note")
    assert ("text_put_right" in codes(found, "note")) == (form == "NFD")
    table = found.microdata.table
    assert table["huyen"].tolist() == [f"{code:.0f}" for code in stored["huyen"]]
    assert table["PSW_psweight"].tolist() == stored["PSW_psweight"].tolist()
    assert table["d101aa"].tolist() == stored["d101aa"].tolist()


def test_undeclared_columns_never_get_in_and_their_values_are_to_be_hidden(opened, stored, tmp_path):
    stored.assign(ho_ten="Trần Thị Bí Mật").to_excel(tmp_path / "a.xlsx", index=False)
    found = opened(tmp_path / "a.xlsx")
    assert "ho_ten" not in found.microdata.table.columns and found.hidden == ("ho_ten",)
    assert codes(found, "note")[0] == "columns_dropped"
    assert "Bí Mật" not in found.findings.to_string()


def test_a_correction_comes_before_the_checks_and_addresses_stay(opened, stored, tmp_path):
    spoilt = stored.astype(object)
    spoilt.loc[3, "d101aa"] = "Có"
    spoilt.loc[5, "d101aa"] = "Không rõ"
    spoilt.to_excel(tmp_path / "a.xlsx", index=False)
    assert codes(opened(tmp_path / "a.xlsx")) == ["unknown_code"] * 2
    who = f"{stored.loc[3, 'idcode0']:.0f}"
    rows = [
        [who, "d101aa", "set", "Có", "1", "mã hóa sót", "LT", "2026-01-05"],
        [f"{stored.loc[0, 'idcode0']:.0f}", "", "drop_row", "", "", "rút lui", "LT", "2026-01-05"],
    ]
    pd.DataFrame(rows, columns=list(COLUMNS)).to_csv(tmp_path / "corrections" / f"{NAME}.csv", index=False)
    found = opened(tmp_path / "a.xlsx")
    (stop,) = found.findings.query("kind == 'stop'").to_dict("records")
    assert stop["row"] == 5 + 2 and stop["value"] == "•••"  # headings in row 1
    assert codes(found, "note").count("corrected") == 2
    assert (found.facts["rows"], found.facts["rows_kept"]) == (192, 191)


def test_a_stale_correction_stops(opened, stored, tmp_path):
    pyreadstat.write_dta(stored, str(tmp_path / "a.dta"))
    rows = [[f"{stored.loc[3, 'idcode0']:.0f}", "d101aa", "set", "77", "1", "r", "LT", "2026-01-05"]]
    pd.DataFrame(rows, columns=list(COLUMNS)).to_csv(tmp_path / "corrections" / f"{NAME}.csv", index=False)
    assert codes(opened(tmp_path / "a.dta")) == ["bad_correction"]


def test_where_reading_stops_nothing_else_is_told(opened, stored, tmp_path):
    text = stored.to_csv(index=False).splitlines()
    text[7] += ",1"
    (tmp_path / "a.csv").write_text("\n".join(text), encoding="utf-8")
    found = opened(tmp_path / "a.csv")
    assert codes(found) == ["ragged_row"] and found.findings["row"].tolist() == [8]


def test_several_sheets_need_one_named(opened, stored, tmp_path):
    with pd.ExcelWriter(tmp_path / "a.xlsx") as book:
        stored.to_excel(book, sheet_name="Số liệu", index=False)
        stored.head(2).to_excel(book, sheet_name="Thử", index=False)
    with pytest.raises(UnreadableFile, match="none is named"):
        opened(tmp_path / "a.xlsx")
    assert codes(opened(tmp_path / "a.xlsx", sheet="Số liệu")) == []


def test_the_reader_s_word_on_missing_values_is_said_once(opened, stored, tmp_path):
    ranges = {"a002": [999], "d101aa": [999]}
    pyreadstat.write_sav(stored, str(tmp_path / "a.sav"), missing_ranges=ranges)
    assert not {"user_missing", "undeclared_missing"} & set(codes(opened(tmp_path / "a.sav"), "note"))
