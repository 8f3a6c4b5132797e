"""Results -> what a page says. Sees results and names, never a respondent."""

from analysis.briefing import methods, sections
from analysis.briefing.pack import Pack, RoundPage, open_pack, open_round_page

__all__ = ["Pack", "RoundPage", "methods", "open_pack", "open_round_page", "sections"]
