"""data/retention.csv + the rounds -> until when each file of real data may be kept, checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path, PurePosixPath

import pandas as pd

from analysis import paths
from analysis.errors import WorkbenchError, shown
from analysis.findings import Finding, bad_row, findings_table
from analysis.rounds import read_round, round_names
from analysis.rows import read_rows

ROW_COLUMNS = ("file", "survey_round", "delete_after", "results_after", "reason", "by", "date")
#: What stands in raw/ of the checkout itself.
KEPT_IN_RAW = ("README.md", ".gitkeep")


def retention_file(data_folder: Path) -> Path:
    return data_folder / "retention.csv"


def declared_rounds() -> dict[str, str]:
    """Round -> the file its settings name; "" where they cannot be read."""
    files: dict[str, str] = {}
    for name in round_names():
        try:
            files[name] = read_round(name).file
        except WorkbenchError:
            files[name] = ""
    return files


def read_retention(data_folder: Path) -> pd.DataFrame:
    """The declared dates as text, no rows where there is no file.

    Returns
    -------
    DataFrame
        file (from the data folder, `raw/…`), survey_round (of a survey; empty for lists of a class),
        delete_after (last day the file and what holds persons may be kept), results_after (last day of the
        round's estimates; empty: kept), reason, by, date.
    """
    path = retention_file(data_folder)
    if path.is_file():
        return read_rows(path, ROW_COLUMNS)
    return pd.DataFrame(columns=list(ROW_COLUMNS), dtype="str")


def check_retention(data_folder: Path, rounds: Mapping[str, str]) -> pd.DataFrame:
    """Rows that cannot be meant (stop), and files in `raw/` without a row (note).

    Parameters
    ----------
    data_folder : Path
    rounds : mapping of str to str
        Round -> its file, as `declared_rounds` gives them.
    """
    rows, shown_file = read_retention(data_folder), paths.short(retention_file(data_folder))
    found = list(_row_faults(rows, rounds, shown_file))
    declared = set(rows["file"])
    files = [file.relative_to(data_folder).as_posix() for file in _raw_files(data_folder)]
    without = [file for file in files if file not in declared]
    if without:
        found.append(
            Finding(
                "no_retention_date",
                f"{len(without)} files in raw/ have no date by which they must go.",
                f"{len(without)} tệp trong raw/ chưa có thời hạn lưu. Hãy thêm dòng vào {shown_file}.",
                where=paths.short(data_folder / "raw"),
                expected=f"a row in {shown_file} for every file of real data",
                got=shown(without),
                hint="Add a row: file, survey_round, delete_after, reason, by, date.",
                kind="note",
            )
        )
    return findings_table(found)


def _row_faults(rows: pd.DataFrame, rounds: Mapping[str, str], shown_file: str) -> Iterator[Finding]:
    for at, row in rows.iterrows():
        where = f"{shown_file}, row {at + 2}"
        for what, expected, got in _faults_of(row, rounds):
            hint = "Mend the row; data/README.md says what each column holds. Nothing was removed."
            yield bad_row(where, what, expected, got or "nothing", hint)


def _faults_of(row: pd.Series, rounds: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a row, what was expected, what stands there."""
    file, name = row["file"], row["survey_round"]
    parts = PurePosixPath(file).parts
    if len(parts) < 2 or parts[0] != "raw" or ".." in parts or "\\" in file:
        yield "the file does not lie in raw/", "raw/<name>", file
    for key in ("delete_after", "results_after", "date"):
        if day_of(row[key]) is None and (key != "results_after" or row[key]):
            yield f"{key} is no date", "year-month-day, such as 2028-12-31", row[key]
    for key in ("reason", "by"):
        if not row[key]:
            yield f"{key} is empty", "a text", ""
    users = [other for other, used in rounds.items() if used == file]
    if name in rounds and rounds[name] != file:
        yield f"round {name} is made of another file", rounds[name] or "readable settings", file
    elif users and name not in users:
        yield "the file is a round's, and the row names another", shown(users), name


def day_of(text: str) -> date | None:
    """A date as rows write it, or None.

    Examples
    --------
    >>> day_of("2028-12-31"), day_of("31/12/2028")
    (datetime.date(2028, 12, 31), None)
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def _raw_files(data_folder: Path) -> list[Path]:
    folder = data_folder / "raw"
    files = sorted(folder.rglob("*")) if folder.is_dir() else []
    return [file for file in files if file.is_file() and file.name not in KEPT_IN_RAW]
