"""`workbench estimate`, `rounds` and `lab`: for analysts who ask questions of a round."""

from __future__ import annotations

import sys

import click

from analysis import paths
from analysis.commands.shared import DEFAULT_ROUND, build_with_training, round_option
from analysis.errors import WorkbenchError


@click.command()
@round_option
@click.argument("measures", nargs=-1, required=True)
@click.option("--by", default=None, help="A group, district, or a coded variable.")
@click.option("--domain", default=None, help="Such as \"district == '899' and sex == 'female'\".")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
def estimate(
    survey_round: str, measures: tuple[str, ...], by: str | None, domain: str | None, as_csv: bool
) -> None:
    """Estimate MEASURES with their uncertainty. / Ước lượng kèm khoảng tin cậy."""
    from analysis import open_round

    table = open_round(survey_round).mean(list(measures), by=by, domain=domain)
    if as_csv:
        click.echo(table.to_csv(index=False), nl=False)
    else:
        click.echo(table.to_string(index=False, na_rep="", float_format=lambda value: f"{value:.4g}"))


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

    try:
        build_with_training(DEFAULT_ROUND)
    except WorkbenchError as fault:  # the notebooks may be about another round
        click.echo(str(fault), err=True)
    sys.exit(open_lab([f"--notebook-dir={paths.notebooks_folder()}", "--ip=127.0.0.1", *arguments]))
