"""One run by the command in which each district has a fault of its own: each is named, the others are whole."""

import json

import nbformat
import pytest

from analysis import paths
from analysis.batch.page_checks import check_page
from tests.analysis.batch.engines.processes import all_gone, command

GOOD = ("913", "914")
#: District -> number of the cell, put in after each of the notebook's own, in which its process is killed.
KILLED_AT = {"912": 3, "900": 5, "902": 7, "903": 9}
LAST = 10
#: District -> what happens in the last cell, and what the run says of it.
FAULTS = {
    "904": ("os._exit(0)", "(exit code 0)"),
    "905": ("sys.exit(0)", "SystemExit"),
    "906": ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    "907": ("everything = bytearray(64 << 30)", "MemoryError"),
    "908": ("os.abort()", "(signal 6)"),
    "909": ("raise ValueError('chuyện gì đó')", "chuyện gì đó"),
    "910": ("os.killpg(0, 9)", "(signal 9)"),
    "911": ("raise SystemError", "SystemError"),
    # The first of all, so that the others run beside it.
    "899": ("while True: pass", "it ran longer than 20 s"),
}


def notebook_of_faults(folder, pids):
    """The district notebook up to its title, with a cell after each of its code cells, and one at the end."""
    notebook = nbformat.read(paths.notebooks_folder() / "district_briefing.ipynb", as_version=4)
    title = next(i for i, cell in enumerate(notebook.cells) if cell.source.startswith("sections.title"))
    own = [cell for cell in notebook.cells[: title + 1] if cell.cell_type == "code"]
    assert len(own) == len(KILLED_AT)
    notebook.cells = []
    for cell, (district, _) in zip(own, KILLED_AT.items(), strict=True):
        kill = f'import os\nif district == "{district}":\n    os.kill(os.getpid(), 9)'
        notebook.cells += [cell, nbformat.v4.new_code_cell(kill)]
    lines = ["import os, sys", f"open({str(pids)!r}, 'a').write(f'{{os.getpid()}} {{os.getppid()}} ')"]
    lines += [f'if district == "{district}":\n    {source}' for district, (source, _) in FAULTS.items()]
    notebook.cells.append(nbformat.v4.new_code_cell("\n".join(lines)))
    folder.mkdir()
    nbformat.write(notebook, folder / "district_briefing.ipynb")
    return folder / "district_briefing.ipynb"


@pytest.fixture(scope="module")
def run(tmp_path_factory, example_results):
    """Output folder, exit code, what was said."""
    folder = tmp_path_factory.mktemp("faults")
    notebook = notebook_of_faults(folder / "nb", folder / "pids")
    only = [word for code in (*KILLED_AT, *FAULTS, *GOOD) for word in ("--only", code)]
    out = folder / "bản tin"
    with command(
        *only, "--out", out, "--notebook", notebook, "--timeout", "20", "--memory", "6000"
    ) as process:
        said, _ = process.communicate(timeout=600)
    assert all_gone([int(pid) for pid in (folder / "pids").read_text().split()], seconds=5)
    return out, process.returncode, said


@pytest.mark.parametrize(
    ("district", "cell", "reason"),
    [
        *((district, cell, "(signal 9)") for district, cell in KILLED_AT.items()),
        *((district, LAST, reason) for district, (_, reason) in FAULTS.items()),
    ],
)
def test_each_fault_is_named_at_its_cell_and_no_page_of_it_is_published(run, district, cell, reason):
    out, _, said = run
    [left] = (out / "failed").glob(f"{district}-*")
    text = (left / "reason.txt").read_text(encoding="utf-8")
    assert text.startswith(f"code cell {cell}: ")
    assert reason in text
    assert not (out / left.name).exists()
    [row] = [line for line in said.splitlines() if line.startswith(f"{left.name} ")]
    assert "hỏng / failed" in row


def test_the_others_are_whole_and_the_exit_code_and_the_sums_say_that_some_failed(run):
    out, code, said = run
    assert code == 1
    pages = {page.parent.name.split("-")[0]: page for page in out.glob("*/briefing.html")}
    assert sorted(pages) == sorted(GOOD)
    for page in pages.values():
        assert check_page(page.read_text(encoding="utf-8"), "vi", simulated=True).empty
    assert f"đã dựng / built: {len(GOOD)}, hỏng / failed: {len(KILLED_AT) + len(FAULTS)}" in said
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    built = {pack["code"] for pack in manifest["packs"] if pack["state"] == "built"}
    assert built == set(GOOD)
    assert not list(out.glob(".*"))
