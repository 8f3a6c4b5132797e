"""A survey file (.dta, .sav, .csv, .parquet) -> the table as stored, with its labels.

Nothing is converted or recoded here: no-answer codes stay, labels stay beside the table. Only text is
brought to one form (NFC), because "Rạch Giá" can be written in two ways that differ by `==`.
"""

from __future__ import annotations

import csv
import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.errors import MissingFile, UnreadableFile, nearest, shown

#: What can be wrong with a file, English -> Vietnamese.
_REASONS = {
    "its format is not known from its name": "không nhận ra định dạng từ tên tệp",
    "it is empty": "tệp rỗng",
    "it is cut short": "tệp bị cắt cụt",
    "it is damaged, cut short, or of another format": "tệp hỏng, bị cắt cụt hoặc khác định dạng",
    "it does not fit in memory, or is damaged": "tệp quá lớn hoặc bị hỏng",
    "it is not in UTF-8": "tệp không dùng bảng mã UTF-8",
    "it has no rows": "tệp không có dòng nào",
    "its columns are separated by semicolons": "các cột ngăn cách bằng dấu chấm phẩy thay vì dấu phẩy",
    "two columns have one name": "có hai cột trùng tên",
}

#: What to do, Vietnamese and English.
_COPY_AGAIN = (
    "Hãy chép lại hoặc xuất lại tệp.",
    "Copy the file again, or export it again from Stata or SPSS, and run again.",
)
#: Excel takes both marks from the regional settings of Windows, and writes ";" where "," is the decimal mark.
_COMMAS_FROM_EXCEL = (
    "Trong Windows, mở Control Panel → Region → Additional settings, đặt Decimal symbol là dấu chấm và "
    'List separator là dấu phẩy; rồi trong Excel chọn Save As, kiểu "CSV UTF-8 (Comma delimited)".',
    "In Windows open Control Panel, Region, Additional settings: decimal symbol a point, list separator a "
    'comma; then in Excel choose Save As, type "CSV UTF-8 (Comma delimited)".',
)


@dataclass(frozen=True)
class Microdata:
    """A file as it was read.

    Attributes
    ----------
    table : DataFrame
        One row a respondent, columns and codes as stored. A .csv is all text.
    variable_labels : dict
        Column -> label; empty for files that carry none.
    value_labels : dict
        Column -> {code: label}.
    path : Path
        Where it was read from.
    """

    table: pd.DataFrame
    variable_labels: dict[str, str] = field(default_factory=dict)
    value_labels: dict[str, dict[float, str]] = field(default_factory=dict)
    path: Path = Path()


def read_microdata(path: Path | str) -> Microdata:
    """Read one survey file as stored.

    Raises
    ------
    MissingFile
        When there is no such file; files with a like name in the same folder are named.
    UnreadableFile
        When it is empty, cut short, of another format than its name says, or of an unknown format.
    """
    path = Path(path)
    if not path.is_file():
        raise _missing(path)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise _unreadable(
            path, "its format is not known from its name", ", ".join(_READERS), path.suffix or "none"
        )
    if path.stat().st_size == 0:
        raise _unreadable(path, "it is empty", "a survey file", "0 bytes")
    try:
        microdata = reader(path)
    except UnreadableFile:
        raise
    except UnicodeDecodeError as fault:
        raise _unreadable(path, "it is not in UTF-8", "UTF-8 text", f"byte {fault.start} is not") from fault
    except MemoryError as fault:
        raise _unreadable(
            path, "it does not fit in memory, or is damaged", "a whole file", "MemoryError"
        ) from fault
    except Exception as fault:
        # The readers raise many unrelated classes for a damaged file; each is the same fault to the user.
        got = f"{type(fault).__name__}: {str(fault).splitlines()[0] if str(fault) else 'no detail'}"
        expected = f"a whole {path.suffix.lower()} file"
        raise _unreadable(path, "it is damaged, cut short, or of another format", expected, got) from fault
    if microdata.table.empty:
        raise _unreadable(
            path, "it has no rows", "one row a respondent", f"{microdata.table.shape[1]} columns, 0 rows"
        )
    return microdata


