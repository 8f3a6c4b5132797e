import pytest
from bs4 import BeautifulSoup

from training.lessons.kit.plan import plan_kit
from training.lessons.papers.printed import print_evaluation, print_keys, print_paper, respondents_of
from training.records.form_indicators import read_form_indicators


@pytest.fixture(scope="module")
def forms():
    return plan_kit("K01").forms


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def test_a_paper_prints_questions_and_options_in_its_own_order_and_no_key(forms):
    for form in forms:
        html = print_paper(form, "K01")
        stems = [one.get_text() for one in soup(html).select("ol.questions > li > p")]
        assert stems == [one.stem for one in form.questions]
        options = soup(html).select("ol.options li")
        assert len(options) == 4 * len(form.questions)
        assert options[1].get_text() == f"☐ B. {form.questions[0].options[1]}"
        assert not [one.item for one in form.questions if one.item in html]


def test_keys_name_the_printed_letter_of_every_question_of_every_form(forms):
    rows = [
        [cell.get_text() for cell in row.select("th, td")]
        for row in soup(print_keys(forms, "K01")).select("tbody tr")
    ]
    assert rows == [
        [str(one.number), one.key, one.item, one.order] for form in forms for one in form.questions
    ]


@pytest.mark.parametrize("respondent", ["learner", "lecturer"])
def test_an_evaluation_form_asks_what_its_rule_asks_of_whom(respondent):
    rows = read_form_indicators()
    own = rows[(rows["rule"] == "10/2017") & (rows["object"] != "effectiveness")]
    asked = [row["indicator"] for row in own.to_dict("records") if respondent in row["respondents"].split()]
    shown = soup(print_evaluation("10/2017", respondent, "K01"))
    assert [one.get_text() for one in shown.select("tbody th")] == asked
    assert len(shown.select("td.score")) == 10 * len(asked)
    assert "do chúng tôi soạn" in shown.get_text()


def test_who_is_asked_when_a_course_ends():
    assert respondents_of("10/2017") == ["learner", "lecturer"]
