"""A built round + a language -> a `DataPage`: the round, with what the checks found in its files."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.briefing.pack import RoundPage, open_round_page
from analysis.built_findings import read_built_findings, read_file_facts


@dataclass(frozen=True, kw_only=True)
class DataPage(RoundPage):
    """What the page `data_checks` may show: addresses, masked values and counts, no row of the file.

    Attributes
    ----------
    findings : DataFrame in the columns of `built_findings.BUILT_COLUMNS`
        About the round's file and that of the round compared with.
    files : dict of round -> dict
        How each file was read, and counts of no-answers; empty where that is not known.
    """

    findings: pd.DataFrame
    files: dict[str, dict]

    @property
    def rounds(self) -> list[str]:
        """The round, then the one it is compared with, of those that anything is known about."""
        names = [self.survey_round.survey_round, self.survey_round.previous]
        known = {*self.files, *self.findings["survey_round"], names[0]}
        return [name for name in names if name in known]

    def answers(self, key: str) -> pd.DataFrame:
        """Counts in the round's own file: "variables" or "interviewers"; no rows where there are none."""
        facts = self.files.get(self.survey_round.survey_round, {})
        return pd.DataFrame(facts.get("answers", {}).get(key, []))


def open_data_page(survey_round: str, language: str = "vi") -> DataPage:
    """Open what the page on a round's data needs.

    Parameters
    ----------
    survey_round : str
        A round that has been built (`workbench build`).
    language : {"vi", "en"}

    Raises
    ------
    UnknownName
        No such round or language; the nearest valid names are given.
    MissingFile
        The round has not been built.
    """
    page = open_round_page(survey_round, language)
    return DataPage(
        survey_round=page.survey_round,
        language=language,
        results=page.results,
        measures=page.measures,
        findings=read_built_findings(survey_round),
        files=read_file_facts(survey_round),
    )
