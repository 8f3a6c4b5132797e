"""Files of training -> their `Records`, every finding, and the tables for a coloured report."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.findings import join_findings
from analysis.intake.letters.text import fold_key
from analysis.intake.persons.participant_keys import KEY_BYTES
from analysis.intake.schemas.typed_words import THEN
from analysis.intake.table import RawTable
from training.question_bank.bank_rows import read_bank
from training.records.form_indicators import read_form_indicators
from training.records.linking.class_rows import class_names
from training.records.linking.ledger import MEASURE_OF, Ledger, without
from training.records.records import Records
from training.records.screening.pairs import find_swapped, find_unpaired
from training.records.screening.personal_text import personal_values_of
from training.records.screening.scales import find_odd_scales
from training.records.sheets.reading import SheetsRead, read_files, type_tables
from training.records.tables.answers import make_answers
from training.records.tables.attendance import make_attendance
from training.records.tables.certificates import make_certificates
from training.records.tables.classes import make_classes, make_lecturers, session_periods
from training.records.tables.forms import make_follow_up, make_forms
from training.records.tables.papers import items_table, make_papers
from training.records.tables.participants import make_participants
from training.records.tables.plan import make_plan
from training.records.tables.scores import computed_scores, make_scores


@dataclass(frozen=True, eq=False)
class CheckedRecords:
    """What was read, and what was found on the way.

    Attributes
    ----------
    records : Records
        Made of everything that could be read; only where nothing in `findings` stops may it be kept.
    findings : DataFrame
    tables : tuple of RawTable
    hidden : tuple of str
        Headings whose values no report may show.
    names_nobody : bool
        No column of names, dates of birth, phones or e-mails holds anything.
    """

    records: Records
    findings: pd.DataFrame
    tables: tuple[RawTable, ...]
    hidden: tuple[str, ...]
    names_nobody: bool

    @property
    def simulated(self) -> bool:
        """Whether there are classes and each says that it is simulated."""
        simulated = self.records.classes["simulated"]
        return bool(len(simulated) and simulated.all())


def check_files(files: Iterable[Path | str], key: bytes | None = None, **how: object) -> CheckedRecords:
    """Read the records that some files hold together; changes nothing and stops at nothing.

    Parameters
    ----------
    files : iterable of Path or str
        Workbooks or lists; a class's sheets may be spread over several of them.
    key : bytes, optional
        Of the participants' hashes, see `participant_keys.read_key`; without it a key that is thrown away
        serves, for a check links within these files alone.
    **how
        See `analysis.intake.reading.read_tables`.

    Returns
    -------
    CheckedRecords
    """
    return _checked(read_files(files, heading_codes(), **how), key)


def check_tables(tables: Iterable[RawTable], found: pd.DataFrame, key: bytes | None = None) -> CheckedRecords:
    """The same of tables that were read already, such as those of a database."""
    return _checked(type_tables(list(tables), heading_codes(), found), key)


def heading_codes() -> dict[str, list[str]]:
    """Codes that may head a column: of the bank's items and of the forms' indicators."""
    return {
        "items": read_bank().items["item"].tolist(),
        "indicators": read_form_indicators()["indicator"].tolist(),
    }


def _checked(read: SheetsRead, key: bytes | None) -> CheckedRecords:
    ledger = Ledger()
    records = _records(read, key or secrets.token_bytes(KEY_BYTES), ledger)
    findings = join_findings([_with_measures(read, read.findings), ledger.findings_table()])
    return CheckedRecords(records, findings, read.tables, read.hidden, _names_nobody(read))


def _names_nobody(read: SheetsRead) -> bool:
    names = ("full_name", "birth_date", "phone", "email")
    filled = (
        sheet.raw.cells[sheet.typed.columns[name]].notna().any()
        for sheet in read.sheets
        for name in names
        if name in sheet.typed.columns
    )
    return not any(filled)


def _records(read: SheetsRead, key: bytes, ledger: Ledger) -> Records:
    """Every table in its turn: classes, persons, then what belongs to them."""
    _leave_bad_cells(read, ledger)
    names, indicators = class_names(read.sheets), read_form_indicators()
    known = personal_values_of(read.sheets)
    courses, classes = make_classes(read, names, known, ledger)
    lecturers = make_lecturers(read, names, ledger)
    participants, roster = make_participants(read, names, key, known, ledger)
    course_of = classes.set_index("class_id")["course"].to_dict()
    topics = {fold_key(row.course): row.topic for row in courses.itertuples()}
    papers = make_papers(read, names, topics, read_bank(), ledger)
    answers = make_answers(read, names, roster, course_of, papers, ledger)
    items = items_table(papers, set(answers["item"]))
    scores = make_scores(read, names, roster, computed_scores(answers, items), ledger)
    periods = session_periods(read, names, ledger)
    class_periods = {row.class_id: int(row.periods) for row in classes.itertuples() if pd.notna(row.periods)}
    find_unpaired(scores, roster, ledger)
    find_swapped(scores, roster, ledger)
    find_odd_scales([*read.of("forms"), *read.of("follow_up")], ledger)
    tables = {
        "attendance": make_attendance(read, names, roster, periods, class_periods, ledger),
        "forms": make_forms(read, names, lecturers, indicators, ledger),
        "follow_up": make_follow_up(read, names, roster, indicators, ledger),
        "certificates": make_certificates(read, names, roster, classes, key, ledger),
        "plan": make_plan(read, courses, ledger),
    }
    return Records(
        courses=courses, classes=classes, lecturers=lecturers, participants=participants, answers=answers,
        items=items, scores=scores, form_indicators=indicators, left_out=ledger.left_out(), **tables,
    )  # fmt: skip


def _leave_bad_cells(read: SheetsRead, ledger: Ledger) -> None:
    """Cells that could not be read and leave something out: into the table `left_out`."""
    for sheet in read.sheets:
        names = {heading: name for name, heading in sheet.typed.columns.items()}
        positions = {int(row): at for at, row in enumerate(sheet.raw.rows)}
        found = sheet.typed.findings
        bad = found[(found["kind"] == "left_out") & found["column"].isin(names)]
        for row in bad.to_dict("records"):
            column = names[row["column"]]
            ledger.leave(sheet, positions[int(row["row"])], MEASURE_OF[sheet.kind.name], row["code"], column)


def _with_measures(read: SheetsRead, found: pd.DataFrame) -> pd.DataFrame:
    """Findings that say which measure does without the row, in the place of the schema's general words."""
    kind_of: dict[tuple[str, str, str], str] = {}
    for sheet in read.sheets:
        for heading in sheet.typed.columns.values():
            kind_of.setdefault((sheet.raw.path.name, sheet.raw.sheet, heading), sheet.kind.name)
    general_vi, general_en = (text.split(";")[0] for text in THEN["left_out"])
    rows = []
    for row in found.to_dict("records"):
        kind = kind_of.get((row["file"], row["sheet"], row["column"]))
        if row["kind"] == "left_out" and kind:
            vi, en = (text.rstrip(".") for text in without(MEASURE_OF[kind]))
            row = {
                **row,
                "vi": row["vi"].replace(general_vi, vi),
                "what": row["what"].replace(general_en, en),
            }
        rows.append(row)
    return pd.DataFrame(rows, columns=found.columns)
