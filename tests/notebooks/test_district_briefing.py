"""The notebook run by papermill's own command and by Run All gives the batch's content."""

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from analysis import paths
from analysis.briefing import open_pack
from training.sections import district

NOTEBOOK = paths.notebooks_folder() / "district_briefing.ipynb"


def shown(notebook):
    """What the notebook's cells display, in order."""
    outputs = [o for cell in notebook.cells if cell.cell_type == "code" for o in cell.outputs]
    return [o.data["text/html"] for o in outputs if "text/html" in o.get("data", {})]


@pytest.fixture(scope="module")
def expected(example_results):
    return district.briefing(open_pack("899", "example-2021", "vi"))._repr_html_()


def test_papermill_command_with_a_number_gives_the_same_content(tmp_path, expected):
    papermill = Path(sys.executable).with_name("papermill")
    out = tmp_path / "out.ipynb"
    command = [papermill, NOTEBOOK, out, "-p", "district", "899", "--no-progress-bar"]
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path)
    assert "\n".join(shown(nbformat.read(out, as_version=4))) == expected


def test_run_all_gives_the_same_content(tmp_path, expected):
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert "\n".join(shown(notebook)) == expected


def test_mistyped_district_tells_the_nearest_names_in_the_notebook(tmp_path, expected):
    papermill = Path(sys.executable).with_name("papermill")
    command = [
        papermill,
        NOTEBOOK,
        tmp_path / "out.ipynb",
        "-p",
        "district",
        "Rạch Giá X",
        "--no-progress-bar",
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode != 0
    assert re.search(r"899 Thành phố Rạch Giá", done.stderr)
