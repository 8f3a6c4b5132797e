"""`workbench check`: any file, or a round with its file -> every finding, on the screen and in a workbook."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from analysis import paths
from analysis.commands.shared import DEFAULT_ROUND
from analysis.errors import UnknownName, WorkbenchError

#: Findings shown one by one when a file is checked; all of them stand in the workbook.
SHOWN = 20


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--round", "survey_round", default=None, help=f"Survey round (data/rounds).  [default: {DEFAULT_ROUND}]"
)
@click.option(
    "--xlsx",
    type=click.Path(path_type=Path),
    default=None,
    help="Write all findings here, cells coloured. / Ghi mọi phát hiện ra Excel, ô sai được tô màu.",
)
@click.option(
    "--schema", default="", help="Kind of list (data/schemas), such as class_list. / Loại danh sách."
)
@click.option("--sheet", default="", help="Sheet of a workbook [all]. / Trang tính.")
@click.option("--header-row", type=click.IntRange(min=0), default=0, help="Row of the headings [found].")
@click.option("--encoding", default="", help="Of the texts, such as cp1258 [found]. / Bảng mã.")
@click.option("--legacy", default="", help="tcvn3 or vni: convert; keep: leave. / Chuyển từ bảng mã cũ.")
@click.option("--delimiter", default="", help="Of a .csv [found]. / Dấu phân cách cột.")
def check(file: Path | None, survey_round: str | None, xlsx: Path | None, **how: object) -> None:
    """Check FILE, or a round, and change nothing. / Kiểm tra một tệp hoặc một vòng khảo sát, không sửa gì.

    Ends with 0 where nothing stops a build, else with the first stop's code.
    """
    from analysis.findings import exit_code_of

    given = [name for name, value in how.items() if value]
    if file is not None and survey_round is not None:
        raise _both("FILE and --round", "tệp và --round")
    if file is None and given:
        raise _both(f"--{given[0].replace('_', '-')} without FILE", f"--{given[0]} mà không có tệp")
    checked = _check_file(file, **how) if file is not None else _check_round(survey_round or DEFAULT_ROUND)
    if xlsx is not None:
        from analysis.intake.report.report_workbook import write_findings_workbook

        made = write_findings_workbook(checked.findings, checked.tables, xlsx, personal=checked.hidden)
        click.echo(f"Đã ghi mọi phát hiện / all findings: {paths.short(made)}")
    sys.exit(exit_code_of(checked.findings))


def _check_file(file: Path, **how):
    """Check any file: the gravest findings on the screen, then how many there are of each kind."""
    from analysis.findings import describe_first
    from analysis.intake.file_checks.checked_file import check_file

    checked = check_file(file, **how)
    text = describe_first(checked.findings, SHOWN)
    if text:
        click.echo(text)
    _say_count(file.name, checked.findings)
    return checked


def _check_round(name: str):
    """Check a round: what is still to be decided, else everything that its settings and file have."""
    from analysis.findings import describe_findings
    from analysis.intake.file_checks.checked_file import Checked
    from analysis.rounds import round_file
    from analysis.rounds.decisions import check_decisions

    undecided = check_decisions(round_file(name))
    checked = Checked(undecided, [], ()) if len(undecided) else _with_training(name)
    text = describe_findings(checked.findings)
    if text:
        click.echo(text)
    _say_count(name, checked.findings)
    return checked


def _with_training(name: str):
    """What is found about a round's own file, then about the records of training that it names."""
    from analysis.findings import finding_of, findings_table, join_findings
    from analysis.intake.file_checks.checked_file import Checked
    from analysis.pipeline import check_round_with_tables
    from training.build import check_training

    own = check_round_with_tables(name)
    try:
        records = check_training(name)
    except WorkbenchError as fault:
        return Checked(
            join_findings([own.findings, findings_table([finding_of(fault)])]), own.tables, own.hidden
        )
    if records is None:
        return own
    findings = join_findings([own.findings, records.findings])
    return Checked(findings, [*own.tables, *records.tables], (*own.hidden, *records.hidden))


def _say_count(name: str, findings) -> None:
    counts = findings["kind"].value_counts()
    left = f"{counts['left_out']} dòng bị loại / row left out; " if "left_out" in counts else ""
    stops, notes = counts.get("stop", 0), counts.get("note", 0)
    click.echo(f"{name}: {stops} lỗi phải sửa / stop; {left}{notes} lưu ý / note.")


def _both(what: str, vi: str) -> UnknownName:
    return UnknownName(
        f"These do not go together: {what}.",
        vi=f"Không dùng được cùng nhau: {vi}.",
        expected="workbench check FILE [--schema …], or workbench check --round NAME",
        hint="Give a file, or a round.",
    )
