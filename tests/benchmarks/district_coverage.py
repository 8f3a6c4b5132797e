"""Simulated districts -> how often each kind of district interval holds the truth: a Markdown table.

Run from anywhere: `python tests/benchmarks/district_coverage.py`. It prints the table and writes
docs/benchmarks/district_coverage.md; the same seeds give the same table. About one minute on two cores.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import expit

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # so that the script runs without being installed

from analysis.estimates.composites import combine_composites, composite_map  # noqa: E402
from analysis.estimates.design import build_design  # noqa: E402
from analysis.estimates.domains import Domains  # noqa: E402
from analysis.estimates.intervals import korn_graubard_interval, t_multiplier  # noqa: E402
from analysis.estimates.linearise import linearise_means  # noqa: E402
from analysis.estimates.pooled import (  # noqa: E402
    DistrictMeans,
    combined_scores,
    district_means,
    pooled_deff,
    pooled_df,
    pooled_share_interval,
)
from analysis.indicators.build import build_indicators  # noqa: E402
from analysis.rounds import read_round  # noqa: E402
from data.example.questionnaire import simulate_population, truth  # noqa: E402
from data.example.sampling import ProvincialDesign, draw_round  # noqa: E402
from data.example.simulate import CERTAIN, DRAWS  # noqa: E402

PAGE = ROOT / "docs" / "benchmarks" / "district_coverage.md"
Z = 1.959963984540054

#: Districts of PAPI's shape: two communes, two villages each, 18 people each.
SEED, SETS, DISTRICTS, COMMUNES, VILLAGES, PEOPLE = 20_250_301, 5, 2_000, 2, 2, 18
#: Title -> commune SD and village SD on the logit scale, and the true share.
CASES = {
    ".2/.2, p .61": (0.2, 0.2, 0.61),
    ".4/.3, p .61": (0.4, 0.3, 0.61),
    ".2/.2, p .12": (0.2, 0.2, 0.12),
}
#: Title -> SD of the logarithm of the villages' weights; the second alone makes a design effect of 1.4.
WEIGHTS = {"equal weights": 0.0, "unequal weights": float(np.sqrt(np.log(1.4)))}
#: A province pools over some fifteen districts, not over two thousand.
PROVINCE = 15

#: Samples drawn of the example's province, seeds 1 to DRAWN.
DRAWN = 300
DIMENSIONS = [f"D{number}" for number in range(1, 9)]

#: The district as a domain of the province's design.
ZONE = "zones as strata, communes as PSUs, t(df), se ≥ iid (Korn–Graubard for shares)"

Intervals = dict[str, tuple[np.ndarray, np.ndarray]]


def around(estimate: np.ndarray, variance: np.ndarray, multiplier: np.ndarray | float) -> tuple:
    """estimate ± multiplier se; no interval where the variance is 0, for that is no knowledge."""
    with np.errstate(invalid="ignore"):
        half = multiplier * np.sqrt(np.where(variance > 1e-24, variance, np.nan))
    return estimate - half, estimate + half


def own_intervals(
    means: DistrictMeans, values: np.ndarray, rows: pd.DataFrame, estimate: np.ndarray | None = None
) -> Intervals:
    """Intervals from each district's own people, villages or communes."""
    estimate = means.estimate if estimate is None else estimate
    found, domains = [], Domains.of(rows["district"], list(means.labels))
    for unit in ("village", "commune"):  # the design of `within_district_design`, on bare arrays
        design = build_design(rows["district"], rows[unit], rows["weight"], "remove")
        scores = linearise_means(pd.DataFrame(values), design, domains)
        found += [np.where(scores.df >= 1, scores.variance(), np.nan), scores.df]
    villages, village_df, communes, commune_df = found
    return {
        "iid weighted SE, 1.96": around(estimate, means.srs_variance, Z),
        "villages as PSUs, 1.96": around(estimate, villages, Z),
        "villages as PSUs, t(villages − 1): **direct**": around(estimate, villages, t_multiplier(village_df)),
        "communes as PSUs, t(communes − 1)": around(estimate, communes, t_multiplier(commune_df)),
    }


