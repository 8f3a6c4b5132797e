"""A target's code -> its whole page as blocks, and the rows behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

import pandas as pd

from analysis.batch.formats.notebook_modules import modules_of
from analysis.batch.targets import is_district
from analysis.briefing.about_parindex.parindex import parindex_page
from analysis.briefing.blocks import Block
from analysis.briefing.district.annex import district_pack
from analysis.briefing.pack import Pack, RoundPage, open_pack, open_round_page
from analysis.briefing.province.overview import overview_page


@dataclass(frozen=True)
class WholePage:
    """How a page is made without its notebook.

    Attributes
    ----------
    open : callable
        The notebook's parameters -> what the page is made of.
    blocks : callable
        That -> all that the page shows.
    rows : callable
        That -> the rows of its results that stand behind the page.
    """

    open: Callable[..., RoundPage]
    blocks: Callable[[RoundPage], Block]
    rows: Callable[[RoundPage], pd.DataFrame]


def _of_a_district(pack: Pack) -> pd.DataFrame:
    """All but the published scores of parts of dimensions, which no district's page shows."""
    parts = pack.around("published")
    parts = parts.index[~parts["measure_kind"].isin([pack.headline_kind, "total"])]
    return pack.results[~pack.results.index.isin(parts)]


def _of_the_province(page: RoundPage) -> pd.DataFrame:
    """The round's own figures and the last of all others; the rest is in data/published."""
    published = page.around("published")
    earlier = published.index[published["period"] != published["period"].max()]
    return page.results[~page.results.index.isin(earlier)]


def _of_parindex(page: RoundPage) -> pd.DataFrame:
    return page.results[page.results["survey_round"].str.startswith("parindex")]


_DISTRICT = WholePage(open_pack, district_pack, _of_a_district)
_ROUND_PAGES = {
    "province_overview": WholePage(open_round_page, overview_page, _of_the_province),
    "parindex": WholePage(open_round_page, parindex_page, _of_parindex),
}


def whole_page(code: str, notebook: Path | None = None) -> WholePage | None:
    """How the page of a target is made whole; None where parts of it are text of another kind than blocks.

    Parameters
    ----------
    code : str
    notebook : Path, optional
        What shows the page. Where a module that it imports has a function `briefing`, that makes the whole
        page: rooms above this one add sections of their own (training.sections).
    """
    how = _DISTRICT if is_district(code) else _ROUND_PAGES.get(code)
    if how is None or notebook is None:
        return how
    makers = (getattr(import_module(name), "briefing", None) for name in modules_of(notebook))
    return next((replace(how, blocks=maker) for maker in makers if callable(maker)), how)


def share_ahead(notebook: Path, around: RoundPage) -> None:
    """Have the modules that a notebook imports read what its pages share, before the first is made.

    Parameters
    ----------
    around : RoundPage
        What all pages of the round share. A module that has something has a function `share` for it.
    """
    for name in modules_of(notebook):
        share = getattr(import_module(name), "share", None)
        if callable(share):
            share(around)
