"""A thousand years in which nothing differs, and a thousand in which something does -> what packs state: a page.

    python tests/benchmarks/false_findings.py [--years 1000] [--processes 2] [--kept FOLDER] [--write]

First every statement is false (`null_years`); then one district and the province's change are as large as the
results call detectable (`found_effects`). Prints Markdown; `--write` puts it into
docs/benchmarks/false_findings.md. The same years give the same page. A thousand take two processes an hour; with
`--kept` the run can be stopped, and continued with as many years more.
"""

from __future__ import annotations

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: two processes, a core each
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # so that the script runs without being installed

import pandas as pd  # noqa: E402

from analysis.estimates.detectable import POWER  # noqa: E402
from analysis.estimates.results import ALPHA  # noqa: E402
from tests.benchmarks.found_effects import PLANNED_FROM, found_rates, plan_effects, power_years  # noqa: E402
from tests.benchmarks.kept_jobs import Runner  # noqa: E402
from tests.benchmarks.null_years import (  # noqa: E402
    SCAN,
    NullYear,
    any_headline,
    family_rates,
    limit,
    null_years,
    pack_rate,
)

PAGE = ROOT / "docs" / "benchmarks" / "false_findings.md"
TITLES = {
    "provincial": "The example's own design: 13–15 districts, 47 communes",
    "papi": "PAPI's shape: 3 districts, 12 villages, the same ones in both years",
}
WHERE = {"district": "districts", "province": "province", "group": "groups in the province"}


def null_table(drawn: list[NullYear]) -> list[str]:
    """Markdown: a row a family, then packs."""
    rates, most = family_rates(drawn), limit(len(drawn))
    lines = [
        "| | tests a year | years with a false statement (SE) | at most | | unadjusted |",
        "|---|---|---|---|---|---|",
    ]
    order = rates.sort_values(["kind", "statistic", "where"], ascending=[True, False, True])
    for (statistic, where, kind), row in order.iterrows():
        name = f"{kind}: {statistic}, {WHERE[where]}"
        held = "held" if row["rate"] <= most else "**broken**"
        lines.append(
            f"| {name} | {row['tests']:.0f} | {row['rate']:.3f} ({row['error']:.3f}) | {most:.3f} | {held} "
            f"| {row['unadjusted']:.2f} |"
        )
    rate, error = pack_rate(drawn)
    held = "held" if rate <= most else "**broken**"
    lines.append(
        f"| **packs with any false headline** | | {rate:.4f} ({error:.4f}) | {most:.3f} | {held} | |"
    )
    return lines


def power_table(drawn: pd.DataFrame) -> list[str]:
    """Markdown: a row a kind of effect, then a row an effect."""
    lines = ["| | years | found (SE) |", "|---|---|---|"]
    lines += [
        f"| **{row.what}** | {row.years} | {row.found:.3f} ({row.error:.3f}) |"
        for row in found_rates(drawn, ["what"]).itertuples()
    ]
    lines += ["", "| effect | size | years | found (SE) | error said / made |", "|---|---|---|---|---|"]
    each = found_rates(drawn, ["what", "place", "measure"]).sort_values(["what", "place", "measure"])
    lines += [
        f"| {row.what}: {row.place} {row.measure} | {row.size:.2f} | {row.years} | {row.found:.2f} ({row.error:.2f}) "
        f"| {row.said_of_made:.2f} |"
        for row in each.itertuples()
    ]
    return lines


def section(shape: str, years: int, runner: Runner) -> list[str]:
    drawn = null_years(shape, years, runner)
    if len(drawn) < PLANNED_FROM:
        return [f"## {TITLES[shape]}", "", "Not run yet.", ""]
    found = power_years(shape, plan_effects(shape, drawn), years, runner)
    lines = [
        f"## {TITLES[shape]}",
        "",
        f"### {len(drawn):,} years in which nothing differs",
        "",
        *null_table(drawn),
        "",
    ]
    lines += [
        f"Any false headline about a place in any of the three families: {any_headline(drawn):.3f} of the years.", "",
        f"### {found['year'].nunique():,} years with effects of the detectable size", "",
    ]  # fmt: skip
    return [*lines, *power_table(found), ""]


def page(years: int, runner: Runner) -> str:
    parts = [line for shape in TITLES for line in section(shape, years, runner)]
    head = [
        "# False findings, and true ones found", "",
        "Written by `tests/benchmarks/false_findings.py`; simulated. Samples of a population in which all districts, "
        "towns and villages, sexes, age groups and Kinh and others have exactly the same expected answers, and the "
        "same in both years, while communes and villages differ inside their district; through the real estimators "
        "and families of tests. Every statement is then false: the share of years with one is both the chance of any "
        f"false statement and the false discovery rate. *At most*: {ALPHA:g} and three of its simulation errors. "
        "*Unadjusted*: the same share if every p-value below that were stated. A "
        f"pack is a district's, or the province's where nobody was interviewed. Families that name the {SCAN} hold "
        "sub-dimensions and indicators.", "",
        "Then one district is so much higher than the province, and changed so much, and the whole province changed "
        "so much, as the results say on average that the sample could have shown; each in a dimension of its own, "
        "eight plans of effects in turn. *Found*: stated, on the right side, among the years whose rules let the "
        f"number be shown; {POWER:g} is what the size promises. *Error said / made*: the standard error in the "
        "results over the spread of the estimates.", "",
    ]  # fmt: skip
    if runner.only_kept:
        head += [
            f"**Not complete**: of {years:,} years of each kind those are here that have been drawn so far, as the "
            "headings say; the limits are as wide as so few years make them.", "",
        ]  # fmt: skip
    return "\n".join([*head, *parts])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--years", type=int, default=1000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--kept", type=Path, help="folder where every year's result is kept, and taken from")
    parser.add_argument("--only-kept", action="store_true", help="the page of what is kept so far")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with ProcessPoolExecutor(options.processes) as workers:
        text = page(options.years, Runner(workers, options.kept, options.only_kept))
    if options.write:
        PAGE.write_text(text, encoding="utf-8", newline="\n")
    print(text, end="")


if __name__ == "__main__":
    main()
