"""A round's name -> the panel in a notebook; where no person is there to choose, its answer as a page."""

from __future__ import annotations

from collections.abc import Sequence

import ipywidgets as widgets

from analysis.briefing.wording import check_language
from analysis.errors import WorkbenchError
from analysis.explore.answer import Answer
from analysis.explore.asking import Asking
from analysis.explore.panel.chosen import Chosen
from analysis.explore.panel.form import Form, refused
from analysis.explore.panel.results import Results
from analysis.explore.survey import open_survey
from analysis.explore.words import Words


class Panel:
    """Choices on the left, the answer on the right; every change is answered at once.

    Attributes
    ----------
    form, results
        The controls, and what they show.
    answer : Answer or None
        The answer that is shown; for going on in the next cell.
    """

    def __init__(self, survey: Asking, language: str, chosen: Chosen) -> None:
        self._surveys = {survey.survey_round.survey_round: survey}
        self.survey = survey
        self.form, self.results = Form(self._answer), Results()
        self.form.fill(survey, language, chosen)
        self.form.language.observe(self._on_language, names="value")
        self.form.round.observe(self._on_round, names="value")
        self._answer()

    @property
    def language(self) -> str:
        return self.form.language.value

    @property
    def answer(self) -> Answer | None:
        return self.results.answer

    @property
    def box(self) -> widgets.HBox:
        """The whole panel as one widget; on a narrow window the answer moves under the choices."""
        return widgets.HBox([self.form.box, self.results.box], layout={"flex_flow": "row wrap"})

    def _answer(self) -> None:
        chosen, words = self.form.chosen, Words(self.survey.labels, self.language)
        why = refused(chosen, words)
        if why:
            self.results.refuse(why, words)
            return
        try:
            self.results.show(chosen.ask(self.survey, self.language))
        except WorkbenchError as fault:
            self.results.refuse(str(fault), words)

    def _on_language(self, change: dict) -> None:
        """The same answer in other words: nothing is reckoned again."""
        chosen, answer = self.form.chosen, self.answer
        self.form.fill(self.survey, change["new"], chosen)
        if answer is None:
            self._answer()
        else:
            filter_text = chosen.filter_text(self.survey.labels, self.language)
            self.results.show(answer.in_language(self.language, filter_text))

    def _on_round(self, change: dict) -> None:
        name = change["new"]
        if self.form.is_filling or name is None or name == self.survey.survey_round.survey_round:
            return
        try:
            if name not in self._surveys:
                self._surveys[name] = open_survey(name, self.language)
        except WorkbenchError as fault:
            self.results.refuse(str(fault), Words(self.survey.labels, self.language))
            return
        before = self.form.chosen
        self.survey = self._surveys[name]
        self.form.fill(self.survey, self.language, carried_over(before, self.survey))
        self._answer()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        if somebody_is_there():
            return self.box._repr_mimebundle_()
        return {"text/html": self._repr_html_(), "text/plain": repr(self)}

    def _repr_html_(self) -> str:
        return self.answer._repr_html_() if self.answer else self.results.message.value

    def __repr__(self) -> str:
        return self.answer.line if self.answer else "Panel"


def open_panel(
    survey_round: str,
    language: str = "vi",
    measures: str | Sequence[str] = (),
    by: str = "",
) -> Panel | Answer:
    """Open the panel on a round.

    Parameters
    ----------
    survey_round : str
    language : {"vi", "en"}
    measures : str or list of str, optional
        Chosen at first; the round's first score or indicator by default.
    by : str, optional
        The breakdown chosen at first.

    Returns
    -------
    Panel or Answer
        The panel; run by papermill or nbclient the plain answer, with no widget and so no widgets' state.
    """
    survey = open_survey(survey_round, check_language(language))
    first = (measures,) if isinstance(measures, str) else tuple(measures)
    chosen = Chosen(first or tuple(survey.labels.tree[:1]), by=by)
    return chosen.ask(survey, language) if nobody_is_there() else Panel(survey, language, chosen)


def carried_over(chosen: Chosen, survey: Asking) -> Chosen:
    """What of the choices another round has too; its first measure where it has none of them."""
    there = set(survey.labels.table.index)
    measures = tuple(name for name in chosen.measures if name in there) or tuple(survey.labels.tree[:1])
    by = chosen.by if chosen.by in set(survey.groups) else ""
    return Chosen(measures, chosen.place, by, chosen.filters, chosen.against)


def nobody_is_there() -> bool:
    """Whether a notebook is run by a program alone."""
    from IPython import get_ipython

    return getattr(get_ipython(), "kernel", None) is not None and not somebody_is_there()


def somebody_is_there() -> bool:
    """Whether the cell was sent by a program with a person before it, who can answer and choose.

    Notes
    -----
    JupyterLab and other notebook windows say so with every cell (`allow_stdin`); papermill and nbclient say
    no.
    """
    from IPython import get_ipython

    kernel = getattr(get_ipython(), "kernel", None)
    if kernel is None:
        return False
    parent = kernel.get_parent("shell") or {}
    return bool(parent.get("content", {}).get("allow_stdin", False))
