"""The example round -> people.csv, which from_stata.R reads: `python tests/reference/export_from_stata.py FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from analysis import open_round

COLUMNS = [
    "weight", "stratum", "psu", "district", "sex", "residence", "age_group", "a002", "poverty_list_published",
    "internet_home", "internet_news", "health_insurance", "school_minutes",
]  # fmt: skip


def export(folder: Path) -> None:
    """Write what the guide's commands look at."""
    table = open_round("example-2021").data[COLUMNS]
    table.to_csv(folder / "people.csv", index=False, float_format="%.17g", lineterminator="\n")


if __name__ == "__main__":
    export(Path(sys.argv[1]))
