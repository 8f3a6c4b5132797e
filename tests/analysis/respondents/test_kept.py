from dataclasses import replace

import pandas as pd
import pytest

from analysis.findings import describe_findings
from analysis.respondents.codebook import read_codebook
from analysis.respondents.kept import check_personal, keep_columns, keep_declared
from analysis.respondents.microdata import read_microdata
from analysis.rounds import read_round, round_names


@pytest.fixture
def with_words(codebook):
    """The codebook with two text variables more, as its rows may say of them."""

    def with_words(personal="", reason=""):
        words = {"role": "question", "type": "text", "code_set": "", "low": "", "high": "", "asked_if": ""}
        words |= {"label_vi": "Ý kiến", "label_en": "Opinion", "status": "seen"}
        rows = [codebook.variables.assign(personal="", personal_reason="")]
        rows.append(
            pd.DataFrame([words | {"variable": "q9", "personal": personal, "personal_reason": reason}])
        )
        return replace(codebook, variables=pd.concat(rows, ignore_index=True))

    return with_words


def planted(table):
    return table.assign(
        ho_ten=["An", "Bình", "Chi", "Dũng"], sdt=[912345678.0] * 4, lat=[10.0] * 4, q9=["x", "y", "z", "w"]
    )


def test_what_round_and_codebook_declare_is_kept_and_the_rest_dropped(table, survey_round, codebook):
    kept, dropped = keep_columns(planted(table).columns, survey_round, codebook)
    assert kept == list(table.columns)
    assert dropped == ["ho_ten", "sdt", "lat", "q9"]


def test_text_that_people_wrote_is_dropped_unless_declared(table, survey_round, with_words):
    columns = ["id", "q9"]
    assert keep_columns(columns, survey_round, with_words())[0] == ["id"]
    assert keep_columns(columns, survey_round, with_words("drop"))[0] == ["id"]
    assert keep_columns(columns, survey_round, with_words("keep", "coded by hand"))[0] == ["id", "q9"]


def test_a_coded_variable_can_be_dropped_by_its_row(table, survey_round, with_words):
    codebook = with_words()
    codebook.variables.loc[codebook.variables["variable"] == "q1", "personal"] = "drop"
    assert "q1" not in keep_columns(table.columns, survey_round, codebook)[0]


def test_a_note_names_the_dropped_columns_and_nothing_in_them(table, survey_round, codebook):
    kept, findings = keep_declared(planted(table), survey_round, codebook)
    pd.testing.assert_frame_equal(kept, table)
    assert findings[["kind", "code", "got"]].to_numpy().tolist() == [
        ["note", "columns_dropped", "ho_ten, sdt, lat, q9"]
    ]
    text = describe_findings(findings)
    assert "4 cột" in text and "4 columns" in text
    assert not [value for value in ("An", "Bình", "912345678") if f" {value}" in text]


def test_a_file_whose_first_row_is_a_person_shows_none_of_it(table, survey_round, codebook):
    _, findings = keep_declared(table.assign(**{"0912345678": 1}), survey_round, codebook)
    assert "0912345678" not in describe_findings(findings)


def test_a_file_of_declared_columns_alone_is_given_back_without_a_note(table, survey_round, codebook):
    kept, findings = keep_declared(table, survey_round, codebook)
    assert kept is table and findings.empty


FAULTS = {
    "name of the column": (lambda t: t.rename(columns={"thon": "dia_chi"}), {"village": "dia_chi"}, {}, "dia_chi"),
    "label": (lambda t: t, {}, {"thon": "Số điện thoại người trả lời"}, "thon"),
    "phone in a village": (lambda t: t.assign(thon=["a", "b", "c", "chị Lan 0912345678"]), {}, {}, "thon"),
    "identity numbers for codes": (
        lambda t: t.assign(id=[371204561, 370914530, 371588002, 370120039]), {}, {}, "id",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_kept_column_that_looks_personal_stops(fault, table, survey_round, codebook):
    plant, columns, labels, name = FAULTS[fault]
    settings = replace(survey_round, columns=replace(survey_round.columns, **columns))
    findings = check_personal(plant(table), settings, codebook, labels)
    assert findings[["kind", "code", "column"]].to_numpy().tolist() == [["stop", "personal_column", name]]
    text = describe_findings(findings)
    assert not [value for value in ("Lan", "0912345678", "37120456") if value in text]


def test_a_declared_reason_lets_a_column_be_kept(table, survey_round, with_words):
    table = table.assign(id=[371204561, 370914530, 371588002, 370120039])
    codebook = with_words()
    rows = codebook.variables
    rows.loc[rows["variable"] == "id", ["personal", "personal_reason"]] = [
        "keep",
        "a survey code of nine figures",
    ]
    assert check_personal(table, survey_round, codebook).empty


def test_a_reason_must_be_given_and_other_words_are_refused(table, survey_round, with_words):
    for personal, what in (("keep", "without a reason"), ("yes", "unknown personal")):
        findings = check_personal(table, survey_round, with_words(personal))
        assert findings["kind"].tolist() == ["stop"]
        assert what in findings["what"][0] and "row 8" in findings["where"][0]


def test_a_question_about_phones_is_no_phone_number(table, survey_round, codebook):
    rows = codebook.variables.copy()
    rows.loc[rows["variable"] == "q1", "variable"] = "co_dien_thoai"  # coded yes or no
    labels = {"a2": "Ông/Bà có dùng điện thoại để liên hệ với chính quyền xã hay không?"}
    table = table.rename(columns={"q1": "co_dien_thoai"})
    assert check_personal(table, survey_round, replace(codebook, variables=rows), labels).empty


@pytest.mark.parametrize("name", [name for name in round_names() if name.startswith("example")])
def test_nothing_in_the_example_looks_personal_and_nothing_is_dropped(name):
    survey_round = read_round(name)
    microdata, codebook = read_microdata(survey_round.data_file), read_codebook(survey_round.codebook)
    assert check_personal(microdata.table, survey_round, codebook, microdata.variable_labels).empty
    assert keep_columns(microdata.table.columns, survey_round, codebook)[1] == []
