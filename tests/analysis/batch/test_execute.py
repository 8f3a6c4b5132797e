"""A notebook that runs too long is stopped at its cell, and leaves no kernel."""

import os
import time

import nbformat
import pytest

from analysis.batch.execute import NotebookFailed, run_notebook
from analysis.batch.limits import USUAL


def test_cell_that_runs_too_long_is_a_failure_of_that_cell(tmp_path):
    cells = [nbformat.v4.new_code_cell(source) for source in ("1 + 1", "import time; time.sleep(60)", "2")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "in.ipynb")
    kernels = []
    start = time.monotonic()
    with pytest.raises(NotebookFailed) as fault:
        run_notebook(
            tmp_path / "in.ipynb", tmp_path / "out.ipynb", {}, kernel_started=kernels.append, cell_timeout=1
        )
    assert time.monotonic() - start < 30
    assert fault.value.cell == 2
    assert "Timeout" in fault.value.reason
    with pytest.raises(ProcessLookupError):
        os.kill(kernels[0], 0)


def test_a_page_of_the_batch_has_minutes():
    assert USUAL.seconds >= 300
