"""A built round + a language (+ a district) -> a `RoundPage` or a `Pack`: what sections are made of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.briefing.wording import check_language, first_upper, read_wording, say
from analysis.estimates import quality
from analysis.estimates.design_summary import read_design
from analysis.estimates.results import (
    SHARED_PSUS,
    SURVEYED_ONLY,
    provenance_file,
    read_measures,
    read_results,
)
from analysis.places import District, Places, read_places
from analysis.rounds import Round, read_round

#: The statistics that say where something stands, and not how it differs.
LEVELS = ("score", "share", "mean")


@dataclass(frozen=True, kw_only=True)
class RoundPage:
    """The results that a page about a whole round may show, and the names to show them with.

    Attributes
    ----------
    survey_round : Round
    language : {"vi", "en"}
    results : DataFrame in the columns of `results.COLUMNS`
    measures : DataFrame indexed by measure
        Names, bounds, unit and place in the framework.
    """

    survey_round: Round
    language: str
    results: pd.DataFrame
    measures: pd.DataFrame

    @property
    def focus(self) -> tuple[str, str]:
        """place_kind and place that the figures are about."""
        return "province", self.survey_round.province

    @cached_property
    def previous(self) -> Round | None:
        """The round compared with."""
        return read_round(self.survey_round.previous) if self.survey_round.previous else None

    @cached_property
    def places(self) -> Places:
        """The places that the round's codes are of."""
        return read_places(folder=self.survey_round.places)

    def measures_of(self, kind: str) -> list[str]:
        """Measures of one kind (total, dimension, sub_dimension, indicator), in the framework's order."""
        return list(self.measures.index[self.measures["measure_kind"] == kind])

    @property
    def dimensions(self) -> list[str]:
        return self.measures_of("dimension")

    @property
    def total(self) -> str | None:
        """The sum of all scores; None where the framework has none."""
        return next(iter(self.measures_of("total")), None)

    @property
    def headline_kind(self) -> str:
        """What headlines speak of: dimensions, or indicators where the framework has no dimensions."""
        return "dimension" if self.dimensions else "indicator"

    @property
    def headline_measures(self) -> list[str]:
        return self.measures_of(self.headline_kind)

    @cached_property
    def sample_size(self) -> pd.Series:
        """n and n_psu behind the figures: those of the total, else of the measure that most answered."""
        levels = self.by_measure("level")
        if self.total in levels.index:
            return levels.loc[self.total, ["n", "n_psu"]]
        return levels.sort_values(["n", "n_psu"], kind="stable")[["n", "n_psu"]].fillna(0).iloc[-1]

    def say(self, key: str, **values: str) -> str:
        """One sentence of the round's wording, that about indicators where there are no dimensions."""
        own = f"{key}_indicators"
        words = self.survey_round.wording
        known = not self.dimensions and own in read_wording(words)
        return say(own if known else key, self.language, words, **self.names, **values)

    @cached_property
    def names(self) -> dict[str, str]:
        """Place, round, year and the scale of the dimensions as sentences name them."""
        province = self.places.province(self.survey_round.province)
        scale = self.measures.loc[self.dimensions, ["minimum", "maximum"]]
        ends = (scale["minimum"].min(), scale["maximum"].max()) if len(scale) else ("", "")
        low, high = (f"{end:g}" if end != "" else "" for end in ends)
        return {
            "province": province.name(self.language),
            "round": self.survey_round.title(self.language),
            "year": str(self.survey_round.year),
            "level": f"{self.survey_round.quality.level * 100:g}",
            "scale": f"{low}–{high}",
        }

    @property
    def band(self) -> str:
        """What a page of simulated data carries at its top; empty for real data."""
        return self.say("band_simulated") if self.survey_round.simulated else ""

    def name_of(self, measure: str) -> str:
        return self.measures.at[measure, f"name_{self.language}"]

    def unit_of(self, measure: str) -> str:
        return self.measures.at[measure, "unit"]

    def decimals_of(self, measure: str) -> int | None:
        """Decimals that the framework's row asks for; None = those of the unit."""
        decimals = self.measures.at[measure, "decimals"]
        return None if pd.isna(decimals) else int(decimals)

    def rows(self, *, place: str | None = None, **equal: str) -> pd.DataFrame:
        """Results rows of a place (the page's focus by default) with these column values."""
        place = self.focus[1] if place is None else place
        keep = self.results["place"] == place
        for column, value in ({"group_kind": "all"} | equal).items():
            keep &= self.results[column] == value
        return self.results[keep]

    def by_measure(self, statistic: str, place: str | None = None) -> pd.DataFrame:
        """This round's rows of one statistic, indexed by measure ("level" = score, share or mean)."""
        rows = self.rows(place=place, survey_round=self.survey_round.survey_round)
        wanted = LEVELS if statistic == "level" else (statistic,)
        return rows[rows["statistic"].isin(wanted)].set_index("measure")

    @cached_property
    def provenance(self) -> dict:
        return json.loads(provenance_file(self.survey_round.survey_round).read_text(encoding="utf-8"))

    @cached_property
    def design(self) -> pd.DataFrame:
        """How the sample was drawn (`analysis.estimates.design_summary.COLUMNS`)."""
        return read_design(self.survey_round.survey_round)


@dataclass(frozen=True, kw_only=True)
class Pack(RoundPage):
    """The results one district's briefing may show, and the names to show them with.

    Attributes
    ----------
    district : District
    results : DataFrame
        The rows of this district and of the province only; no other district's.
    """

    district: District

    @cached_property
    def sampled(self) -> bool:
        """Whether anybody of the district was interviewed."""
        own = self.results[self.results["place"] == self.district.code]
        return bool((own["quality"] != quality.NOT_SAMPLED).any())

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
        notes = self.results.loc[self.results["statistic"] == "difference", "note"]
        only = self.survey_round.design.has_district_design and notes.str.contains(SURVEYED_ONLY).any()
        return self.say("reference_surveyed" if only else "reference_province")

    @cached_property
    def shares_psus(self) -> bool:
        """Whether people of other districts were interviewed in the district's survey clusters too."""
        own = self.results[(self.results["place"] == self.district.code)]
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
    check_language(language)
    chosen = read_round(survey_round)
    place = read_places(folder=chosen.places).resolve_district(district, chosen.province)
    results = read_results(survey_round)
    own = (results["place_kind"] == "district") & (results["place"] == place.code)
    province = (results["place_kind"] == "province") & (results["place"] == chosen.province)
    return Pack(
        district=place,
        survey_round=chosen,
        language=language,
        results=results[own | province],
        measures=read_measures(survey_round),
    )


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
