"""The local pool beside a scheduler with two workers, then a country's packs on it -> docs/benchmarks/cluster.md.

    python tests/benchmarks/cluster_speed.py [--runs 3] [--packs 60] [--country 252] [--data FOLDER] [--write]

(a) The same jobs by this machine's pool and over TCP by two workers of a scheduler on the same machine, in turn;
both have their engines running when the clock starts. (b) So many packs of all 63 provinces of a simulated
round (national_round.py) by the command, once here and once on the scheduler, where a third worker joins at a
quarter of the packs and the first is killed at the half: the files must be the same, byte for byte. (c) What
that makes of 700 and 10,000 packs (cluster_paper.py). It takes about half an hour on two quiet cores.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from analysis.batch.engines.choice import choose_engine  # noqa: E402
from analysis.batch.engines.cluster import run_on_cluster  # noqa: E402
from analysis.batch.engines.cluster_job import alike  # noqa: E402
from analysis.batch.engines.pool import run_jobs  # noqa: E402
from analysis.batch.job import Job, Outcome  # noqa: E402
from analysis.batch.status import read_status  # noqa: E402
from analysis.batch.targets import district_target  # noqa: E402
from analysis.batch.verify import verify_packs  # noqa: E402
from analysis.briefing.pack import open_pack  # noqa: E402
from analysis.pipeline import build_round  # noqa: E402
from analysis.places import read_places  # noqa: E402
from tests.analysis.batch.engines.scheduler import Cluster, local_cluster  # noqa: E402
from tests.analysis.batch.killed_runs import files_of, start_run, wait_for_orphans  # noqa: E402
from tests.benchmarks.batch_speed import machine  # noqa: E402
from tests.benchmarks.cluster_paper import Measured, say_paper  # noqa: E402
from tests.benchmarks.kill_resume import stop_unless  # noqa: E402
from tests.benchmarks.national_round import COUNTRY, ROUND, make_national  # noqa: E402

OUTPUT = ROOT / "docs" / "benchmarks" / "cluster.md"
NOTEBOOK = ROOT / "notebooks" / "district_briefing.ipynb"
LANGUAGE, WORKERS = "vi", 2
SERVES = f"{ROUND}:{LANGUAGE}"
#: At most so much more time than the local pool.
AIM = 0.15


@dataclass
class Sides:
    """Seconds and CPU seconds of each run, here and on the scheduler's workers."""

    local: list[float] = field(default_factory=list)
    cluster: list[float] = field(default_factory=list)
    cpu_local: list[float] = field(default_factory=list)
    cpu_cluster: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Country:
    """The long run: packs and their provinces, what it took here and there, and what a dry run of it takes."""

    packs: int
    provinces: int
    here: float
    there: float
    runner_cpu: float
    before: float
    before_one: float
    bytes: int
    files: int


def codes() -> list[str]:
    """All districts: the first of each province, then the second of each, …; three of each are sampled."""
    return sorted(read_places(folder=ROUND).districts_of(COUNTRY), key=lambda code: (code[-2:], code))


def jobs_of(districts: list[str], folder: Path) -> list[Job]:
    """The jobs that the command would make of these districts."""
    targets = [district_target(open_pack(code, ROUND, LANGUAGE), NOTEBOOK) for code in districts]
    return [
        Job(
            one.code, one.page.name, folder / "building" / one.folder, folder, one.notebook, one.parameters,
            one.head, True,
        )
        for one in targets
    ]  # fmt: skip


