"""A papermill engine that runs the cells in an IPython shell of this very process: no kernel, no sockets.

For notebooks in Python, in a process that serves one notebook alone and ends after it. What cells display
becomes outputs as a kernel's would; what they print goes to the process's own streams, the page's log. A
cell cannot be interrupted: the run ends the whole process when it has had its time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill.engines import Engine, papermill_engines
from traitlets import Type
from traitlets.config import Config

ENGINE = "workbench-in-process"
#: No history: it would open a database and a thread.
_SETTINGS = {"HistoryManager": {"enabled": False}, "InteractiveShell": {"colors": "nocolor", "cache_size": 0}}


class _Publisher(DisplayPublisher):
    """Keeps what `display` shows as the cell's outputs."""

    def publish(self, data, metadata=None, source=None, *, transient=None, update=False, **kwargs) -> None:
        self.shell.cell_outputs.append(new_output("display_data", data=data, metadata=metadata or {}))

    def clear_output(self, wait=False) -> None:
        self.shell.cell_outputs.clear()


class _Hook(DisplayHook):
    """Keeps a cell's value as its result."""

    def __call__(self, result=None) -> None:
        if result is None or self.quiet():
            return
        data, metadata = self.compute_format_data(result)
        self.update_user_ns(result)
        if data:
            output = new_output("execute_result", data=data, metadata=metadata)
            output.execution_count = self.shell.cell_number
            self.shell.cell_outputs.append(output)
            self.shell.displayed.append(result)


class CellShell(InteractiveShell):
    """IPython's shell without a terminal.

    Attributes
    ----------
    cell_outputs : list of NotebookNode
        The outputs of the cell at work.
    displayed : list of object
        The values of cells that were shown, of the whole notebook.
    """

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def __init__(self, **options: Any) -> None:
        self.cell_outputs: list[NotebookNode] = []
        self.displayed: list[object] = []
        self.cell_number = 0
        super().__init__(**options)

    def enable_gui(self, gui=None) -> None:
        """There is none."""

    def showtraceback(self, *args: Any, **options: Any) -> None:
        """What went wrong is the cell's output, made from the result; nothing is printed."""


class InProcessEngine(Engine):
    """papermill's cells in this process.

    `cell_started` is called with each code cell's number, from 1; `displayed` takes the values of cells that
    were shown.
    """

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man,
        kernel_name,
        cell_started: Callable[[int], None] | None = None,
        displayed: list[object] | None = None,
        **_: Any,
    ) -> NotebookNode:
        shell = CellShell.instance(config=Config(_SETTINGS))
        shell.displayed = [] if displayed is None else displayed
        for index, cell in enumerate(nb_man.nb.cells):
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            shell.cell_number += 1
            if cell_started is not None:
                cell_started(shell.cell_number)
            nb_man.cell_start(cell, index)
            failed = _run_cell(shell, cell)
            nb_man.cell_complete(cell, index)
            if failed:
                nb_man.cell_exception(cell, index)
                break
        return nb_man.nb


def _run_cell(shell: CellShell, cell: NotebookNode) -> bool:
    """Run one cell; its outputs and number go into it.

    Returns
    -------
    bool
        Whether it failed.
    """
    shell.cell_outputs = []
    result = shell.run_cell(cell.source, store_history=False)
    cell.outputs, cell.execution_count = list(shell.cell_outputs), shell.cell_number
    fault = result.error_before_exec or result.error_in_exec
    if fault is None:
        return False
    traceback = shell.InteractiveTB.structured_traceback(type(fault), fault, fault.__traceback__)
    cell.outputs.append(
        new_output("error", ename=type(fault).__name__, evalue=str(fault), traceback=[*traceback])
    )
    return True


papermill_engines.register(ENGINE, InProcessEngine)
