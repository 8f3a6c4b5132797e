"""What several commands share: the option naming a round, its build with training, how notes are printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

DEFAULT_ROUND = "example-2021"
#: Notes of each kind that a build prints.
NOTES_SHOWN = 5

round_option = click.option(
    "--round", "survey_round", default=DEFAULT_ROUND, show_default=True, help="Survey round (data/rounds)."
)


@dataclass(frozen=True)
class BuiltRound:
    """What a round's build left behind: whether anything was made again, and what to know about it."""

    results: Path
    fresh: bool
    notes: tuple[dict[str, object], ...]


def build_with_training(name: str, force: bool = False) -> BuiltRound:
    """Build a round's results and, where it names records of training, theirs beside them.

    Raises
    ------
    WorkbenchError
        Whatever the stages find wrong.
    """
    from analysis.pipeline import build_round
    from training.build import build_training

    survey = build_round(name, force)
    beside = build_training(name, force)
    fresh = survey.fresh or (beside is not None and beside.fresh)
    return BuiltRound(survey.results, fresh, (*survey.notes, *(beside.notes if beside else ())))


def print_notes(notes: Iterable[dict[str, str]]) -> None:
    """What an analyst should know of a round's file, after the build's own lines."""
    from analysis.findings import describe_findings

    text = describe_findings(notes, NOTES_SHOWN)
    if text:
        click.echo(text)