def beside(districts: list[str], runs: int, folder: Path, cluster: Cluster) -> Sides:
    """The same jobs here and on the workers, in turn, after a job or two that start the engines."""
    found, program, engine = Sides(), alike(ROUND), choose_engine(SERVES)

    def here(jobs: list[Job]) -> Iterator[Outcome]:
        return run_jobs(jobs, WORKERS, lambda: False, engine.start)

    def there(jobs: list[Job]) -> Iterator[Outcome]:
        return run_on_cluster(jobs, cluster.address, SERVES, program, lambda: False)

    try:
        for way in (here, there):
            _timed(way, jobs_of(districts[: 4 * WORKERS], folder), folder)
        for turn in range(runs):
            for way in ((here, there), (there, here))[turn % 2]:
                seconds, cpu = _timed(way, jobs_of(districts, folder), folder)
                (found.local if way is here else found.cluster).append(seconds)
                (found.cpu_local if way is here else found.cpu_cluster).append(cpu)
                print(f"{way.__name__}: {seconds:.1f} s, CPU {cpu:.1f} s", file=sys.stderr, flush=True)
    finally:
        engine.stop()
    return found


def _timed(
    way: Callable[[list[Job]], Iterator[Outcome]], jobs: list[Job], folder: Path
) -> tuple[float, float]:
    """Seconds, and CPU seconds of this process and all that it started, workers and scheduler among them."""
    start, before = time.perf_counter(), cpu_of_all()
    outcomes = list(way(jobs))
    seconds, cpu = time.perf_counter() - start, cpu_of_all() - before
    failed = [outcome.reason for outcome in outcomes if not outcome.ok]
    if failed or len(outcomes) != len(jobs):
        raise SystemExit(f"{len(failed)} of {len(jobs)} failed: {failed[:1]}")
    shutil.rmtree(folder / "building")
    return seconds, cpu


def cpu_of_all() -> float:
    """CPU seconds of this process and of all below it, ended ones too."""
    own = psutil.Process()
    total = 0.0
    for process in (own, *own.children(recursive=True)):
        with suppress(psutil.Error):
            used = process.cpu_times()
            total += used.user + used.system + used.children_user + used.children_system
    return total


