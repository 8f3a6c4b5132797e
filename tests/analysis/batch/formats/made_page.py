"""A target of the example -> its page's blocks, rows and files, each made once, when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

import pandas as pd

from analysis.batch.formats.annex_workbook import annex_workbook
from analysis.batch.formats.page_blocks import page_tables, title_of
from analysis.batch.formats.results_rows import AnnexRows, TidyRows, annex_rows
from analysis.batch.formats.rows_file import rows_csv
from analysis.batch.formats.whole_pages import WholePage, whole_page
from analysis.batch.formats.word.document import word_file
from analysis.batch.targets import parameters_of
from analysis.briefing.blocks import Block, Table
from analysis.briefing.pack import RoundPage
from analysis.pipeline import build_round

ROUND = "example-2021"
#: A district with a sample, one without, and the pages of blocks about the whole round.
CODES = ("899", "912", "province_overview", "parindex")


@dataclass(frozen=True)
class MadePage:
    """Parameters: the target's code, the language."""

    code: str
    language: str

    @property
    def how(self) -> WholePage:
        return whole_page(self.code)

    @cached_property
    def page(self) -> RoundPage:
        build_round(ROUND)
        return self.how.open(**parameters_of(self.code, ROUND, self.language))

    @cached_property
    def whole(self) -> Block:
        return self.how.blocks(self.page)

    @cached_property
    def html(self) -> str:
        return str(self.whole.markup)

    @cached_property
    def annex(self) -> AnnexRows:
        return annex_rows(self.page, self.how.rows(self.page))

    @property
    def rows(self) -> pd.DataFrame:
        return self.annex.all

    @cached_property
    def tables(self) -> list[tuple[str, Table]]:
        return page_tables(self.html, self.whole)

    @cached_property
    def workbook(self) -> bytes:
        return annex_workbook(self.page, title_of(self.whole), self.annex, self.tables)

    @cached_property
    def csv(self) -> bytes:
        return rows_csv(self.annex)

    @cached_property
    def word(self) -> bytes:
        return word_file([self.whole], title_of(self.whole), self.language)


made_page = cache(MadePage)


def as_annex(rows: pd.DataFrame) -> AnnexRows:
    """These rows as a page's own, none around them."""
    return AnnexRows(TidyRows(rows), TidyRows(rows.iloc[:0]))
