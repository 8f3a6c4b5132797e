from dataclasses import replace

import pytest

from analysis.places import read_places
from analysis.respondents.microdata import Microdata
from analysis.respondents.province_rows import keep_province
from tests.analysis.respondents.conftest import raw_of

PLACES = read_places()


@pytest.fixture
def kept(table, survey_round):
    """Which rows are kept of a column of provinces, and the findings."""

    def kept(tinh, labels=None, places=PLACES, province="91", strata=None):
        named = table.assign(tinh=tinh, strata=strata or table["strata"])
        columns = replace(survey_round.columns, province="tinh")
        one = replace(survey_round, columns=columns, province=province)
        microdata = Microdata(named, value_labels={"tinh": labels} if labels else {}, raw=raw_of(named))
        found, findings = keep_province(named, microdata, one, places)
        return found.index.tolist(), findings

    return kept


def test_a_round_that_names_no_column_keeps_every_row(table, survey_round):
    microdata = Microdata(table, raw=raw_of(table))
    found, findings = keep_province(table, microdata, survey_round, PLACES)
    assert found is table and findings.empty


@pytest.mark.parametrize(
    "tinh",
    [[91, 92, 91, 1], [91.0, 92.0, 91.0, 1.0], ["91", "92", "91", "01"],
     ["Kiên Giang", "Cần Thơ", "tỉnh kien giang", "Hà Nội"]],
)  # fmt: skip
def test_rows_of_the_round_s_province_are_kept_with_their_addresses_and_the_others_are_counted(kept, tinh):
    rows, findings = kept(tinh)
    assert rows == [0, 2]
    note = findings.query("code == 'rows_of_other_provinces'").iloc[0]
    assert note["kind"] == "note" and note["got"] == "2 of 4 rows"
    assert "Cần Thơ (1)" in note["vi"] and "Hà Nội (1)" in note["vi"]


def test_a_file_s_own_numbers_are_told_by_their_labels(kept):
    labels = {58.0: "Kiên Giang", 59.0: "Cần Thơ"}
    assert kept([58, 59, 58, 59], labels)[0] == [0, 2]


def test_a_label_that_is_no_province_is_not_taken_for_the_code_it_stands_at(kept):
    """91 is Kiên Giang in the list, and something else in this file."""
    _, findings = kept([91, 91, 58, 58], {91.0: "Vùng 91", 58.0: "Kiên Giang"})
    assert findings["code"].tolist()[0] == "unknown_place_code" and findings["kind"].iloc[0] == "stop"


@pytest.mark.parametrize("odd", [None, "", "Kiên Gian", "99"])
def test_a_row_whose_province_cannot_be_told_stops(kept, odd):
    _, findings = kept(["Kiên Giang", odd, "Cần Thơ", "Cần Thơ"])
    stop = findings[findings["kind"] == "stop"]
    assert stop["code"].tolist() == ["unknown_place_code"] and stop["row"].tolist() == [2]


def test_a_file_without_a_row_of_the_province_stops_and_says_which_it_has(kept):
    _, findings = kept([92, 92, 89, 89])
    assert findings["kind"].tolist() == ["stop"] and "89, 92" in findings["got"].item()


def test_strata_that_lie_in_several_provinces_are_noted(kept):
    _, findings = kept([91, 92, 91, 92], strata=[1, 1, 2, 3])
    note = findings.query("code == 'strata_across_provinces'").iloc[0]
    assert note["kind"] == "note" and note["got"] == "1"
    assert "strata_across_provinces" not in set(kept([91, 92, 91, 92], strata=[1, 2, 1, 3])[1]["code"])


def test_a_survey_s_own_places_need_to_know_their_own_province_alone(kept, tmp_path, monkeypatch):
    folder = tmp_path / "places" / "own"
    folder.mkdir(parents=True)
    (folder / "provinces.csv").write_text("code,name_vi,source\nCA,California,x\n", encoding="utf-8")
    (folder / "districts.csv").write_text("code,name_vi,kind_vi,province,source\n1,A,,CA,x\n", "utf-8")
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    rows, findings = kept(
        ["California", "Texas", "CA", "Ohio"], places=read_places(folder="own"), province="CA"
    )
    assert rows == [0, 2] and not (findings["kind"] == "stop").any()


def test_a_person_s_name_among_the_provinces_is_not_shown(kept):
    _, findings = kept(["Kiên Giang", "Neáng Sóc Kha", "Kiên Giang", "Cần Thơ"])
    assert "Neáng" not in findings.to_csv()
