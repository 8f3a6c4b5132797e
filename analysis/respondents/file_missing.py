"""Values that the file itself marks as missing -> the round's declared kinds of no-answer, or blanks.

Stata's tagged missing values (.a … .z) and SPSS's user-missing values are never used as numbers. Which kind
of no-answer one means is declared under [missing]; what is not declared counts as a blank and is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding, findings_table
from analysis.respondents.codebook import Codebook
from analysis.respondents.microdata import Microdata
from analysis.rounds import Round
from analysis.tagged_missing import CODE_OF_TAG

#: What the reader says of every column; here the kept ones are named with what became of them.
SAID_AGAIN = ("tagged_missing", "user_missing")


def settle_missing(
    table: pd.DataFrame, microdata: Microdata, survey_round: Round, codebook: Codebook
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put declared tags into the table as codes, and blank what the file marks as missing undeclared.

    Parameters
    ----------
    table : DataFrame
        The kept columns as stored; the index is the row of the raw table.
    microdata : Microdata
    survey_round : Round
    codebook : Codebook

    Returns
    -------
    tuple of DataFrame and DataFrame
        The table, and findings: a note that names what is not declared; a stop for a value that the file
        calls missing and the codebook an answer.
    """
    raw = microdata.raw
    if raw is None or not (raw.tagged or raw.missing_ranges):
        return table, findings_table([])
    declared = survey_round.missing.kinds()
    changed: dict[str, pd.Series] = {}
    undeclared: dict[str, dict[str, int]] = defaultdict(dict)
    found: list[Finding] = []
    for name in table.columns:
        if raw.tagged.get(name):
            there = {row: tag for row, tag in raw.tagged[name].items() if row in table.index}
            changed[name], counts = _tags(table[name], there, declared)
            for tag, count in counts.items():
                undeclared[tag][name] = count
        if raw.missing_ranges.get(name):
            column = changed.get(name, table[name])
            marked = _marked(column, raw.missing_ranges[name])
            marked &= ~column.isin(list(declared)).to_numpy()
            answers = marked & column.isin(list(_answers(codebook, name))).to_numpy()
            found += _contradictions(microdata, survey_round, codebook, name, column[answers])
            for value, count in column[marked & ~answers].value_counts(sort=False).items():
                undeclared[_text(value)][name] = int(count)
            changed[name] = column.mask(marked & ~answers)
    found += _notes(microdata, survey_round, undeclared)
    return table.assign(**changed), findings_table(found)


def _tags(
    column: pd.Series, tags: dict[int, str], declared: dict[float, str]
) -> tuple[pd.Series, dict[str, int]]:
    """A column with its declared tags as codes, and how many there are of each other tag."""
    counts: dict[str, int] = defaultdict(int)
    codes = {}
    for row, tag in tags.items():
        if CODE_OF_TAG.get(tag) in declared and pd.api.types.is_numeric_dtype(column):
            codes[row] = CODE_OF_TAG[tag]
        else:
            counts[tag] += 1
    if codes:
        column = column.astype(float)
        column.loc[list(codes)] = list(codes.values())
    return column, dict(counts)


def _marked(column: pd.Series, ranges: list[tuple[float | str, float | str]]) -> np.ndarray:
    """Which values lie in what SPSS calls missing."""
    marked = np.zeros(len(column), dtype=bool)
    for low, high in ranges:
        if isinstance(low, str) or isinstance(high, str):
            marked |= (column == low).fillna(False).to_numpy(dtype=bool)
        elif pd.api.types.is_numeric_dtype(column):
            marked |= ((column >= low) & (column <= high)).fillna(False).to_numpy(dtype=bool)
    return marked


def _answers(codebook: Codebook, name: str) -> dict[float, str]:
    return codebook.labels(name) if name in codebook else {}


def _text(value: object) -> str:
    return f"{value:g}" if isinstance(value, (int, float)) else str(value)


def _contradictions(
    microdata: Microdata, survey_round: Round, codebook: Codebook, name: str, values: pd.Series
) -> Iterator[Finding]:
    """Codes that are answers in the codebook and missing in the file: a person has to decide."""
    for value, count in values.value_counts(sort=False).items():
        yield Finding(
            "unknown_code",
            f"Code {value:g} of {name} is an answer in the codebook, and the file marks it as missing.",
            f"Mã {value:g} của biến {name} là một câu trả lời trong bảng mã, nhưng tệp đánh dấu là thiếu. "
            "Hãy hỏi đơn vị làm tệp rồi sửa bảng mã hoặc khai báo ở [missing].",
            where=f"{survey_round.file}, column {name}",
            expected="an answer, or a no-answer code of the round",
            got=f"code {value:g} in {count} rows",
            hint=f"Take the code out of {codebook.shown_file('codes.csv')} for this variable, or "
            "declare it under [missing].",
            file=microdata.path.name,
            column=name,
        )


def _notes(
    microdata: Microdata, survey_round: Round, undeclared: dict[str, dict[str, int]]
) -> Iterator[Finding]:
    for code, columns in sorted(undeclared.items()):
        count = sum(columns.values())
        written = f'"{code}"' if code.startswith(".") else code
        yield Finding(
            "undeclared_missing",
            f"{count} values {code} are marked as missing in the file and not declared; they count as blanks "
            f"({shown(columns)}).",
            f"{count} giá trị {code} được tệp đánh dấu là thiếu mà chưa khai báo; được tính là bỏ trống "
            f"({shown(columns)}). Nếu đó là “không biết” hay “từ chối”, hãy khai báo ở [missing].",
            where=f"{survey_round.file}, {len(columns)} columns",
            expected="the kind of no-answer that it stands for",
            got=shown(f"{name} ({number})" for name, number in columns.items()),
            hint=f"Declare it in the round's settings, such as [missing] refused = [{written}].",
            kind="note",
            file=microdata.path.name,
            column=next(iter(columns)) if len(columns) == 1 else "",
        )
