"""Sheets of scored forms -> notes where a scale seems to begin at 0, to end at 5, or to run backwards."""

from __future__ import annotations

import numpy as np
import pandas as pd

from training.records.linking.ledger import Ledger
from training.records.sheets.reading import Sheet

#: Fewer rows say nothing of a scale.
_LEAST_ROWS = 10
#: An indicator runs backwards whose correlation with the mean of its form's others is at most this, and so
#: far below zero in units of its standard error that chance does not give it.
_REVERSED, _FAR = -0.3, -3.0


def find_odd_scales(sheets: list[Sheet], ledger: Ledger) -> None:
    """Look at the scores of each sheet as a whole.

    Parameters
    ----------
    sheets : list of Sheet
        Of forms or of the follow-up, with a column an indicator.
    ledger : Ledger

    Notes
    -----
    Zeros without a single 10 are what a scale of 0 to 9 gives; a highest score of 5 in ten rows or more what
    a scale of five gives. An indicator runs backwards where its correlation r with the mean of the others of
    the same row is -0.3 or less and r √(n - 2) / √(1 - r²) is -3 or less. All of it is suspicion: scores stay
    as they are, a 0 counts as unanswered.
    """
    for sheet in sheets:
        if not sheet.repeated:
            continue
        scores = (
            sheet.typed.table[list(sheet.repeated)].astype("Float64").astype(float).reset_index(drop=True)
        )
        filled = scores[scores.notna().any(axis=1)]
        zeros = _zeros(sheet)
        highest = np.nanmax(filled.to_numpy()) if len(filled) else np.nan
        if zeros and highest < 10:
            _say_from_zero(sheet, zeros, ledger)
        if len(filled) >= _LEAST_ROWS and highest <= 5:
            _say_of_five(sheet, highest, ledger)
        if len(filled) >= _LEAST_ROWS:
            for name in _reversed(filled):
                _say_reversed(sheet, name, ledger)


def _zeros(sheet: Sheet) -> int:
    headings = [sheet.typed.columns[name] for name in sheet.repeated]
    return int((sheet.raw.cells[headings] == "0").to_numpy().sum())


def _reversed(scores: pd.DataFrame) -> list[str]:
    found = []
    for name in scores.columns:
        own, others = scores[name], scores.drop(columns=name).mean(axis=1)
        both = own.notna() & others.notna()
        if both.sum() >= _LEAST_ROWS and own[both].std() > 0 and others[both].std() > 0:
            with np.errstate(invalid="ignore"):
                correlation = np.corrcoef(own[both], others[both])[0, 1]
            t = correlation * np.sqrt(both.sum() - 2) / np.sqrt(max(1 - correlation**2, 1e-12))
            if correlation <= _REVERSED and t <= _FAR:
                found.append(name)
    return found


def _say_from_zero(sheet: Sheet, zeros: int, ledger: Ledger) -> None:
    ledger.sheet(
        sheet, "scale_from_zero",
        f"Có {zeros} ô điểm 0 và không có điểm 10 nào: có thể phiếu dùng thang 0–9. Thang đúng là 1–10; ô "
        f"điểm 0 được coi "
        "là không trả lời. Hãy kiểm tra mẫu phiếu.",
        f"There are {zeros} scores of 0 and not one 10: the form may have a scale of 0 to 9. The scale is 1 "
        f"to 10; a 0 "
        "counts as not answered. Look at the form.",
        got=f"{zeros} × 0",
    )  # fmt: skip


def _say_of_five(sheet: Sheet, highest: float, ledger: Ledger) -> None:
    ledger.sheet(
        sheet, "scale_of_five",
        f"Điểm cao nhất trong phiếu là {highest:g}: có thể phiếu dùng thang 5 điểm, nên kết quả sẽ bị hiểu "
        f"là thấp. Thang "
        "đúng là 1–10. Hãy kiểm tra mẫu phiếu.",
        f"The highest score is {highest:g}: the form may have a scale of five, and would read as poor. The "
        f"scale is 1 to "
        "10. Look at the form.",
        got=f"{highest:g}",
    )  # fmt: skip


def _say_reversed(sheet: Sheet, name: str, ledger: Ledger) -> None:
    ledger.sheet(
        sheet, "scale_reversed",
        f"Tiêu chí {sheet.repeated[name]} được cho điểm ngược với các tiêu chí khác: có thể thang điểm bị "
        f"đảo. Hãy kiểm tra "
        "lại.",
        f"Indicator {sheet.repeated[name]} is scored against all others: its scale may be reversed. Look "
        f"again.",
        column=sheet.typed.columns[name], row=sheet.raw.header_row,
    )  # fmt: skip