def pooled_intervals(
    means: DistrictMeans, values: np.ndarray, rows: pd.DataFrame, estimate: np.ndarray | None = None
) -> Intervals:
    """Intervals with the design effect pooled over the districts of `rows`; for shares Wilson's and Korn-Graubard's too."""
    scores, srs = estimate is not None, means.srs_variance
    estimate = means.estimate if estimate is None else estimate
    place = (rows["weight"], rows["district"])
    plain = {
        unit: pooled_deff(values, *place, rows[unit], corrected=False) for unit in ("village", "commune")
    }
    deff = pooled_deff(values, *place, rows["commune"])
    df = pooled_df(values, rows["district"], rows["commune"])
    found = {
        "pooled deff from villages, linearised, z": around(estimate, plain["village"] * srs, Z),
        "pooled deff from communes, linearised, z": around(estimate, plain["commune"] * srs, Z),
        "pooled deff from communes, corrected, z": around(estimate, deff * srs, Z),
        "**pooled deff from communes, corrected, t(pooled df)**": around(
            estimate, deff * srs, t_multiplier(df)
        ),
    }
    if not scores:
        se = np.sqrt(deff * np.where(srs > 0, srs, np.nan))
        df = np.broadcast_to(df, se.shape)
        found["**the same, Wilson**"] = pooled_share_interval(estimate, means.n, deff, df)
        found["the same, Korn–Graubard"] = korn_graubard_interval(estimate, se, df, means.n)
    return found


# --- districts of PAPI's shape ---------------------------------------------------------------------


