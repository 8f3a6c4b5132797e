"""The whole campaign of faults against the batch, where CI runs a few of each -> docs/benchmarks/batch_faults.md.

    python tests/benchmarks/batch_faults.py [--seeds 10] [--kills 50] [--write]

Each part stops with a sentence where a byte differs, a status is wrong or a process is left. It takes about
twenty minutes on two quiet cores; everything happens in temporary folders.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click
import nbformat

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from analysis import paths
from analysis.batch.status import read_status
from analysis.batch.verify import verify_packs
from analysis.places import read_places
from tests.analysis.batch.faults.wrong_clock import clock_set_to
from tests.analysis.batch.killed_runs import files_of, start_run, wait_for_orphans
from tests.benchmarks.batch_speed import machine
from tests.benchmarks.kill_resume import kill_and_resume, stop_unless

OUTPUT = Path(__file__).parents[2] / "docs" / "benchmarks" / "batch_faults.md"
ROUND, NAMES = "example-papi-2021", ("899", "900", "902", "methods", "province_overview")
#: Years that the clock says, in turn; "" for today's.
CLOCKS = ("", "2003-05-06 07:08:09", "2025-11-25 00:00:00", "2031-11-30 23:59:58")
ZONES = ("UTC", "Asia/Ho_Chi_Minh", "America/St_Johns")
LANGUAGES = ("C", "C.UTF-8", "vi_VN.UTF-8")


def hash_seeds(folder: Path, seeds: int) -> str:
    """The same packs, their results built anew, under every seed, in another order, zone, locale and year."""
    wanted: dict[str, bytes] = {}
    for seed in range(seeds):
        place = folder / f"lần {seed}"
        data, out = place / "dữ liệu", place / "bản tin"
        shutil.copytree(
            paths.data_folder(), data, ignore=shutil.ignore_patterns("built", "raw", "__pycache__")
        )
        names = random.Random(seed).sample(NAMES, len(NAMES))
        surroundings = {
            "WORKBENCH_DATA": str(data), "PYTHONHASHSEED": str(seed), "TZ": ZONES[seed % len(ZONES)],
            "LC_ALL": LANGUAGES[seed % len(LANGUAGES)], **clock_set_to_or_not(CLOCKS[seed % len(CLOCKS)]),
        }  # fmt: skip
        run = start_run(ROUND, out, names, workers=1 + seed % 2, environment=os.environ | surroundings)
        stop_unless(run.wait() == 0, f"seed {seed}: the run ended with {run.returncode}")
        stop_unless(read_status(out)["counts"]["built"] == len(NAMES), f"seed {seed}: packs are missing")
        found = files_of(out)
        wanted = wanted or found
        differing = sorted(
            name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name)
        )
        stop_unless(not differing, f"seed {seed}: {', '.join(differing[:3])} differ")
        shutil.rmtree(place)
    return (
        f"{seeds} hash seeds, each with results of its own, another order of the packs, 1 or 2 workers, "
        f"{len(ZONES)} time zones, {len(LANGUAGES)} locales, clocks of 2003 to 2031: {len(wanted)} files the "
        "same byte for byte"
    )


def clock_set_to_or_not(moment: str) -> dict[str, str]:
    return clock_set_to(moment) if moment else {}


def every_cell(folder: Path) -> str:
    """The process of one district after another killed at one cell of the real notebook after another."""
    notebook = nbformat.read(paths.notebooks_folder() / "district_briefing.ipynb", as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"][
        1:
    ]  # the first holds the parameters
    districts = read_places().districts_of("91")
    killed, good = districts[: len(cells)], districts[len(cells) :]
    for cell, district in zip(cells, killed, strict=True):
        cell.source = f'import os\nif district == "{district}":\n    os.kill(os.getpid(), 9)\n{cell.source}'
    changed = folder / "nb" / "district_briefing.ipynb"
    changed.parent.mkdir()
    nbformat.write(notebook, changed)
    clean, out = folder / "clean", folder / "out"
    stop_unless(start_run(ROUND, clean, good, changed).wait() == 0, "the clean run failed")
    code = start_run(ROUND, out, districts, changed).wait()
    stop_unless(code == 1, f"some cells killed: exit code {code}")
    for number, district in enumerate(killed, 3):  # papermill puts the given parameters in as the second
        [left] = (out / "failed").glob(f"{district}-*")
        said = (left / "reason.txt").read_text(encoding="utf-8")
        stop_unless(said.startswith(f"code cell {number}: "), f"{district}: {said[:60]}")
        stop_unless("(signal 9)" in said and not (out / left.name).exists(), f"{district}: published")
    one, other = files_of(clean), files_of(out)
    same = [name for name in one if "/" in name]
    stop_unless(all(one[name] == other[name] for name in same), "a good pack differs from a clean run's")
    stop_unless(
        verify_packs(out).empty and wait_for_orphans(out) == [], "the set is not whole, or a process is left"
    )
    return (
        f"killed at each of the {len(cells)} code cells after the parameters: each is failed at its cell and not "
        f"published, exit code 1, the other {len(good)} districts as a clean run's"
    )


@click.command()
@click.option("--seeds", default=10, show_default=True)
@click.option("--kills", default=50, show_default=True)
@click.option("--write", is_flag=True, help=f"Write {OUTPUT.name} too.")
def main(seeds: int, kills: int, write: bool) -> None:
    """Run the campaign."""
    parts: dict[str, Callable[[Path], str]] = {
        "surroundings": lambda folder: hash_seeds(folder, seeds),
        "the notebook's process killed": every_cell,
        "the runner killed": lambda folder: kill_and_resume(folder, kills),
    }
    lines = [
        "# Faults of the batch", "",
        "Made by `python tests/benchmarks/batch_faults.py --write`; it stops where a byte differs. What CI runs of "
        "each, and the faults of which it runs all (a full disk, 500 flipped bits, two runs at once, …), is listed "
        "in `tests/faults/README.md`.", "", machine(), "", "| fault | what came of it | s |", "|---|---|---:|",
    ]  # fmt: skip
    for name, part in parts.items():
        start = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="batch-faults-") as folder:
            said = part(Path(folder))
        lines.append(f"| {name} | {said} | {time.perf_counter() - start:.0f} |")
        click.echo(lines[-1])
    if write:
        OUTPUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
