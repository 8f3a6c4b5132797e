"""`workbench rounds` and `lab`: which rounds there are, and JupyterLab to ask them in."""

from __future__ import annotations

import sys

import click

from analysis import paths
from analysis.commands.shared import DEFAULT_ROUND, build_with_training
from analysis.errors import WorkbenchError, shown


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
    """Open JupyterLab to ask a round. / Mở JupyterLab để tra cứu, phân tích.

    Works in the folder workspace/ (git-ignored): the notebooks are copied there, and what you changed is
    kept. On this machine only (127.0.0.1), without internet. ARGUMENTS go on to JupyterLab, such as
    --no-browser.
    Làm việc trong thư mục workspace/: sổ tay được chép vào đó, phần bạn đã sửa được giữ nguyên. Chỉ mở trên
    máy này (127.0.0.1), không dùng internet.

    Builds the example round first where it is not built, so that Run All works at once.
    """
    try:
        build_with_training(DEFAULT_ROUND)
    except WorkbenchError as fault:  # the notebooks may be about another round
        click.echo(str(fault), err=True)
    sys.exit(_open_lab(arguments))


def _open_lab(arguments: tuple[str, ...]) -> int:
    from jupyterlab.labapp import main as open_lab

    from analysis.lab.opening import lab_arguments, lab_environment
    from analysis.lab.workspace import lay_workspace

    folder = paths.workspace_folder()
    laid = lay_workspace(folder)
    click.echo(f"Thư mục làm việc / working folder: {folder}")
    if laid.refreshed:
        click.echo(f"Đã cập nhật / brought up to date: {shown(laid.refreshed)}")
    if laid.kept:
        kept = "Bạn đã sửa nên được giữ nguyên, không theo bản mới / changed by you, kept as they are"
        click.echo(f"{kept}: {shown(laid.kept)}")
    with lab_environment(folder):
        return open_lab(lab_arguments(folder, arguments)) or 0
