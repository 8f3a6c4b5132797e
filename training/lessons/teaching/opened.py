"""A round's name -> what lessons and checks ask of it: its page, a district's pack, the survey.

Built if need be, and opened once a process: a check asks for the same page as the cell above it.
"""

from __future__ import annotations

from functools import cache

from analysis.briefing import Pack, RoundPage, open_pack, open_round_page
from analysis.explore.survey import Survey, open_survey
from analysis.pipeline import build_round

LANGUAGE = "vi"


@cache
def lesson_page(survey_round: str) -> RoundPage:
    """What a page about a round may show.

    Raises
    ------
    UnknownName
        No such round.
    """
    build_round(survey_round)
    return open_round_page(survey_round, LANGUAGE)


@cache
def lesson_pack(district: str, survey_round: str) -> Pack:
    """What one district's briefing may show; `district` is its code or name."""
    build_round(survey_round)
    return open_pack(district, survey_round, LANGUAGE)


@cache
def lesson_survey(survey_round: str) -> Survey:
    """The round open for questions, as `analysis.open_round` gives it."""
    return open_survey(survey_round)