def logit_of(share: float, sd: float) -> float:
    """The logit whose mean probability over a normal spread `sd` is `share`."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(60)
    return brentq(lambda at: weights @ expit(at + sd * nodes) / weights.sum() - share, -20, 20, xtol=1e-14)


def draw_districts(
    commune_sd: float, village_sd: float, share: float, weight_sd: float, seed: list[int]
) -> pd.DataFrame:
    """Districts whose communes and villages are drawn from endless ones around the true share."""
    random = np.random.RandomState(seed)
    shape = (DISTRICTS, COMMUNES, VILLAGES)
    effect = commune_sd * random.standard_normal(shape[:2])[..., None] + village_sd * random.standard_normal(
        shape
    )
    chance = expit(logit_of(share, float(np.hypot(commune_sd, village_sd))) + effect)
    weight = np.exp(weight_sd * random.standard_normal(shape))
    answers = random.random_sample((*shape, PEOPLE)) < chance[..., None]
    district, commune, village, _ = np.indices(answers.shape).reshape(4, -1)
    return pd.DataFrame(
        {
            "district": district,
            "commune": commune,
            "village": commune * VILLAGES + village,
            "weight": np.repeat(weight.ravel(), PEOPLE),
            "value": answers.ravel().astype(float),
        }
    )


def set_intervals(rows: pd.DataFrame) -> Intervals:
    """One set of districts: pooled over all of them, and over groups the size of a province."""
    values = rows[["value"]].to_numpy()
    means = district_means(values, rows["weight"], rows["district"])
    whole = pooled_intervals(means, values, rows)
    size = len(rows) // DISTRICTS * PROVINCE
    parts = []
    for start in range(0, len(rows) - size + 1, size):  # a last, smaller group is left out
        part = rows.iloc[start : start + size]
        answers = part[["value"]].to_numpy()
        inside = district_means(answers, part["weight"], part["district"])
        parts.append(pooled_intervals(inside, answers, part))
    found = own_intervals(means, values, rows)
    found |= {f"{name} ({DISTRICTS:,})": ends for name, ends in whole.items()}
    for name in whole:
        ends = (np.concatenate([part[name][side] for part in parts]) for side in (0, 1))
        found[f"{name} ({PROVINCE})"] = tuple(ends)
    return found


def papi_set(job: tuple[str, str, int]) -> list[tuple[str, np.ndarray, np.ndarray]]:
    weights, title, number = job
    seed = [SEED, list(WEIGHTS).index(weights), list(CASES).index(title), number]
    drawn = draw_districts(*CASES[title], WEIGHTS[weights], seed)
    return list(in_groups(set_intervals(drawn), CASES[title][2], PROVINCE))


def papi_shape(workers: ProcessPoolExecutor) -> dict[str, dict[str, pd.DataFrame]]:
    """Kind of weights -> title of a case -> its table of methods."""
    jobs = [(weights, title, number) for weights in WEIGHTS for title in CASES for number in range(SETS)]
    done = dict(zip(jobs, workers.map(papi_set, jobs), strict=True))
    return {
        weights: {
            title: summarise([row for number in range(SETS) for row in done[weights, title, number]])
            for title in CASES
        }
        for weights in WEIGHTS
    }


# --- the example's own design ----------------------------------------------------------------------


@lru_cache(maxsize=1)
def example_truth() -> pd.DataFrame:
    rows = truth(simulate_population(2021)).query("place_kind == 'district'")
    return rows.pivot(index="place", columns="measure", values="truth")


def example_intervals(seed: int) -> list[tuple[str, str, np.ndarray, np.ndarray]]:
    """One sample of the example's province: kind of measure, method, hit (or NaN) and half-width."""
    population, framework = simulate_population(2021), simulate_population(2021).framework
    table = draw_round(population, ProvincialDesign(CERTAIN, DRAWS), seed)
    units = framework.indicators.set_index("indicator")["unit"]
    indicators = build_indicators(table, framework, read_round("example-2021"), population.codebook)[
        list(units.index)
    ]
    rows = pd.DataFrame(
        {
            "weight": table["PSW_psweight"],
            "district": table["huyen"].astype(str),
            "commune": table["xa"],
            "village": table["thon"],
            "zone": table["PSW_STRATA"],
        }
    )
    communes = rows.groupby("district")["commune"].nunique()
    wanted = list(communes.index[communes >= 2])
    mapping = composite_map(framework)
    parts = mapping.weights.loc[list(units.index), DIMENSIONS]
    shares = [name for name in units.index if units[name] == "share"]
    scores = combined_scores(indicators, rows["weight"], rows["district"], parts.to_numpy())
    design = build_design(rows["zone"], rows["commune"], rows["weight"])
    zone = linearise_means(indicators, design, Domains.of(rows["district"], wanted))
    composites = combine_composites(zone, mapping)
    columns = [list(composites.measures).index(name) for name in DIMENSIONS]
    level = composites.estimate[:, columns]
    means = district_means(scores, rows["weight"], rows["district"], wanted)
    variance = np.maximum(composites.variance(), composites.srs_variance)[:, columns]
    found = own_intervals(means, scores, rows, level)
    found[ZONE] = around(level, variance, t_multiplier(composites.df[:, columns]))
    found |= pooled_intervals(means, scores, rows, level)
    answers = indicators[shares].to_numpy()
    means = district_means(answers, rows["weight"], rows["district"], wanted)
    at = [list(zone.measures).index(name) for name in shares]
    se = np.sqrt(np.maximum(zone.variance(), zone.srs_variance)[:, at])
    of_shares = own_intervals(means, answers, rows)
    of_shares[ZONE] = korn_graubard_interval(zone.estimate[:, at], se, zone.df[:, at], zone.n[:, at])
    of_shares |= pooled_intervals(means, answers, rows)
    true = example_truth().loc[wanted]
    middle = (true[shares].to_numpy() > 0.1) & (true[shares].to_numpy() < 0.9)
    out = [("D1–D8", *row) for row in hits(found, true[DIMENSIONS].to_numpy())]
    for title, chosen in (("shares .1–.9", middle), ("shares beyond", ~middle)):
        out += [
            (title, name, hit[chosen], half[chosen])
            for name, hit, half in hits(of_shares, true[shares].to_numpy())
        ]
    return out


def example_shape(workers: ProcessPoolExecutor) -> dict[str, pd.DataFrame]:
    drawn = list(workers.map(example_intervals, range(1, DRAWN + 1), chunksize=10))
    kinds = list(dict.fromkeys(row[0] for row in drawn[0]))
    return {kind: summarise(row[1:] for draw in drawn for row in draw if row[0] == kind) for kind in kinds}


# --- coverage --------------------------------------------------------------------------------------


def hits(intervals: Intervals, true: np.ndarray | float) -> Iterable[tuple[str, np.ndarray, np.ndarray]]:
    """Method, whether each interval holds the truth (NaN = there is none), and its half-width."""
    for name, (low, high) in intervals.items():
        there = ~np.isnan(low)
        yield name, np.where(there, (low <= true) & (true <= high), np.nan), (high - low) / 2


