"""Speed of the estimation engine beside its peers, in one run -> docs/benchmarks/estimates_speed.md.

    python tests/benchmarks/estimates_speed.py [--rounds 7] [--write]

PAPI-like data (14,562 people, 63 provinces, 203 districts, 40 indicators with different missing values). Tools
are interleaved and the median counts. The bound is one `numpy.bincount` of y a variable: no missing
values, no standard error. R runs where Rscript is found; svy where WORKBENCH_SVY_PYTHON names a Python
that has it.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.estimates.design import build_design
from analysis.estimates.domains import Domains
from analysis.estimates.linearise import linearise_means

INDICATORS, PEOPLE = 40, 14_562
#: Districts of each province: four large ones, one of five, the others of three; 203 in all.
DISTRICTS = [6] * 4 + [5] + [3] * 58
OUTPUT = Path(__file__).parents[2] / "docs" / "benchmarks" / "estimates_speed.md"
R_CODE = """
suppressMessages(library(survey)); d <- read.csv(commandArgs(TRUE)[1])
des <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = d, nest = TRUE)
options(survey.lonely.psu = "adjust"); t <- proc.time()[["elapsed"]]
for (v in grep("^y", names(d), value = TRUE))
  r <- svyby(as.formula(paste0("~", v)), ~district, des, svymean, na.rm = TRUE)
cat(proc.time()[["elapsed"]] - t)
"""
SVY_CODE = """
import sys, time, polars as pl, svy
d = pl.read_csv(sys.argv[1], schema_overrides={f"y{i}": pl.Float64 for i in range(40)}, null_values="")
s = svy.Sample(d, svy.Design(stratum="stratum", psu="psu", wgt="weight"))
names = [c for c in d.columns if c.startswith("y")]
s.estimation.mean(names[0], by="district", drop_nulls=True)
t = time.perf_counter()
for name in names:
    s.estimation.mean(name, by="district", drop_nulls=True)
print(time.perf_counter() - t)
"""


def papi_like(times: int = 1, seed: int = 324) -> pd.DataFrame:
    """People of 203 districts, 4 villages of 18 each; a district is a PSU, a province a stratum."""
    random = np.random.RandomState(seed)
    district = np.repeat(np.arange(sum(DISTRICTS)), 4 * 18 * times)
    province = np.repeat(np.arange(len(DISTRICTS)), np.array(DISTRICTS) * 4 * 18 * times)
    keep = np.sort(random.choice(len(district), PEOPLE * times, replace=False))
    table = pd.DataFrame({"stratum": province[keep], "district": district[keep]})
    table["psu"] = table["district"]
    table["weight"] = random.uniform(0.3, 3.0, len(table))
    y = random.normal(0.5, 0.2, (len(table), INDICATORS))
    y[random.random_sample(y.shape) < random.uniform(0.02, 0.4, INDICATORS)] = np.nan
    return pd.concat([table, pd.DataFrame(y, columns=[f"y{i}" for i in range(INDICATORS)])], axis=1)


def tools(table: pd.DataFrame) -> dict:
    """Name -> a call that does the whole job once."""
    values = table[[c for c in table if c.startswith("y")]]
    y, code = values.to_numpy(), table["district"].to_numpy()
    design = build_design(table["stratum"].astype(str), table["psu"].astype(str), table["weight"], "adjust")
    domains = Domains.of(table["district"])

    def bound() -> None:
        for k in range(y.shape[1]):
            np.bincount(code, y[:, k])

    def ours() -> tuple:
        scores = linearise_means(values, design, domains)
        return scores.estimate, np.sqrt(scores.variance()), scores.n, scores.df

    def ours_with_covariance() -> tuple:
        scores = linearise_means(values, design, domains)
        return scores.estimate, scores.covariances(), scores.n, scores.df

    return {
        "bound: one bincount a variable": bound,
        "ours: mean, SE, n, df": ours,
        "ours, and each district's 40 × 40 covariance": ours_with_covariance,
        "pandas groupby sum": lambda: table.groupby("district")[list(values)].sum(),
    }


def medians(calls: dict, rounds: int) -> dict[str, float]:
    """Median seconds of each call, the calls interleaved."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        call()
    for _ in range(rounds):
        for name, call in calls.items():
            start = time.perf_counter()
            call()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(seconds) for name, seconds in times.items()}


def outside(table: pd.DataFrame) -> dict[str, float]:
    """Seconds of R and svy for all indicators by district, once each, where they are installed."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data.csv"
        table.to_csv(data, index=False)
        if shutil.which("Rscript"):
            (Path(folder) / "run.R").write_text(R_CODE)
            found["R survey svyby"] = _seconds(["Rscript", f"{folder}/run.R", str(data)])
        if svy := os.environ.get("WORKBENCH_SVY_PYTHON"):
            found["svy"] = _seconds([svy, "-c", SVY_CODE, str(data)])
    return found


def _seconds(command: list[str]) -> float:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr[-500:], file=sys.stderr)
        return float("nan")
    return float(done.stdout.strip().splitlines()[-1])


def peak_bytes(call: Callable, cells: int) -> float:
    """Peak memory that one call takes above its input, bytes a row and indicator."""
    tracemalloc.start()
    call()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / cells


def report(rounds: int) -> str:
    table = papi_like()
    found = medians(tools(table), rounds) | outside(table)
    bound = found["bound: one bincount a variable"]
    lines = [
        "# Speed of the estimation engine", "",
        f"{len(table):,} people, {table['district'].nunique()} districts in {table['stratum'].nunique()} provinces, "
        f"{INDICATORS} indicators with missing values; medians of {rounds} interleaved runs, one process, warm; R and "
        "svy once each, start-up and reading left out. Made by `make bench`.", "",
        f"Machine: {platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, NumPy {np.__version__}, pandas {pd.__version__}.", "",
        "| all indicators × all districts | ms | × bound |", "|---|---:|---:|",
    ]  # fmt: skip
    lines += [f"| {name} | {s * 1e3:,.1f} | {s / bound:,.1f} |" for name, s in found.items()]
    lines += [
        "",
        "| rows | ms | µs a row | bytes a row and indicator above the input |",
        "|---:|---:|---:|---:|",
    ]
    for times in (1, 10, 100):
        larger = papi_like(times)
        name = "ours: mean, SE, n, df"
        call = tools(larger)[name]
        seconds = medians({name: call}, max(3, rounds // 3))[name]
        peak = peak_bytes(call, len(larger) * INDICATORS)
        lines.append(
            f"| {len(larger):,} | {seconds * 1e3:,.1f} | {seconds / len(larger) * 1e6:.3f} | {peak:.1f} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--write", action="store_true", help=f"write {OUTPUT.name} too")
    options = parser.parse_args()
    text = report(options.rounds)
    print(text)
    if options.write:
        OUTPUT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
