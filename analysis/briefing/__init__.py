"""Results -> what a page says. Sees results and names, never a respondent."""

from analysis.briefing import sections
from analysis.briefing.pack import Pack, open_pack

__all__ = ["Pack", "open_pack", "sections"]