def country(districts: list[str], folder: Path, cluster: Cluster) -> Country:
    """All districts by the command, here, then on the scheduler with a worker that joins and one that is killed."""
    local, far = folder / "here", folder / "there"
    start = time.perf_counter()
    stop_unless(start_run(ROUND, local, districts, workers=WORKERS).wait() == 0, "the local run failed")
    here = time.perf_counter() - start
    print(f"{len(districts)} packs here: {here:.0f} s", file=sys.stderr, flush=True)

    before_one, _ = _dry_run(far, districts[:1])
    before, planned = _dry_run(far, districts)

    start = time.perf_counter()
    run = start_run(ROUND, far, districts, more=("--scheduler", cluster.address))
    _wait_for(far, run, len(districts) // 4)
    cluster.add_worker("three")
    _wait_for(far, run, len(districts) // 2)
    cluster.workers["one"].kill()  # in mid-job: it has one whenever any are left
    cpu = _ended(run)
    there = time.perf_counter() - start
    print(f"{len(districts)} packs there: {there:.0f} s", file=sys.stderr, flush=True)
    status = read_status(far)
    stop_unless(status["counts"]["built"] == len(districts), "packs are lost")
    one, other = files_of(local), files_of(far)
    stop_unless(one == other, "a file differs from that of one machine")
    stop_unless(verify_packs(far).empty, "the set does not verify")
    stop_unless(wait_for_orphans(far) == [], "a process is left")
    return Country(
        packs=len(districts),
        provinces=len({code[:2] for code in districts}),
        here=here,
        there=there,
        runner_cpu=cpu - planned,
        before=before,
        before_one=before_one,
        bytes=sum(page["bytes"] for page in status["pages"]),
        files=len(one),
    )


def _dry_run(out: Path, districts: list[str]) -> tuple[float, float]:
    """Seconds and CPU seconds of all that a run does before its first pack."""
    start = time.perf_counter()
    cpu = _ended(start_run(ROUND, out, districts, more=("--dry-run",)))
    return time.perf_counter() - start, cpu


def _ended(run: subprocess.Popen) -> float:
    """CPU seconds of a run, once it has ended well."""
    _, code, used = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(code)
    stop_unless(run.returncode == 0, f"a run ended with {run.returncode}")
    return used.ru_utime + used.ru_stime


def _wait_for(out: Path, run: subprocess.Popen, packs: int) -> None:
    """Until so many packs stand."""
    while run.poll() is None and len([*out.glob("*/briefing.html")]) < packs:
        time.sleep(0.2)
    stop_unless(run.poll() is None, "the run ended too early")


def report(sides: Sides, long: Country, packs: int) -> str:
    """The page of the documents."""
    local, cluster = statistics.median(sides.local), statistics.median(sides.cluster)
    cpu_local, cpu_cluster = statistics.median(sides.cpu_local), statistics.median(sides.cpu_cluster)
    more = cluster / local - 1
    lines = [
        "# Past one machine", "",
        "Made by `python tests/benchmarks/cluster_speed.py --write`. A simulated round of 63 provinces and 693 "
        "districts (`tests/benchmarks/national_round.py`): nobody was interviewed.", "", machine(), "",
        "## The scheduler beside the local pool", "",
        f"{packs} packs (page, Excel, CSV), two at a time, by this machine's pool and by two workers of a "
        f"scheduler over TCP on the same machine; engines started before the clock; {len(sides.local)} runs in "
        "turn, median (shortest–longest).", "",
        "| way | wall s | CPU s a pack |", "|---|---:|---:|",
        f"| local pool | {_spread(sides.local)} | {cpu_local / packs:.2f} |",
        f"| scheduler and two workers | {_spread(sides.cluster)} | {cpu_cluster / packs:.2f} |", "",
        f"Overhead **{100 * more:+.1f} %**; aim ≤ {100 * AIM:.0f} %: {'met' if more <= AIM else 'not met'}.", "",
        "## A country's packs", "",
        f"{long.packs} packs of {long.provinces} provinces by `workbench packs`, once by two local workers "
        f"({long.here:.0f} s) and once by a scheduler's two workers ({long.there:.0f} s), of which a third joined "
        "at a quarter of the packs and the first was killed (SIGKILL) at the half. Nothing was lost: "
        f"{long.files} files, the same byte for byte, `workbench verify` finds nothing, no process is left.", "",
    ]  # fmt: skip
    measured = Measured(
        cpu_a_pack=cpu_local / packs,
        cluster_cpu_a_pack=cpu_cluster / packs,
        runner_cpu_a_pack=long.runner_cpu / long.packs,
        before=long.before_one,
        before_a_pack=(long.before - long.before_one) / (long.packs - 1),
        bytes_a_pack=long.bytes / long.packs,
        seconds_a_pack=local * WORKERS / packs,
    )
    return "\n".join(lines) + "\n" + say_paper(measured)


def _spread(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.1f} ({min(seconds):.1f}–{max(seconds):.1f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--packs", type=int, default=60)
    parser.add_argument("--country", type=int, default=252, help="packs of the long run, at least 200")
    parser.add_argument("--data", type=Path, help="a folder to keep the round and its results in")
    parser.add_argument("--write", action="store_true", help=f"write {OUTPUT.name} too")
    options = parser.parse_args()
    # A short path: workers' sockets lie below it.
    with tempfile.TemporaryDirectory(prefix="c-", ignore_cleanup_errors=True) as name:
        place = Path(name)
        data = (options.data or place / "data").resolve()
        os.environ["WORKBENCH_DATA"] = str(data)
        if not (data / "rounds").exists():
            make_national(data)
        build_round(ROUND)
        every = codes()
        with local_cluster(place, "one", "two") as cluster:
            sides = beside(every[: options.packs], options.runs, place, cluster)
            long = country(every[: options.country], place, cluster)
    text = report(sides, long, options.packs)
    print(text)
    if options.write:
        OUTPUT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
