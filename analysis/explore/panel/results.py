"""An answer -> the right half of the panel: tables, chart, the line to copy, and the files to save."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import ipywidgets as widgets
from markupsafe import Markup, escape

from analysis.errors import WorkbenchError
from analysis.explore.answer import Answer
from analysis.explore.shown import ANSWER_CLASS, ANSWER_STYLE
from analysis.explore.words import Words

#: Where files go, inside the folder of the notebook.
EXPORTS = "exports"
#: Button -> ending of the file it saves.
_SAVES = {"export_table": ".xlsx", "export_png": ".png", "export_svg": ".svg"}


class Results:
    """What the panel shows of an answer."""

    def __init__(self) -> None:
        self.answer: Answer | None = None
        self.band, self.table, self.chart, self.tests = (widgets.HTML() for _ in range(4))
        for part in (self.band, self.table, self.chart, self.tests):
            part.add_class(ANSWER_CLASS)
        self.line_title = widgets.Label()
        self.line = widgets.Textarea(rows=2, layout={"width": "98%"}, disabled=False)
        self.message = widgets.HTML()
        self.message.add_class(ANSWER_CLASS)
        self.buttons = {name: widgets.Button(layout={"width": "auto"}) for name in _SAVES}
        for name, button in self.buttons.items():
            button.on_click(self._saver(name))

    @property
    def box(self) -> widgets.VBox:
        saves = widgets.HBox(list(self.buttons.values()), layout={"flex_flow": "row wrap"})
        parts = [
            self.band,
            self.table,
            self.chart,
            self.tests,
            self.line_title,
            self.line,
            saves,
            self.message,
        ]
        return widgets.VBox(parts, layout={"flex": "1 1 380px", "min_width": "0", "padding": "0 0 0 12px"})

    def show(self, answer: Answer) -> None:
        """Put an answer in the place of the last one."""
        self.answer, words = answer, answer.words
        self._name(words)
        self.band.value = ANSWER_STYLE + (
            Markup('<p class="note"><b>{}</b></p>').format(words.band) if words.band else ""
        )
        self.table.value = str(answer.estimates_block().markup)
        self.chart.value = str(answer.chart().markup)
        self.tests.value = str(answer.tests_block().markup)
        self.line.value = answer.line
        self.message.value = ""
        self._enable(True)

    def refuse(self, why: str, words: Words) -> None:
        """Say why there is no answer, in the place of the last one."""
        self.answer = None
        self._name(words)
        self.table.value = self.chart.value = self.tests.value = self.line.value = ""
        self.message.value = _paragraphs(why)
        self._enable(False)

    def _name(self, words: Words) -> None:
        self.line_title.value = words.say("line")
        for name, button in self.buttons.items():
            button.description = words.say(name)

    def _enable(self, there: bool) -> None:
        for button in self.buttons.values():
            button.disabled = not there

    def _saver(self, name: str) -> Callable[[widgets.Button], None]:
        def save(_: widgets.Button) -> None:
            if self.answer is None:
                return
            path = Path(EXPORTS) / f"{file_stem(self.answer)}{_SAVES[name]}"
            try:
                write = self.answer.to_excel if name == "export_table" else self.answer.save_chart
                saved = write(path).as_posix()
                self.message.value = _paragraphs(self.answer.words.say("saved", file=saved))
            except WorkbenchError as fault:
                self.message.value = _paragraphs(str(fault))

        return save


def file_stem(answer: Answer) -> str:
    """A file's name that says what was asked, in letters that every system takes."""
    question = answer.question
    parts = [answer.survey.survey_round.survey_round, *question.measures[:3]]
    parts += ["and-more"] if len(question.measures) > 3 else []
    parts += [*question.by, *([question.place] if question.place else [])]
    parts += [re.sub(r"[^\w]+", "-", question.domain)] if question.domain else []
    parts += [question.against] if question.against != "province" else []
    letters = unicodedata.normalize("NFD", "_".join(parts).replace("đ", "d").replace("Đ", "D"))
    return re.sub(r"[^A-Za-z0-9._-]+", "-", letters.encode("ascii", "ignore").decode()).strip("-")[:120]


def _paragraphs(text: str) -> str:
    return str(Markup("").join(Markup("<p>{}</p>").format(line) for line in escape(text).split("\n")))
