"""One question asked of a round -> its answer: tables, chart, page, files, and the line that gives it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.briefing.blocks import Column, Group, Image, Paragraphs, Table
from analysis.errors import UnknownName
from analysis.estimates import quality
from analysis.estimates.results import ALPHA, SURVEYED_ONLY
from analysis.explore.charts import draw_estimates
from analysis.explore.shown import estimates_table, in_notebook, with_band
from analysis.explore.words import Words

if TYPE_CHECKING:
    from analysis.explore.asking import Asking

PROVINCE, PREVIOUS = "province", "previous"


@dataclass(frozen=True)
class Question:
    """What was asked.

    Attributes
    ----------
    measures, by : tuple of str
    place : str or None
        A district's code; None is the whole province.
    domain : str or None
    against : {"province", "previous"}
    """

    measures: tuple[str, ...]
    by: tuple[str, ...] = ()
    place: str | None = None
    domain: str | None = None
    against: str = PROVINCE

    def call(self) -> str:
        """The call of `ask`, such as 'ask("D2", by="sex")'; defaults are left out."""
        given = [_text(self.measures)]
        given += [f"by={_text(self.by)}"] if self.by else []
        given += [f'place="{self.place}"'] if self.place else []
        given += [f"domain={_quoted(self.domain)}"] if self.domain else []
        given += [f'against="{self.against}"'] if self.against != PROVINCE else []
        return f"ask({', '.join(given)})"


@dataclass(frozen=True, eq=False)
class Answer:
    """The answer to one question; a notebook shows it whole.

    Attributes
    ----------
    survey : Survey
    question : Question
    estimates : DataFrame
        Everybody's row and the groups' rows, with the columns of `mean`.
    tests : DataFrame
        `asking.TEST_COLUMNS`; no rows where there is nothing to compare.
    language : str
        "" is the survey's own.
    filter_text : str
        The domain in words; by default the expression itself.
    """

    survey: Asking
    question: Question
    estimates: pd.DataFrame
    tests: pd.DataFrame
    language: str = ""
    filter_text: str = ""

    def in_language(self, language: str, filter_text: str = "") -> Answer:
        """The same answer in other words."""
        return replace(self, language=language, filter_text=filter_text)

    @cached_property
    def words(self) -> Words:
        return Words(self.survey.labels, self.language or self.survey.language)

    @property
    def line(self) -> str:
        """The line that gives the same answer, to copy."""
        opened = f'open_round("{self.survey.survey_round.survey_round}")'
        return f"{opened if self.survey.is_own_design else 's'}.{self.question.call()}"

    @property
    def title(self) -> str:
        """Place, round and filter in words."""
        words = self.words
        place = self.question.place
        where = words.labels.value("district", place, words.language) if place else words.whole
        named = {"place": where, "round": words.labels.round.title(words.language)}
        if not self.question.domain:
            return words.say("results_of", **named)
        return words.say("results_filtered", **named, filter=self.filter_text or self.question.domain)

    def chart(self) -> Image:
        """Dots with intervals; everybody's interval as a band behind the groups."""
        return draw_estimates(self.estimates, self.words, self.title)

    def estimates_block(self) -> Table:
        """The estimates as a table of a page, with the meaning of the signs it uses."""
        table = estimates_table(self.estimates, self.words, self.title)
        return replace(table, notes=(*table.notes, *self._legend()))

    def _legend(self) -> list[str]:
        rules = self.survey.survey_round.quality
        values = {
            "n_suppress": str(rules.n_suppress), "n_caution": str(rules.n_caution),
            "df_caution": f"{rules.df_caution:g}", "width_suppress": f"{rules.share_width_suppress * 100:g}",
            "relative_width": f"{rules.share_relative_width * 100:g}",
        }  # fmt: skip
        flags = set(self.estimates["quality"])
        used = [
            each for each in (quality.CAUTION, quality.SUPPRESSED, quality.NOT_ESTIMATED) if each in flags
        ]
        return [self.words.labels.say(f"sign_{each}", self.words.language).format(**values) for each in used]

    def tests_block(self) -> Table | Paragraphs:
        """The tests as a table of a page, or why there are none."""
        words, question = self.words, self.question
        if not len(self.tests):
            key = "no_previous" if question.against == PREVIOUS else "no_tests"
            return Paragraphs((words.say(key),), "note")
        grouped = bool((self.tests["group"] != "").any())
        level = (
            f"{self.tests['level'].dropna().iloc[0] * 100:g}" if self.tests["level"].notna().any() else "95"
        )
        head = [Column(words.say("col_measure"))] + ([Column(words.say("col_group"))] if grouped else [])
        head += [
            Column(words.say("col_difference"), True),
            Column(words.say("col_interval", level=level), True),
        ]
        head += [Column(words.say("col_p"), True), Column(words.say("col_answer"))]
        rows = []
        for row in self.tests.to_dict("records"):
            cells = [words.name(row["measure"])] + ([words.group(row)] if grouped else [])
            cells += [words.value(row, difference=True), words.interval(row, difference=True)]
            cells += [_p_text(row["p_adjusted"], words.language), words.say(f"answer_{self._verdict(row)}")]
            rows.append(tuple(cells))
        count = self.tests["p_value"].notna().sum()
        notes = [words.say("tests_note", count=words.count(count))] if count else []
        notes += [words.note(note) for note in sorted({n for n in self.tests["note"] if ": " in n})]
        return Table(self._tests_caption(), tuple(head), tuple(rows), tuple(notes))

    def _tests_caption(self) -> str:
        words, question = self.words, self.question
        if question.against == PREVIOUS:
            return words.say("tests_previous", round=self.survey.previous.survey_round.title(words.language))
        if (self.tests["note"] == SURVEYED_ONLY).any() and question.place:
            return words.say("tests_surveyed")
        if question.place is None:
            return words.say("tests_whole")
        return words.say("tests_same_group" if question.by else "tests_province")

    def _verdict(self, row: dict) -> str:
        if pd.isna(row["p_adjusted"]):
            return "none"
        if row["p_adjusted"] >= ALPHA:
            return "unclear"
        rose = ("up", "down") if row["statistic"] == "change" else ("higher", "lower")
        return rose[row["estimate"] < 0]

    def page(self) -> Group:
        """Estimates, chart and tests one under the other."""
        line = Paragraphs((f"{self.words.say('line')}: {self.line}",), "note")
        return with_band(self.words, self.estimates_block(), self.chart(), self.tests_block(), line)

    def _repr_html_(self) -> str:
        return in_notebook(self.page())

    def __repr__(self) -> str:
        return f"{self.title}\n{self.line}\n{self.estimates.to_string(index=False)}"

    def to_excel(self, path: str | Path) -> Path:
        """Write the tables as .xlsx, with their source; what is withheld is not in the file.

        Raises
        ------
        PacksFolderProblem
            The file cannot be written, for one because it is open in Excel.
        """
        from analysis.explore.answer_workbook import write_answer_workbook

        return write_answer_workbook(self, Path(path))

    def save_chart(self, path: str | Path) -> Path:
        """Write the chart as .svg or .png, by the path's ending.

        Raises
        ------
        UnknownName
            Another ending.
        PacksFolderProblem
            The file cannot be written.
        """
        from analysis.explore.answer_workbook import write_bytes

        path = Path(path)
        if path.suffix not in (".svg", ".png"):
            raise UnknownName(
                f'A chart is saved as .svg or .png, not "{path.suffix}".',
                vi=f'Biểu đồ chỉ lưu được dạng .svg hoặc .png, không phải "{path.suffix}".',
                expected=".svg or .png",
                got=path.name,
            )
        chart = self.chart()
        return write_bytes(chart.svg if path.suffix == ".svg" else chart.png(), path)


def _text(names: tuple[str, ...]) -> str:
    quoted = [f'"{name}"' for name in names]
    return quoted[0] if len(quoted) == 1 else f"[{', '.join(quoted)}]"


def _quoted(text: str) -> str:
    return f'"{text}"' if '"' not in text and "\\" not in text else repr(text)


def _p_text(p: float, language: str) -> str:
    if pd.isna(p):
        return "–"
    text = "< 0.001" if p < 0.001 else f"{p:.3f}"
    return text.replace(".", ",") if language == "vi" else text
