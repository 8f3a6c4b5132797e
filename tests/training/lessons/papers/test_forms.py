import pytest

from analysis.errors import UnknownName
from training.lessons.papers.forms import LEAST_ITEMS, choose_items, make_forms, paper_rows
from training.question_bank.bank_rows import read_bank

LESSONS = ("1", "2", "3", "5", "6")


@pytest.fixture(scope="module")
def bank():
    return read_bank()


@pytest.fixture(scope="module")
def items(bank):
    return list(choose_items(bank, "papi", LESSONS, 20)["item"])


def test_every_objective_with_an_item_is_tested_before_any_is_tested_twice(bank):
    rows = bank.of_topic("papi")
    rows = rows[rows["lesson"].isin(LESSONS)]
    aims = rows["objective"].nunique()
    few = choose_items(bank, "papi", LESSONS, aims)
    assert few["objective"].nunique() == aims == len(few)
    assert list(few["item"]) == sorted(few["item"])


def test_nobody_is_asked_what_was_not_taught_or_could_not_be_asked_then(bank):
    assert set(choose_items(bank, "papi", ("1",), 50)["lesson"]) == {"1"}
    assert choose_items(bank, "papi", LESSONS, 50, year=2017)["year_from"].astype(int).max() <= 2017


def test_too_few_items_make_no_test(bank):
    assert choose_items(bank, "papi", ("8",), 20).empty
    assert len(choose_items(bank, "papi", ("1",), LEAST_ITEMS)) == LEAST_ITEMS


def test_forms_hold_the_same_items_each_in_an_order_of_its_own(bank, items):
    forms = make_forms(bank, items, "K01", 2)
    assert [(form.test, form.version) for form in forms] == [
        ("pre", "A"),
        ("pre", "B"),
        ("post", "C"),
        ("post", "D"),
    ]
    for form in forms:
        assert sorted(one.item for one in form.questions) == sorted(items)
        assert [one.number for one in form.questions] == list(range(1, len(items) + 1))
    assert len({tuple(one.item for one in form.questions) for form in forms}) == 4
    assert len({tuple(one.order for one in form.questions) for form in forms}) == 4


def test_a_printed_letter_leads_back_to_the_bank_s_option(bank, items):
    keys = bank.items.set_index("item")["key"]
    for form in make_forms(bank, items, "K01", 3):
        for one in form.questions:
            texts = bank.options(one.item)
            assert [texts[letter] for letter in one.order] == list(one.options)
            assert one.order["ABCD".index(one.key)] == keys[one.item]


def test_keys_are_spread_over_the_letters(bank, items):
    """No form whose key is mostly one letter: a learner who ticks B throughout gets about a quarter."""
    keys = [one.key for form in make_forms(bank, items, "K01", 6) for one in form.questions]
    shares = [keys.count(letter) / len(keys) for letter in "ABCD"]
    assert min(shares) > 0.15 and max(shares) < 0.35


def test_the_same_class_has_the_same_papers_again_and_another_class_others(bank, items):
    assert make_forms(bank, items, "K01") == make_forms(bank, items, "K01")
    assert make_forms(bank, items, "K01") != make_forms(bank, items, "K02")


def test_a_row_of_the_workbook_a_question(bank, items):
    forms = make_forms(bank, items, "K01")
    rows = paper_rows(forms)
    assert len(rows) == 4 * len(items)
    first = forms[0].questions[0]
    assert rows[0] == {
        "test": "pre", "version": "A", "question": 1, "item": first.item, "option_order": first.order,
    }  # fmt: skip


def test_more_forms_than_letters_are_refused(bank, items):
    with pytest.raises(UnknownName, match="7 forms"):
        make_forms(bank, items, "K01", 7)
