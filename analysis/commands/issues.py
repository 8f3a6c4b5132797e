"""`workbench verify`, `workbench diff`: folders of packs -> whether every byte is right, what changed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis import paths
from analysis.commands.shared import build_with_training

if TYPE_CHECKING:
    from analysis.batch.manifest import Manifest

_RIGHT = "khớp hoàn toàn / every byte is right"
_folder = click.Path(path_type=Path)


@click.command()
@click.argument("folder", type=_folder, required=False)
@click.option(
    "--rebuild", is_flag=True, help="Build them again elsewhere and compare. / Dựng lại rồi đối chiếu."
)
@click.option("--notebook", type=_folder, default=None, help="Districts' notebook [district_briefing.ipynb].")
@click.option("--workers", type=click.IntRange(min=1), default=None, help="Notebooks at a time [cores].")
def verify(folder: Path | None, rebuild: bool, notebook: Path | None, workers: int | None) -> None:
    """Compare packs with their manifest. / Đối chiếu bộ bản tin với manifest.json.

    Names every file that differs, is missing or was put in, and ends with 1 where there is one.
    """
    from analysis.batch.rebuild import verify_rebuild
    from analysis.batch.verify import sets_in, verify_packs

    differ = False
    for one in sets_in(folder or paths.packs_folder()):
        found = verify_rebuild(one, _remake(one, notebook, workers)) if rebuild else verify_packs(one)
        for finding in found.to_dict("records"):
            click.echo(f"{finding['vi']} / {finding['what']}")
        said = f"{len(found)} chỗ không khớp / differences" if len(found) else _RIGHT
        click.echo(f"{paths.short(one)}: {said}.")
        differ |= bool(len(found))
    if differ:
        sys.exit(1)


def _remake(folder: Path, notebook: Path | None, workers: int | None) -> Callable[[Manifest, Path], None]:
    """How the pages of a folder are made again."""
    from analysis.batch.manifest import OF_CLASSES, read_manifest
    from analysis.batch.rebuild import remake_packs
    from analysis.commands.class_reports import remake_reports

    if read_manifest(folder).kind == OF_CLASSES:
        return partial(remake_reports, workers=workers)
    return partial(remake_packs, notebook=notebook, workers=workers, build=build_with_training)


@click.command()
@click.argument("old", type=_folder)
@click.argument("new", type=_folder)
@click.option("--language", default="vi", show_default=True, help="vi or en.")
@click.option("--all", "everything", is_flag=True, help="Name all of them. / Nêu tất cả.")
def diff(old: Path, new: Path, language: str, everything: bool) -> None:
    """Say what changed between two issues of the packs, and why. / Nêu điểm khác giữa hai bộ bản tin."""
    from analysis.batch.changes.compare import compare_issues
    from analysis.batch.changes.words import AT_MOST, say_changes
    from analysis.briefing.wording import check_language

    check_language(language)
    changes = compare_issues(old, new)
    click.echo("\n".join(say_changes(changes, language, 0 if everything else AT_MOST)))
