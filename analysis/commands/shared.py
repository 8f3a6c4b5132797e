"""What several commands share: the option that names a round, and how notes are printed."""

from __future__ import annotations

from collections.abc import Iterable

import click

DEFAULT_ROUND = "example-2021"
#: Notes of each kind that a build prints.
NOTES_SHOWN = 5

round_option = click.option(
    "--round", "survey_round", default=DEFAULT_ROUND, show_default=True, help="Survey round (data/rounds)."
)


def print_notes(notes: Iterable[dict[str, str]]) -> None:
    """What an analyst should know of a round's file, after the build's own lines."""
    from analysis.findings import describe_findings

    text = describe_findings(notes, NOTES_SHOWN)
    if text:
        click.echo(text)
