"""Columns of words ("Nam", "Nữ") + the codebook's words -> columns of codes, and a note on each mapping."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding, findings_table
from analysis.intake.letters.text import fold_key
from analysis.respondents.codebook import Codebook
from analysis.rounds import Round


def read_words(
    table: pd.DataFrame, survey_round: Round, codebook: Codebook
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Turn the words that the codebook declares into their codes.

    Parameters
    ----------
    table : DataFrame
        As stored and corrected.
    survey_round : Round
    codebook : Codebook
        Variables of type code whose set has words; others are left alone.

    Returns
    -------
    tuple of DataFrame and DataFrame
        The table: a column of declared words and of numbers alone becomes one of numbers; another word stays
        as it is, and the checks name it. Findings: a note a code set, with how many cells each word stood in.
    """
    changed: dict[str, pd.Series] = {}
    read: dict[str, dict[str, Counter]] = {}
    for name in codebook.with_role("person", "question"):
        if name not in table.columns or pd.api.types.is_numeric_dtype(table[name]):
            continue
        words = codebook.words(name)
        if words:
            changed[name], counts = _column(table[name], words)
            if counts:
                read.setdefault(codebook.row(name)["code_set"], {})[name] = counts
    found = [_say(survey_round, codebook, counts) for counts in read.values()]
    return table.assign(**changed), findings_table(found)


def _column(column: pd.Series, words: dict[str, float]) -> tuple[pd.Series, Counter]:
    codes = {
        value: words[key] for value in column.dropna().unique() if (key := fold_key(str(value))) in words
    }
    counts = Counter({(fold_key(str(value)), code): 0 for value, code in codes.items()})
    for value, code in codes.items():
        counts[fold_key(str(value)), code] += int((column == value).sum())
    numbers = pd.to_numeric(column.map(lambda value: codes.get(value, value)), errors="coerce")
    other = column.notna() & numbers.isna()
    if not other.any():
        return numbers.astype(float), counts
    texts = column.astype(object).map(lambda value: f"{codes[value]:.15g}" if value in codes else value)
    return texts.where(column.notna(), np.nan), counts


def _say(survey_round: Round, codebook: Codebook, counts: dict[str, Counter]) -> Finding:
    """What the words of the columns of one code set were read as."""
    total = sum(counts.values(), Counter())
    ordered = sorted(total.items(), key=lambda item: item[0][1])
    listed = ", ".join(f'"{word}" → {code:.15g} ({count})' for (word, code), count in ordered)
    one = len(counts) == 1
    vi, en = ("cột", "column") if one else (f"{len(counts)} cột:", f"{len(counts)} columns:")
    return Finding(
        "words_read",
        f"Words were read as codes, as declared: {listed}; in {en} {shown(counts)}.",
        f"Chữ được đọc thành mã theo khai báo: {listed}; ở {vi} {shown(counts)}. Hãy xem có đúng không.",
        where=f"{codebook.shown_file('codes.csv')}, column word",
        expected=f"words of {codebook.shown_file('codes.csv')}, column word",
        got=f"{sum(total.values())} cells of {survey_round.file}",
        hint="Nothing to do, unless a word means something else: then mend its row.",
        kind="note",
        column=next(iter(counts)) if one else "",
    )
