"""A survey file + round + codebook -> the declared columns alone; findings about what looks personal.

What may be kept is declared: the columns that the round names, and the codebook's variables. Everything
else in the file (names, phones, addresses, GPS, notes) is dropped on load and never reaches a built file.
Of the codebook, text that people wrote is dropped too unless its row says `personal = keep` and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding, bad_row, findings_table
from analysis.personal import KINDS, personal_name, personal_values, shown_name
from analysis.respondents.codebook import Codebook
from analysis.respondents.needed import needed_columns
from analysis.rounds import Round

#: What a codebook row may say in its optional column `personal`; empty: nothing personal.
PERSONAL = ("", "keep", "drop")
#: A question's sentence may speak of phones; a label this short names what the column holds.
_WORDS_OF_A_LABEL = 6


def keep_columns(
    columns: Iterable[str], survey_round: Round, codebook: Codebook
) -> tuple[list[str], list[str]]:
    """Which columns of a file are kept and which are dropped on load.

    Parameters
    ----------
    columns : iterable of str
        The file's columns.
    survey_round : Round
        Every column it names is kept.
    codebook : Codebook
        Variables of role design and place are kept; of the others those of type code and number, and those of
        type text whose optional column `personal` says `keep`. `personal = drop` drops any.

    Returns
    -------
    tuple of two lists of str
        Kept and dropped, each in the file's order.
    """
    needed = needed_columns(survey_round)
    columns = list(columns)
    kept = [name for name in columns if name in needed or (name in codebook and _declared(codebook, name))]
    return kept, [name for name in columns if name not in set(kept)]


def _declared(codebook: Codebook, name: str) -> bool:
    row = codebook.row(name)
    says = row.get("personal", "")
    if says:
        return says == "keep"
    return row["type"] != "text" or row["role"] in ("design", "place")


def keep_declared(
    table: pd.DataFrame, survey_round: Round, codebook: Codebook
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The declared columns of a file, and a note that says how many others were dropped.

    Returns
    -------
    tuple of DataFrame and DataFrame
        The table with the kept columns; findings (one note, with names of columns and nothing from them).
    """
    kept, dropped = keep_columns(table.columns, survey_round, codebook)
    if not dropped:
        return table, findings_table([])
    names = [shown_name(str(name)) for name in dropped]
    note = Finding(
        "columns_dropped",
        f"{len(dropped)} columns of the file are not kept, for the codebook does not declare them: "
        f"{shown(names)}.",
        f"{len(dropped)} cột của tệp không được giữ lại vì bảng mã không khai báo: {shown(names)}.",
        where=survey_round.file,
        expected="columns that the round names, and the codebook's variables",
        got=shown(names),
        hint="Nothing to do, unless one is needed: then add its row to "
        f"{codebook.shown_file('variables.csv')}.",
        kind="note",
        file=Path(survey_round.file).name,
    )
    return table[kept], findings_table([note])


def check_personal(
    table: pd.DataFrame, survey_round: Round, codebook: Codebook, labels: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Columns that would be kept though they look personal, by their name, label or values.

    Parameters
    ----------
    table : DataFrame
        As stored, dropped columns or not: only the kept ones are looked at.
    survey_round : Round
    codebook : Codebook
    labels : mapping of str to str, optional
        The file's own labels of its columns.

    Returns
    -------
    DataFrame
        Findings of kind stop; none for a column whose row says `personal = keep` and why. Variables of type
        code are left alone: they can hold nothing but the codebook's codes.
    """
    found = [*_rows(codebook)]
    labels = labels or {}
    for name in keep_columns(table.columns, survey_round, codebook)[0]:
        row = codebook.row(name) if name in codebook else {}
        if row.get("personal") == "keep" or row.get("type") == "code":
            continue
        kind, how = _looks(table[name], labels.get(name, ""), row)
        if kind:
            found.append(_personal_column(survey_round, codebook, name, kind, how))
    return findings_table(found)


def _looks(values: pd.Series, label: str, row: Mapping[str, str]) -> tuple[str, tuple[str, str]]:
    """The kind of personal data a column looks like, and by what, Vietnamese and English."""
    if kind := personal_name(str(values.name)):
        return kind, ("theo tên cột", "by its name")
    if label and len(label.split()) <= _WORDS_OF_A_LABEL and (kind := personal_name(label)):
        return kind, ("theo nhãn cột", "by its label")
    kind, count = personal_values(values, figures=row.get("type") != "number")
    return kind, (f"theo giá trị của {count} dòng", f"by the values of {count} rows")


def _personal_column(
    survey_round: Round, codebook: Codebook, name: str, kind: str, how: tuple[str, str]
) -> Finding:
    what_vi, what = KINDS[kind]
    file = codebook.shown_file("variables.csv")
    return Finding(
        "personal_column",
        f"Column {name} looks like {what} ({how[1]}), and it would be kept.",
        f"Cột {name} có vẻ là {what_vi} ({how[0]}) mà lại được giữ. Hãy bỏ cột này khỏi cấu hình và bảng mã, "
        "hoặc ghi personal = keep kèm lý do ở personal_reason.",
        where=f"{survey_round.file}, column {name}",
        expected="nothing that names or finds a person",
        got=f"{what}, {how[1]}",
        hint=f"Leave the column out, or write personal = keep and personal_reason in its row of {file}.",
        file=Path(survey_round.file).name,
        column=name,
        value="•••",
    )


def _rows(codebook: Codebook) -> Iterator[Finding]:
    """Rows of the codebook whose `personal` is unknown, or keeps without a reason."""
    rows = codebook.variables
    if "personal" not in rows:
        return
    reasons = rows["personal_reason"] if "personal_reason" in rows else pd.Series("", index=rows.index)
    for at, says in rows["personal"].items():
        where = f"{codebook.shown_file('variables.csv')}, row {at + 2}"
        hint = "Mend the row; data/README.md says what each column holds."
        if says not in PERSONAL:
            yield bad_row(where, "unknown personal", "keep, drop or nothing", says, hint)
        elif says == "keep" and not reasons[at]:
            yield bad_row(where, "personal = keep without a reason", "personal_reason", "nothing", hint)
