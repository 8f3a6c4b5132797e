"""Choices -> the panel's widgets, empty of any reckoning: what they hold is read with `chosen`."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

from analysis.explore.asking import MOST_MEASURES, Asking
from analysis.explore.panel import choices
from analysis.explore.panel.chosen import Chosen
from analysis.explore.words import Words

_WIDE = {"width": "98%"}
#: Rows shown of the lists.
_MEASURE_ROWS, _FILTER_ROWS = 9, 5


class Form:
    """The controls of the panel.

    Attributes
    ----------
    is_filling : bool
        While the program changes controls, whose changes are then nobody's choice.

    Parameters
    ----------
    changed : callable
        Called after a person changed something that changes the answer.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed, self.is_filling = changed, False
        self._survey: Asking | None = None
        self.language = widgets.ToggleButtons(
            options=[("Tiếng Việt", "vi"), ("English", "en")], style={"button_width": "90px"}
        )
        self.round = self._dropdown()
        self.search = widgets.Text(continuous_update=True, layout=_WIDE)
        self.measures = widgets.SelectMultiple(rows=_MEASURE_ROWS, layout=_WIDE)
        self.found = widgets.HTML()
        self.place, self.by, self.against = (self._dropdown() for _ in range(3))
        self.filters = widgets.SelectMultiple(rows=_FILTER_ROWS, layout=_WIDE)
        names = ("round", "search", "measures", "place", "by", "filters", "against")
        self.titles = {name: widgets.Label() for name in names}
        for control in (self.measures, self.place, self.by, self.filters, self.against):
            control.observe(self._on_change, names="value")
        self.search.observe(self._on_search, names="value")

    @staticmethod
    def _dropdown() -> widgets.Dropdown:
        return widgets.Dropdown(layout=_WIDE)

    @property
    def box(self) -> widgets.VBox:
        """All controls under their titles."""
        rows = [self.language]
        for name, title in self.titles.items():
            rows += [title, getattr(self, name)] + ([self.found] if name == "measures" else [])
        return widgets.VBox(rows, layout={"flex": "0 0 250px", "min_width": "0"})

    @property
    def chosen(self) -> Chosen:
        return Chosen(
            measures=tuple(self.measures.value),
            place=self.place.value or "",
            by=self.by.value or "",
            filters=tuple(self.filters.value),
            against=self.against.value,
        )

    def fill(self, survey: Asking, language: str, chosen: Chosen) -> None:
        """Put a round's choices in, in a language, and choose."""
        self._survey, self.is_filling = survey, True
        words = Words(survey.labels, language)
        for name, title in self.titles.items():
            title.value = words.say(name if name != "filters" else "filter")
        self.language.value = language
        self.search.placeholder = words.say("search_hint")
        _set(self.round, choices.round_options(language), survey.survey_round.survey_round)
        _set(self.place, choices.place_options(survey, language), chosen.place)
        _set(self.by, choices.by_options(survey, language), chosen.by)
        _set(self.against, choices.against_options(survey, language), chosen.against)
        filters = choices.filter_options(survey, language)
        known = {value for _, value in filters}
        self.filters.options = filters
        self.filters.value = tuple(value for value in chosen.filters if value in known)
        self._show_measures(chosen.measures)
        self.is_filling = False

    def _show_measures(self, chosen: tuple[str, ...]) -> None:
        """The measures that the search finds, and those that are chosen, which stay in sight."""
        survey, language = self._survey, self.language.value
        found = choices.measure_options(survey, language, self.search.value)
        known = {value for _, value in found}
        others = [each for each in choices.measure_options(survey, language) if each[1] not in known]
        options = [*(each for each in others if each[1] in chosen), *found]
        self.measures.options = options
        valid = {value for _, value in options}
        self.measures.value = tuple(name for name in chosen if name in valid)
        words = Words(survey.labels, language)
        hint = words.say("found", count=words.count(len(found))) if self.search.value.strip() else ""
        self.found.value = f"<small>{hint} {words.say('measures_hint')}</small>"

    def _on_search(self, _: object) -> None:
        if not self.is_filling:
            self.is_filling = True
            self._show_measures(tuple(self.measures.value))
            self.is_filling = False

    def _on_change(self, _: object) -> None:
        if not self.is_filling:
            self._changed()


def refused(chosen: Chosen, words: Words) -> str:
    """Why what is chosen cannot be asked, "" where it can."""
    if not chosen.measures:
        return words.say("choose")
    if len(chosen.measures) > MOST_MEASURES:
        return words.say("most", most=str(MOST_MEASURES))
    return ""


def _set(control: widgets.Dropdown, options: choices.Options, value: str) -> None:
    """New options with one of them chosen: the one wanted, else the first."""
    control.options = options
    control.value = value if value in {each for _, each in options} else options[0][1]
