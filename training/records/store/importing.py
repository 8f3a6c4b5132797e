"""Files or a database + the secret key -> checked records in the data folder; the example without a key."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from analysis import paths
from analysis.errors import MissingFile
from analysis.findings import findings_table
from analysis.intake.persons.participant_keys import read_key
from training.records.checking import CheckedRecords, check_files, check_tables
from training.records.records import Records
from training.records.sheets.database import read_database

#: Of records that are simulated and name nobody: anybody may make these hashes, nobody is behind them.
EXAMPLE_KEY = hashlib.sha256(b"papi-workbench: simulated records").digest()
EXAMPLE_FILES = "training-*.xlsx"


def check_for_import(
    files: Sequence[Path], database: str = "", **how: object
) -> tuple[CheckedRecords, bytes]:
    """Check records with the key that their hashes are kept under.

    Parameters
    ----------
    files : sequence of Path
    database : str, optional
        SQLAlchemy's URL, in the place of files.
    **how
        See `analysis.intake.reading.read_tables`.

    Returns
    -------
    tuple of CheckedRecords and bytes

    Raises
    ------
    MissingFile
        There is no key, and a class is real or somebody is named.
    """
    try:
        key, missing = read_key(), None
    except MissingFile as fault:
        key, missing = EXAMPLE_KEY, fault
    if database:
        checked = check_tables(read_database(database), findings_table([]), key)
    else:
        checked = check_files(files, key, **how)
    if missing is not None and not (checked.simulated and checked.names_nobody):
        raise missing
    return checked, key


def read_example() -> Records:
    """The records of the committed example, which is simulated."""
    return check_files(example_files(), EXAMPLE_KEY).records


def example_files() -> list[Path]:
    """The workbooks of the committed example."""
    return sorted((paths.home_data() / "example").glob(EXAMPLE_FILES))
