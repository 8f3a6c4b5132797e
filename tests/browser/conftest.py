"""One browser and the example's pages for all tests here: Vietnamese ones of the batch, English ones rendered."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from analysis import paths
from analysis.batch.render import render_page
from analysis.batch.targets import ROUND_PAGES, district_target
from tests.analysis.batch.formats.made_page import ROUND, MadePage
from tests.browser.chromium import chromium, find_chromium
from tests.conftest import require_or_skip
from tests.made_once import made_once


@pytest.fixture(scope="session")
def browser():
    program = find_chromium()
    require_or_skip("chromium", program is not None)
    with chromium(program) as page:
        yield page


@pytest.fixture(scope="session")
def files(packs) -> list[Path]:
    """Every page of the example in Vietnamese: the index, fifteen districts, the round's."""
    folder = packs.index.parent
    pages = [folder / stem / f"{stem}.html" for stem in ROUND_PAGES]
    return [packs.index, *sorted(folder.glob("*/briefing.html")), *pages]


@pytest.fixture(scope="session")
def district_files(files) -> list[Path]:
    return [file for file in files if file.name == "briefing.html"]


@pytest.fixture(scope="session")
def english_files(district_files, tmp_path_factory) -> list[Path]:
    """The fifteen districts in English."""
    codes = [file.parent.name.partition("-")[0] for file in district_files]
    return made_once(
        tmp_path_factory.getbasetemp(),
        "english",
        lambda folder: [_rendered(code, "en", folder / f"{code}.html") for code in codes],
    )


def _rendered(code: str, language: str, file: Path) -> Path:
    """A district's page as its notebook's output is rendered, without a kernel."""
    made = MadePage(code, language)
    head = district_target(made.page, paths.notebooks_folder() / f"{ROUND}.ipynb").head
    data, metadata = made.whole._repr_mimebundle_()
    output = nbformat.v4.new_output("display_data", data=data, metadata=metadata)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("page", outputs=[output])])
    file.write_text(render_page(notebook, head), encoding="utf-8")
    return file
