"""`workbench verify`, `workbench diff`: folders of packs -> whether every byte is right, what changed."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from analysis import paths

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
    from analysis.batch.verify import verify_packs

    folder = folder or paths.packs_folder()
    if rebuild:
        from analysis.batch.rebuild import verify_rebuild

        found = verify_rebuild(folder, notebook, workers)
    else:
        found = verify_packs(folder)
    for finding in found.to_dict("records"):
        click.echo(f"{finding['vi']} / {finding['what']}")
    if len(found):
        click.echo(f"{paths.short(folder)}: {len(found)} chỗ không khớp / differences.")
        sys.exit(1)
    click.echo(f"{paths.short(folder)}: khớp hoàn toàn / every byte is right.")


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
