"""Notebook + parameters -> an executed notebook, or a `NotebookFailed` that says at which cell.

papermill marks cells that never ran as completed when a kernel dies, so its own metadata is not
believed: every code cell must have run, and none may hold an error.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path


class NotebookFailed(Exception):
    """A notebook that did not run to its end.

    Parameters
    ----------
    cell : int or None
        The code cell (counted from 1) that failed or never ran; None where it is not known.
    reason : str
        Why, with the traceback where there is one.
    """

    def __init__(self, cell: int | None, reason: str) -> None:
        super().__init__(cell, reason)
        self.cell = cell
        self.reason = reason

    def __str__(self) -> str:
        at = f"code cell {self.cell}: " if self.cell else ""
        return at + self.reason


def run_notebook(notebook: Path, output: Path, parameters: dict[str, object]):
    """Run a notebook in a fresh kernel.

    Parameters
    ----------
    notebook, output : Path
        `output` holds the executed notebook also after a failure.

    Returns
    -------
    nbformat.NotebookNode

    Raises
    ------
    NotebookFailed
    """
    papermill = _import_papermill()
    try:
        with tempfile.TemporaryDirectory(prefix="workbench-") as sockets:
            executed = papermill.execute_notebook(
                str(notebook),
                str(output),
                parameters=parameters,
                progress_bar=False,
                log_output=False,
                kernel_name="python3",
                **_transport(sockets),
            )
    except papermill.PapermillExecutionError as fault:
        raise NotebookFailed(_last_cell(output), str(fault)) from fault
    except Exception as fault:  # a dead kernel and a time-out come as various classes
        raise NotebookFailed(_last_cell(output), f"{type(fault).__name__}: {fault}") from fault
    never_ran = first_cell_not_run(executed)
    if never_ran is not None:
        raise NotebookFailed(never_ran, "the cell never ran: the kernel ended before it")
    return executed


def _import_papermill():
    """papermill without the second of start-up that JupyterLab's presence costs it.

    jsonschema uses the package `rfc3987_syntax` where it finds it, to check an URI format that no
    notebook holds, and importing it compiles 35 grammars (jsonschema #1392, jupyter_server #1559).
    """
    sys.modules.setdefault("rfc3987_syntax", None)
    import papermill

    return papermill


def _transport(folder: str) -> dict:
    """Kernel sockets as files in a folder of their own, where the system has them.

    Parallel kernels on TCP ports can take each other's (papermill #511); socket files of the default
    name would be shared by all kernels started in one folder.
    """
    if os.name != "posix":
        return {}
    from traitlets.config import Config

    return {"config": Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/kernel"}})}


def first_cell_not_run(nb) -> int | None:
    """The first code cell (from 1) with no execution count or with an error output."""
    code = [cell for cell in nb.cells if cell.cell_type == "code" and cell.source.strip()]
    for number, cell in enumerate(code, start=1):
        failed = any(output.output_type == "error" for output in cell.outputs)
        if cell.execution_count is None or failed:
            return number
    return None


def _last_cell(output: Path) -> int | None:
    import nbformat

    if not output.is_file():
        return None
    try:
        return first_cell_not_run(nbformat.read(output, as_version=4))
    except Exception:  # the file was cut short with the kernel
        return None
