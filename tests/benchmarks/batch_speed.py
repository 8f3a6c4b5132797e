"""Fifteen district pages by plain tools, by the batch and by bare functions, in one go -> docs/benchmarks/batch.md.

    python tests/benchmarks/batch_speed.py [--runs 5] [--districts 15] [--many 60 200] [--write]

The ways are in batch_ways.py. Runs are interleaved, the order turned by one each time, every way a program of its
own. Wall time counts everything from the program's start, but for the limit, whose processes have imported all
before its clock starts. CPU is of the program and all that it started. Memory is read in a pass of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from analysis.pipeline import build_round  # noqa: E402
from analysis.places import read_places  # noqa: E402
from analysis.rounds import read_round  # noqa: E402
from tests.benchmarks.batch_ways import PROCESSES, ROUND  # noqa: E402

OUTPUT = ROOT / "docs" / "benchmarks" / "batch.md"
PROGRAM = ROOT / "tests" / "benchmarks" / "batch_ways.py"
#: Way -> what the table calls it, and a word of the command line of the process that runs a notebook or page.
WAYS = {
    "a": ("(a) shell loop: `papermill`, then `jupyter nbconvert --no-input`", "ipykernel_launcher"),
    "b": ("(b) one Python process: `execute_notebook`, `HTMLExporter`", "ipykernel_launcher"),
    "c": ("(c) the same in two processes", "ipykernel_launcher"),
    "ours": ("**`workbench packs`**, two at a time, the pages alone", "forkserver"),
    "beside": ("`workbench packs` with Excel and CSV beside each page", "forkserver"),
    "again": ("`workbench packs` once more, nothing changed", "forkserver"),
    "limit": ("(limit) the section functions in two processes that have imported all", "spawn_main"),
    "shared": ("(limit) the same, what all packs share made before the clock starts", "spawn_main"),
}


#: Ways whose programs time themselves.
OWN_CLOCK = ("limit", "shared")


@dataclass
class Measured:
    """Of one way: wall seconds and CPU seconds of each run, megabytes of the largest worker."""

    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    megabytes: float = 0.0

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def median_cpu(self) -> float:
        return statistics.median(self.cpu)


def measure(districts: list[str], runs: int) -> dict[str, Measured]:
    """Every way, its runs interleaved with the others'."""
    found = {way: Measured() for way in WAYS}
    asked = [way for way in WAYS if way != "again"]
    for turn in range(runs):
        for way in asked[turn % len(asked) :] + asked[: turn % len(asked)]:
            with tempfile.TemporaryDirectory(prefix=f"bench-{way}-") as folder:
                _time(found[way], way, folder, districts)
                if way == "beside":
                    _time(found["again"], way, folder, districts)
    for way in asked:
        with tempfile.TemporaryDirectory(prefix=f"bench-{way}-") as folder:
            found[way].megabytes = _memory(way, folder, districts[: 2 * PROCESSES])
    return found


def _time(into: Measured, way: str, folder: str, districts: list[str]) -> None:
    start = time.perf_counter()
    process = _start(way, folder, districts)
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{way} ended with {process.returncode}")
    own = json.loads(said.splitlines()[-1]) if way in OWN_CLOCK else {}
    into.seconds.append(own.get("seconds", time.perf_counter() - start))
    into.cpu.append(own.get("cpu", used.ru_utime + used.ru_stime))
    print(f"{way}: {into.seconds[-1]:.1f} s, CPU {into.cpu[-1]:.1f} s", file=sys.stderr, flush=True)


def _start(way: str, folder: str, districts: list[str]) -> subprocess.Popen:
    command = [sys.executable, PROGRAM, way, folder, *districts]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def _memory(way: str, folder: str, districts: list[str]) -> float:
    """Megabytes of the largest process that runs a notebook, pages that it shares counted in proportion (PSS)."""
    process, largest, word = _start(way, folder, districts), 0, WAYS[way][1]
    while process.poll() is None:
        for child in _children(process.pid):
            try:
                if word in " ".join(child.cmdline()):
                    largest = max(largest, child.memory_full_info().pss)
            except psutil.Error:
                continue  # it has ended
        time.sleep(0.05)
    return largest / 1e6


