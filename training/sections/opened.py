"""A round or imported records + a language (+ a class) -> what the sections of training pages are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.briefing.pack import Pack, RoundPage
from analysis.briefing.wording import check_language, first_upper, read_wording
from analysis.context.built_training import BuiltTraining, is_round, names_training, read_training
from analysis.errors import UnknownName, nearest, shown
from analysis.places import Places, read_places
from analysis.rounds import Round, read_round
from training.rules import Thresholds, class_of_index, read_thresholds, read_training_rows
from training.sections.figures import ABSENT, Figure, figure_of

#: Whom records are of where no round says it: the department's own province.
PROVINCE = "91"
KEY = ["place_kind", "place", "group_kind", "group", "measure_kind", "measure", "statistic"]
#: The levels of office, from the highest.
LEVELS = ("province", "district", "commune")


@dataclass(frozen=True, kw_only=True)
class TrainingPage:
    """The training results that a page may show, and the names to show them with.

    Attributes
    ----------
    built : BuiltTraining
    year : int
        The classes that ended in it.
    language : {"vi", "en"}
    survey_round : Round or None
        None of imported records that stand for themselves.
    """

    built: BuiltTraining
    year: int
    language: str
    survey_round: Round | None = None

    @cached_property
    def province(self) -> str:
        return self.survey_round.province if self.survey_round else PROVINCE

    @cached_property
    def places(self) -> Places:
        return read_places(folder=self.survey_round.places if self.survey_round else "")

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The year's rows, in the columns of the results table."""
        return self.built.of_year(self.year)

    @cached_property
    def classes(self) -> pd.DataFrame:
        """The year's classes, indexed by class_id in its order."""
        classes = self.built.classes
        return classes[classes["year"] == self.year].set_index("class_id", drop=False)

    @cached_property
    def courses(self) -> list[str]:
        """Codes of the year's courses, in the order of their first class."""
        return list(dict.fromkeys(self.classes["course"]))

    def classes_of(self, course: str) -> list[str]:
        return list(self.classes.index[self.classes["course"] == course])

    @cached_property
    def districts(self) -> list[str]:
        return self.places.districts_of(self.province)

    @cached_property
    def zones(self) -> dict[str, list[str]]:
        """Zone -> its districts, in the order of their codes."""
        zones: dict[str, list[str]] = {}
        for code in self.districts:
            zones.setdefault(self.places.district(code).zone, []).append(code)
        return zones

    @cached_property
    def thresholds(self) -> Thresholds:
        return read_thresholds()

    @cached_property
    def words(self) -> dict[str, dict[str, str]]:
        return read_wording(self.survey_round.wording if self.survey_round else "")

    @cached_property
    def names(self) -> dict[str, str]:
        """What any sentence may name."""
        province = self.places.province(self.province)
        return {"province": province.name(self.language), "year": str(self.year), "level": "95"}

    def say(self, key: str, **values: str) -> str:
        """One sentence of the wording with its values, which are text already."""
        return self.words[key][self.language].format(**(self.names | values))

    @property
    def band(self) -> str:
        """What a page of simulated records carries at its top; empty for real ones."""
        return self.say("training_band") if self.built.is_simulated else ""

    @cached_property
    def _by_key(self) -> dict[tuple[str, ...], Any]:
        return {tuple(getattr(row, name) for name in KEY): row for row in self.rows.itertuples(index=False)}

    def figure(
        self,
        place: tuple[str, str],
        kind: str,
        measure: str,
        statistic: str,
        group: tuple[str, str] = ("all", ""),
    ) -> Figure:
        """One figure of a place; one that says it is absent where no row has it.

        Parameters
        ----------
        place : (place_kind, place)
        kind, measure, statistic : str
            As in the results table.
        group : (group_kind, group)
        """
        row = self._by_key.get((*place, *group, kind, measure, statistic))
        return ABSENT if row is None else figure_of(row, self.language)

    def figures(self, **equal: str) -> Iterator[tuple[Any, Figure]]:
        """Rows with these column values and their figures, in the order of the results."""
        keep = pd.Series(True, index=self.rows.index)
        for column, value in equal.items():
            keep &= self.rows[column] == value
        for row in self.rows[keep].itertuples(index=False):
            yield row, figure_of(row, self.language)

    @property
    def whole(self) -> tuple[str, str]:
        """place_kind and place of all classes together."""
        return "province", self.province

    @cached_property
    def _names(self) -> dict[tuple[str, str, str], tuple[str, str]]:
        """(kind, code, rule) -> its name and its parent."""
        return {
            (row["kind"], row["code"], row["rule"]): (row[self.language], row["parent"])
            for row in self.built.names.to_dict("records")
        }

    def name(self, kind: str, code: str, rule: str = "") -> str:
        """What a code is called; the code itself where nobody has named it."""
        return self._names.get((kind, code, rule), ("", ""))[0] or code

    def parent(self, kind: str, code: str, rule: str = "") -> str:
        return self._names.get((kind, code, rule), ("", ""))[1]

    def named(self, kind: str, rule: str = "") -> list[str]:
        """The codes of a kind, in the order of the bank or the form."""
        return [code for one, code, of in self._names if one == kind and of == rule]

    @cached_property
    def form_rules(self) -> list[str]:
        """The evaluation rules whose forms have named indicators."""
        return list(dict.fromkeys(rule for kind, _, rule in self._names if kind == "indicator"))

    def course_name(self, course: str) -> str:
        return self.name("course", course)

    def short_course(self, course: str) -> str:
        """A course in a narrow place: its topic where no other course has it, else its code."""
        topics = self.classes.drop_duplicates("course").set_index("course")["topic"]
        alone = topics[course] not in ("", "other") and (topics == topics[course]).sum() == 1
        return str(topics[course]).upper() if alone else course

    def level_name(self, level: str) -> str:
        return self.say(f"training_level_{level}")

    def class_of_index(self, index: float, rule: str) -> str:
        """The name of the class of quality that an overall index falls in."""
        return str(class_of_index(index, rule)[f"name_{self.language}"])

    def bands(self, rule: str) -> list[tuple[str, str]]:
        """Code and name of a rule's classes of quality, the lowest first."""
        rows = read_training_rows("evaluation_classes")
        rows = rows[rows["rule"] == rule].sort_values("step")
        return list(zip(rows["class"], rows[f"name_{self.language}"], strict=True))

    def rule_name(self, kind: str, rule: str) -> str:
        """What a rule is called, such as "Thông tư 10/2017/TT-BNV"; kind is "evaluation" or "certificate"."""
        rows = read_training_rows(f"{kind}_rules").set_index("rule")
        return str(rows.at[rule, f"name_{self.language}"])


