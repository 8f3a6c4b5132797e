"""A framework, codebook, groups and places -> what each name and value is called, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from itertools import product

import pandas as pd

from analysis.briefing.wording import read_wording
from analysis.estimates.measures import describe_measures
from analysis.estimates.sample import Sample
from analysis.places import District, Places, fold, read_places
from analysis.respondents.codebook import Codebook, read_codebook
from analysis.rounds import Round

COLUMNS = ["kind", "label_vi", "label_en", "unit", "minimum", "maximum", "direction", "decimals"]
#: Kinds of names that are no measures of the framework.
QUESTION, GROUP = "question", "group"


@dataclass(frozen=True)
class Labels:
    """What the names of one round mean.

    Attributes
    ----------
    sample : Sample
    columns : tuple of str
        Of the respondents' file; the codebook may know more.
    """

    sample: Sample
    columns: tuple[str, ...]

    @cached_property
    def codebook(self) -> Codebook:
        return read_codebook(self.round.codebook)

    @property
    def round(self) -> Round:
        return self.sample.survey_round

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row a name: measures of the framework, then groups, then questions; the columns `COLUMNS`."""
        measures = self._measures.rename(
            columns={"measure_kind": "kind", "name_vi": "label_vi", "name_en": "label_en"}
        )
        groups = [*(group.name for group in self.round.groups), "district", "stratum"]
        rows = {
            name: self._row(GROUP, *(self.say(f"group_{name}", each) or name for each in ("vi", "en")))
            for name in groups
        }
        asked = (name for name in self.codebook.with_role("question", "person", "place"))
        for name in asked:
            if name in self.columns and name not in rows:
                rows[name] = self._row(QUESTION, *map(partial(self.codebook.label, name), ("vi", "en")))
        others = pd.DataFrame.from_dict(rows, orient="index", columns=COLUMNS)
        table = pd.concat([measures.reindex(columns=COLUMNS).astype(object), others.astype(object)])
        return table[~table.index.duplicated()]

    @cached_property
    def _measures(self) -> pd.DataFrame:
        return describe_measures(self.sample.framework).set_index("measure")

    @cached_property
    def parents(self) -> dict[str, str]:
        """What each composite is added into."""
        measures = self._measures
        added = measures[(measures["measure_kind"] != "indicator") & (measures["parent"] != "")]
        return dict(added["parent"])

    @cached_property
    def tree(self) -> list[str]:
        """Measures as the framework nests them: each followed by what is added into it; then the rest."""
        parent = self._measures["parent"]
        tops = [name for name in parent.index if parent[name] not in parent.index]
        order: list[str] = []

        def walk(name: str) -> None:
            order.append(name)
            for part in parent.index[parent == name]:
                walk(part)

        for name in tops:
            walk(name)
        return list(dict.fromkeys([*order, *self.table.index]))

    @cached_property
    def units(self) -> dict[str, str]:
        """Each name's unit."""
        return self.table["unit"].to_dict()

    @cached_property
    def decimals(self) -> dict[str, object]:
        """Decimals that each name's figures are shown with, missing where its unit says so."""
        return self.table["decimals"].to_dict()

    @staticmethod
    def _row(kind: str, vi: str, en: str) -> tuple:
        return kind, vi, en, "number", float("-inf"), float("inf"), "", pd.NA

    def say(self, key: str, language: str) -> str:
        """A row of the round's wording, "" where there is none."""
        return self.words.get(key, {}).get(language, "")

    @cached_property
    def words(self) -> dict[str, dict[str, str]]:
        return read_wording(self.round.wording)

    def province(self, language: str) -> str:
        return self.places.province(self.round.province).name(language)

    @cached_property
    def places(self) -> Places:
        """The round's places, with their names by code looked up once."""
        return read_places(folder=self.round.places)

    @cached_property
    def _districts(self) -> dict[str, District]:
        return {code: self.places.district(code) for code in self.places.districts_of(self.round.province)}

    def name_of(self, name: str, language: str) -> str:
        """A measure, question or group in words; of "variable=value" the question with that answer."""
        variable, equals, value = name.partition("=")
        if equals and name not in self.table.index:
            return f"{self.name_of(variable, language)} – {self.value(variable, value, language)}"
        return self.table.at[name, f"label_{language}"] if name in self.table.index else name

    def value(self, name: str, value: str, language: str) -> str:
        """One value of a group or a coded question in words, as itself where nothing is known of it."""
        if name == "district":
            return _place_name(self._districts[value], language) if value in self._districts else value
        if name in self.codebook:
            labels = self.codebook.labels(name, language)
            coded = {f"{code:g}": label for code, label in labels.items()}
            return coded.get(value) or value
        return self.say(f"group_{name}_{value}", language) or value

    def cell(self, kind: str, group: str, language: str, cross: str) -> str:
        """The label of a group, or of several crossed."""
        names, values = kind.split(cross), group.split(cross)
        if len(names) != len(values):
            return group
        return " · ".join(self.value(name, each, language) for name, each in zip(names, values, strict=True))

    def is_coded(self, name: str) -> bool:
        """Whether a name is a question whose answers are codes, so that its mean would say nothing."""
        return (
            name in self.table.index
            and self.table.at[name, "kind"] in (QUESTION, GROUP)
            and (name not in self.codebook or self.codebook.row(name)["type"] == "code")
        )

    @cached_property
    def texts(self) -> pd.DataFrame:
        """One row a name and language pair of all that a search looks through: label, and values' labels."""
        rows = []
        for name, row in self.table.iterrows():
            values = self._values(name)
            for language in ("vi", "en"):
                rows.append((name, row["kind"], row[f"label_{language}"], "; ".join(values[language])))
        return pd.DataFrame(rows, columns=["name", "kind", "label", "values"])

    @cached_property
    def folded(self) -> pd.DataFrame:
        """`texts` in small letters without accents."""
        return self.texts.assign(label=self.texts["label"].map(fold), values=self.texts["values"].map(fold))

    def _values(self, name: str) -> dict[str, list[str]]:
        out: dict[str, list[str]] = {"vi": [], "en": []}
        if name in self.codebook:
            for language in out:
                out[language] = [each for each in self.codebook.labels(name, language).values() if each]
            return out
        group = next((one for one in self.round.groups if one.name == name), None)
        for language, label in product(out, group.labels if group else ()):
            out[language].append(self.value(name, label, language))
        return out


def _place_name(place: District, language: str) -> str:
    return place.full_name if language == "vi" else place.name_en
