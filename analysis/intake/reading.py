"""Any file that holds a table -> its `RawTable`s and findings on how it was read.

The one door: surveys (.dta, .sav, .parquet), lists and exports (.xlsx, .xlsm, .ods, .xls, .csv, .tsv, .txt).
Nothing is typed, recoded or dropped; what was found out or filled in on the way is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from analysis.errors import UnknownName, WorkbenchError, shown
from analysis.findings import Finding, findings_table, join_findings
from analysis.intake.letters.legacy import LEGACY
from analysis.intake.options import by_option
from analysis.intake.readers import limits
from analysis.intake.readers.legacy_reading import KEEP, settle_legacy
from analysis.intake.table import RawTable

WORKBOOKS = (".xlsx", ".xlsm", ".ods", ".xls")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")  # a library may quote the value it failed on


def read_tables(
    path: Path | str,
    *,
    sheet: str = "",
    header_row: int = 0,
    encoding: str = "",
    legacy: str = "",
    delimiter: str = "",
) -> tuple[list[RawTable], pd.DataFrame]:
    """Read every table of a file.

    Parameters
    ----------
    path : Path or str
    sheet : str, optional
        Of a workbook: the one sheet to read. By default all are read, hidden ones too.
    header_row : int, optional
        Row or line of the headings, from 1; 0 to look for it.
    encoding : str, optional
        Of the texts; found from the file by default.
    legacy : {"", "tcvn3", "vni", "mojibake", "keep"}, optional
        What to do about letters of a legacy Vietnamese encoding: stop and show a sample (""), convert, or
        leave them. Capitals do not matter.
    delimiter : str, optional
        Of a .csv, .tsv or .txt; found from the file by default.

    Returns
    -------
    tuple of list of RawTable and DataFrame of findings
        One table but for workbooks.

    Raises
    ------
    MissingFile
    UnreadableFile
        Empty, cut short, damaged, locked, oversized, of another format than its name says, without rows.
    UnknownName
        No such `legacy`.
    """
    legacy = legacy.strip().casefold()
    if legacy not in ("", KEEP, *LEGACY):
        raise UnknownName(
            f"There is no legacy encoding {legacy}.",
            vi=f"Không có bảng mã cũ tên {legacy}. Hãy dùng một trong: {shown([*LEGACY, KEEP])}.",
            expected=shown([*LEGACY, KEEP]),
            got=legacy,
            hint=f"Give one of them by {by_option('legacy')[1]}, or leave it out.",
        )
    path = limits.check_file(path)
    tables, found = _read_guarded(path, sheet, header_row, encoding, delimiter, legacy)
    return tables, join_findings([findings_table(found)])


def _read_guarded(
    path: Path, sheet: str, header_row: int, encoding: str, delimiter: str, legacy: str
) -> tuple[list[RawTable], list[Finding]]:
    """Read, with whatever a library raises for a damaged file or odd cells said as one fault."""
    try:
        tables, found = _read(path, sheet, header_row, encoding, delimiter)
        settled = []
        for table in tables:
            table, said = settle_legacy(table, legacy)
            settled.append(table)
            found += said
        return settled, found
    except WorkbenchError:
        raise
    except MemoryError as fault:
        what = "it does not fit in memory, or is damaged"
        raise limits.unreadable(path, what, "a whole file", "MemoryError") from fault
    except Exception as fault:
        detail = _QUOTED.sub("…", str(fault).splitlines()[0])[:200] if str(fault) else "no detail"
        raise limits.damaged(path, f"{type(fault).__name__}: {detail}") from fault


def _read(
    path: Path, sheet: str, header_row: int, encoding: str, delimiter: str
) -> tuple[list[RawTable], list[Finding]]:
    # Each reader is loaded when a file needs it.
    suffix = path.suffix.lower()
    if suffix in WORKBOOKS:
        from analysis.intake.readers.workbooks import read_workbook

        return read_workbook(path, sheet, header_row)
    if suffix in limits.TEXTS:
        from analysis.intake.readers.delimited import read_delimited

        table, found = read_delimited(path, encoding, delimiter, header_row)
    else:
        from analysis.intake.readers.statistical import read_statistical

        table, found = read_statistical(path, encoding)
    return [table], found


def table_files(folder: Path | str) -> Iterator[Path]:
    """The files of a folder that can be read, by name; Excel's lock files and hidden ones are passed over."""
    for path in sorted(Path(folder).iterdir()):
        if path.is_file() and path.suffix.lower() in limits.FORMATS and not path.name.startswith(("~$", ".")):
            yield path
