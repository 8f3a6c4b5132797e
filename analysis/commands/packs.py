"""`workbench packs` and `workbench build`: a round -> its results, its packs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis import paths
from analysis.commands.shared import build_with_training, print_notes, round_option

if TYPE_CHECKING:
    from analysis.batch.run import Report

#: Codes that one line names.
NAMED = 8


@click.command()
@round_option
@click.option("--language", default="vi", show_default=True, help="vi or en.")
@click.option(
    "--only", multiple=True, metavar="NAME", help="A district, or a page such as methods; may be repeated."
)
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Output folder [packs].")
@click.option(
    "--notebook",
    type=click.Path(path_type=Path),
    default=None,
    help="Districts' notebook [district_briefing.ipynb].",
)
@click.option("--workers", type=click.IntRange(min=1), default=None, help="Notebooks at a time [cores].")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=None,
    metavar="SECONDS",
    help="Most time for one page [900]. / Thời gian tối đa cho một trang.",
)
@click.option(
    "--memory",
    type=click.IntRange(min=0),
    default=None,
    metavar="MB",
    help="Most address space for one page; 0 = no limit [8192]. / Bộ nhớ tối đa cho một trang.",
)
@click.option(
    "--force", is_flag=True, help="Make pages again that did not change. / Dựng lại cả trang không đổi."
)
@click.option("--dry-run", is_flag=True, help="Say what would be made and why. / Chỉ nêu sẽ dựng gì, vì sao.")
@click.option(
    "--scheduler",
    default="",
    metavar="TCP",
    help="Use other machines' workers (docs/cluster.md). / Chạy trên nhiều máy.",
)
@click.option("--docx", is_flag=True, help="Word files too. / Thêm tệp Word.")
@click.option("--pdf", is_flag=True, help="PDF files too; needs Chromium, Chrome or Edge. / Thêm tệp PDF.")
def packs(
    survey_round: str,
    language: str,
    only: tuple[str, ...],
    out: Path | None,
    notebook: Path | None,
    workers: int | None,
    timeout: float | None,
    memory: int | None,
    scheduler: str,
    force: bool,
    dry_run: bool,
    docx: bool,
    pdf: bool,
) -> None:
    """Build the briefing packs and the pages about the round. / Dựng bản tin các huyện và các trang chung.

    What stands as it would be made is left as it is.

    Exit code: 0 all was made; 1 some pages failed (packs/failed/ says why); 2, or the number of its kind from
    10 on, a fault for which nothing could run; 130 stopped by Ctrl-C or SIGTERM.
    """
    notes: list[dict[str, object]] = []

    def build_all(name: str) -> None:
        notes.extend(build_with_training(name).notes)

    made = {"word": docx, "pdf": pdf, "force": force}
    if dry_run:
        from analysis.batch.run import plan_packs

        _say_plan(plan_packs(survey_round, language, out, only, notebook, build_all, **made))
        return
    with nullcontext() if scheduler else _server_ahead(survey_round, language, out, force):
        from analysis.batch.limits import USUAL, Limits
        from analysis.batch.run import build_packs

        report = build_packs(
            survey_round,
            language,
            out,
            only,
            workers,
            notebook,
            show_progress,
            build_all,
            **made,
            limits=Limits(timeout or USUAL.seconds, USUAL.bytes if memory is None else memory << 20),
            scheduler=scheduler,
        )
    _say_made(report)
    print_notes(notes)
    if report.failed or report.failed_pages:
        sys.exit(1)


def _server_ahead(
    survey_round: str, language: str, out: Path | None, force: bool
) -> AbstractContextManager[None]:
    """The process that makes the pages imports its libraries while this one imports its own.

    Not where packs stand already: mostly there is nothing to make then, and the two would hold each other up.
    """
    from analysis.batch.folder import MANIFEST

    stand = ((out or paths.packs_folder()) / MANIFEST).is_file() and not force
    if stand or sys.platform != "linux":
        return nullcontext()
    from analysis.batch.engines.early import server_ahead

    return server_ahead(f"{survey_round}:{language}")


def _say_plan(report: Report) -> None:
    _say_reasons(report)
    many = len(report.reasons) - len(report.unchanged)
    click.echo(f"Sẽ dựng / to make: {many}. {_unchanged(report)}")


def _say_made(report: Report) -> None:
    """Why pages were made, the table of all, what failed, and the sums."""
    from analysis.commands.packs_table import packs_table

    _say_reasons(report)
    failed = [*report.failed, *report.failed_pages]
    unchanged = [report.folders[code] for code in report.unchanged]
    click.echo(packs_table([*report.built, *report.built_pages, *failed], unchanged))
    for outcome in sorted(failed, key=lambda o: o.job.code):
        first_line = outcome.reason.strip().splitlines()[-1] if outcome.reason.strip() else ""
        click.echo(f"Hỏng / failed: {outcome.job.name}: {first_line}", err=True)
    of_districts = f"Đã dựng / built: {len(report.built)}; hỏng / failed: {len(report.failed)}."
    of_pages = f"Trang chung / pages: {len(report.built_pages)}; hỏng / failed: {len(report.failed_pages)}."
    said = [of_districts] if report.built or report.failed else []
    said += [of_pages] if report.built_pages or report.failed_pages else []
    click.echo(" ".join([*said, _unchanged(report), paths.short(report.index)]))


def _unchanged(report: Report) -> str:
    return f"Không đổi / unchanged: {len(report.unchanged)}."


def _say_reasons(report: Report) -> None:
    """Why pages are made, one line for all that have the same reasons."""
    from analysis.batch.keys.reasons import say_reasons

    alike: dict[tuple, list[str]] = {}
    for code, why in report.reasons.items():
        if why:
            alike.setdefault(tuple(why), []).append(code)
    for why, codes in alike.items():
        said = say_reasons([*why])
        named = codes if len(codes) <= NAMED else [*codes[:NAMED], f"… (+{len(codes) - NAMED})"]
        click.echo(f"{', '.join(named)}: {said['vi']}. / {said['en']}.")


def show_progress(outcomes: Iterator, total: int) -> Iterable:
    """One bar with the time left, on the error stream so that piped output stays clean."""
    from tqdm import tqdm

    failed = 0
    bar = tqdm(
        outcomes,
        total=total,
        desc="Dựng / building",
        bar_format="{desc} {n_fmt}/{total_fmt} |{bar}| {elapsed}, còn / left {remaining}{postfix}",
        file=sys.stderr,
        dynamic_ncols=True,
        smoothing=0,  # the mean of all pages so far: they take turns on the cores
    )
    for outcome in bar:
        failed += not outcome.ok
        state = f"hỏng / failed {failed}" if failed else "OK"
        bar.set_postfix_str(f"{outcome.job.name}; {state}")
        yield outcome


@click.command()
@round_option
@click.option("--force", is_flag=True, help="Build again even where nothing changed.")
def build(survey_round: str, force: bool) -> None:
    """Build a round's results table. / Dựng bảng kết quả của một vòng khảo sát."""
    built = build_with_training(survey_round, force)
    state = "đã dựng / built" if built.fresh else "không có gì thay đổi / up to date"
    click.echo(f"{survey_round}: {state}. {paths.short(built.results)}")
    print_notes(built.notes)
