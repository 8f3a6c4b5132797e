"""The notebook of the page `methods` shows what its sections hold, in their order."""

import nbformat
import pytest
from nbclient import NotebookClient

from analysis import paths
from analysis.briefing import methods, open_round_page

NOTEBOOK = paths.notebooks_folder() / "methods.ipynb"


@pytest.fixture(scope="module")
def executed(example_results, tmp_path_factory):
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    folder = str(tmp_path_factory.mktemp("nb"))
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": folder}}).execute()
    return notebook


def test_run_all_gives_every_section_in_order(executed):
    outputs = [o for cell in executed.cells if cell.cell_type == "code" for o in cell.outputs]
    shown = "\n".join(o.data["text/html"] for o in outputs)
    assert shown == methods.methods_page(open_round_page("example-2021", "vi"))._repr_html_()
