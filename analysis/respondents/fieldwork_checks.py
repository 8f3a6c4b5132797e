"""When and by whom each interview was held -> notes: days outside the fieldwork, odd interviewers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import numpy as np
import pandas as pd

from analysis.findings import Finding
from analysis.intake.letters.dates import parse_date
from analysis.intake.letters.numbers import percent
from analysis.intake.persons.masks import HIDDEN
from analysis.intake.table import text_of
from analysis.respondents.answers import kind_numbers
from analysis.respondents.codebook import Codebook
from analysis.respondents.interviewers import FUNNEL, count_interviewers, show_interviewer
from analysis.respondents.survey_rows import SurveyRows
from analysis.respondents.value_checks import numbers_in

#: Interviewers with fewer interviews are not compared.
_LEAST_INTERVIEWS = 5


def check_fieldwork(rows: SurveyRows, codebook: Codebook) -> Iterator[Finding]:
    """Days that cannot be read or lie outside the fieldwork; interviewers with odd shares of "don't know"."""
    settings = rows.survey_round.fieldwork
    if settings.date:
        yield from _days(rows)
    if settings.interviewer:
        yield from _dont_know(rows, codebook)


def _days(rows: SurveyRows) -> Iterator[Finding]:
    settings = rows.survey_round.fieldwork
    stored = rows.table[settings.date]
    days = {value: _day(value, settings.date_forms) for value in stored.dropna().unique()}
    read = np.array([days.get(value) if pd.notna(value) else None for value in stored], dtype=object)
    unread = stored.notna().to_numpy() & np.array([day is None for day in read], dtype=bool)
    outside = np.array([day is not None and not settings.start <= day <= settings.end for day in read], bool)
    where = f"{rows.survey_round.file}, column {settings.date}"
    if unread.any():
        finding = Finding(
            "interview_date_unread",
            f"The day of the interview cannot be read in {int(unread.sum())} rows.",
            f"Không đọc được ngày phỏng vấn ở {int(unread.sum())} dòng. Hãy sửa ngày, hoặc khai báo cách "
            "viết ở [fieldwork] date_forms.",
            where=where,
            expected=f"a day written as {', '.join(settings.date_forms)}",
            got=f"something else in {int(unread.sum())} rows",
            hint="Mend the days, or declare their form under [fieldwork] date_forms.",
            kind="note",
        )
        yield from rows.at_cells(finding, unread, settings.date, HIDDEN)
    if outside.any():
        finding = Finding(
            "interview_outside_fieldwork",
            f"{int(outside.sum())} interviews are dated outside the fieldwork.",
            f"{int(outside.sum())} cuộc phỏng vấn ghi ngày ngoài thời gian khảo sát. "
            "Hãy hỏi đơn vị khảo sát.",
            where=where,
            expected=f"{settings.start} to {settings.end} ([fieldwork])",
            got=f"{int(outside.sum())} of {int(stored.notna().sum())} days",
            hint="The answers are kept; ask the field team for the right days.",
            kind="note",
        )
        yield from rows.at_cells(finding, outside, settings.date)


def _day(value: object, forms: tuple[str, ...]) -> date | None:
    """A cell as a day: a date of the file's own, or text in a declared form."""
    if isinstance(value, datetime):  # a Timestamp too
        return value.date()
    if isinstance(value, date):
        return value
    text, kind = text_of(value)
    return parse_date(text, forms, kind=kind if kind in ("number", "date") else "text").value


def _dont_know(rows: SurveyRows, codebook: Codebook) -> Iterator[Finding]:
    """Interviewers whose people say "don't know" far more, or far less, often than people usually do.

    Notes
    -----
    The bounds of `count_interviewers` are exact for answers that have nothing to do with each other. Those of
    one person are alike, so this is where to look first and proves nothing.
    """
    column, table = rows.survey_round.fieldwork.interviewer, rows.table
    names = [name for name in codebook.with_role("question") if name in table.columns]
    names = [name for name in names if codebook.row(name)["type"] == "code"]
    if not names:
        return
    kinds = [kind_numbers(numbers_in(table[name]), rows.survey_round.missing) for name in names]
    counts = count_interviewers(table[column], kinds)
    odd = (counts["dont_know"] < counts["low"]) | (counts["dont_know"] > counts["high"])
    compared = counts["interviews"] >= _LEAST_INTERVIEWS
    if compared.sum() > 1:
        for who, one in counts[odd & compared].iterrows():
            yield rows.about_column(_odd_interviewer(rows, column, show_interviewer(str(who)), one), column)


def _odd_interviewer(rows: SurveyRows, column: str, who: str, one: pd.Series) -> Finding:
    asked, more_than_usual = int(one["asked"]), one["dont_know"] / one["asked"] > one["usual"]
    (own_vi, own), (usual_vi, usual) = percent(one["dont_know"] / one["asked"]), percent(one["usual"])
    more, more_vi = ("more", "nhiều hơn") if more_than_usual else ("less", "ít hơn")
    return Finding(
        "interviewer_dont_know",
        f'Interviewer {who}: {own} of {asked} answers are "don\'t know", far {more} than the usual {usual}.',
        f"Điều tra viên {who}: {own_vi} trong {asked} câu trả lời là “không biết”, {more_vi} hẳn mức "
        f"thường gặp {usual_vi}. Hãy xem lại các phiếu này.",
        where=f"{rows.survey_round.file}, column {column}",
        expected=f"within what chance gives {1 - 2 * FUNNEL:.1%} of interviewers",
        got=f"{own} in {int(one['interviews'])} interviews",
        hint="Look at these interviews first; the place or the people may be the reason.",
        kind="note",
    )
