"""The example rounds opened once for all tests of the analysts' questions."""

from __future__ import annotations

import pytest

from analysis import open_round
from analysis.explore.survey import Survey


@pytest.fixture(scope="session")
def survey() -> Survey:
    return open_round("example-2021")


@pytest.fixture(scope="session")
def papi_survey() -> Survey:
    """A round whose districts have a design of their own."""
    return open_round("example-papi-2021")


@pytest.fixture(scope="session")
def sexes(survey) -> dict[str, float]:
    """Population totals of the sexes that are not the sample's: half each."""
    return {"male": survey.design.weight.sum() / 2, "female": survey.design.weight.sum() / 2}


@pytest.fixture(scope="session")
def calibrated(survey, sexes) -> Survey:
    return survey.calibrate("poststratify", {"sex": sexes})
