"""models/*.csv -> the sample, the cases and R's numbers, for the tests of tests and models."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.estimates.design import Design, declare_design

FOLDER = Path(__file__).parent / "models"


def _cases() -> list[dict[str, str]]:
    with (FOLDER / "cases.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CASES = _cases()


@cache
def people() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "sample.csv", keep_default_na=False, na_values=[""])


@cache
def design_of(name: str) -> Design:
    """The two designs of models.R."""
    if name == "replacement":
        return declare_design(people(), weight="weight", psu=["psu"], stratum=["stratum"])
    stages = dict(psu=["psu", "person"], stratum=["stratum"], population=["psus", "people"])
    return declare_design(people(), weight="weight", **stages)


def domain_of(case: dict[str, str]) -> np.ndarray | None:
    if not case["domain_column"]:
        return None
    return (people()[case["domain_column"]] == case["domain_value"]).to_numpy()


def r_results(folder: Path = FOLDER) -> pd.DataFrame:
    """R's numbers, indexed by case and statistic."""
    table = pd.read_csv(folder / "results.csv", keep_default_na=False, dtype={"name": str})
    return table.set_index(["case", "statistic"]).sort_index(kind="stable")
