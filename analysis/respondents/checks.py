"""Table as stored + round + codebook + places -> findings; changes nothing.

A finding of kind `stop` would make a number wrong or a district's page another district's, so the
build raises on it. A `note` is something an analyst should know.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding, findings_table
from analysis.intake.table import RawTable
from analysis.places import Places
from analysis.respondents.answer_patterns import check_patterns
from analysis.respondents.codebook import Codebook
from analysis.respondents.design_checks import check_design
from analysis.respondents.fieldwork_checks import check_fieldwork
from analysis.respondents.identifiers import shown_codes, text_code
from analysis.respondents.label_checks import check_labels
from analysis.respondents.location_checks import check_locations
from analysis.respondents.margins import check_margins
from analysis.respondents.needed import needed_columns
from analysis.respondents.survey_rows import SurveyRows
from analysis.respondents.value_checks import check_age, check_groups, check_values
from analysis.respondents.weight_checks import check_weights
from analysis.rounds import Round


def check_respondents(
    table: pd.DataFrame,
    survey_round: Round,
    codebook: Codebook,
    district_codes: Collection[str],
    commune_codes: Mapping[str, str],
    *,
    places: Places | None = None,
    raw: RawTable | None = None,
    dropped: Collection[str] = (),
) -> pd.DataFrame:
    """Everything about a survey file that does not fit its round, codebook or places.

    Parameters
    ----------
    table : DataFrame
        As stored, one row a respondent.
    survey_round : Round
    codebook : Codebook
    district_codes : collection of str
        Codes of the districts the round may hold.
    commune_codes : mapping of str to str
        Commune code -> code of the district it lies in; empty when communes are not checked.
    places : Places, optional
        To suggest the places that a name may mean.
    raw : RawTable, optional
        The cells' addresses and the file's own labels; the table's index is the row there.
    dropped : collection of str
        Columns of the file that were not kept, so that they are not called absent.

    Returns
    -------
    DataFrame
        Findings. When columns are missing, only that is reported: the rest cannot be checked.
    """
    absent = list(_missing_columns(table, survey_round))
    if absent:
        return findings_table(absent)
    rows = SurveyRows(table, survey_round, raw)
    found = [
        *_respondents(rows),
        *check_weights(rows),
        *check_locations(rows, district_codes, commune_codes, places),
        *check_design(table, survey_round, raw),
        *check_values(rows, codebook),
        *check_age(rows),
        *check_groups(rows, codebook),
        *check_margins(table, survey_round),
        *check_labels(rows, codebook),
        *check_patterns(rows, codebook),
        *check_fieldwork(rows, codebook),
        *_not_in_file(table, survey_round, codebook, dropped),
    ]
    return findings_table(found)


def _missing_columns(table: pd.DataFrame, survey_round: Round) -> Iterator[Finding]:
    by_fold = {str(column).casefold(): str(column) for column in table.columns}
    for column, setting in needed_columns(survey_round).items():
        if column not in table.columns:
            like = by_fold.get(column.casefold(), "")
            yield Finding(
                "missing_column",
                f"Column {column} is not in the file.",
                f"Tệp dữ liệu thiếu cột {column}. Hãy kiểm tra tên cột trong tệp và trong cấu hình.",
                where=survey_round.file,
                expected=f"{column} (setting {setting})",
                got=f"{like}, in other letters" if like else f"{len(table.columns)} other columns",
                hint=f"Mend the name in {survey_round.shown_settings}, or export again.",
            )


def _respondents(rows: SurveyRows) -> Iterator[Finding]:
    column = rows.survey_round.columns.respondent
    codes = text_code(rows.table[column])
    blank = codes.isna()
    again = ~blank & codes.duplicated(keep=False)
    if not (blank.any() or again.any()):
        return
    names = list(dict.fromkeys(codes[again]))
    got = [f"{int(again.sum())} rows share {len(names)} codes: {shown_codes(names)}"] if names else []
    got += [f"{int(blank.sum())} rows have none"] if blank.any() else []
    finding = Finding(
        "duplicate_respondent",
        f"Respondents do not each have a code of their own in {column}.",
        f"Mã người trả lời ({column}) bị trùng hoặc bỏ trống. Hãy xóa dòng trùng hoặc sửa mã.",
        where=f"{rows.survey_round.file}, column {column}",
        expected="one code a respondent, no code twice",
        got="; ".join(got),
        hint="Delete the repeated rows, or give each respondent a code, and run again.",
    )
    yield from rows.at_cells(finding, blank | again, column)


def _not_in_file(
    table: pd.DataFrame, survey_round: Round, codebook: Codebook, dropped: Collection[str]
) -> Iterator[Finding]:
    there = {*table.columns, *dropped}
    absent = [name for name in codebook.with_role("person", "question") if name not in there]
    if absent:
        yield Finding(
            "variable_not_in_file",
            f"{len(absent)} variables of the codebook are not in the file: {shown(absent)}.",
            f"{len(absent)} biến trong bảng mã không có trong tệp dữ liệu: {shown(absent)}.",
            where=survey_round.file,
            expected="every variable that was asked this year",
            got=f"without {shown(absent)}",
            hint="Nothing to do when they were not asked; the indicators stage stops if one is needed.",
            kind="note",
        )
