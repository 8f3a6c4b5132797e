"""Names are found by what they mean, completed by Tab, and shown in words."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import open_round
from analysis.explore.panel.choices import measure_options
from analysis.explore.searching import as_attribute


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("hộ nghèo", "poor_insurance_support"),
        ("HO NGHEO", "poor_insurance_support"),
        ("danh sách hộ nghèo", "S2.2"),
        ("poverty list published", "poverty_list_published"),
        ("giới tính", "sex"),
        ("ho co dien", "electricity"),
        ("d2", "D2"),
        ("internet", "internet_home"),
    ],
)
def test_a_search_finds_what_is_meant(survey, text, name):
    found = survey.find(text)
    assert list(found.columns) == ["name", "kind", "label_vi", "label_en"]
    assert name in found["name"].tolist()[:12]


def test_accents_case_and_order_do_not_matter(survey):
    wanted = survey.find("hộ nghèo")
    for text in ("ho ngheo", "HỘ NGHÈO", "nghèo hộ", "  hộ   nghèo "):
        assert set(survey.find(text)["name"]) == set(wanted["name"])


def test_a_search_for_nothing_finds_nothing_and_says_so(survey):
    for text in ("", "zzzzqq"):
        found = survey.find(text)
        assert len(found) == 0
        assert "Không tìm thấy" in found._repr_html_()


def test_every_name_can_be_completed_and_asked(survey):
    for names in (survey.measures, survey.groups):
        assert len(set(dir(names))) == len(names)
        for name in names:
            assert getattr(names, as_attribute(name)) == name
    assert survey.measures.S2_1 == "S2.1"
    with pytest.raises(AttributeError, match="no name 'D22'"):
        _ = survey.measures.D22
    assert "D2" in survey.measures and survey.groups[0] == "sex"


def test_ipython_completes_measures_after_the_dot(survey):
    from IPython.core.completer import provisionalcompleter
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell(user_ns={"s": survey})
    with provisionalcompleter():
        for text, wanted in (("s.measures.poverty_", "poverty_list_published"), ("s.fi", "find")):
            found = {each.text.rpartition(".")[2] for each in shell.Completer.completions(text, len(text))}
            assert wanted in found


def test_the_codebook_counts_who_answered(survey):
    book = survey.codebook.set_index("variable")
    assert book.at["a002", "n_answered"] == len(survey.data)
    assert (book["n_answered"] + book["n_missing"] == len(survey.data)).all()
    assert book.at["a001", "codes_vi"] == "1 = Nam; 2 = Nữ"
    assert (book["label_vi"] != "").all() and (book["label_en"] != "").all()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_everything_shows_itself_in_words(language):
    words = {"vi": ("Số người trả lời", "giới tính", "Bảng mã"), "en": ("Respondents", "sex", "Codebook")}
    people, sex, book = words[language]
    s = open_round("example-2021", language)
    assert people in s._repr_html_() and sex in s._repr_html_()
    assert book in s.codebook._repr_html_()
    assert "D2" in s.measures._repr_html_()
    assert people in s.mean("D2", by="sex")._repr_html_()


def test_what_is_cut_from_a_table_is_a_plain_table(survey):
    table = survey.mean("D2", by="sex")
    assert type(table[["estimate"]]) is pd.DataFrame
    assert type(survey.codebook.head(2)) is pd.DataFrame


def test_every_name_has_a_label_in_both_languages(survey, papi_survey):
    for one in (survey, papi_survey):
        table = one.labels.table
        assert (table[["label_vi", "label_en"]] != "").all(axis=None)
        assert not set(one.measures) - set(table.index) - set(one.data.columns)


def test_the_list_of_the_panel_nests_as_the_framework_does(survey):
    names = [name for _, name in measure_options(survey, "vi")]
    assert names[:3] == ["PAPI", "D1", "S1.1"]
    assert names.index("S1.1") < names.index("civic_policies") < names.index("S1.2")
    assert len(set(names)) == len(names)


def test_the_sample_is_described(survey):
    (row,) = survey.sample_design.to_dict("records")
    assert row["df"] == row["n_psu"] - row["n_strata"] == 43
    assert row["population"] == pytest.approx(survey.data["weight"].sum())
