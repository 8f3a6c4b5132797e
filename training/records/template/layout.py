"""The kinds of sheets -> which columns the template has of each, under which headings."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from analysis.intake.schemas.schema import Column
from training.records.form_indicators import read_form_indicators
from training.records.sheets.kinds import Kind, read_kinds

#: Columns that lists may have and a new one does not need.
_NOT_ASKED = frozenset({"order", "sex", "ethnicity", "phone", "email", "note"})
#: Further ones, by kind: names that another sheet holds already, and the columns of lists with a row a cell.
_NOT_ASKED_IN = {
    "lecturers": {"full_name"},
    "attendance": {"full_name", "periods"},
    "answers": {"full_name"},
    "scores": {"full_name", "test", "score"},
    "follow_up": {"full_name"},
    "certificates": {"full_name"},
}
#: Who fills in which repeated columns of which sheet.
_FORM_OBJECTS = {
    "forms": ("programme", "learners", "lecturers", "facilities", "course"),
    "follow_up": ("effectiveness",),
}
#: The sheets without which there are no records.
NEEDED = ("classes", "participants")


@dataclass(frozen=True)
class TemplateColumn:
    """One column of a sheet of the template.

    Attributes
    ----------
    heading : str
    column : Column
        What it must hold; for a repeated column what each of them holds.
    letter : str
        Of the spreadsheet.
    about : str
        Of a repeated column its number or code, else "".
    """

    heading: str
    column: Column
    letter: str
    about: str = ""


@dataclass(frozen=True)
class TemplateSheet:
    """One sheet of the template."""

    kind: Kind
    title: str
    columns: tuple[TemplateColumn, ...]

    def letter(self, name: str) -> str:
        """The letter of a declared column, "" where the sheet has none."""
        return next((one.letter for one in self.columns if one.column.name == name and not one.about), "")


def template_sheets(
    language: str, one_class: bool, rule: str, sessions: int, questions: int
) -> list[TemplateSheet]:
    """The sheets of a template in order.

    Parameters
    ----------
    language : {"vi", "en"}
        Of the headings; either is read.
    one_class : bool
        Whether the workbook is for a single class: then only its sheet of classes has a column for it.
    rule : str
        Of the evaluation form, such as "10/2017".
    sessions, questions : int
        How many columns there are for sessions and for questions.
    """
    return [_sheet(kind, language, one_class, rule, sessions, questions) for kind in read_kinds()]


def _sheet(
    kind: Kind, language: str, one_class: bool, rule: str, sessions: int, questions: int
) -> TemplateSheet:
    left_out = (
        _NOT_ASKED | _NOT_ASKED_IN.get(kind.name, set()) | ({kind.index, kind.value} if kind.value else set())
    )
    if one_class and kind.name != "classes":
        left_out = left_out | {"class_id"} | ({"course"} if kind.name == "papers" else set())
    named = [
        (column.label_vi if language == "vi" else column.label_en, column, "")
        for column in kind.schema.columns
        if column.name not in left_out
    ]
    repeated = [
        (heading, kind.schema.column(kind.value), about)
        for heading, about in _repeated(kind, language, rule, sessions, questions)
    ]
    columns = tuple(
        TemplateColumn(heading, column, get_column_letter(number), about)
        for number, (heading, column, about) in enumerate([*named, *repeated], 1)
    )
    return TemplateSheet(kind, kind.sheet(language), columns)


def _repeated(kind: Kind, language: str, rule: str, sessions: int, questions: int) -> list[tuple[str, str]]:
    """Heading and number or code of each repeated column."""
    if kind.name in ("attendance", "answers"):
        prefix = kind.prefixes[0] if language == "vi" else kind.prefixes[1]
        count = sessions if kind.name == "attendance" else questions
        return [(f"{prefix} {number}", str(number)) for number in range(1, count + 1)]
    if kind.name in _FORM_OBJECTS:
        rows = read_form_indicators()
        own = rows[(rows["rule"] == rule) & rows["object"].isin(_FORM_OBJECTS[kind.name])]
        return [(code, code) for code in own["indicator"]]
    return []