def _children(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return []


def measure_many(districts: list[str], counts: list[int]) -> dict[int, Measured]:
    """The engine alone on more and more jobs, once each: whether a pack costs more in a longer batch."""
    found = {}
    for count in counts:
        found[count] = Measured()
        with tempfile.TemporaryDirectory(prefix="bench-many-") as folder:
            _time(found[count], "many", folder, [districts[n % len(districts)] for n in range(count)])
    return found


def report(found: dict[str, Measured], many: dict[int, Measured], districts: int, runs: int) -> str:
    first, ours = found["a"], found["ours"]
    lines = [
        "# The batch", "",
        f"{districts} district pages of {ROUND}, the real notebook; medians of {runs} interleaved runs "
        "(shortest–longest), all in one go. Made by `make bench`.", "", machine(), "",
        "| way | wall s | s a page | times (a) | CPU s a page | MB of a worker |",
        "|---|---:|---:|---:|---:|---:|",
    ]  # fmt: skip
    for way, (name, _) in WAYS.items():
        one = found[way]
        spread = f"{one.median:.1f} ({min(one.seconds):.1f}–{max(one.seconds):.1f})"
        memory = f"{one.megabytes:.0f}" if one.megabytes else ""
        lines.append(
            f"| {name} | {spread} | {one.median / districts:.2f} | {first.median / one.median:.1f} "
            f"| {one.median_cpu / districts:.2f} | {memory} |"
        )
    wanted = [
        ("times as fast as (a)", first.median / ours.median, "≥", 8.0),
        ("times as fast as (c)", found["c"].median / ours.median, "≥", 2.0),
        ("of the limit's time", ours.median / found["limit"].median, "≤", 1.25),
        ("of the limit's time without what packs share", ours.median / found["shared"].median, "≤", 1.25),
        ("of (a)'s time once more with nothing changed", found["again"].median / first.median, "≤", 0.02),
        ("of a plain kernel's memory, each worker", ours.megabytes / first.megabytes, "≤", 1.5),
    ]
    lines += ["", "| what was aimed at | aim | measured | |", "|---|---:|---:|---|"]
    for name, value, sign, aim in wanted:
        met = value >= aim if sign == "≥" else value <= aim
        lines.append(f"| {name} | {sign} {aim:g} | {value:.3g} | {'met' if met else 'not met'} |")
    lines += ["", "The engine alone on longer batches, the districts over and over, one run each:", ""]
    lines += ["| pages | wall s | CPU s a page |", "|---:|---:|---:|"]
    lines += [f"| {n} | {one.median:.1f} | {one.median_cpu / n:.2f} |" for n, one in many.items()]
    return "\n".join(lines) + "\n"


def machine() -> str:
    """What the figures were measured on."""
    model = platform.processor() or platform.machine()
    about = Path("/proc/cpuinfo")
    if about.is_file():
        names = [
            line.split(":", 1)[1].strip() for line in about.read_text().splitlines() if "model name" in line
        ]
        model = names[0] if names else model
    tools = ", ".join(
        f"{name} {version(name)}" for name in ("papermill", "nbconvert", "ipykernel", "matplotlib")
    )
    return (
        f"Machine: {model}, {os.cpu_count()} cores, {psutil.virtual_memory().total / 2**30:.0f} GiB, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}, {tools}. "
        f"Load before the first run: {os.getloadavg()[0]:.1f}."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--districts", type=int, default=15)
    parser.add_argument(
        "--many", type=int, nargs="*", default=[15, 60, 200], help="lengths of longer batches"
    )
    parser.add_argument("--write", action="store_true", help=f"write {OUTPUT.name} too")
    options = parser.parse_args()
    build_round(ROUND)
    declared = read_round(ROUND)
    districts = read_places(folder=declared.places).districts_of(declared.province)[: options.districts]
    found = measure(districts, options.runs)
    text = report(found, measure_many(districts, options.many), len(districts), options.runs)
    print(text)
    if options.write:
        OUTPUT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
