"""`workbench lessons`: list the lessons, make their notebooks, hand-outs and slides, make a class's kit."""

from __future__ import annotations

from pathlib import Path

import click

from analysis import paths
from analysis.errors import shown


@click.group("lessons")
def lessons_group() -> None:
    """Lessons for a class, all offline. / Bài học cho lớp bồi dưỡng, không cần mạng."""


@lessons_group.command("list")
def list_command() -> None:
    """List the lessons. / Liệt kê các bài học."""
    from training.lessons.source.lesson import lesson_numbers, read_lesson
    from training.lessons.teaching.words import say

    for lesson in map(read_lesson, lesson_numbers()):
        who = say(f"for_{lesson.audience}", "vi")
        click.echo(f"{lesson.number}. {lesson.title_vi} ({lesson.minutes} phút, {who})\n   {lesson.title_en}")


@lessons_group.command("build")
@click.option(
    "--lesson", "numbers", multiple=True, metavar="N", help="One lesson; may be repeated. / Một bài."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    help="Folder [workspace/bai-hoc, which `workbench lab` shows]. / Thư mục.",
)
def build_command(numbers: tuple[str, ...], out: Path | None) -> None:
    """Make notebooks, hand-outs and slides. / Dựng sổ tay, tờ bài học và trang trình chiếu.

    Every lesson is run from top to bottom first; a wrong solution stops. Nothing is fetched. Without --out
    they lie where `workbench lab` shows them, and a notebook that somebody wrote in is kept.
    Không có --out: bài nằm nơi `workbench lab` mở ra; sổ tay đã có người viết vào được giữ nguyên.
    """
    from training.lessons.build.written import FILES, IN_WORKSPACE, lay_lessons, make_lesson_run, write_lesson
    from training.lessons.source.lesson import lesson_numbers

    folder = out or paths.workspace_folder() / IN_WORKSPACE
    for number in numbers or lesson_numbers():
        made = make_lesson_run(number)
        if out:
            click.echo(f"Bài {number}: {len(write_lesson(made, out))} tệp / files")
            continue
        laid = lay_lessons([made], paths.workspace_folder())
        click.echo(f"Bài {number}: {len(FILES)} tệp / files")
        if laid.kept:
            kept = "đã có người viết vào nên giữ nguyên / written in by somebody, kept"
            click.echo(f"  {kept}: {shown(laid.kept)}")
    click.echo(f"Đã dựng vào / made in: {paths.short(folder)}")


@lessons_group.command("kit")
@click.option("--class", "class_id", required=True, metavar="K01", help="The class. / Mã lớp.")
@click.option("--course", default="", help="papi, parindex or analysts [papi]. / Khóa học.")
@click.option(
    "--records",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A workbook that names the class: its topic is taken from it. / Hồ sơ có ghi lớp này.",
)
@click.option("--forms", type=click.IntRange(1, 6), default=2, show_default=True, help="Số mã đề mỗi bài.")
@click.option("--questions", type=click.IntRange(5, 60), default=20, show_default=True, help="Số câu mỗi đề.")
@click.option("--year", type=click.IntRange(2009, 2100), default=None, help="Only items of then. / Năm.")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Folder [kit-K01]. / Thư mục.")
def kit_command(
    class_id: str,
    course: str,
    records: tuple[Path, ...],
    forms: int,
    questions: int,
    year: int | None,
    out: Path | None,
) -> None:
    """Make a class's folder for a USB stick. / Tạo thư mục tài liệu của một lớp để chép vào USB.

    Slides, hand-outs, exercises, test papers in shuffled forms with their keys, the evaluation form,
    the record
    workbook, and a page that says what to do in which order.
    """
    from training.lessons.build.written import make_lesson_run
    from training.lessons.kit.folder import write_kit
    from training.lessons.kit.plan import plan_kit

    kit = plan_kit(class_id, course, records, forms, questions, year)
    made = {}
    for number in kit.lessons:
        click.echo(f"Bài {number} …")
        made[number] = make_lesson_run(number)
    first = write_kit(kit, made, out or Path(f"kit-{class_id}"))
    tests = (
        f"{len(kit.forms)} mã đề, mỗi đề {kit.questions} câu / test forms, questions each"
        if kit.forms
        else "không có đề kiểm tra vì ngân hàng chưa đủ câu hỏi / no test, the bank has too few items"
    )
    click.echo(f"Lớp / class {class_id}: {len(kit.lessons)} bài / lessons; {tests}.")
    click.echo(f"Mở trước / open first: {paths.short(first)}")