@dataclass(frozen=True, kw_only=True)
class ClassPage(TrainingPage):
    """What the report of one class may show: its own rows, its course's, and those of all classes."""

    class_id: str

    @property
    def own(self) -> tuple[str, str]:
        return "class", self.class_id

    @property
    def course(self) -> str:
        return str(self.classes.at[self.class_id, "course"])

    @property
    def pooled(self) -> tuple[str, str]:
        """place_kind and place of all classes of its course."""
        return "course", self.course

    @property
    def about(self) -> pd.Series:
        """The class's row of `BuiltTraining.classes`."""
        return self.classes.loc[self.class_id]

    @cached_property
    def names(self) -> dict[str, str]:
        return super().names | {"class_id": self.class_id, "course": self.course_name(self.course)}


@dataclass(frozen=True, kw_only=True)
class DistrictPage(TrainingPage):
    """What a district's briefing may show: the district's rows, its zone's, and those of all classes."""

    district: str

    @property
    def own(self) -> tuple[str, str]:
        return "district", self.district

    @cached_property
    def names(self) -> dict[str, str]:
        name = self.places.district(self.district).phrase(self.language)
        return super().names | {"district": name, "District": first_upper(name)}

    @cached_property
    def rows(self) -> pd.DataFrame:
        """No other district's, and no single class's."""
        rows = super().rows
        zone = self.places.district(self.district).zone
        keep = rows["place_kind"].isin(["province", "course"])
        for kind, place in (("district", self.district), ("zone", zone)):
            keep |= (rows["place_kind"] == kind) & (rows["place"] == place)
        return rows[keep]


def open_training(source: str, language: str = "vi", year: int = 0) -> TrainingPage:
    """Open what a page about all classes of a year needs.

    Parameters
    ----------
    source : str
        A round that names records, or the names of imported records joined by "+".
    language : {"vi", "en"}
    year : int
        0 for the round's own where it had classes, else the last year that had any.

    Raises
    ------
    UnknownName
        No such round, records, language or year; the nearest valid names are given.
    MissingFile
        They have not been built.
    """
    check_language(language)
    built = read_training(source)
    declared = read_round(source) if is_round(source) else None
    return TrainingPage(
        built=built, year=_year(built, declared, year), language=language, survey_round=declared
    )


def _year(built: BuiltTraining, declared: Round | None, asked: int) -> int:
    wanted = asked or (declared.year if declared else 0)
    if wanted in built.years:
        return wanted
    if asked:
        raise UnknownName(
            f"No class ended in {asked}.",
            vi=f"Không có lớp nào kết thúc trong năm {asked}.",
            expected=shown(built.years),
            got=str(asked),
        )
    return built.years[-1]


def open_class(class_id: str, source: str, language: str = "vi") -> ClassPage:
    """Open what the report of one class needs.

    Parameters
    ----------
    class_id : str
        As the records write it, such as "K01"; small letters will do.
    source, language
        As for `open_training`.

    Raises
    ------
    UnknownName
        No such class; the nearest names are given.
    MissingFile
        The records have not been built.
    """
    check_language(language)
    built = read_training(source)
    known = {name.casefold(): name for name in built.classes["class_id"]}
    found = known.get(str(class_id).strip().casefold())
    if found is None:
        close = nearest(str(class_id), list(known.values())) or list(known.values())
        raise UnknownName(
            f'There is no class "{class_id}" in the training records.',
            vi=f'Không có lớp "{class_id}" trong hồ sơ bồi dưỡng. Có phải là: {shown(close)}?',
            expected=shown(known.values()),
            got=str(class_id),
            hint=f"Use {shown(close)}.",
        )
    year = int(built.classes.set_index("class_id").at[found, "year"])
    declared = read_round(source) if is_round(source) else None
    return ClassPage(built=built, year=year, language=language, survey_round=declared, class_id=found)


def of_pack(pack: Pack) -> DistrictPage | None:
    """The training results of a district's briefing; None where the round names no records."""
    if not names_training(pack.survey_round):
        return None
    page = open_training(pack.survey_round.survey_round, pack.language)
    about = {one.name: getattr(page, one.name) for one in fields(page)}
    return DistrictPage(**about, district=pack.district.code)


def of_round_page(page: RoundPage) -> TrainingPage | None:
    """The training results of a page about a whole round; None where the round names no records."""
    if not names_training(page.survey_round):
        return None
    return open_training(page.survey_round.survey_round, page.language)
