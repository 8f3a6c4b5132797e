"""What several commands share: the option naming a round, its build with training, how notes are printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from analysis import paths

DEFAULT_ROUND = "example-2021"
#: Notes of each kind that a build prints.
NOTES_SHOWN = 5

round_option = click.option(
    "--round", "survey_round", default=DEFAULT_ROUND, show_default=True, help="Survey round (data/rounds)."
)


def reading_options(command: Callable) -> Callable:
    """How a file is to be read, where that cannot be seen from it: the keywords of `read_tables`."""
    for option in (
        click.option("--delimiter", default="", help="Of a .csv [found]. / Dấu phân cách cột."),
        click.option("--legacy", default="", help="tcvn3 or vni: convert; keep: leave. / Chuyển bảng mã cũ."),
        click.option("--encoding", default="", help="Of the texts, such as cp1258 [found]. / Bảng mã."),
        click.option(
            "--header-row",
            type=click.IntRange(min=0),
            default=0,
            help="Row of the headings [found]. / Dòng tiêu đề.",
        ),
        click.option("--sheet", default="", help="Sheet of a workbook [all]. / Trang tính."),
    ):
        command = option(command)
    return command


def command(text: str) -> str:
    """A command as it must be typed for this run's data folder.

    Examples
    --------
    >>> command("check --round example-2021")
    'workbench check --round example-2021'
    """
    data = paths.data_folder()
    return f"workbench {text}" if data == paths.home_data() else f'workbench --data "{data}" {text}'


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
