"""Removals -> data/retention_log.csv, a line before and a line after each; nothing personal in it."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

from analysis import paths
from analysis.errors import PacksFolderProblem
from analysis.rows import read_rows

LOG_COLUMNS = ("when", "state", "path", "bytes", "delete_after", "why")
STARTED, REMOVED = "started", "removed"


def log_file(data_folder: Path) -> Path:
    return data_folder / "retention_log.csv"


def finish_log(log: Path, today: date, is_gone: Callable[[str], bool]) -> None:
    """Log as removed what a stopped run had begun and what is gone now.

    Parameters
    ----------
    log : Path
    today : date
    is_gone : callable
        Whether the file that the log calls so is no longer there.

    Raises
    ------
    BadRows
        Somebody took columns out of the log.
    """
    if not log.is_file():
        return
    begun: dict[str, dict[str, str]] = {}
    for row in read_rows(log, LOG_COLUMNS).to_dict("records"):
        if row["state"] == STARTED:
            begun[row["path"]] = row
        else:
            begun.pop(row["path"], None)
    ended = [row for name, row in begun.items() if is_gone(name)]
    if ended:
        write_log(
            log, [[today.isoformat(), REMOVED, *(row[key] for key in LOG_COLUMNS[2:])] for row in ended]
        )


def write_log(log: Path, lines: list[list[str]]) -> None:
    """Append lines to the log, on the disk before anything else happens.

    Raises
    ------
    PacksFolderProblem
        The log cannot be written.
    """
    new = not log.exists()
    try:
        with log.open("a", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerows([list(LOG_COLUMNS)] * new + lines)
            file.flush()
            os.fsync(file.fileno())
    except OSError as fault:
        raise PacksFolderProblem(
            "The log of removals cannot be written, so nothing more is removed.",
            vi="Không ghi được nhật ký xóa dữ liệu nên dừng xóa. Hãy kiểm tra quyền ghi và chỗ trống.",
            where=paths.short(log),
            expected="a file that can be written",
            got=str(fault.strerror or fault),
            hint="Close programs that have it open, free the folder, and run again.",
        ) from fault
