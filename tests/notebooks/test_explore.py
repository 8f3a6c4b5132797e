"""The notebook `explore` run without anybody before it: the answer's page in place of the panel, and no widgets."""

from __future__ import annotations

import nbformat
import pytest
from nbclient import NotebookClient

from analysis import open_round, paths
from analysis.pipeline import build_round

NOTEBOOK = paths.notebooks_folder() / "explore.ipynb"


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    build_round("example-2021")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    folder = str(tmp_path_factory.mktemp("nb"))
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": folder}}).execute()
    return notebook


def test_the_panel_is_the_page_of_its_answer(executed):
    outputs = [output for cell in executed.cells if cell.cell_type == "code" for output in cell.outputs]
    kinds = {kind for output in outputs for kind in output.data}
    assert kinds == {"text/html", "text/plain"}
    answer = open_round("example-2021").ask("PAPI", by="sex")
    assert answer.line in outputs[0].data["text/plain"]
    assert outputs[0].data["text/html"] == answer._repr_html_()


def test_no_state_of_widgets_is_kept(executed):
    assert "widgets" not in executed.metadata
