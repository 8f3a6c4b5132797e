"""The `workbench` command: the top floor, which may call everything and is called by nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from analysis import paths
from analysis.errors import WorkbenchError

DEFAULT_ROUND = "example-2021"
#: Notes of each kind that a build prints.
NOTES_SHOWN = 5


class _Group(click.Group):
    """Commands whose user errors print as sentences, with their own exit codes, and no traceback."""

    def invoke(self, ctx: click.Context):
        try:
            return super().invoke(ctx)
        except WorkbenchError as fault:
            if ctx.params.get("debug"):
                raise
            click.echo(str(fault), err=True)
            sys.exit(fault.exit_code)
        except KeyboardInterrupt:
            click.echo("Đã dừng theo yêu cầu. / Stopped.", err=True)
            sys.exit(130)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="papi-workbench")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def main(debug: bool) -> None:
    """Kiên Giang PAPI Workbench: survey files in, district briefing packs out.

    Bộ công cụ PAPI Kiên Giang: đưa tệp khảo sát vào, nhận bản tin từng huyện.
    """


_round_option = click.option(
    "--round", "survey_round", default=DEFAULT_ROUND, show_default=True, help="Survey round (data/rounds)."
)


@main.command()
@_round_option
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
def packs(
    survey_round: str,
    language: str,
    only: tuple[str, ...],
    out: Path | None,
    notebook: Path | None,
    workers: int | None,
) -> None:
    """Build the briefing packs and the pages about the round. / Dựng bản tin các huyện và các trang chung."""
    from analysis.batch.run import build_packs
    from analysis.pipeline import read_notes

    report = build_packs(survey_round, language, out, only, workers, notebook, _progress)
    failed = [*report.failed, *report.failed_pages]
    for outcome in sorted(failed, key=lambda o: o.job.code):
        first_line = outcome.reason.strip().splitlines()[-1] if outcome.reason.strip() else ""
        click.echo(f"Hỏng / failed: {outcome.job.name}: {first_line}", err=True)
    of_districts = f"Đã dựng / built: {len(report.built)}; hỏng / failed: {len(report.failed)}."
    of_pages = f"Trang chung / pages: {len(report.built_pages)}; hỏng / failed: {len(report.failed_pages)}."
    said = [of_districts] if report.built or report.failed else []
    said += [of_pages] if report.built_pages or report.failed_pages else []
    click.echo(" ".join([*said, paths.short(report.index)]))
    _print_notes(read_notes(survey_round))
    if failed:
        sys.exit(1)


def _print_notes(notes: Iterable[dict[str, str]]) -> None:
    """What an analyst should know of a round's file, after the build's own lines."""
    from analysis.findings import describe_findings

    text = describe_findings(notes, NOTES_SHOWN)
    if text:
        click.echo(text)


def _progress(outcomes: Iterator, total: int) -> Iterable:
    """One bar, on the error stream so that piped output stays clean."""
    from tqdm import tqdm

    bar = tqdm(outcomes, total=total, unit="page", desc="packs", file=sys.stderr, dynamic_ncols=True)
    for outcome in bar:
        bar.set_postfix_str(outcome.job.name + ("" if outcome.ok else " !"))
        yield outcome


@main.command()
@_round_option
@click.option("--force", is_flag=True, help="Build again even where nothing changed.")
def build(survey_round: str, force: bool) -> None:
    """Build a round's results table. / Dựng bảng kết quả của một vòng khảo sát."""
    from analysis.pipeline import build_round

    built = build_round(survey_round, force)
    state = "đã dựng / built" if built.fresh else "không có gì thay đổi / up to date"
    click.echo(f"{survey_round}: {state}. {paths.short(built.results)}")
    _print_notes(built.notes)


@main.command()
@_round_option
def check(survey_round: str) -> None:
    """Check a round and change nothing. / Kiểm tra một vòng khảo sát, không sửa gì.

    Prints every finding; ends with 0 where nothing stops a build, else with the first stop's code.
    """
    from analysis.findings import describe_findings, exit_code_of
    from analysis.pipeline import check_round

    findings = check_round(survey_round)
    text = describe_findings(findings)
    if text:
        click.echo(text)
    stops, notes = ((findings["kind"] == kind).sum() for kind in ("stop", "note"))
    click.echo(f"{survey_round}: {stops} lỗi phải sửa / stop; {notes} lưu ý / note.")
    sys.exit(exit_code_of(findings))


@main.command()
@_round_option
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


@main.command()
def rounds() -> None:
    """List the survey rounds. / Liệt kê các vòng khảo sát."""
    from analysis.rounds import read_round, round_names

    for name in round_names():
        click.echo(f"{name}\t{read_round(name).title_vi}")


@main.command(context_settings={"ignore_unknown_options": True})
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


if __name__ == "__main__":
    main()
