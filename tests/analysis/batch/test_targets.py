"""What a person types, what a folder is called: which page it is."""

import pytest

from analysis.batch.targets import ROUND_PAGES, choose, code_of, page_name, refuse_codes, round_notebook
from analysis.briefing.wording import read_wording
from analysis.errors import BadRows, UnknownName
from analysis.places import read_places

PLACES = read_places()
DISTRICTS = PLACES.districts_of("91")


def test_nothing_named_means_every_district_and_every_page_of_the_round():
    assert choose([], PLACES, "91") == [*DISTRICTS, *ROUND_PAGES]


@pytest.mark.parametrize("typed", ["methods", "Methods", " METHODS "])
def test_a_page_is_named_by_its_stem(typed):
    assert choose([typed, "Rạch Giá", "899"], PLACES, "91") == ["methods", "899"]


@pytest.mark.parametrize(("typed", "close"), [("method", "methods"), ("Kiên Lươn", "Kiên Lương")])
def test_unknown_name_tells_the_nearest_page_or_district(typed, close):
    with pytest.raises(UnknownName) as fault:
        choose([typed], PLACES, "91")
    assert close in fault.value.hint
    assert close in fault.value.vi


@pytest.mark.parametrize(
    ("folder", "code"),
    [
        ("899-rach-gia", "899"),
        ("methods", "methods"),
        ("R1-mien-tay", "R1"),
        ("hinh", None),
        (".building-12", None),
        ("failed", None),
        ("899-rach-gia.old", None),
    ],
)
def test_folder_tells_whose_page_it_holds(folder, code):
    assert code_of(folder) == code


def test_page_of_the_round_has_the_name_of_its_folder():
    assert (page_name("899"), page_name("methods")) == ("briefing.html", "methods.html")


@pytest.mark.parametrize("stem", ROUND_PAGES)
def test_declared_page_has_its_notebook_and_its_wording(stem):
    assert round_notebook(stem).is_file()
    assert {f"page_{stem}", f"page_{stem}_about"} <= set(read_wording())
    assert not stem.isdigit()


@pytest.mark.parametrize("code", ["../899", "8 99", "", "miền", "a-b", ROUND_PAGES[0]])
def test_code_that_cannot_name_a_folder_is_refused(code):
    with pytest.raises(BadRows):
        refuse_codes(["899", code])


def test_codes_of_letters_and_digits_may_name_folders():
    refuse_codes([*DISTRICTS, "R1", "CA", "x"])
