"""`workbench training`: a template for records, their check and import, a database, reports of classes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from analysis import paths
from analysis.errors import UnknownName

#: Findings shown one by one on the screen; all of them stand in the workbook of --xlsx.
SHOWN = 20

_FILES = click.argument("files", nargs=-1, type=click.Path(path_type=Path))
_DATABASE = click.option(
    "--database",
    default="",
    envvar="WORKBENCH_DATABASE",
    metavar="URL",
    help="Instead of files, such as postgresql://user@host/base; or WORKBENCH_DATABASE. / Thay cho tệp.",
)
_SHEET = click.option("--sheet", default="", help="Sheet of a workbook [all]. / Trang tính.")
_ENCODING = click.option("--encoding", default="", help="Of the texts [found]. / Bảng mã.")
_LEGACY = click.option("--legacy", default="", help="tcvn3 or vni: convert. / Chuyển từ bảng mã cũ.")
_XLSX = click.option(
    "--xlsx",
    type=click.Path(path_type=Path),
    default=None,
    help="Write all findings here, cells coloured. / Ghi mọi phát hiện ra Excel, ô sai được tô màu.",
)


@click.group("training")
def training_group() -> None:
    """Records of training classes. / Hồ sơ các lớp bồi dưỡng."""


@training_group.command("template")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--class", "class_id", default="", metavar="K01", help="For one class alone. / Cho một lớp.")
@click.option("--topic", default="", help="papi, parindex or other. / Chuyên đề.")
@click.option("--vi/--en", "vietnamese", default=True, help="Language [vi]. / Ngôn ngữ.")
@click.option("--sessions", type=click.IntRange(1, 60), default=8, show_default=True, help="Số buổi.")
@click.option("--questions", type=click.IntRange(1, 200), default=20, show_default=True, help="Số câu hỏi.")
def template(file: Path, class_id: str, topic: str, vietnamese: bool, sessions: int, questions: int) -> None:
    """Write the workbook to fill in, FILE.xlsx. / Tạo tệp Excel mẫu để ghi hồ sơ lớp."""
    from training.records.template.workbook import write_template

    made = write_template(
        file if file.suffix else file.with_suffix(".xlsx"),
        language="vi" if vietnamese else "en",
        class_id=class_id,
        topic=topic,
        sessions=sessions,
        questions=questions,
    )
    click.echo(
        f"Đã tạo mẫu / template made: {paths.short(made)}\n"
        f"Điền xong thì kiểm tra / when it is filled in: workbench training check {made.name}"
    )


@training_group.command("check")
@_FILES
@_DATABASE
@_XLSX
@_SHEET
@_ENCODING
@_LEGACY
def check(files: tuple[Path, ...], database: str, xlsx: Path | None, **how: str) -> None:
    """Check the records in FILE… together, and change nothing. / Kiểm tra hồ sơ lớp, không sửa gì.

    Ends with 0 where nothing stops an import, else with the first stop's code.
    """
    from analysis.findings import exit_code_of, findings_table
    from training.records.checking import check_files, check_tables
    from training.records.sheets.database import read_database

    _need_one(files, database)
    if database:
        checked = check_tables(read_database(database), findings_table([]))
    else:
        checked = check_files(files, **how)
    _say_findings(checked, xlsx)
    _say_records(checked.records)
    sys.exit(exit_code_of(checked.findings))


@training_group.command("import")
@_FILES
@_DATABASE
@click.option("--name", default="", help="What the records are called [from the files]. / Tên hồ sơ.")
@click.option("--replace", is_flag=True, help="Replace records of that name. / Thay hồ sơ cùng tên.")
@click.option("--copy", is_flag=True, help="Copy the files into raw/. / Chép tệp gốc vào raw/.")
@_XLSX
@_SHEET
@_ENCODING
@_LEGACY
def import_command(
    files: tuple[Path, ...],
    database: str,
    name: str,
    replace: bool,
    copy: bool,
    xlsx: Path | None,
    **how: str,
) -> None:
    """Check the records in FILE… and keep them in the data folder. / Kiểm tra rồi nhập hồ sơ lớp.

    Names, dates of birth and numbers become keyed hashes and are not kept; the key is the file that
    WORKBENCH_KEY_FILE names. / Họ tên, ngày sinh được đổi thành mã băm, không được giữ lại.
    """
    from analysis.findings import stop_on
    from training.records.sheets.database import shown_url
    from training.records.store.importing import check_for_import
    from training.records.store.stored import copy_to_raw, import_name, store_records

    _need_one(files, database)
    checked, key = check_for_import(files, database, **how)
    _say_findings(checked, xlsx)
    stop_on(checked.findings)
    kept = copy_to_raw(files) if copy else list(files)
    name = name or import_name([shown_url(database)] if database else [file.name for file in files])
    folder = store_records(checked, name, key, kept, replace=replace)
    _say_records(checked.records)
    click.echo(f"Đã nhập / imported: {paths.short(folder)}")
    for path in kept if copy else ():
        row = f"raw/{path.name}"
        click.echo(f"Hãy thêm dòng cho {row} vào retention.csv / add a row for {row} to retention.csv.")


@training_group.command("report")
@click.option("--class", "classes", multiple=True, metavar="K01", help="A class; may be repeated. / Một lớp.")
@click.option(
    "--all", "every", is_flag=True, help="Every class, and a page on all. / Mọi lớp và trang chung."
)
@click.option("--round", "survey_round", default="", help="A round that names records. / Vòng khảo sát.")
@click.option(
    "--records", default="", help='Imported records, "a+b" for several [all imported]. / Tên hồ sơ đã nhập.'
)
@click.option("--language", default="vi", show_default=True, help="vi or en.")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Output folder [packs/classes].")
@click.option("--workers", type=click.IntRange(min=1), default=None, help="Notebooks at a time [cores].")
@click.option(
    "--force", is_flag=True, help="Make pages again that did not change. / Dựng lại cả trang không đổi."
)
def report(
    classes: tuple[str, ...],
    every: bool,
    survey_round: str,
    records: str,
    language: str,
    out: Path | None,
    workers: int | None,
    force: bool,
) -> None:
    """Build the reports of classes for their trainers. / Dựng báo cáo từng lớp cho giảng viên.

    Of the records that were imported; where there are none, of the example round. What stands as it would be
    made is left as it is.
    """
    from analysis.batch.running import Running
    from analysis.commands.class_reports import build_reports, build_source, counts, default_source
    from analysis.commands.packs import show_progress
    from analysis.commands.shared import DEFAULT_ROUND, print_notes

    _need_classes(classes, every)
    if survey_round and records:
        raise UnknownName(
            "Give a round or records, one of the two.",
            vi="Hãy chỉ ra vòng khảo sát (--round) hoặc hồ sơ (--records), một trong hai.",
            expected="--round NAME, or --records NAME",
            got="both",
        )
    source = survey_round or records or default_source(DEFAULT_ROUND)
    notes = build_source(source)
    how = Running(workers, show_progress, force=force)
    ran = build_reports(source, language, out, () if every else classes, how)
    for outcome in (one for one in ran.outcomes if not one.ok):
        last = outcome.reason.strip().splitlines()[-1] if outcome.reason.strip() else ""
        click.echo(f"Hỏng / failed: {outcome.job.name}: {last}", err=True)
    done = counts(ran.outcomes)
    unchanged = sum(not why for why in ran.reasons.values())
    click.echo(
        f"{source}: đã dựng / built: {done['built']}; hỏng / failed: {done['failed']}. "
        f"Trang chung / pages: {done['pages']}. Không đổi / unchanged: {unchanged}. {paths.short(ran.index)}"
    )
    print_notes(notes)
    if done["failed"] or done["failed_pages"]:
        sys.exit(1)


def _need_classes(classes: tuple[str, ...], every: bool) -> None:
    if bool(classes) == every:
        raise UnknownName(
            "Give classes or --all, one of the two.",
            vi="Hãy chỉ ra lớp (--class K01) hoặc mọi lớp (--all), một trong hai.",
            expected="workbench training report --class K01, or --all",
            got="both" if every else "neither",
        )


@training_group.command("tables")
@_DATABASE
def tables(database: str) -> None:
    """Make the empty tables in a database. / Tạo các bảng trống trong cơ sở dữ liệu."""
    from training.records.sheets.database import create_tables

    _need_one((), database)
    made = create_tables(database)
    click.echo(f"Đã tạo / made: {', '.join(made) or 'không có bảng mới / nothing new'}")


def _need_one(files: tuple[Path, ...], database: str) -> None:
    if bool(files) == bool(database):
        raise UnknownName(
            "Give files or a database, one of the two.",
            vi="Hãy chỉ ra tệp hoặc cơ sở dữ liệu (--database), một trong hai.",
            expected="workbench training check FILE…, or --database URL",
            got="both" if files else "neither",
        )


def _say_findings(checked, xlsx: Path | None) -> None:
    """The gravest findings on the screen, all of them in the workbook."""
    from analysis.findings import describe_first
    from analysis.intake.report.report_workbook import write_findings_workbook

    text = describe_first(checked.findings, SHOWN)
    if text:
        click.echo(text)
    if xlsx is not None:
        made = write_findings_workbook(checked.findings, checked.tables, xlsx, personal=checked.hidden)
        click.echo(f"Đã ghi mọi phát hiện / all findings: {paths.short(made)}")


def _say_records(records) -> None:
    """How much was read, and how many rows each measure does without."""
    from training.records.linking.ledger import MEASURES

    classes, people = len(records.classes), records.participants["participant"].nunique()
    click.echo(f"{classes} lớp, {people} học viên / {classes} classes, {people} participants.")
    rows = records.left_out.drop_duplicates(["file", "sheet", "row", "measure"])
    for measure, count in rows["measure"].value_counts(sort=False).items():
        vi, en = MEASURES[measure]
        click.echo(f"  không tính {vi}: {count} dòng / left out of {en}: {count} rows")
