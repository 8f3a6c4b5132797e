"""What the checks found when a round was built -> a built table, and the notes read from it again.

A build with a finding of kind `stop` writes nothing, so the table holds notes and rows left out. It is
made of one row a finding, with addresses in the original file and masked values; it goes when the rows
about persons go.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.findings import COLUMNS

#: The round first: a round's table also has the findings about the one it is compared with.
BUILT_COLUMNS = ("survey_round", *COLUMNS)


def findings_file(name: str) -> Path:
    """Where a round's findings are built."""
    return paths.built_folder() / f"{name}.findings.parquet"


def arrange_findings(findings: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Findings of several rounds as one table to be built.

    Parameters
    ----------
    findings : dict of round -> findings table

    Returns
    -------
    DataFrame
        Columns `BUILT_COLUMNS`, each finding once; text but for `row`.
    """
    tables = [table.assign(survey_round=name) for name, table in findings.items()]
    joined = pd.concat([pd.DataFrame(columns=list(BUILT_COLUMNS)), *tables], ignore_index=True)
    kinds = {name: "int64" if name == "row" else "str" for name in BUILT_COLUMNS}
    return joined[list(BUILT_COLUMNS)].astype(kinds).drop_duplicates(ignore_index=True)


def read_built_findings(name: str) -> pd.DataFrame:
    """A built round's findings; no rows where it has not been built."""
    try:
        return pd.read_parquet(findings_file(name))
    except (OSError, ValueError):  # not there, or cut short
        return arrange_findings({})


def notes_in(findings: pd.DataFrame) -> tuple[dict[str, object], ...]:
    """The notes of a built table, a dict each."""
    return tuple(of_kind(findings, ("note",)).to_dict("records"))


def of_kind(findings: pd.DataFrame, kinds: Iterable[str]) -> pd.DataFrame:
    """The findings of some kinds."""
    return findings[findings["kind"].isin(list(kinds))]


def read_file_facts(name: str) -> dict[str, dict]:
    """Round -> how its file was read and what was counted in it, of a built round and the one compared with.

    Returns
    -------
    dict
        What the sidecar of the findings keeps as `files`; empty where the round has not been built.
    """
    try:
        made = json.loads(findings_file(name).with_suffix(".json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return made.get("files", {})
