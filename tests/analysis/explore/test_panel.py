"""The panel without a browser: every control changes the answer, and a page stands where nobody can choose."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from openpyxl import load_workbook

from analysis import open_round
from analysis.explore.panel import open_panel
from analysis.explore.panel.opened_panel import somebody_is_there
from analysis.explore.panel.results import EXPORTS, file_stem


@pytest.fixture
def panel(monkeypatch, tmp_path, survey, papi_survey):
    """On rounds that are open already, in a folder of its own."""
    opened = {"example-2021": survey, "example-papi-2021": papi_survey}
    monkeypatch.setattr("analysis.explore.panel.opened_panel.open_survey", lambda name, _: opened[name])
    monkeypatch.chdir(tmp_path)
    return open_panel("example-2021", "vi", by="sex")


def shown(panel) -> str:
    return panel.results.table.value + panel.results.tests.value + panel.results.chart.value


def test_it_opens_on_the_whole_round(panel):
    assert panel.answer.line == 'open_round("example-2021").ask("PAPI", by="sex")'
    assert "Tổng điểm" in panel.results.table.value and "Nam" in panel.results.table.value
    assert "<img" in panel.results.chart.value
    assert "Từng nhóm so với tất cả" in panel.results.tests.value


def test_every_control_changes_the_answer_and_its_line(panel):
    form, seen = panel.form, {shown(panel)}
    for control, value, line in (
        (form.measures, ("D2",), 'ask("D2", by="sex")'),
        (form.by, "age_group", 'ask("D2", by="age_group")'),
        (form.place, "899", 'ask("D2", by="age_group", place="899")'),
        (form.against, "previous", 'ask("D2", by="age_group", place="899", against="previous")'),
        (
            form.filters, (("sex", "female"),),
            'ask("D2", by="age_group", place="899", domain="sex == \'female\'", against="previous")',
        ),
        (
            form.by, "",
            'ask("D2", place="899", domain="sex == \'female\'", against="previous")',
        ),
    ):  # fmt: skip
        control.value = value
        assert panel.results.line.value == panel.answer.line == f'open_round("example-2021").{line}'
        assert shown(panel) not in seen
        seen.add(shown(panel))


def test_the_line_gives_the_tables_that_are_shown(panel, survey):
    panel.form.place.value = "899"
    panel.form.filters.value = (("sex", "female"), ("age_group", "18-34"), ("age_group", "55+"))
    answer = eval(panel.results.line.value, {"open_round": lambda _: survey})
    assert answer.estimates.equals(panel.answer.estimates) and answer.tests.equals(panel.answer.tests)
    assert "giới tính: Nữ; nhóm tuổi: " in panel.results.table.value


def test_another_language_says_the_same_numbers(panel):
    before = panel.answer.estimates
    panel.form.language.value = "en"
    assert "Total score" in panel.results.table.value or "Women" in panel.results.table.value
    assert panel.results.buttons["export_table"].description == "Save the table (.xlsx)"
    assert dict(panel.form.by.options)["district"] == "district"
    assert panel.answer.estimates.equals(before)


def test_a_search_narrows_the_list_and_keeps_what_is_chosen(panel):
    everything = len(panel.form.measures.options)
    panel.form.search.value = "ho ngheo"
    names = [value for _, value in panel.form.measures.options]
    assert len(names) < everything / 4 and names[0] == "PAPI" and "poverty_list_published" in names
    assert panel.form.measures.value == ("PAPI",)
    assert "Tìm thấy" in panel.form.found.value
    panel.form.search.value = ""
    assert len(panel.form.measures.options) == everything


def test_another_round_carries_over_what_it_has_too(panel):
    panel.form.measures.value = ("D2",)
    panel.form.round.value = "example-papi-2021"
    assert panel.answer.line == 'open_round("example-papi-2021").ask("D2", by="sex")'
    panel.form.round.value = "example-2021"
    assert panel.answer.line == 'open_round("example-2021").ask("D2", by="sex")'


@pytest.mark.parametrize(("chosen", "why"), [((), "ít nhất một"), (13, "nhiều nhất 12")])
def test_what_cannot_be_asked_is_refused_in_words(panel, chosen, why):
    names = [value for _, value in panel.form.measures.options]
    panel.form.measures.value = tuple(names[:chosen]) if chosen else ()
    assert panel.answer is None and why in panel.results.message.value
    assert panel.results.table.value == panel.results.line.value == ""
    assert all(button.disabled for button in panel.results.buttons.values())
    panel.form.measures.value = ("D2",)
    assert panel.answer is not None and panel.results.message.value == ""
    assert not any(button.disabled for button in panel.results.buttons.values())


def test_files_are_saved_under_the_disclosure_rules(panel, tmp_path):
    form = panel.form
    form.measures.value, form.by.value, form.place.value = ("D2",), "ethnicity", "899"
    form.filters.value = (("age_group", "55+"),)
    for button in panel.results.buttons.values():
        button.click()
        assert "Đã lưu: exports/example-2021_D2_ethnicity_899" in panel.results.message.value
    files = sorted(file.suffix for file in (tmp_path / EXPORTS).iterdir())
    assert files == [".png", ".svg", ".xlsx"]
    sheet = load_workbook(next((tmp_path / EXPORTS).glob("*.xlsx")))["Kết quả"]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    withheld = [row for row in rows if str(row[-1]).startswith("*")]
    assert withheld and all(row[2:6] == (None,) * 4 for row in withheld)


def test_a_file_s_name_is_one_that_every_system_takes(survey):
    answer = survey.ask(["D1", "D2", "D3", "D4"], place="899", domain="sex == 'female'")
    assert file_stem(answer) == "example-2021_D1_D2_D3_and-more_899_sex-female"


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, _: list) -> None:
        self.seen.append(tag)


def test_where_nobody_can_choose_it_is_the_answer_s_page(panel):
    """As papermill and nbclient run it: no widget, so no widget state and no script."""
    assert not somebody_is_there()
    bundle = panel._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"}
    tags = Tags(bundle["text/html"]).seen
    assert "table" in tags and "img" in tags and "script" not in tags
    assert bundle["text/plain"] == panel.answer.line


def test_the_panel_opens_on_a_real_round_by_its_name():
    panel = open_panel("example-2021", "en", measures="D2")
    assert panel.answer.estimates.equals(open_round("example-2021").ask("D2").estimates)
