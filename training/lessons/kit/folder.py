"""A `Kit` + its lessons, run -> the class's folder, and a page that leads through it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from analysis.batch.render import page_style
from analysis.findings import stop_on
from training.lessons.build.markup import TEMPLATES, fill
from training.lessons.build.page_rules import check_lesson_page
from training.lessons.build.parts import Made
from training.lessons.build.written import file_name, write_lesson, write_text
from training.lessons.kit.plan import Kit
from training.lessons.papers.forms import Form, paper_rows
from training.lessons.papers.printed import print_evaluation, print_keys, print_paper, respondents_of
from training.lessons.teaching.words import say
from training.records.template.workbook import RULE, write_template

#: The folder's parts in the order in which they are needed -> what of a lesson lies there.
SLIDES, HANDOUTS, EXERCISES, TESTS, EVALUATION, RECORDS, TRAINER = (
    "1-trinh-chieu",
    "2-to-bai-hoc",
    "3-bai-tap",
    "4-de-kiem-tra",
    "5-phieu-danh-gia",
    "6-ho-so-lop",
    "chi-giang-vien",
)
_OF_LESSON = {
    SLIDES: ("slides",),
    HANDOUTS: ("handout",),
    EXERCISES: ("exercises", "lesson"),
    TRAINER: ("guide", "solutions"),
}
README, KEYS = "DOC-TRUOC.html", "dap-an.html"


def write_kit(kit: Kit, lessons: Mapping[str, Made], folder: Path) -> Path:
    """Write the class's folder.

    Parameters
    ----------
    kit : Kit
    lessons : mapping of str to Made
        The kit's lessons, run.
    folder : Path
        Files of the same names in it are replaced, others left alone.

    Returns
    -------
    Path
        The page to read first.

    Raises
    ------
    PacksFolderProblem
        A file cannot be written.

    Notes
    -----
    Keys, solutions and the trainer's guide lie apart: the other folders may be given to the class.
    """
    for part, wanted in _OF_LESSON.items():
        for number in kit.lessons:
            write_lesson(lessons[number], folder / part, wanted)
    for form in kit.forms:
        write_text(folder / TESTS / paper_name(form), print_paper(form, kit.class_id))
    if kit.forms:
        write_text(folder / TRAINER / KEYS, print_keys(kit.forms, kit.class_id))
    for who in respondents_of(RULE):
        write_text(folder / EVALUATION / form_name(who), print_evaluation(RULE, who, kit.class_id))
    write_records(kit, folder / RECORDS / workbook_name(kit))
    return write_text(folder / README, _read_first(kit, lessons))


def write_records(kit: Kit, path: Path) -> Path:
    """The class's workbook: the training template with the class and its test forms written in."""
    about = {"class_id": kit.class_id, "topic": kit.topic, **({"name_vi": kit.name} if kit.name else {})}
    return write_template(
        path,
        class_id=kit.class_id,
        topic=kit.topic,
        questions=max(kit.questions, 1),
        rule=RULE,
        rows={"classes": [about], "papers": paper_rows(kit.forms)},
    )


def paper_name(form: Form) -> str:
    """Such as "de-truoc-A.html"."""
    return f"de-{'truoc' if form.test == 'pre' else 'sau'}-{form.version}.html"


def form_name(respondent: str) -> str:
    """Such as "phieu-hoc-vien.html"."""
    return f"phieu-{'hoc-vien' if respondent == 'learner' else 'giang-vien'}.html"


def workbook_name(kit: Kit) -> str:
    return f"ho-so-{kit.class_id}.xlsx"


def _read_first(kit: Kit, lessons: Mapping[str, Made]) -> str:
    """The page that leads through the folder, before, during and after the class."""
    taught = [
        {
            "title": say("lesson_title", "vi", number=number, title=lessons[number].lesson.title_vi),
            "minutes": str(lessons[number].lesson.minutes),
            "links": [
                (say(f"kit_link_{what}", "vi"), f"{part}/{file_name(number, what)}")
                for part, what in (
                    (SLIDES, "slides"),
                    (HANDOUTS, "handout"),
                    (TRAINER, "guide"),
                )
            ],
            "notebook": f"{EXERCISES}/{file_name(number, 'exercises')}",
        }
        for number in kit.lessons
    ]  # fmt: skip
    papers = {
        test: [(form.version, f"{TESTS}/{paper_name(form)}") for form in kit.forms if form.test == test]
        for test in ("pre", "post")
    }
    style = page_style() + (TEMPLATES / "handout.css").read_text(encoding="utf-8")
    html = fill(
        "kit.html",
        say=say,
        style=style,
        kit=kit,
        taught=taught,
        papers=papers,
        evaluation=[
            (say(f"kit_form_{who}", "vi"), f"{EVALUATION}/{form_name(who)}") for who in respondents_of(RULE)
        ],
        workbook=f"{RECORDS}/{workbook_name(kit)}",
        keys=f"{TRAINER}/{KEYS}",
        simulated=any(lessons[number].lesson.is_simulated for number in kit.lessons),
    )
    stop_on(check_lesson_page(str(html), simulated=False))
    return str(html)
