"""`workbench check`: any file, or a round with its file -> every finding, on the screen and in a workbook."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from analysis import paths
from analysis.commands.shared import DEFAULT_ROUND, reading_options
from analysis.errors import UnknownName, WorkbenchError

#: Findings shown one by one; all of them stand in the workbook.
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
@reading_options
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
    name = survey_round or DEFAULT_ROUND
    if xlsx is not None:
        from analysis.intake.report.report_target import check_target

        check_target(xlsx, [file] if file is not None else _files_of(name))
    checked = _check_file(file, **how) if file is not None else _check_round(name)
    if xlsx is not None:
        _write(checked, xlsx, name if file is None else file.stem, of_round=file is None)
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
    """Check a round: what is still to be decided, all of it; else the gravest of what its file has."""
    from analysis.findings import describe_first
    from analysis.intake.file_checks.checked_file import Checked
    from analysis.rounds import round_file
    from analysis.rounds.decisions import check_decisions

    undecided = check_decisions(round_file(name))
    checked = Checked(undecided, [], ()) if len(undecided) else _with_training(name)
    for table in checked.tables:
        rows, columns = len(table.rows), len(table.columns)
        click.echo(f"{table.path.name}: {rows} dòng / rows, {columns} cột / columns.")
    text = describe_first(checked.findings, max(SHOWN, len(undecided)))
    if text:
        click.echo(text)
    _say_count(name, checked.findings)
    return checked


def _files_of(name: str) -> list[Path]:
    """The round's data file and that of the round it is compared with, as far as the settings can be read."""
    from analysis.errors import WorkbenchError
    from analysis.rounds import read_previous, read_round

    try:
        survey_round = read_round(name)
        previous = read_previous(survey_round)
    except WorkbenchError:  # said by the check itself
        return []
    return [one.data_file for one in (survey_round, previous) if one]


def _write(checked, xlsx: Path, name: str, of_round: bool) -> None:
    """Write the workbook; of a round's microdata it holds the bad cells alone."""
    from analysis.intake.report.report_workbook import write_findings_workbook

    made = write_findings_workbook(
        checked.findings,
        checked.tables,
        xlsx,
        personal=checked.hidden,
        known=checked.known,
        bad_cells_alone=of_round,
    )
    click.echo(f"Đã ghi mọi phát hiện / all findings: {paths.short(made)}")
    reports = paths.reports_folder()
    if checked.tables and not (made.resolve().parent == reports and made.name.startswith(name)):
        kept = paths.short(reports / f"{name}.xlsx")
        click.echo(
            "Bảng này có trích dữ liệu của tệp gốc (ô sai, mã người trả lời): hãy xóa khi sửa xong, không "
            f"gửi đi. Ghi vào {kept} thì `workbench purge` xóa cùng tệp gốc. / It holds cells of the file: "
            f"delete it when done. Written to {kept} it goes with the original by `workbench purge`."
        )


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
        return own._replace(findings=join_findings([own.findings, findings_table([finding_of(fault)])]))
    if records is None:
        return own
    return Checked(
        join_findings([own.findings, records.findings]),
        [*own.tables, *records.tables],
        (*own.hidden, *records.hidden),
        own.known,
    )


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
