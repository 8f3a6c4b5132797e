"""What notebooks take from `analysis.briefing`, which lists the names: sections, and what makes them."""

# ruff: noqa: F401
from analysis.briefing.about_data import data_checks
from analysis.briefing.about_data.opened import DataPage, open_data_page
from analysis.briefing.about_methods import methods
from analysis.briefing.about_parindex import parindex
from analysis.briefing.district import annex, sections
from analysis.briefing.pack import Pack, RoundPage, open_pack, open_round_page
from analysis.briefing.province import overview
