"""Notebook + parameters -> an executed notebook, or a `NotebookFailed` that says at which cell.

papermill marks cells that never ran as completed when a kernel dies, so its own metadata is not
believed: every code cell must have run, and none may hold an error.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
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


def run_notebook(
    notebook: Path,
    output: Path,
    parameters: dict[str, object],
    *,
    scratch: Path | None = None,
    kernel_started: Callable[[int], None] | None = None,
    cell_timeout: int | None = None,
):
    """Run a notebook in a fresh kernel.

    Parameters
    ----------
    notebook, output : Path
        `output` holds what had run when the notebook ended, also after a failure.
    parameters : dict
    scratch : Path, optional
        Where the kernel's sockets lie; the system's folder for temporary files by default.
    kernel_started : callable, optional
        Called with the kernel's process id, so that a caller can end a kernel left behind.
    cell_timeout : int, optional
        Seconds that one cell may run; without end by default, for a run that ends the whole job.

    Returns
    -------
    nbformat.NotebookNode

    Raises
    ------
    NotebookFailed
        A cell failed, ran too long or never ran, or the kernel ended or did not start.
    """
    papermill = import_papermill()
    try:
        with tempfile.TemporaryDirectory(
            prefix="workbench-" if scratch is None else "k", dir=scratch
        ) as sockets:
            executed = papermill.execute_notebook(
                str(notebook),
                str(output),
                parameters=parameters,
                progress_bar=False,
                log_output=False,
                kernel_name="python3",
                execution_timeout=cell_timeout,
                kernel_manager_class=_kernel_manager(kernel_started),
                config=_connection(sockets),
            )
    except papermill.PapermillExecutionError as fault:
        raise NotebookFailed(last_cell(output), str(fault)) from fault
    except Exception as fault:  # a dead kernel and a time-out come as various classes
        raise NotebookFailed(last_cell(output), f"{type(fault).__name__}: {fault}") from fault
    return _whole(executed)


def run_in_process(
    notebook: Path,
    output: Path,
    parameters: dict[str, object],
    *,
    cell_started: Callable[[int], None] | None = None,
    displayed: list[object] | None = None,
):
    """Run a notebook in this process, which must serve nothing else after it.

    Parameters
    ----------
    notebook, output : Path
        `output` is saved once, at the end; also after a cell that failed.
    cell_started : callable, optional
        Called with each code cell's number, from 1.
    displayed : list, optional
        Takes the values of cells that were shown.

    Returns
    -------
    nbformat.NotebookNode

    Raises
    ------
    NotebookFailed
        A cell failed or never ran.
    """
    papermill = import_papermill()
    from analysis.batch.engines.inprocess import ENGINE

    try:
        executed = papermill.execute_notebook(
            str(notebook),
            str(output),
            parameters=parameters,
            progress_bar=False,
            engine_name=ENGINE,
            kernel_name="python3",
            request_save_on_cell_execute=False,
            cell_started=cell_started,
            displayed=displayed,
        )
    except papermill.PapermillExecutionError as fault:
        raise NotebookFailed(last_cell(output), str(fault)) from fault
    return _whole(executed)


def _whole(executed):
    """The notebook, if every cell ran without an error; papermill's own word is not taken for it."""
    number = first_cell_not_run(executed)
    if number is None:
        return executed
    cell = _code_cells(executed)[number - 1]
    errors = [f"{one.ename}: {one.evalue}" for one in cell.outputs if one.output_type == "error"]
    # papermill passes over a SystemExit of 0.
    raise NotebookFailed(number, errors[0] if errors else "the cell never ran: the kernel ended before it")


def _code_cells(nb) -> list:
    return [cell for cell in nb.cells if cell.cell_type == "code" and cell.source.strip()]


def import_papermill():
    """papermill without the second of start-up that JupyterLab's presence costs it.

    jsonschema uses the package `rfc3987_syntax` where it finds it, to check an URI format that no
    notebook holds, and importing it compiles 35 grammars (jsonschema #1392, jupyter_server #1559).
    """
    sys.modules.setdefault("rfc3987_syntax", None)
    import papermill

    return papermill


def _kernel_manager(started: Callable[[int], None] | None) -> type:
    """jupyter_client's manager that also tells the process id of the kernel it starts."""
    from jupyter_client import AsyncKernelManager

    class TellingManager(AsyncKernelManager):
        async def start_kernel(self, **options):
            await super().start_kernel(**options)
            if started is not None:
                started(self.provisioner.pid)

    return TellingManager


def _connection(folder: str):
    """The kernel's connection file, and its sockets where the system has them as files, in one folder.

    Parallel kernels on TCP ports can take each other's (papermill #511); socket files of the default
    name would be shared by all kernels started in one folder. A folder of their own can also be
    deleted when a killed process could not tidy up.
    """
    from traitlets.config import Config

    settings = {"connection_file": f"{folder}/kernel.json"}
    if os.name == "posix":
        settings |= {"transport": "ipc", "ip": f"{folder}/kernel"}
    return Config({"KernelManager": settings})


def first_cell_not_run(nb) -> int | None:
    """The first code cell (from 1) with no execution count or with an error output."""
    for number, cell in enumerate(_code_cells(nb), start=1):
        failed = any(output.output_type == "error" for output in cell.outputs)
        if cell.execution_count is None or failed:
            return number
    return None


def last_cell(output: Path) -> int | None:
    """The cell that a failed run was at, by what it left on disk; None where that cannot be told."""
    import_papermill()
    import nbformat

    if not output.is_file():
        return None
    try:
        nb = nbformat.read(output, as_version=4)
    except Exception:  # the file was cut short with the kernel
        return None
    # A kernel that dies may or may not have told its cell's number before; papermill notes when it began one.
    begun = [
        number
        for number, cell in enumerate(_code_cells(nb), start=1)
        if cell.metadata.get("papermill", {}).get("start_time")
    ]
    return begun[-1] if begun else first_cell_not_run(nb)
