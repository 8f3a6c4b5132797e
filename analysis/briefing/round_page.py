"""A round's results + a language -> a `RoundPage`: what sections of a page about the round are made of."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import pandas as pd

from analysis.briefing.wording import read_wording
from analysis.context.administrative_figures import read_figures
from analysis.context.built_criteria import read_criteria
from analysis.context.directive import Directive, directive_of_round
from analysis.estimates.design_summary import read_design
from analysis.estimates.results import (
    provenance_file,
)
from analysis.places import Places, read_places
from analysis.rounds import Round, read_round

#: What stands beside the survey, and of when: "published-2021", "administrative-2021-Q4".
_PERIOD = re.compile(r"(.+?)-(\d{4}(?:-Q\d)?)")
Made = TypeVar("Made")
#: The statistics that say where something stands, and not how it differs.
LEVELS = ("score", "share", "mean")


class Row(dict[str, object]):
    """One row of the results: its cells by their columns.

    Attributes
    ----------
    name : str
        Its measure.
    """

    def __init__(self, name: str, cells: Iterable[tuple[str, object]]) -> None:
        super().__init__(cells)
        self.name = name


#: Results rows, each by its measure.
Rows = dict[str, Row]


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
        return self.whole

    @property
    def sampled(self) -> bool:
        """Whether the page has figures of a place of its own beside the province's."""
        return False

    @property
    def reference(self) -> str:
        """What the page's place is compared with, in words; a page about the round compares with none."""
        return ""

    @cached_property
    def survey(self) -> pd.DataFrame:
        """The survey's own rows; what was published, counted or scored by others is left out."""
        return self.results[self.results["survey_round"] == self.survey_round.survey_round]

    def around(self, what: str) -> pd.DataFrame:
        """Rows of figures that stand beside the survey, with their `period` (a year, or "2021-Q4").

        Parameters
        ----------
        what : {"published", "administrative", "parindex", "parindex-sheet"}
        """
        return self._around.get(what, self.results.iloc[:0].assign(period=""))

    @cached_property
    def _around(self) -> dict[str, pd.DataFrame]:
        """The rows that are not the survey's, by what they are."""
        others = self.results[self.results["survey_round"] != self.survey_round.survey_round]
        names = {name: _PERIOD.fullmatch(name) for name in others["survey_round"].unique()}
        kinds = others["survey_round"].map({name: found[1] if found else "" for name, found in names.items()})
        periods = {name: found[2] if found else "" for name, found in names.items()}
        others = others.assign(period=others["survey_round"].map(periods))
        return {str(kind): rows for kind, rows in others.groupby(kinds)}

    @cached_property
    def directive(self) -> Directive | None:
        """The letter, where it is about the round's province and framework."""
        return directive_of_round(self.survey_round)

    @cached_property
    def criteria(self) -> pd.DataFrame:
        """What a scoring sheet says of its criteria, indexed by measure; no rows without one."""
        return read_criteria(self.survey_round.survey_round)

    @cached_property
    def previous(self) -> Round | None:
        """The round compared with."""
        return read_round(self.survey_round.previous) if self.survey_round.previous else None

    @cached_property
    def districts(self) -> list[str]:
        """Codes of the province's districts, in order."""
        return self.places.districts_of(self.survey_round.province)

    def communes_of(self, place: str) -> list[str]:
        """Codes of the communes of a district, or of the province."""
        inside = self.places.communes_of(self.survey_round.province)
        whole = place == self.survey_round.province
        return [commune for commune, district in inside.items() if whole or district == place]

    @cached_property
    def places(self) -> Places:
        """The places that the round's codes are of."""
        return read_places(folder=self.survey_round.places)

    def measures_of(self, kind: str) -> list[str]:
        """Measures of one kind (total, dimension, sub_dimension, indicator), in the framework's order."""
        return list(self.measures.index[self.measures["measure_kind"] == kind])

    @cached_property
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
        known = not self.dimensions and own in self.words
        return self.words[own if known else key][self.language].format(**self.names, **values)

    @cached_property
    def words(self) -> dict[str, dict[str, str]]:
        """Every sentence of the round's wording."""
        return read_wording(self.survey_round.wording)

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The declared administrative figures, indexed by figure."""
        return read_figures().set_index("figure", drop=False)

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

    def about(self, measure: str) -> dict[str, object]:
        """The measure's row of `measures`."""
        return self._about[measure]

    @cached_property
    def _about(self) -> dict[str, dict[str, object]]:
        return self.measures.to_dict("index")

    def name_of(self, measure: str) -> str:
        return self.about(measure)[f"name_{self.language}"]

    def unit_of(self, measure: str) -> str:
        return self.about(measure)["unit"]

    def decimals_of(self, measure: str) -> int | None:
        """Decimals that the framework's row asks for; None = those of the unit."""
        decimals = self.about(measure)["decimals"]
        return None if pd.isna(decimals) else int(decimals)

    @property
    def whole(self) -> tuple[str, str]:
        """place_kind and place of the province."""
        return "province", self.survey_round.province

    def rows(self, *, place: tuple[str, str] | None = None, **equal: str) -> pd.DataFrame:
        """Results rows of a place (the page's focus by default) with these column values.

        Parameters
        ----------
        place : (place_kind, place), optional
            Both: a survey's own places may give a province and a district the same code.
        """
        of_place = self._by_place.get(self.focus if place is None else place, self.results.iloc[:0])
        keep = pd.Series(True, of_place.index)
        for column, value in ({"group_kind": "all"} | equal).items():
            keep &= of_place[column] == value
        return of_place[keep]

    def by_measure(self, statistic: str, place: tuple[str, str] | None = None) -> pd.DataFrame:
        """This round's rows of one statistic, indexed by measure ("level" = score, share or mean)."""
        return self.once(("by_measure", statistic, place), lambda: self._by_measure(statistic, place))

    def _by_measure(self, statistic: str, place: tuple[str, str] | None) -> pd.DataFrame:
        rows = self.rows(place=place, survey_round=self.survey_round.survey_round)
        wanted = LEVELS if statistic == "level" else (statistic,)
        return rows[rows["statistic"].isin(wanted)].set_index("measure")

    def each(self, statistic: str, place: tuple[str, str] | None = None) -> Rows:
        """The rows of `by_measure` one by one, for cells and marks."""
        return self.once(("each", statistic, place), lambda: each_row(self.by_measure(statistic, place)))

    def once(self, name: object, make: Callable[[], Made]) -> Made:
        """What `make` gives, called at the first use of this name on this page only."""
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]

    @cached_property
    def _made(self) -> dict[object, object]:
        return {}

    @cached_property
    def _by_place(self) -> dict[tuple[str, str], pd.DataFrame]:
        """The results of each place_kind and place."""
        return dict(iter(self.results.groupby(["place_kind", "place"], sort=False, dropna=False)))

    @cached_property
    def provenance(self) -> dict:
        return json.loads(provenance_file(self.survey_round.survey_round).read_text(encoding="utf-8"))

    @cached_property
    def design(self) -> pd.DataFrame:
        """How the sample was drawn (`analysis.estimates.design_summary.COLUMNS`)."""
        return read_design(self.survey_round.survey_round)


def each_row(rows: pd.DataFrame) -> Rows:
    """The rows of a table indexed by measure, one by one: many times faster than `rows.loc` for each."""
    columns, cells = list(rows.columns), rows.astype(object).itertuples(index=False, name=None)
    return {
        name: Row(name, zip(columns, row, strict=True)) for name, row in zip(rows.index, cells, strict=True)
    }
