"""How long the panel of explore.ipynb takes for a choice -> docs/benchmarks/explore_answers.md.

    python tests/benchmarks/explore_answers.py [--rounds 5] [--write]

A choice is answered whole: estimates, tests, disclosure rules, tables, chart (drawn), line. Opening the round is
timed by itself. Processor seconds beside the clock's tell a busy machine from a slow answer. Exit 1 where a
choice takes `LIMIT` seconds of the processor or more.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.explore.panel import Panel, open_panel
from analysis.pipeline import build_round

ROUND, LIMIT = "example-2021", 1.0
OUTPUT = Path(__file__).parents[2] / "docs" / "benchmarks" / "explore_answers.md"
TWELVE = ("PAPI", "D1", "D2", "D3", "D4", "D5", "D6", "S1.1", "S2.1", "S2.2", "S3.1", "S4.1")

Step = tuple[str, Callable[[Panel], None]]


def choose(control: str, value: object) -> Callable[[Panel], None]:
    """A person's choice in one control of the form."""
    return lambda panel: setattr(getattr(panel.form, control), "value", value)


#: In this order; each stands on those before it.
STEPS: tuple[Step, ...] = (
    ("one score", choose("measures", ("D2",))),
    ("by age group, each against everybody", choose("by", "age_group")),
    ("in one district, each group against the province's", choose("place", "899")),
    ("women only", choose("filters", (("sex", "female"),))),
    ("against the round before", choose("against", "previous")),
    ("twelve scores at once", choose("measures", TWELVE)),
    ("twelve scores in the whole province", choose("place", "")),
    ("twelve scores, by district", choose("by", "district")),
    ("in English", choose("language", "en")),
    ("a search", choose("search", "ho ngheo")),
)


def measure(rounds: int) -> pd.DataFrame:
    """Medians over rounds of the wall clock's and the processor's seconds, a row a step."""
    times: dict[str, list[tuple[float, float]]] = {}

    def timed(name: str, call: Callable[[], object]) -> object:
        wall, processor = time.perf_counter(), time.process_time()
        result = call()
        spent = time.perf_counter() - wall, time.process_time() - processor
        times.setdefault(name, []).append(spent)
        return result

    for _ in range(rounds):
        panel = timed("opening the round, first answer", lambda: open_panel(ROUND, "vi", by="sex"))
        choose("against", "previous")(panel)  # opens the round before, once
        choose("against", "province")(panel)
        for name, step in STEPS:
            timed(name, partial(step, panel))
            assert panel.answer is not None
    rows = [(name, *map(statistics.median, zip(*spent, strict=True))) for name, spent in times.items()]
    return pd.DataFrame(rows, columns=["choice", "wall", "processor"])


def page(table: pd.DataFrame, rounds: int) -> str:
    """The table as Markdown."""
    lines = [
        "# How fast explore.ipynb answers",
        "",
        f"Round {ROUND}; medians of {rounds} runs; every answer whole, its chart drawn. Made by `make bench`.",
        "",
        f"Machine: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, NumPy "
        f"{np.__version__}, pandas {pd.__version__}; load average while measured {os.getloadavg()[0]:.1f}.",
        "",
        "| choice | seconds of the processor | seconds on the clock |",
        "|---|---:|---:|",
        *(f"| {row.choice} | {row.processor:.2f} | {row.wall:.2f} |" for row in table.itertuples()),
        "",
    ]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    build_round(ROUND)
    table = measure(options.rounds)
    text = page(table, options.rounds)
    print(text)
    if options.write:
        OUTPUT.write_text(text, encoding="utf-8")
    return int((table["processor"].iloc[1:] >= LIMIT).any())


if __name__ == "__main__":
    sys.exit(main())
