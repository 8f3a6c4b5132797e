"""The page `data_checks`: every finding and count of a round's sidecar, in both languages, and nothing personal."""

import nbformat
import pytest
from bs4 import BeautifulSoup

from analysis.batch.page_checks import check_page
from analysis.batch.render import PageHead, render_page
from analysis.briefing import data_checks
from analysis.briefing.about_data.addresses import quote, say_addresses
from analysis.briefing.about_data.answers import shares_without
from analysis.briefing.wording import LANGUAGES
from analysis.built_findings import arrange_findings
from analysis.findings import Finding, findings_table
from tests.analysis.briefing.about_data.data_sample import ROUND, page_of


def soup_of(page, part=data_checks.data_checks_page):
    return BeautifulSoup(part(page)._repr_html_(), "html.parser")


@pytest.fixture(scope="module")
def pages(example_results):
    return {language: page_of(language) for language in LANGUAGES}


@pytest.fixture(scope="module")
def soups(pages):
    return {language: soup_of(page) for language, page in pages.items()}


def rows_of(soup, section, table=0):
    chosen = soup.select(f"section.{section} table")[table]
    return [
        [cell.get_text(" ", strip=True) for cell in row(["th", "td"])] for row in chosen.select("tbody tr")
    ]


def test_page_has_one_main_heading_its_sections_in_order_and_the_band(soups):
    for soup in soups.values():
        assert len(soup("h1")) == 1
        assert [section["class"][0] for section in soup("section")] == [
            "summary", "files", "found", "corrections", "answers", "interviewers", "made",
        ]  # fmt: skip
    assert "DỮ LIỆU MÔ PHỎNG" in soups["vi"].select_one(".band").get_text()


def test_page_passes_the_checks_that_every_page_must_pass(pages):
    for language, page in pages.items():
        data, metadata = data_checks.data_checks_page(page)._repr_mimebundle_()
        output = nbformat.v4.new_output("display_data", data=data, metadata=metadata)
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("page", outputs=[output])])
        html = render_page(notebook, PageHead(page.say("page_data_checks"), language, page.band))
        assert check_page(html, language, simulated=True).to_dict("records") == []


def test_summary_tells_the_counts_of_the_round_alone(soups):
    said = [item.get_text() for item in soups["vi"].select("ol.headlines li")]
    assert "1.504 dòng" in said[0] and "1.503 dòng" in said[0] and "160 cột" in said[0]
    assert "bị loại 1, lưu ý 8." in said[1]
    assert "“Câu q2”: 25,0%" in said[2]


def test_files_tell_both_rounds_and_leave_out_what_neither_has(soups):
    rows = {row[0]: row[1:] for row in rows_of(soups["en"], "files")}
    assert rows["Rows read"] == ["1,504", "1,500"]
    assert rows["Column delimiter"] == ["semicolon", "–"]
    assert "Text encoding" not in rows


def test_cells_of_one_sentence_stand_in_one_row_with_their_addresses(soups):
    note = rows_of(soups["vi"], "found", 1)
    assert note[0][0].startswith("7 cuộc phỏng vấn") and "Hãy hỏi" in note[0][0]
    assert (
        note[0][1]
        == 'Sheet1!E4 "2019-07-01", Sheet1!E5 "•••", Sheet1!E6 "•••", Sheet1!E7 "•••", Sheet1!E8 "•••", … (+2)'
    )
    assert rows_of(soups["en"], "found", 1)[0][0].endswith("Ask the field team.")


def test_gravest_kind_comes_first_and_the_round_before_the_one_compared_with(soups):
    captions = [caption.get_text() for caption in soups["vi"].select("section.found caption")]
    assert captions == [
        "Dòng bị loại trong tệp của vòng example-2021: 1",
        "Lưu ý về tệp của vòng example-2021: 7",
        "Lưu ý về tệp của vòng example-2020: 1",
    ]


def test_corrections_have_a_section_of_their_own_with_their_reason(soups):
    assert rows_of(soups["vi"], "corrections") == [["2 dòng sửa đã khai báo: đặt lại d101.", "nhập nhầm"]]
    assert "corrected" not in soups["vi"].select_one("section.found").get_text()


