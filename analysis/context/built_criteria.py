"""What a scoring sheet says of its criteria, as built beside a round's results -> a table for pages."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.context.parindex_points import criteria_of


def criteria_file(survey_round: str) -> Path:
    return paths.built_folder() / f"{survey_round}.criteria.parquet"


def read_criteria(survey_round: str) -> pd.DataFrame:
    """A built round's criteria, indexed by measure: name, method, lead_agency, reason, cause.

    No rows where the round names no sheet or has not been built.
    """
    path = criteria_file(survey_round)
    table = pd.read_parquet(path) if path.exists() else criteria_of(None)
    return table.set_index("measure")
