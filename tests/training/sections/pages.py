"""Every page that shows training, as it stands before charts are drawn: reports, overviews, districts' parts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from bs4 import BeautifulSoup

from analysis.briefing import open_pack, open_round_page
from analysis.places import read_places
from training.sections import class_report, department, district, open_class, open_training, province

ROUND = "example-2021"
LANGUAGES = ("vi", "en")
CLASSES = tuple(f"K{number:02}" for number in range(1, 13))
DISTRICTS = tuple(read_places().districts_of("91"))
OVERVIEW, PROVINCE = "overview", "province"
NAMES = (*CLASSES, OVERVIEW, PROVINCE, *DISTRICTS)


@cache
def page_of(name: str, language: str) -> BeautifulSoup:
    """A class's report, the department's page, the province's section, or a district's parts."""
    if name == OVERVIEW:
        blocks = [department.overview(open_training(ROUND, language))]
    elif name == PROVINCE:
        blocks = [province.overview(open_round_page(ROUND, language))]
    elif name in CLASSES:
        blocks = [class_report.report(open_class(name, ROUND, language))]
    else:
        pack = open_pack(name, ROUND, language)
        blocks = [district.sheet(pack), district.annex(pack)]
    return BeautifulSoup("".join(block._repr_html_() for block in blocks), "html.parser")


def text_of(name: str, language: str) -> str:
    return " ".join(page_of(name, language).get_text(" ").split())


def tables_of(soup: BeautifulSoup) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    """Caption, heads and rows of every table."""
    for table in soup.select("table"):
        rows = [
            [cell.get_text(" ").strip() for cell in row(["th", "td"])] for row in table.select("tbody tr")
        ]
        heads = [head.get_text(" ").strip() for head in table.select("thead th")]
        yield table.caption.get_text(" ").strip(), heads, rows
