"""What a person types, what a folder is called: which page it is."""

import pytest

from analysis.batch.targets import ROUND_PAGES, choose, code_of, page_name, round_notebook
from analysis.briefing.wording import read_wording
from analysis.errors import UnknownName

DISTRICTS = ["899", "900"]


def test_nothing_named_means_every_district_and_every_page_of_the_round():
    assert choose([], DISTRICTS) == [*DISTRICTS, *ROUND_PAGES]


@pytest.mark.parametrize("typed", ["methods", "Methods", " METHODS "])
def test_a_page_is_named_by_its_stem(typed):
    assert choose([typed, "Rạch Giá", "899"], DISTRICTS) == ["methods", "899"]


@pytest.mark.parametrize(("typed", "close"), [("method", "methods"), ("Kiên Lươn", "Kiên Lương")])
def test_unknown_name_tells_the_nearest_page_or_district(typed, close):
    with pytest.raises(UnknownName) as fault:
        choose([typed], DISTRICTS)
    assert close in fault.value.hint
    assert close in fault.value.vi


@pytest.mark.parametrize(
    ("folder", "code"),
    [
        ("899-rach-gia", "899"),
        ("methods", "methods"),
        ("hinh", None),
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