def in_groups(intervals: Intervals, true: float, size: int) -> Iterable[tuple[str, np.ndarray, np.ndarray]]:
    """As `hits`, in groups of `size` districts, so that those with one deff stand together."""
    for name, hit, half in hits(intervals, true):
        for start in range(0, len(hit), size):
            yield name, hit[start : start + size], half[start : start + size]


def summarise(groups: Iterable[tuple[str, np.ndarray, np.ndarray]]) -> pd.DataFrame:
    """Coverage with its standard error between independent groups, median half-width, share without.

    With c_g intervals and h_g hits in group g, coverage = sum h / sum c, and its standard error is that
    of a ratio: sqrt(G/(G - 1) sum (h_g - coverage c_g)^2) / sum c.
    """
    found: dict[str, list] = {}
    for name, hit, half in groups:
        found.setdefault(name, []).append((np.nansum(hit), (~np.isnan(hit)).sum(), hit.size, half.ravel()))
    rows = []
    for name, parts in found.items():
        hit, count, size = (np.array([part[at] for part in parts], dtype=float) for at in range(3))
        coverage, many = hit.sum() / count.sum(), len(parts)
        error = np.sqrt(many / (many - 1) * ((hit - coverage * count) ** 2).sum()) / count.sum()
        half = float(np.nanmedian(np.concatenate([part[3] for part in parts])))
        rows.append((name, coverage, error, half, 1 - count.sum() / size.sum()))
    return pd.DataFrame(rows, columns=["method", "coverage", "error", "half", "without"]).set_index("method")


def as_table(tables: dict[str, pd.DataFrame]) -> list[str]:
    """Markdown: a row a method; coverage (its standard error) half-width, and what has no interval."""
    lines = ["| | " + " | ".join(tables) + " |", "|---" * (len(tables) + 1) + "|"]
    methods = list(dict.fromkeys(name for table in tables.values() for name in table.index))
    for name in methods:
        cells = [cell(table.loc[name]) if name in table.index else "–" for table in tables.values()]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def cell(row: pd.Series) -> str:
    missing = f", none {row['without']:.1%}" if row["without"] >= 0.0005 else ""
    return f"{row['coverage']:.3f} ({row['error']:.3f}) ±{row['half']:.3f}{missing}"


def page(papi: dict[str, dict[str, pd.DataFrame]], example: dict[str, pd.DataFrame]) -> str:
    lines = [
        "# Coverage of district intervals", "",
        "Written by `tests/benchmarks/district_coverage.py`; simulated. Each cell: how often the nominal 95 % "
        "interval holds the truth (standard error of that), median half-width, and the share of districts "
        "for which the method gives no interval, where there are any (a variance of exactly 0 is none).", "",
        "*Linearised* and *corrected*: how the between-commune variance behind the pooled deff is "
        "computed, see `pooled_deff`; with equal weights they are the same.", "",
        "## Districts of PAPI's shape", "",
        f"{SETS} × {DISTRICTS:,} districts a case, {COMMUNES} communes × {VILLAGES} villages × {PEOPLE} people; "
        "columns: SD of communes / of villages on the logit scale, true share. Communes and villages are drawn "
        f"from endless ones. Seed {SEED}. Pooled over all {DISTRICTS:,} districts of a set, and over groups of "
        f"{PROVINCE}, as in one province.", "",
    ]  # fmt: skip
    note = "Village weights are lognormal; they alone make a design effect of 1.4."
    for weights, tables in papi.items():
        lines += [f"### {weights.capitalize()}", "", *([note, ""] if WEIGHTS[weights] else [])]
        lines += [*as_table(tables), ""]
    lines += [
        "## The example's own design", "",
        f"{DRAWN} samples (seeds 1–{DRAWN}) of the simulated Kiên Giang of 2021: districts with 2 or more communes, "
        "most of them 3–5 (seat commune certain, the others by zone in proportion to size), × 2 villages × 16 "
        "people; truth of each district from the simulated population. The deff is pooled over the districts of "
        "the one sample. Half-widths of D1–D8 are in points of the score.", "",
        *as_table(example), "",
    ]  # fmt: skip
    return "\n".join(lines)


def main() -> None:
    with ProcessPoolExecutor(2) as workers:
        text = page(papi_shape(workers), example_shape(workers))
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    print(text, end="")


if __name__ == "__main__":
    main()
