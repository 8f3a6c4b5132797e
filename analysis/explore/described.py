"""A round -> what is in it, in words: names by their meaning, the codebook, and the round itself shown."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from analysis.briefing.blocks import Block, Column, Table
from analysis.errors import UnknownName, shown
from analysis.explore.labels import Labels
from analysis.explore.opened import OpenedRound, unknown_name
from analysis.explore.searching import Names, find_names
from analysis.explore.shown import codebook_table, found_table, in_notebook, with_band
from analysis.explore.words import Words

#: The codebook's roles that say nothing of answers.
_DESIGN = "design"


class InWords(pd.DataFrame):
    """A DataFrame as any other, which a notebook shows as a table in words."""

    _metadata = ["_block"]

    @classmethod
    def of(cls, table: pd.DataFrame, block: Block) -> InWords:
        made = cls(table)
        made._block = block
        return made

    @property
    def _constructor(self) -> type[pd.DataFrame]:
        return pd.DataFrame

    def _repr_html_(self) -> str:
        block = getattr(self, "_block", None)
        return pd.DataFrame(self)._repr_html_() if block is None else in_notebook(block)


class Described(OpenedRound):
    """A round that can be searched and shown."""

    #: The language of what notebooks show; errors always speak both.
    language = "vi"

    @cached_property
    def labels(self) -> Labels:
        """What each name of the round means."""
        return Labels(self.sample, tuple(self.data.columns))

    @property
    def words(self) -> Words:
        return Words(self.labels, self.language)

    # cached_property: IPython's Tab reads no plain property, for fear of what it may do
    @cached_property
    def measures(self) -> Names:
        """Scores, then indicators, then numeric answers; Tab completes them after the dot."""
        return Names(super().measures, lambda: self.words)

    @cached_property
    def groups(self) -> Names:
        """Columns that `by` takes besides any answer; Tab completes them after the dot."""
        return Names(super().groups, lambda: self.words)

    def find(self, text: str) -> pd.DataFrame:
        """Look for measures, questions and groups by what they mean, in Vietnamese or English.

        Parameters
        ----------
        text : str
            Words in any order and case; accents do not matter.

        Returns
        -------
        DataFrame with the columns name, kind, label_vi and label_en, best first.

        Examples
        --------
        >>> s.find("hộ nghèo")[["name", "kind"]].head(3)
                             name           kind
        0  poor_insurance_support      indicator
        1                    d602       question
        2                    S2.2  sub_dimension
        >>> s.find("ho ngheo").equals(s.find("HỘ NGHÈO"))
        True
        """
        found = find_names(self.labels, text)
        return InWords.of(found, found_table(found, text, self.words))

    @property
    def sample_design(self) -> pd.DataFrame:
        """How the sample was drawn, one row: strata, PSUs, degrees of freedom, people, sum of weights.

        Source
        ------
        Stata `svydescribe`; R `survey::degf`.

        Examples
        --------
        >>> s.sample_design[["n_strata", "n_psu", "df", "n"]]
           n_strata  n_psu  df     n
        0         4     47  43  1504
        """
        design = self.design
        drawn = {"n_strata": design.n_strata, "n_psu": design.n_psu, "df": design.df, "n": len(self.data)}
        return pd.DataFrame([drawn | {"population": float(design.weight.sum())}])

    @property
    def codebook(self) -> pd.DataFrame:
        """The file's variables: label, type, codes, how many answered and how many did not.

        Examples
        --------
        >>> s.codebook[["variable", "label_en", "n_answered", "n_missing"]].iloc[2:4]
          variable           label_en  n_answered  n_missing
        2     a005          Ethnicity        1504          0
        3     a006  Highest education        1490         14
        """
        book, rows = self.labels.codebook, []
        for row in book.variables.to_dict("records"):
            name = row["variable"]
            if row["role"] == _DESIGN or name not in self.data.columns:
                continue
            answered = int(self.data[name].notna().sum())
            codes = {
                f"codes_{language}": "; ".join(
                    f"{c:g} = {label}" for c, label in book.labels(name, language).items()
                )
                for language in ("vi", "en")
            }
            rows.append(
                {
                    "variable": name,
                    "label_vi": row["label_vi"],
                    "label_en": row["label_en"],
                    "type": row["type"],
                }
                | codes
                | {"n_answered": answered, "n_missing": len(self.data) - answered}
            )
        table = pd.DataFrame(rows)
        return InWords.of(table, codebook_table(table, self.words))

    def _repr_html_(self) -> str:
        words, design = self.words, self.design
        say, count = words.say, words.count
        rows = (
            (say("session_people"), count(len(self.data))),
            (
                say("session_design"),
                say("session_design_value", psu=count(design.n_psu), strata=count(design.n_strata)),
            ),
            (say("session_weights"), self._done or say("session_own")),
            (say("session_measures"), say("session_measures_value", count=count(len(self.measures)))),
            (say("session_groups"), ", ".join(f"{name} ({words.name(name)})" for name in self.groups)),
            (say("session_ask"), "s.ask(…), s.mean(…), s.compare(…), s.trend(…), s.table(…), s.regress(…)"),
        )
        head = (Column(say("round")), Column(self.survey_round.survey_round))
        title = self.survey_round.title(self.language)
        return in_notebook(with_band(words, Table(title, head, rows)))

    def _no_measure(self, name: str, valid: set[str]) -> UnknownName:
        """Also where somebody typed what a measure means instead of its name."""
        meant = [found for found in find_names(self.labels, name)["name"] if found in valid]
        fault = super()._no_measure(name, valid)
        if not meant or fault.hint.startswith("Perhaps"):
            return fault
        return UnknownName(
            fault.what, vi=f'Không có chỉ tiêu nào tên là "{name}"; có phải: {shown(meant)}?', got=name,
            hint=f"Perhaps {shown(meant)}. s.find(…) looks for more.",
        )  # fmt: skip

    def _column(self, name: str) -> str:
        try:
            return super()._column(name)
        except UnknownName as fault:
            meant = [each for each in find_names(self.labels, str(name))["name"] if each in self.data.columns]
            if not meant or fault.hint.startswith("Perhaps"):
                raise
            raise unknown_name(f'there is no column "{name}"', meant[0], meant) from fault
