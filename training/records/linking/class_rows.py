"""The sheets of classes -> the classes, and for every other sheet the class of each of its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import nearest, shown
from analysis.intake.letters.text import fold_key
from analysis.intake.persons.masks import looks_personal
from training.records.linking.ledger import Ledger
from training.records.sheets.reading import Sheet

#: Columns that every table of rows has beside those of its schema: which sheet, which row of it, and whether
#: a cell is bad that says what the row is about.
SHEET, AT, BAD = "_sheet", "_at", "_bad"
#: Columns whose bad cell leaves out itself and not its row, by kind of sheet.
CELLS_ALONE = {
    "scores": ("pre_score", "post_score", "follow_up_score", "score"),
    "participants": ("level", "district", "commune"),
    "attendance": ("status", "periods"),
}


@dataclass(frozen=True)
class ClassNames:
    """The classes of a set of files, for looking them up.

    Attributes
    ----------
    known : dict
        Comparing form -> class as written in the sheet of classes.
    of_file : dict
        File's name -> its only class, for files with exactly one.
    """

    known: Mapping[str, str]
    of_file: Mapping[str, str]

    @property
    def only(self) -> str:
        """The only class of all files, "" where there are none or several."""
        return next(iter(self.known.values())) if len(self.known) == 1 else ""


def class_names(sheets: Sequence[Sheet]) -> ClassNames:
    """What the sheets of classes say there is; what looks like a person's name is no class.

    Parameters
    ----------
    sheets : sequence of Sheet
        All of them. Where none is of classes, what other sheets write as a class stands for one, so that the
        rest of a list can be checked; that classes are missing is a stop of its own (`tables.classes`).

    Notes
    -----
    Messages and tables name classes, so that a name in that column must not come this far.
    """
    known: dict[str, str] = {}
    per_file: dict[str, set[str]] = {}
    own = [sheet for sheet in sheets if sheet.kind.name == "classes"]
    for sheet in own or sheets:
        for at, name in enumerate(sheet.typed.table.get("class_id", pd.Series(dtype="str"))):
            if pd.notna(name) and not sheet.typed.left_out[at] and not looks_personal(name):
                known.setdefault(fold_key(name), name)
                per_file.setdefault(sheet.raw.path.name, set()).add(name)
    return ClassNames(known, {file: next(iter(names)) for file, names in per_file.items() if len(names) == 1})


def sheet_rows(sheets: list[Sheet], columns: list[str]) -> pd.DataFrame:
    """The rows of all sheets of one kind that are entries.

    Parameters
    ----------
    sheets : list of Sheet
    columns : list of str
        Columns to have, empty where a sheet lacks them; derived ones of each sheet are kept as well.

    Returns
    -------
    DataFrame
        Besides, `_sheet` (position in `sheets`), `_at` (row of that sheet's table) and `_bad`.
    """
    parts = []
    for number, sheet in enumerate(sheets):
        table = sheet.typed.table.reset_index(drop=True)
        more = [name for name in sheet.repeated if name in table]
        rows = table.reindex(columns=[*columns, *more])
        rows = rows.assign(**{SHEET: number, AT: np.arange(len(table)), BAD: _bad_rows(sheet)})
        parts.append(rows[_entries(sheet)])
    if not parts:
        return pd.DataFrame(columns=[*columns, SHEET, AT, BAD])
    return pd.concat([part.astype(object) for part in parts], ignore_index=True)


def _entries(sheet: Sheet) -> np.ndarray:
    """Rows that are entries of the list at all; a bad cell alone does not drop its row here."""
    found = sheet.typed.findings
    numbers = found.loc[found["code"] == "row_without_entry", "row"].astype(int)
    values = [name for name in sheet.typed.table if not name.endswith("_precision")]
    filled = sheet.typed.table[values].notna().any(axis=1).to_numpy()
    return ~np.isin(sheet.raw.rows, numbers) & filled


def _bad_rows(sheet: Sheet) -> np.ndarray:
    """Rows with a bad cell that leaves its row out, the cells that leave out only themselves aside."""
    alone = {*CELLS_ALONE.get(sheet.kind.name, ()), *sheet.repeated}
    headings = {heading for name, heading in sheet.typed.columns.items() if name not in alone}
    found = sheet.typed.findings
    bad = found[(found["kind"] == "left_out") & found["column"].isin(headings)]
    return np.isin(sheet.raw.rows, bad["row"].astype(int))


def with_class(rows: pd.DataFrame, sheets: list[Sheet], names: ClassNames, ledger: Ledger) -> pd.DataFrame:
    """Rows with their class; those whose class is not known are a stop and go.

    Parameters
    ----------
    rows : DataFrame
        From `sheet_rows`, with a column class_id.
    sheets : list of Sheet
    names : ClassNames
    ledger : Ledger

    Notes
    -----
    A row without a class is of the file's only class, or of the only class there is.
    """
    found = []
    for row in rows.to_dict("records"):
        sheet = sheets[row[SHEET]]
        written = row["class_id"]
        if pd.isna(written) or not str(written).strip():
            own = names.of_file.get(sheet.raw.path.name) or names.only
            if not own:
                _say_no_class(ledger, sheet, row[AT], names)
            found.append(own)
            continue
        own = names.known.get(fold_key(str(written)), "")
        if not own:
            _say_unknown(ledger, sheet, row[AT], str(written), names)
        found.append(own)
    rows = rows.assign(class_id=pd.Series(found, index=rows.index, dtype=object))
    return rows[rows["class_id"] != ""].reset_index(drop=True)


def _say_no_class(ledger: Ledger, sheet: Sheet, at: int, names: ClassNames) -> None:
    known = shown(names.known.values())
    ledger.cell(
        sheet, at, "class_id", "class_missing",
        f"Không rõ dòng này thuộc lớp nào. Hãy ghi mã lớp ({known or 'và thêm trang Lớp'}).",
        f"It is not said which class the row is of. Write the class ({known or 'and add the sheet Lớp'}).",
        expected=known,
    )  # fmt: skip


def _say_unknown(ledger: Ledger, sheet: Sheet, at: int, written: str, names: ClassNames) -> None:
    known = list(names.known.values())
    close = nearest(written, known, 1)
    vi = f' Có phải là "{close[0]}"?' if close else ""
    en = f' Is it "{close[0]}"?' if close else ""
    ledger.cell(
        sheet, at, "class_id", "unknown_class",
        f"Mã lớp không có ở trang Lớp.{vi} Hãy sửa mã lớp, hoặc thêm lớp vào trang Lớp.",
        f"The class is not in the sheet of classes.{en} Mend it, or add the class there.",
        expected=shown(known),
    )  # fmt: skip
