"""Results -> what a page says. Sees results and names, never a respondent."""

from analysis.briefing import data_checks, methods, sections
from analysis.briefing.data_page import DataPage, open_data_page
from analysis.briefing.pack import Pack, RoundPage, open_pack, open_round_page

__all__ = [
    "DataPage",
    "Pack",
    "RoundPage",
    "data_checks",
    "methods",
    "open_data_page",
    "open_pack",
    "open_round_page",
    "sections",
]