def test_shares_are_of_those_who_were_asked(pages, soups):
    shares = shares_without(pages["vi"]).set_index("variable")
    assert list(shares.index) == ["q2", "q1"]
    assert shares.at["q2", "without"] == 10 / (30 + 10)
    assert shares.at["q1", "without"] == (5 + 3 + 2) / (90 + 5 + 3 + 2)
    assert rows_of(soups["vi"], "answers")[1] == ["Câu q1 (q1)", "10,0%", "5,0%", "3,0%", "2,0%", "100"]


def test_interviewers_outside_what_chance_gives_are_named(soups):
    assert rows_of(soups["vi"], "interviewers") == [["2", "20", "22,5%", "2,0% – 8,5%"]]
    alt = soups["en"].select_one("section.interviewers img")["alt"]
    assert f"{(20 + 90 + 9) / 1000:.1%}" in alt and "3 interviewers" in alt and "gives: 1." in alt


def test_same_numbers_in_both_languages(soups):
    told = {}
    for language, soup in soups.items():
        text = " ".join(cell.get_text() for cell in soup.select("td.number"))
        told[language] = text.translate(str.maketrans({",": ".", ".": ","})) if language == "vi" else text
    assert [t for t in told["vi"].split() if t[0].isdigit()] == [
        t for t in told["en"].split() if t[0].isdigit()
    ]


def test_page_of_a_round_of_which_nothing_is_on_record_says_so(example_results):
    page = page_of("en", findings=arrange_findings({}), files={})
    text = soup_of(page).get_text()
    for said in (
        "nothing to report",
        "not on record",
        "have not been counted",
        "No correction",
        "cannot be compared",
    ):
        assert said in text


def test_very_many_findings_are_cut_with_the_command_that_shows_all(example_results):
    many = [
        Finding("unlabelled", f"Column c{n}.", f"Cột c{n}.", kind="note", column=f"c{n}") for n in range(300)
    ]
    soup = soup_of(page_of("vi", findings=arrange_findings({ROUND: findings_table(many)})), data_checks.found)
    assert len(rows_of(soup, "found")) == data_checks.SHOWN
    assert (
        "Còn 260 điều nữa" in soup.get_text() and f"workbench check --round {ROUND} --xlsx" in soup.get_text()
    )


def test_what_somebody_typed_cannot_become_markup_or_look_like_a_sentence_gone_wrong():
    fragment = quote('<script>{x}</script> NaN "nan"')._repr_html_()
    assert "<script>" not in fragment
    assert [code.get_text() for code in BeautifulSoup(fragment, "html.parser")("code")] == [
        "{",
        "}",
        "NaN",
        "nan",
    ]


@pytest.mark.parametrize(
    ("about", "vi", "en"),
    [
        ({"row": 12, "column": "diem"}, "dòng 12, cột diem", "row 12, column diem"),
        ({"column": "diem"}, "cột diem", "column diem"),
        ({"file": "a.dta"}, "a.dta", "a.dta"),
        ({"sheet": "S", "file": "a.xlsx"}, "S", "S"),
        ({"where": "data/x.csv"}, "data/x.csv", "data/x.csv"),
    ],
)
def test_addresses_in_the_page_s_language(about, vi, en):
    table = findings_table([Finding("a", "", "", **about)])
    assert (say_addresses(table, "vi"), say_addresses(table, "en")) == (vi, en)


def test_dropped_columns_are_listed_by_name():
    about = {"file": "a.dta", "got": "ho_ten, dien_thoai"}
    table = findings_table([Finding("columns_dropped", "2 columns …", "2 cột …", **about)])
    assert say_addresses(table, "vi") == "ho_ten, dien_thoai"


def test_same_sidecar_gives_the_same_bytes(pages):
    again = page_of("vi")
    first, second = (data_checks.data_checks_page(page)._repr_html_() for page in (pages["vi"], again))
    assert first == second
