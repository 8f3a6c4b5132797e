"""A built round + a language (+ a district) -> a `RoundPage` or a `Pack`: what sections are made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.briefing.round_page import RoundPage
from analysis.briefing.wording import check_language, first_upper
from analysis.context.directive import Directive
from analysis.estimates import quality
from analysis.estimates.results import (
    SHARED_PSUS,
    SURVEYED_ONLY,
    provenance_file,
    read_measures,
    read_results,
)
from analysis.places import District, Places
from analysis.rounds import Round, read_round

#: The kinds of place that every pack of a round shows.
_AROUND = ("province", "region", "country")


@dataclass(frozen=True, kw_only=True)
class Pack(RoundPage):
    """The results one district's briefing may show, and the names to show them with.

    Attributes
    ----------
    district : District
    results : DataFrame
        The rows of this district, its communes, the province, its region and the country; no other
        district's.
    """

    district: District

    @cached_property
    def surroundings(self) -> RoundPage:
        """The page of the province, its region and the country alone: one for all packs of a round.

        What sections make of it with `once` is made for the first pack and shared by the next.
        """
        return _surroundings(self.survey_round, self.language, self.results, self.measures)

    @property
    def places(self) -> Places:
        return self.surroundings.places

    @property
    def directive(self) -> Directive | None:
        return self.surroundings.directive

    @property
    def figures(self) -> pd.DataFrame:
        return self.surroundings.figures

    @property
    def provenance(self) -> dict:
        return self.surroundings.provenance

    @property
    def design(self) -> pd.DataFrame:
        return self.surroundings.design

    @cached_property
    def sampled(self) -> bool:
        """Whether anybody of the district was interviewed."""
        own = self._own_rows
        return bool((own["quality"] != quality.NOT_SAMPLED).any())

    @cached_property
    def _own_rows(self) -> pd.DataFrame:
        """The survey's rows of the district."""
        survey = self.survey
        return survey[(survey["place_kind"] == "district") & (survey["place"] == self.district.code)]

    @property
    def focus(self) -> tuple[str, str]:
        """place_kind and place that the figures are about: the province where there is no sample."""
        return ("district", self.district.code) if self.sampled else super().focus

    @cached_property
    def names(self) -> dict[str, str]:
        name = self.district.phrase(self.language)
        return super().names | {"district": name, "District": first_upper(name)}

    @cached_property
    def reference(self) -> str:
        """What a district is compared with, in words: the province, or the surveyed districts only."""
        notes = self.survey.loc[self.survey["statistic"] == "difference", "note"]
        only = self.survey_round.design.has_district_design and notes.str.contains(SURVEYED_ONLY).any()
        return self.say("reference_surveyed" if only else "reference_province")

    @cached_property
    def shares_psus(self) -> bool:
        """Whether people of other districts were interviewed in the district's survey clusters too."""
        own = self._own_rows
        return bool(own.loc[own["statistic"] == "difference", "note"].str.contains(SHARED_PSUS).any())


def open_pack(district: str | int, survey_round: str, language: str = "vi") -> Pack:
    """Open what one district's briefing needs.

    Parameters
    ----------
    district : str or int
        Code, name or slug: 899, "899", "Rạch Giá", "rach-gia".
    survey_round : str
        A round that has been built (`workbench build`).
    language : {"vi", "en"}

    Raises
    ------
    UnknownName
        No such district, round or language; the nearest valid names are given.
    MissingFile
        The round has not been built.
    """
    page = open_round_page(survey_round, language)
    return pack_of(page.places.resolve_district(district, page.survey_round.province), page)


def pack_of(district: District, page: RoundPage) -> Pack:
    """A district's pack out of its round's page, which has been opened."""
    results, communes = page.results, page.communes_of(district.code)
    own = (results["place_kind"] == "district") & (results["place"] == district.code)
    own |= (results["place_kind"] == "commune") & results["place"].isin(communes)
    own |= results["place_kind"].isin(_AROUND)
    return Pack(
        district=district,
        survey_round=page.survey_round,
        language=page.language,
        results=results[own],
        measures=page.measures,
    )


#: The last surroundings made: round, language and what the results were made of -> the page.
_LAST: dict[tuple[str, str, bytes], RoundPage] = {}


def _surroundings(
    survey_round: Round, language: str, results: pd.DataFrame, measures: pd.DataFrame
) -> RoundPage:
    made_of = provenance_file(survey_round.survey_round).read_bytes()
    key = (survey_round.survey_round, language, made_of)
    if key not in _LAST:
        _LAST.clear()
        around = results[results["place_kind"].isin(_AROUND)]
        _LAST[key] = RoundPage(
            survey_round=survey_round, language=language, results=around, measures=measures
        )
    return _LAST[key]


def open_surroundings(survey_round: str, language: str) -> RoundPage:
    """The page that all packs of a round share, as `Pack.surroundings` gives it.

    Raises
    ------
    As `open_round_page`.
    """
    page = open_round_page(survey_round, language)
    return _surroundings(page.survey_round, language, page.results, page.measures)


def open_round_page(survey_round: str, language: str = "vi") -> RoundPage:
    """Open what a page about the whole round needs.

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
    check_language(language)
    return RoundPage(
        survey_round=read_round(survey_round),
        language=language,
        results=read_results(survey_round),
        measures=read_measures(survey_round),
    )
