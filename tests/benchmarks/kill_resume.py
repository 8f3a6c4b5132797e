"""SIGKILL the runner of a batch at many random moments, run it again -> the tree must be a clean run's, byte for byte.

Run from anywhere: `python tests/benchmarks/kill_resume.py [--kills 50] [--round example-papi-2021] [--only 899]`.
It builds the packs once without a fault, then again and again in a second folder: killed after a random time,
resumed, and where a resumed run came to its end, compared and started anew. Ends with 1 where a byte differs,
a process is left or a half-written file shows.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from analysis.batch.manifest import read_manifest
from analysis.built import sha256
from tests.analysis.batch.killed_runs import (
    files_of,
    kill_after,
    start_run,
    wait_for_orphans,
    wait_until_building,
)

NAMES = ("899", "900", "902", "methods")


def kill_and_resume(
    folder: Path,
    kills: int,
    survey_round: str = "example-papi-2021",
    names: Sequence[str] = NAMES,
    seed: int = 324,
    workers: int = 2,
) -> str:
    """Kill the runner at so many random moments, resuming each time; what came of it, in a sentence."""
    clean, out = folder / "clean", folder / "killed"
    run = start_run(survey_round, clean, names, workers=workers)
    wait_until_building(run, clean)
    start = time.perf_counter()
    stop_unless(run.wait() == 0, "the clean run failed")
    took = time.perf_counter() - start
    wanted, chance = files_of(clean), random.Random(seed)
    killed = ended = 0
    while killed < kills:
        run = start_run(survey_round, out, names, workers=workers)
        if kill_after(run, out, chance.uniform(0, took)):
            killed += 1
            print(f"{killed} of {kills}", file=sys.stderr, flush=True)
        else:
            ended += 1
            stop_unless(run.returncode == 0 and files_of(out) == wanted, "a resumed run differs")
            shutil.rmtree(out)
        stop_unless(wait_for_orphans(out) == [], "a process is left")
        stop_unless(_whole(out), "the manifest names a page that is not whole")
    run = start_run(survey_round, out, names, workers=workers)
    stop_unless(run.wait() == 0 and files_of(out) == wanted, "the last run differs")
    return (
        f"{killed} kills at random moments, {ended + 1} runs to the end (a clean one builds for {took:.1f} s): "
        f"{len(wanted)} files the same byte for byte, no process left, nothing half-written named"
    )


@click.command()
@click.option("--kills", default=50, show_default=True)
@click.option("--round", "survey_round", default="example-papi-2021", show_default=True)
@click.option("--only", multiple=True, default=NAMES, show_default=True)
@click.option("--seed", default=324, show_default=True)
@click.option("--workers", default=2, show_default=True)
def main(kills: int, survey_round: str, only: tuple[str, ...], seed: int, workers: int) -> None:
    """Kill and resume."""
    with tempfile.TemporaryDirectory(prefix="kill-resume-") as folder:
        click.echo(kill_and_resume(Path(folder), kills, survey_round, only, seed, workers))


def _whole(out: Path) -> bool:
    """Every page that the manifest names is there, with the bytes it was made with or newer ones moved in whole."""
    files = {name: found for entry in read_manifest(out).entries for name, found in entry.files.items()}
    wrong = [
        name for name, found in files.items() if not (out / name).is_file() or sha256(out / name) != found
    ]
    return all((out / name).is_file() or _moved_aside(out, name) for name in wrong)


def _moved_aside(out: Path, name: str) -> bool:
    """Killed between moving the old pack aside and the new one in: the next run puts it back."""
    folder, _, file = name.partition("/")
    return any((left / f"{folder}.old" / file).is_file() for left in out.glob(".building-*"))


def stop_unless(well: bool, what: str) -> None:
    """End with a sentence where something is not as it must be."""
    if not well:
        raise SystemExit(what)


if __name__ == "__main__":
    main()
