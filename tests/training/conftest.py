"""Shared by the tests of the measures: R's numbers, R's data sets for one run, outside data, simulated records."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest

from tests.conftest import require_or_skip
from tests.training.simulated_records import simulate_records
from training.rules import read_thresholds

REFERENCE = Path(__file__).parents[1] / "reference" / "training"


def has_r(*packages: str) -> bool:
    """Whether Rscript and the packages are here."""
    if shutil.which("Rscript") is None:
        return False
    check = " && ".join(f'requireNamespace("{name}", quietly = TRUE)' for name in packages) or "TRUE"
    return subprocess.run(["Rscript", "-e", f"quit(status = !({check}))"], check=False).returncode == 0


def run_r(script: str, folder: Path, *packages: str) -> None:
    """Run a script of tests/reference/training into a folder, or skip where R or a package is missing."""
    require_or_skip("r", has_r(*packages))
    subprocess.run(["Rscript", REFERENCE / script, folder], check=True, capture_output=True)


@pytest.fixture(scope="session")
def r_data(tmp_path_factory) -> Path:
    """A folder with data sets of R packages, which may not be committed."""
    folder = tmp_path_factory.mktemp("r-data")
    run_r("datasets.R", folder, "MASS", "psych", "psychTools", "lme4", "mlmRev")
    return folder


@pytest.fixture(scope="session")
def outside_data() -> Path:
    """A folder of data under the GPL that a person has fetched: moodle/*.csv, pingouin/*.csv.

    `tests/reference/training/README.md` says which files; `WORKBENCH_REFERENCE_DATA` names the folder.
    """
    named = os.environ.get("WORKBENCH_REFERENCE_DATA", "")
    if not named:
        pytest.skip(
            "WORKBENCH_REFERENCE_DATA names no folder; tests/reference/training/README.md says of what"
        )
    return Path(named)


@pytest.fixture(scope="session")
def thresholds():
    return read_thresholds()


@pytest.fixture(scope="session")
def simulated():
    """The tables of twelve simulated classes and the truth they were made from."""
    return simulate_records()


@pytest.fixture(scope="session")
def rows(simulated) -> pd.DataFrame:
    """The result rows of the simulated classes, with three districts that a survey sampled."""
    from training.results import build_training_results

    return build_training_results(simulated[0], 2021, sampled=["899", "903", "906"], rank_classes=["K01"])
