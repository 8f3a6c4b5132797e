"""What many tests share: the example built once, and what happens where an outside tool is missing.

Nothing but Python is needed to run the tests. Those that compare with R, look at a page in
Chromium, open a file in LibreOffice or read from PostgreSQL skip, with a message, where the tool is
missing; where `WORKBENCH_REQUIRE` names the tool (.ci/run sets it) they fail instead, so that no such
test is lost unseen.
"""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest

from analysis.batch.run import Report, build_packs
from analysis.commands.shared import build_with_training
from analysis.estimates.results import read_results
from analysis.estimates.sample import Sample
from analysis.pipeline import build_round, prepare
from analysis.rounds import read_round
from tests.made_once import made_once
from tests.training.lessons.run_once import run_lessons
from training.lessons.build.parts import Made


def require_or_skip(tool: str, found: bool) -> None:
    """Go on when `tool` is there; else fail if `WORKBENCH_REQUIRE` names it, else skip.

    Parameters
    ----------
    tool : str
        The tool's short name: "r", "chromium", "axe", "libreoffice", "postgresql" or "faketime".
    found : bool
        Whether it can be used here.
    """
    if found:
        return
    required = {name.strip() for name in os.environ.get("WORKBENCH_REQUIRE", "").lower().split(",")}
    if tool.lower() in required:
        pytest.fail(f"WORKBENCH_REQUIRE names {tool}, and it is not here", pytrace=False)
    pytest.skip(f"{tool} is not on this machine; .ci/run installs it")


@pytest.fixture(scope="session")
def example_sample() -> Sample:
    return prepare(read_round("example-2021"))


@pytest.fixture(scope="session")
def example_results() -> pd.DataFrame:
    build_with_training("example-2021")
    return read_results("example-2021")


@pytest.fixture(scope="session")
def papi_results() -> pd.DataFrame:
    build_round("example-papi-2021")
    return read_results("example-papi-2021")


@pytest.fixture(scope="session")
def packs(example_results, tmp_path_factory) -> Report:
    """All fifteen packs of the example, in Vietnamese, as the batch makes them."""
    return made_once(
        tmp_path_factory.getbasetemp(),
        "packs",
        lambda folder: build_packs("example-2021", "vi", folder / "packs"),
    )


@pytest.fixture(scope="session")
def pack_pages(packs) -> dict[str, str]:
    """District code -> page."""
    pages: list[Path] = sorted(packs.index.parent.glob("*/briefing.html"))
    return {page.parent.name.split("-")[0]: page.read_text(encoding="utf-8") for page in pages}


@pytest.fixture(scope="session")
def lessons_run(tmp_path_factory) -> dict[str, Made]:
    """Number -> lesson, run from top to bottom with its solutions, each in a kernel of its own."""
    return run_lessons(tmp_path_factory.getbasetemp())
