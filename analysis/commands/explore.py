"""`workbench rounds` and `lab`: which rounds there are, and the notebooks to ask them in."""

from __future__ import annotations

import sys

import click

from analysis import paths
from analysis.commands.shared import DEFAULT_ROUND
from analysis.errors import WorkbenchError


@click.command()
def rounds() -> None:
    """List the survey rounds. / Liệt kê các vòng khảo sát."""
    from analysis.rounds import read_round, round_names

    for name in round_names():
        try:
            title = read_round(name).title_vi
        except WorkbenchError:  # a draft that is not filled in yet is a round all the same
            title = f"(chưa dùng được / not usable yet: workbench check --round {name})"
        click.echo(f"{name}\t{title}")


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def lab(arguments: tuple[str, ...]) -> None:
    """Open JupyterLab on the notebooks. / Mở JupyterLab.

    Builds the example round first where it is not built, so that Run All works at once.
    """
    from jupyterlab.labapp import main as open_lab

    from analysis.pipeline import build_round

    try:
        build_round(DEFAULT_ROUND)
    except WorkbenchError as fault:  # the notebooks may be about another round
        click.echo(str(fault), err=True)
    sys.exit(open_lab([f"--notebook-dir={paths.notebooks_folder()}", "--ip=127.0.0.1", *arguments]))
