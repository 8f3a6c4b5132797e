"""A template's column -> the rule by which the spreadsheet itself checks what is typed there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from openpyxl.worksheet.datavalidation import DataValidation

from analysis.intake.schemas.schema import Column
from training.records.template.layout import TemplateColumn, TemplateSheet
from training.records.template.words import say

#: Rows that can be typed into.
LAST_ROW = 1001
_FEW_ROWS = {"classes": 61, "sessions": 401, "lecturers": 201, "papers": 401, "plan": 201}


def last_row(sheet: TemplateSheet) -> int:
    """The last row of a sheet that can be typed into."""
    return _FEW_ROWS.get(sheet.kind.name, LAST_ROW)


@dataclass(frozen=True)
class Choices:
    """What lists can be chosen from.

    Attributes
    ----------
    language : str
    sheets : dict
        Kind -> sheet of the template, for lists of what was typed in another sheet.
    districts, items : str
        Ranges of the sheet of lists.
    communes : tuple of str
        Title of that sheet, letters of its columns of districts and of communes, which stand side by side.
    """

    language: str
    sheets: Mapping[str, TemplateSheet]
    districts: str
    items: str
    communes: tuple[str, str, str]

    def rule(self, sheet: TemplateSheet, one: TemplateColumn) -> DataValidation | None:
        """The rule of a column, None where anything may be typed."""
        made = self._list_of(sheet, one) or self._number_or_date(sheet, one.column)
        if made is None:
            return None
        made.allow_blank = True
        made.showErrorMessage = True
        made.add(f"{one.letter}2:{one.letter}{last_row(sheet)}")
        return made

    def _list_of(self, sheet: TemplateSheet, one: TemplateColumn) -> DataValidation | None:
        column = one.column
        if column.type in ("code", "yes_no"):
            return _listed(f'"{",".join(spellings(column, self.language))}"', say("choose", self.language))
        if column.type == "district":
            return _listed(self.districts, say("choose", self.language))
        if column.type == "commune":
            return self._communes(sheet)
        if column.name == "item":
            rule = _listed(self.items, say("own_item", self.language))
            rule.errorStyle = "warning"
            return rule
        if column.name == "participant" and sheet.kind.name == "participants":
            return self._once_a_class(sheet, one)
        source = {"class_id": "classes", "participant": "participants", "lecturer": "lecturers"}.get(
            column.name
        )
        if source and source != sheet.kind.name:
            return _listed(self._typed_in(source, column.name), say("choose", self.language))
        return None

    def _typed_in(self, kind: str, name: str) -> str:
        """The range of another sheet in which a code is declared."""
        sheet = self.sheets[kind]
        letter = sheet.letter(name)
        return f"{_quoted(sheet.title)}!${letter}$2:${letter}${last_row(sheet)}"

    def _communes(self, sheet: TemplateSheet) -> DataValidation:
        """The communes of the row's district: of the list, sorted by district, the part that is its."""
        title, district, commune = self.communes
        own = f"${sheet.letter('district')}2"
        column = f"{_quoted(title)}!${district}:${district}"
        first = f"{_quoted(title)}!${commune}$1"
        formula = f"OFFSET({first},MATCH({own},{column},0)-1,0,COUNTIF({column},{own}),1)"
        return _listed(formula, say("choose", self.language))

    def _once_a_class(self, sheet: TemplateSheet, one: TemplateColumn) -> DataValidation:
        area = f"${one.letter}$2:${one.letter}${last_row(sheet)}"
        formula = f"COUNTIF({area},{one.letter}2)=1"
        by_class = sheet.letter("class_id")
        if by_class:
            classes = f"${by_class}$2:${by_class}${last_row(sheet)}"
            formula = f"COUNTIFS({classes},{by_class}2,{area},{one.letter}2)=1"
        return DataValidation(type="custom", formula1=formula, error=say("bad_code", self.language))

    def _number_or_date(self, sheet: TemplateSheet, column: Column) -> DataValidation | None:
        if column.type == "date":
            low, high = (date.fromisoformat(bound) for bound in (column.low, column.high))
            rule = DataValidation(type="date", operator="between", formula1=_day(low), formula2=_day(high))
            rule.error = say("bad_date", self.language)
            return rule
        if column.type in ("whole", "year"):
            rule = DataValidation(type="whole", operator="between", formula1=column.low, formula2=column.high)
            rule.error = say("bad_whole", self.language, low=column.low, high=column.high)
            return rule
        if column.type == "number" and column.absent_marks:
            return self._mark(sheet, column)
        return None

    def _mark(self, sheet: TemplateSheet, column: Column) -> DataValidation:
        """A mark within its scale, or a sign of absence."""
        cell, scale = f"{sheet.letter(column.name)}2", f"${sheet.letter('maximum')}2"
        within = f"AND(ISNUMBER({cell}),{cell}>=0,{cell}<=IF(ISNUMBER({scale}),{scale},10))"
        signs = ",".join(f'{cell}="{sign}"' for sign in column.absent_marks)
        error = say("bad_score", self.language)
        rule = DataValidation(type="custom", formula1=f"OR({within},{signs})", error=error)
        rule.errorStyle = (
            "warning"  # 7,5 is text where the spreadsheet wants a point; it is read all the same
        )
        return rule


def _listed(source: str, error: str) -> DataValidation:
    return DataValidation(type="list", formula1=source, error=error)


def spellings(column: Column, language: str) -> list[str]:
    """One spelling for each code of a column: the first declared, in English the last without accents.

    Examples
    --------
    >>> from analysis.intake.schemas.schema import read_schema
    >>> spellings(read_schema("training_answers").column("test"), "vi")
    ['trước', 'sau', 'theo dõi']
    """
    if column.type == "yes_no" and not column.codes:
        return ["Có", "Không"] if language == "vi" else ["yes", "no"]
    found: dict[str, list[str]] = {}
    for spelling, code in column.codes.items():
        found.setdefault(code, []).append(spelling)
    if language == "vi":
        return [own[0] for own in found.values()]
    return [next((one for one in reversed(own) if one.isascii()), own[0]) for own in found.values()]


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"


def _day(day: date) -> str:
    """A day as spreadsheets count it."""
    return str((day - date(1899, 12, 30)).days)