def _read_stata(path: Path) -> Microdata:
    import pyreadstat

    with path.open("rb") as file:
        modern = file.read(11) == b"<stata_dta>"
        file.seek(-min(12, path.stat().st_size), os.SEEK_END)
        whole = file.read() == b"</stata_dta>"
    if modern and not whole:
        raise _unreadable(path, "it is cut short", "a file that ends with </stata_dta>", "another end")
    return _with_labels(path, *pyreadstat.read_dta(str(path)))


def _read_spss(path: Path) -> Microdata:
    import pyreadstat

    # The no-answer codes must stay codes, so values that SPSS marks as missing are kept.
    return _with_labels(path, *pyreadstat.read_sav(str(path), user_missing=True))


def _with_labels(path: Path, table: pd.DataFrame, meta) -> Microdata:
    if meta.number_rows is not None and meta.number_rows != len(table):
        got = f"{len(table)} of {meta.number_rows} rows"
        raise _unreadable(path, "it is cut short", f"{meta.number_rows} rows", got)
    variable_labels = {_nfc(name): _nfc(text) for name, text in meta.column_names_to_labels.items() if text}
    value_labels = {
        _nfc(name): {code: _nfc(text) for code, text in labels.items()}
        for name, labels in meta.variable_value_labels.items()
    }
    return Microdata(_one_form(table), variable_labels, value_labels, path)


def _read_csv(path: Path) -> Microdata:
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file), [])
    if len(header) == 1 and ";" in header[0]:
        raise _unreadable(
            path, "its columns are separated by semicolons", "commas", "semicolons", _COMMAS_FROM_EXCEL
        )
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise _unreadable(path, "two columns have one name", "each name once", shown(twice))
    table = pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8-sig")
    return Microdata(_one_form(table), path=path)


def _read_parquet(path: Path) -> Microdata:
    return Microdata(_one_form(pd.read_parquet(path)), path=path)


_READERS: dict[str, Callable[[Path], Microdata]] = {
    ".dta": _read_stata,
    ".sav": _read_spss,
    ".csv": _read_csv,
    ".parquet": _read_parquet,
}


def _one_form(table: pd.DataFrame) -> pd.DataFrame:
    """Column names and text cells in NFC; everything else untouched."""
    table = table.rename(columns=_nfc)
    for column in table.columns:
        if not pd.api.types.is_numeric_dtype(table[column]):
            table[column] = table[column].map(_nfc, na_action="ignore")
    return table


def _nfc(value: object) -> object:
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _missing(path: Path) -> MissingFile:
    folder = path.parent
    files = [file.name for file in folder.iterdir() if file.is_file()] if folder.is_dir() else []
    close = nearest(path.name, files)
    got = f"files with a like name: {shown(close)}" if close else "no file of that name"
    return MissingFile(
        f"The survey file {path.name} is not there.",
        vi=f"Không tìm thấy tệp dữ liệu {path.name}. Hãy chép tệp vào đúng thư mục hoặc sửa tên tệp.",
        where=paths.short(path),
        expected="the file that the round's settings name under `file`",
        got=got,
        hint="Put the file there, or mend `file` in data/rounds/<round>.toml.",
    )


def _unreadable(
    path: Path, what: str, expected: str, got: str, advice: tuple[str, str] = _COPY_AGAIN
) -> UnreadableFile:
    return UnreadableFile(
        f"The survey file {path.name} cannot be read: {what}.",
        vi=f"Không đọc được tệp dữ liệu {path.name}: {_REASONS[what]}. {advice[0]}",
        where=paths.short(path),
        expected=expected,
        got=got,
        hint=advice[1],
    )
