"""A folder of outputs -> where in it a mark stands, whatever the kind of file: text, parquet, workbook."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

#: Stands in every text value of every personal column; nothing else in the project holds it.
MARK = "DAUVET"
#: Numbers that stand in no other column.
PHONE, LATITUDE, LONGITUDE = 986_752_431.0, 9.876_512_3, 104.987_651_2
NUMBERS = (PHONE, LATITUDE, LONGITUDE)
_WRITTEN = (MARK.casefold(), "986752431", "9.8765", "104.98765", "986.752.431", "9,8765", "104,98765")


def marks_in_text(text: str) -> list[str]:
    """The marks that a text holds, numbers in the ways pages write them."""
    return [mark for mark in _WRITTEN if mark in text.casefold()]


def marks_in(folder: Path) -> list[str]:
    """Each file below a folder that holds a mark, in its name or inside, and which."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [f"{path.relative_to(folder)}: {mark}" for path in files for mark in _marks_of(path.name, path)]


def _marks_of(name: str, path: Path) -> Iterator[str]:
    yield from marks_in_text(name)
    if path.suffix == ".parquet":
        yield from _marks_of_table(path)
    else:
        yield from _marks_of_bytes(path.read_bytes())


def _marks_of_table(path: Path) -> Iterator[str]:
    yield from _marks_of_bytes(str(pq.read_metadata(path).metadata).encode())
    table = pd.read_parquet(path)
    yield from marks_in_text(" ".join(map(str, table.columns)))
    for column in table.columns:
        if pd.api.types.is_numeric_dtype(table[column]):
            values = table[column].to_numpy(dtype=float, na_value=np.nan)
            yield from (
                f"{column} {number}" for number in NUMBERS if np.isclose(values, number, rtol=1e-9).any()
            )
        else:
            yield from marks_in_text(" ".join(table[column].dropna().astype(str).unique()))


def _marks_of_bytes(raw: bytes) -> Iterator[str]:
    if zipfile.is_zipfile(io.BytesIO(raw)):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for name in archive.namelist():
                yield from _marks_of_bytes(archive.read(name))
    for coding in ("utf-8", "utf-16-le"):
        yield from marks_in_text(raw.decode(coding, errors="ignore"))


def personal_columns(rows: int) -> dict[str, Iterable[object]]:
    """Columns as a field team leaves them in a file, every value marked."""
    each = range(rows)
    return {
        "ho_ten": [f"Nguyễn Văn {MARK} {i}" for i in each],
        "dien_thoai": [PHONE] * rows,
        "dia_chi": [f"{i} đường {MARK}" for i in each],
        "so_cccd": [f"{MARK}{i:08d}" for i in each],
        "email": [f"{MARK}{i}@example.vn" for i in each],
        "gps_lat": [LATITUDE] * rows,
        "gps_long": [LONGITUDE] * rows,
        "ngay_sinh": [f"{MARK} 05/03/1980"] * rows,
        "ghi_chu_dtv": [f"nhà chị {MARK}, gọi {int(PHONE)}" for _ in each],
        "khong_ten": [f"{MARK}"] * rows,
    }
