"""Which modules a notebook names, and the whole page that they make."""

import json

import pytest

from analysis import paths
from analysis.batch.formats.notebook_modules import modules_of
from analysis.batch.formats.page_blocks import page_tables
from analysis.batch.formats.whole_pages import whole_page
from analysis.briefing.district.annex import district_pack
from training.sections import district, province


def notebook_with(folder, *cells):
    file = folder / "a.ipynb"
    file.write_text(
        json.dumps({"cells": [{"cell_type": "code", "source": [cell]} for cell in cells]}), "utf-8"
    )
    return file


def test_modules_are_those_that_cells_import_from_in_order_and_once(tmp_path):
    cells = (
        "from training.sections import district\nfrom os import path, sep",
        "%time x",
        "from os import path",
    )
    assert modules_of(notebook_with(tmp_path, *cells)) == ["training.sections.district", "os.path", "os"]


def test_own_stages_and_plain_imports_and_words_are_none(tmp_path):
    cells = (
        "from analysis.briefing import sections\nimport json",
        "from analysis import open_round",
        "'from a import b'",
    )
    assert modules_of(notebook_with(tmp_path, *cells)) == []


@pytest.mark.parametrize(
    ("code", "name", "maker"),
    [
        ("899", "district_briefing", district.briefing),
        ("province_overview", "province_overview", province.briefing),
    ],
)
def test_page_of_a_notebook_that_shows_training_is_whole_with_it(code, name, maker):
    assert whole_page(code, paths.notebooks_folder() / f"{name}.ipynb").blocks is maker
    assert whole_page(code).blocks is not maker


def test_page_of_a_notebook_without_other_modules_is_the_briefings_own(tmp_path):
    assert whole_page("899", notebook_with(tmp_path, "1 + 1")).blocks is district_pack


def test_files_beside_a_pack_hold_the_tables_of_training(example_results):
    from training.build import build_training

    build_training("example-2021")
    how = whole_page("899", paths.notebooks_folder() / "district_briefing.ipynb")
    whole = how.blocks(how.open(district="899", survey_round="example-2021", language="vi"))
    own = page_tables(
        str(whole.markup), district_pack(how.open(district="899", survey_round="example-2021", language="vi"))
    )
    assert len(page_tables(str(whole.markup), whole)) > len(own)
