"""Texts that are kept (unit, position, venue …) -> the same without what names a person, each cell named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from analysis.intake.letters.text import fold_key
from analysis.intake.persons.masks import HIDDEN, looks_personal
from training.records.linking.class_rows import AT, SHEET
from training.records.linking.ledger import Ledger
from training.records.sheets.reading import Sheet

#: Declared personal columns whose values are looked for elsewhere; a sex or a number alone would be anywhere.
_LOOKED_FOR = ("full_name", "phone", "email")
#: A shorter value would be found inside ordinary words.
_SHORTEST = 6


def personal_values_of(sheets: Iterable[Sheet]) -> frozenset[str]:
    """What the sheets hold in the columns of names, phones and e-mails, in comparing form."""
    values = set()
    for sheet in sheets:
        for name in _LOOKED_FOR:
            heading = sheet.typed.columns.get(name)
            if heading:
                values |= {fold_key(text) for text in sheet.raw.cells[heading].dropna().unique()}
    return frozenset(value for value in values if len(value) >= _SHORTEST)


def drop_personal_text(
    rows: pd.DataFrame, sheets: list[Sheet], columns: Sequence[str], known: frozenset[str], ledger: Ledger
) -> pd.DataFrame:
    """Empty the cells of kept text columns that name a person.

    Parameters
    ----------
    rows : DataFrame
        With `_sheet` and `_at`.
    sheets : list of Sheet
    columns : sequence of str
    known : frozenset of str
        From `personal_values_of`: a name is known from its own column, whatever it looks like.
    ledger : Ledger

    Notes
    -----
    Beside these, what has the form of a phone or identity number, an e-mail or a name with Thị or Văn goes.
    """
    verdicts: dict[str, bool] = {}
    for column in columns:
        kept = []
        for row in rows.to_dict("records"):
            text = row[column]
            if pd.isna(text):
                kept.append(None)
                continue
            if text not in verdicts:
                verdicts[text] = _names_somebody(str(text), known)
            if verdicts[text]:
                _say(sheets[row[SHEET]], row[AT], column, ledger)
            kept.append(None if verdicts[text] else text)
        rows = rows.assign(**{column: pd.Series(kept, rows.index, dtype=object)})
    return rows


def _names_somebody(text: str, known: frozenset[str]) -> bool:
    plain = fold_key(text)
    return looks_personal(text, place=True) or any(value in plain for value in known)


def _say(sheet: Sheet, at: int, column: str, ledger: Ledger) -> None:
    label = sheet.kind.schema.column(column)
    ledger.cell(
        sheet, at, column, "personal_text_dropped",
        f"{label.label_vi} có họ tên, số điện thoại hoặc thông tin cá nhân nên ô này không được giữ. Hãy "
        f"xóa thông "
        "tin đó.",
        f"{label.label_en} holds a name, a phone number or other personal data, so the cell is not kept. "
        f"Take it out.",
        kind="note", value=HIDDEN,
    )  # fmt: skip
