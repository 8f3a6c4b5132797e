"""The example rounds, built once for all tests that look at results, packs or pages."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.batch.run import Report, build_packs
from analysis.estimates.results import read_results
from analysis.estimates.sample import Sample
from analysis.pipeline import build_round, prepare
from analysis.rounds import read_round


@pytest.fixture(scope="session")
def example_sample() -> Sample:
    return prepare(read_round("example-2021"))


@pytest.fixture(scope="session")
def example_results() -> pd.DataFrame:
    build_round("example-2021")
    return read_results("example-2021")


@pytest.fixture(scope="session")
def papi_results() -> pd.DataFrame:
    build_round("example-papi-2021")
    return read_results("example-papi-2021")


@pytest.fixture(scope="session")
def packs(tmp_path_factory) -> Report:
    """All fifteen packs of the example, in Vietnamese, as the batch makes them."""
    return build_packs("example-2021", "vi", tmp_path_factory.mktemp("packs"))


@pytest.fixture(scope="session")
def pack_pages(packs) -> dict[str, str]:
    """District code -> page."""
    pages: list[Path] = sorted(packs.index.parent.glob("*/briefing.html"))
    return {page.parent.name.split("-")[0]: page.read_text(encoding="utf-8") for page in pages}
