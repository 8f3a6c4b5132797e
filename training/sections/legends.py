"""Figures that a table shows -> what its signs mean and what its intervals stand for, each said once."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.estimates import quality
from training.rules.vocabulary import say_states
from training.sections.figures import Figure
from training.sections.opened import TrainingPage


def legend(page: TrainingPage, figures: Iterable[Figure], explained: bool = False) -> list[str]:
    """One line for each sign that these figures use.

    Parameters
    ----------
    figures : iterable of Figure
    explained : bool
        Say what the intervals stand for too: once a section is enough.
    """
    shown = [figure for figure in figures if figure.quality != "absent"]
    flags = {figure.quality for figure in shown}
    least, care = str(page.thresholds.group_least), str(page.thresholds.caution_below)
    said = []
    if quality.SUPPRESSED in flags:
        said.append(page.say("training_sign_hidden", least=least))
    if quality.CAUTION in flags:
        said.append(page.say("training_sign_caution", below=care))
    if quality.NOT_ESTIMATED in flags:
        said.append(page.say("training_sign_none"))
    if not explained:
        return said
    kinds = {figure.about.interval for figure in shown if figure.about and figure.has_interval}
    return [*said, *(say_states(kind, page.language)[0] for kind in sorted(kinds) if kind)]


def certificate_notes(page: TrainingPage, figures: Iterable[Figure]) -> list[str]:
    """The certificate rules that these figures were judged by, in force on the classes' last days."""
    rules = {code.removeprefix("rule=") for one in figures for code in one.codes if code.startswith("rule=")}
    names = [page.rule_name("certificate", rule) for rule in sorted(rules)]
    return [page.say("training_certificate_rule", rule="; ".join(names))] if names else []
