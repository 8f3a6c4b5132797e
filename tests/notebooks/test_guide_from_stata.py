"""Every number that R gives for the guide's commands stands in the executed notebook, to the last digit shown."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient

from analysis import paths
from analysis.pipeline import build_round
from tests.conftest import require_or_skip

NOTEBOOK = paths.notebooks_folder() / "guide_from_stata.ipynb"
REFERENCE = paths.home() / "tests" / "reference"
#: Six decimals are shown, or seven digits of what is written with a power of ten.
SHOWN = {"abs": 5.1e-7, "rel": 5e-7}
TAG = re.compile(r"stata-(\d\d)")


class TableReader(HTMLParser):
    """Rows of the first table of a page, each a list of texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, _: list) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self._inside = True
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.rows[-1][-1] += data.strip()


@pytest.fixture(scope="module")
def tables(tmp_path_factory) -> dict[int, pd.DataFrame]:
    """Command -> the table that its cell shows."""
    build_round("example-2021")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    folder = str(tmp_path_factory.mktemp("nb"))
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": folder}}).execute()
    found = {}
    for cell in notebook.cells:
        for tag in cell.metadata.get("tags", []):
            if match := TAG.fullmatch(tag):
                head, *rows = TableReader(cell.outputs[-1].data["text/html"]).rows
                rows = [row for row in rows if any(row[1:])]  # the index's own heading
                found[int(match[1])] = pd.DataFrame(rows, columns=head)
    return found


@pytest.fixture(scope="module")
def reference() -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "from_stata" / "results.csv")


def test_the_declaration_and_twenty_commands(tables, reference):
    assert sorted(tables) == list(range(21)) == sorted(set(reference["command"]))


@pytest.mark.parametrize("command", range(21))
def test_the_notebook_shows_what_r_gives(tables, reference, command):
    expected = reference[reference["command"] == command]
    shown = [float(tables[command][row["column"]].iloc[row["row"]]) for _, row in expected.iterrows()]
    assert len(shown) >= 2
    assert shown == pytest.approx(expected["value"].tolist(), **SHOWN)


def test_a_digit_that_differs_is_found(tables, reference):
    """The comparison can fail: R's number with its seventh digit changed is not the one shown."""
    (value,) = reference.query("command == 1 and column == 'se'")["value"]
    shown = float(tables[1]["se"].iloc[0])
    assert shown == pytest.approx(value, **SHOWN)
    assert shown != pytest.approx(value + 2e-6, **SHOWN)


def test_r_still_gives_these_numbers(tmp_path, reference):
    require_or_skip("r", shutil.which("Rscript") is not None)
    from tests.reference.export_from_stata import export

    export(tmp_path)
    subprocess.run(["Rscript", REFERENCE / "from_stata.R", tmp_path], check=True, capture_output=True)
    again = pd.read_csv(tmp_path / "results.csv")
    assert again[["command", "row", "column"]].equals(reference[["command", "row", "column"]])
    assert again["value"].tolist() == pytest.approx(reference["value"].tolist(), rel=1e-8)
