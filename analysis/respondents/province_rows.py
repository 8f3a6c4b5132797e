"""A file of several provinces + the round's province -> the rows of that province, and how many there are.

A national file is read as it came: `[columns] province` names the column, the round's `province` chooses its
rows, and all that follows sees these alone, as if the file had been cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding, findings_table
from analysis.intake.persons.masks import show
from analysis.places import Places
from analysis.respondents.identifiers import place_code, shown_codes, text_code
from analysis.respondents.locating import label_codes
from analysis.respondents.microdata import Microdata
from analysis.respondents.survey_rows import SurveyRows
from analysis.rounds import Round


def keep_province(
    table: pd.DataFrame, microdata: Microdata, survey_round: Round, places: Places
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of the round's province.

    Parameters
    ----------
    table : DataFrame
        The kept columns; the index is the row of the raw table and stays so.
    microdata : Microdata
        Its value labels tell what a file's own numbers for provinces stand for.
    survey_round : Round
    places : Places
        Of the round: a survey's own may know its own province alone, and then any other value is another.

    Returns
    -------
    tuple of DataFrame and DataFrame
        The same table where the round names no such column. Findings: a note that counts the rows of other
        provinces, and one where strata hold rows of several; a stop for rows whose province cannot be told,
        and where no row is of the round's.
    """
    column = survey_round.columns.province
    if not column or column not in table.columns:
        return table, findings_table([])
    codes = province_codes(table[column], microdata.value_labels.get(column, {}), places)
    own = (codes == survey_round.province).to_numpy(dtype=bool)
    rows = SurveyRows(table, survey_round, microdata.raw)
    found = [*_untold(rows, codes, column, places), *_none(survey_round, codes, column, own)]
    if own.any() and not own.all():
        found += [
            _others(survey_round, codes, column, own, places),
            *_shared_strata(table, survey_round, own),
        ]
    return table[own] if own.any() else table, findings_table(found)


def province_codes(stored: pd.Series, labels: Mapping[float | str, str], places: Places) -> pd.Series:
    """Each row's province as a code of the places, as it stands where it is none, NA where blank.

    Parameters
    ----------
    stored : Series of codes or names
    labels : mapping
        Of the column's values, in the file.
    places : Places
    """
    known = list(places.provinces["code"])
    codes = place_code(stored, known)
    labels = label_codes(labels, known)
    texts = {code: labels.get(code, code) for code in codes.dropna().unique()}
    spelled = pd.Series(list(texts.values()), index=list(texts), dtype="str")
    # A label speaks before the number it stands for: a file may count its provinces 1 to 63.
    resolved = places.resolve_column(spelled.mask(spelled.isin(known)), "province").codes
    taken = {code: found if isinstance(found, str) else texts[code] for code, found in resolved.items()}
    return codes.map(taken).astype("str")


def _untold(rows: SurveyRows, codes: pd.Series, column: str, places: Places) -> Iterator[Finding]:
    """Rows that are blank or, where all provinces are known, of none that is."""
    every = not places.folder
    bad = codes.isna() | (every & ~codes.isin(list(places.provinces["code"])))
    for value in codes[bad].fillna("").unique():
        here = (codes.fillna("") == value).to_numpy()
        seen = show(value, place=True) if value else ""
        vi = f'"{seen}" không phải tỉnh nào trong danh mục' if value else "tỉnh bị bỏ trống"
        en = f'"{seen}" is no known province' if value else "the province is blank"
        finding = Finding(
            "unknown_place_code",
            f"In {int(here.sum())} rows {en}, so it is not known whether they belong to the round.",
            f"Ở {int(here.sum())} dòng {vi} nên không rõ có thuộc vòng khảo sát không. Hãy sửa trong tệp.",
            where=f"{rows.survey_round.file}, column {column}",
            expected="the province of every row, by code or name",
            got=f"{seen or 'a blank'} in {int(here.sum())} rows",
            hint="Mend the values, or declare corrections.",
        )
        yield from rows.at_cells(finding, here, column, seen)


def _none(survey_round: Round, codes: pd.Series, column: str, own: pd.Series) -> Iterator[Finding]:
    if not own.any():
        seen = shown_codes(sorted(codes.dropna().unique()))
        yield Finding(
            "unknown_place_code",
            f"No row of the file is of province {survey_round.province}.",
            f"Không có dòng nào của tỉnh mã {survey_round.province}. Hãy sửa province hoặc [columns] "
            "province "
            "trong cấu hình.",
            where=f"{survey_round.file}, column {column}",
            expected=f"rows of province {survey_round.province}",
            got=f"provinces {seen}",
            hint=f"Mend province or [columns] province in {survey_round.shown_settings}.",
        )


def _others(survey_round: Round, codes: pd.Series, column: str, own: pd.Series, places: Places) -> Finding:
    names = dict(zip(places.provinces["code"], places.provinces["name_vi"], strict=True))
    counts = codes[~own].fillna("?").value_counts()
    told = shown(f"{names.get(code, show(code, place=True))} ({count})" for code, count in counts.items())
    left, kept = int((~own).sum()), int(own.sum())
    return Finding(
        "rows_of_other_provinces",
        f"{kept} rows are of the round's province; {left} rows of {len(counts)} others are left out: {told}.",
        f"{kept} dòng thuộc tỉnh của vòng này; {left} dòng của {len(counts)} tỉnh khác không được tính: "
        f"{told}.",
        where=f"{survey_round.file}, column {column}",
        expected=f"rows of province {survey_round.province}",
        got=f"{kept} of {len(codes)} rows",
        hint="Nothing to do: the province's figures are those of a file cut to it (METHODS.md).",
        kind="note",
        column=column,
    )


def _shared_strata(table: pd.DataFrame, survey_round: Round, own: pd.Series) -> Iterator[Finding]:
    """Strata that lie in several provinces: cut to one they are not the strata of the sample any more."""
    stratum = survey_round.design.strata[0]
    if not stratum or stratum not in table.columns:
        return
    strata = text_code(table[stratum])
    shared = sorted(set(strata[own].dropna()) & set(strata[~own].dropna()))
    if shared:
        yield Finding(
            "strata_across_provinces",
            f"{len(shared)} strata hold rows of several provinces: {shown_codes(shared)}. Cut to one "
            "province, "
            "how many clusters fell into it was chance too; standard errors do not count that.",
            f"{len(shared)} tầng có người trả lời ở nhiều tỉnh: {shown_codes(shared)}. Khi chỉ lấy một "
            "tỉnh, số cụm "
            "rơi vào tỉnh cũng là ngẫu nhiên mà sai số chuẩn không tính tới. Hãy hỏi đơn vị chọn mẫu.",
            where=f"{survey_round.file}, columns {survey_round.columns.province} and {stratum}",
            expected="strata that lie in one province, as PAPI's do",
            got=shown_codes(shared),
            hint="Ask whoever drew the sample whether each province was drawn by itself.",
            kind="note",
            column=stratum,
        )
