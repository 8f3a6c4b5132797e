"""A JupyterLab that runs + a browser's tab -> notebooks opened, run and worked in as a person would."""

from __future__ import annotations

import json

from tests.browser.chromium import Page
from tests.browser.lab import Lab

#: A cold kernel on a machine that several people share may take this long (s).
PATIENCE = 120
_CELLS = "jupyterapp.shell.currentWidget.content.model.toJSON().cells"
_KERNEL = "jupyterapp.shell.currentWidget.sessionContext.session?.kernel"
_SELECT = """(title, values) => {
    const label = Array.from(document.querySelectorAll('.widget-label')).find(e => e.textContent === title);
    const box = label.nextElementSibling;
    const select = box.querySelector('select');
    const text = option => option.textContent.replaceAll('\\u00a0', ' ').trim();
    const chosen = Array.from(select.options).filter(option => values.includes(text(option)));
    for (const option of select.options) option.selected = chosen.includes(option);
    select.dispatchEvent(new Event('change', {bubbles: true}));
    return chosen.map(text);
}"""


class LabPage:
    """One tab on the lab."""

    def __init__(self, lab: Lab, page: Page) -> None:
        self.lab, self.page = lab, page

    def start(self, width: int = 1366, height: int = 768) -> None:
        """Open the lab as its own address does, with the token; what is in front has the keyboard."""
        self.page.call("Emulation.setFocusEmulationEnabled", enabled=True)
        self.page.visit(f"{self.lab.address}lab/tree/explore.ipynb?token={self.lab.token}", width, height)
        self.page.wait("window.jupyterapp && document.querySelector('.jp-NotebookPanel') !== null", PATIENCE)

    def do(self, command: str, **arguments: object) -> None:
        """Run one of JupyterLab's commands to its end."""
        called = f"jupyterapp.commands.execute({json.dumps(command)}, {json.dumps(arguments)})"
        self.page.ask(f"window.done = false; {called}.then(() => {{ window.done = true; }}); 0")
        self.page.wait("window.done", PATIENCE)

    def open(self, path: str, kernel: str = "") -> None:
        """Open a file with the program that is its own; a notebook maybe on a kernel that runs already."""
        self.do("docmanager:open", path=path, **({"kernel": {"id": kernel}} if kernel else {}))
        current = "jupyterapp.shell.currentWidget"
        self.page.wait(
            f"{current}?.context?.path === {json.dumps(path)} && {current}.context.isReady", PATIENCE
        )

    def run_all(self) -> None:
        """Run all cells of the notebook in front."""
        self.wait_until_idle()
        self.do("notebook:run-all-cells")
        self.wait_until_idle()

    def wait_until_idle(self) -> None:
        """Until the kernel of the notebook in front has started and has nothing to do."""
        self.page.wait(f"{_KERNEL}?.status === 'idle'", PATIENCE)

    def clear(self) -> None:
        """Clear all outputs and numbers of cells: what is there afterwards was run here."""
        self.do("notebook:clear-all-cell-outputs")

    def kernel(self) -> str:
        """The id of the kernel of the notebook in front."""
        self.page.wait(f"Boolean({_KERNEL})", PATIENCE)
        return self.page.ask(f"{_KERNEL}.id")

    def code_cells(self) -> list[dict]:
        """Code cells of the notebook in front, with their outputs."""
        return self.page.ask(f"{_CELLS}.filter(cell => cell.cell_type === 'code')")

    def close(self, keep_kernel: bool = False) -> None:
        """Save and close what is in front; its kernel ends, or stays for another notebook."""
        if keep_kernel:
            preference = "jupyterapp.shell.currentWidget.sessionContext.kernelPreference"
            self.page.ask(f"{preference} = {{...{preference}, shutdownOnDispose: false}}; 0")
        self.do("docmanager:save")
        self.do("application:close")

    def choose(self, title: str, *values: str) -> None:
        """Choose in the list under a title of the panel."""
        found = self.page.ask(f"({_SELECT})({json.dumps(title)}, {json.dumps(values)})")
        assert sorted(found) == sorted(values), (title, found)

    def press(self, text: str) -> None:
        """Press the panel's button."""
        buttons = "Array.from(document.querySelectorAll('.jp-OutputArea button'))"
        self.page.ask(f"{buttons}.find(e => e.textContent.trim() === {json.dumps(text)}).click()")

    def answer(self) -> str:
        """Texts of the answer's tables."""
        tables = "Array.from(document.querySelectorAll('.workbench-answer table'))"
        return self.page.ask(f"{tables}.map(e => e.innerText).join('\\n')")

    def chart(self) -> str:
        """The chart's bytes, as an address; of one that is drawn."""
        return self.page.ask(
            "Array.from(document.querySelectorAll('.workbench-answer img'))"
            ".filter(e => e.complete && e.naturalWidth > 0).map(e => e.src).join(' ')"
        )

    def line(self) -> str:
        """The line that gives the same."""
        return self.page.ask("document.querySelector('.jp-OutputArea textarea').value")

    def said(self) -> str:
        """All texts of the panel's answer."""
        texts = "Array.from(document.querySelectorAll('.workbench-answer'))"
        return self.page.ask(f"{texts}.map(e => e.innerText).join('\\n')")

    def wait_for(self, reading, changed_from: object) -> object:
        """Read until something else is there than before."""
        import time

        until = time.monotonic() + PATIENCE
        while (now := reading()) == changed_from or not now:
            if time.monotonic() > until:
                raise TimeoutError(f"Still {str(changed_from)[:200]}")
            time.sleep(0.1)
        return now
