"""A seed -> the committed example of administrative counts of 2021: simulated, and marked so in every row.

Run from anywhere: `python data/example/administrative.py`. The districts and communes are real; every count
is invented and says nothing about any of them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))  # so that the script runs without being installed

from analysis.places import read_places  # noqa: E402

SEED = 20210320
YEAR, QUARTERS, PROVINCE = 2021, (1, 2, 3, 4), "91"
SOURCE = "DỮ LIỆU MÔ PHỎNG / SIMULATED DATA"
#: Chance that a commune has done it by the end of each quarter, roughly; districts differ around it.
COMMUNE_FIGURES = {
    "poverty_list_published": (0.55, 0.75, 0.90, 0.97),
    "budget_published": (0.45, 0.65, 0.80, 0.90),
    "land_plan_published": (0.30, 0.45, 0.60, 0.70),
    "inspection_board_strengthened": (0.20, 0.45, 0.70, 0.85),
    "supervision_board_strengthened": (0.15, 0.35, 0.60, 0.80),
}
#: What nobody sent in for the last quarter: Kiên Hải's files, and every figure of one commune of Gò Quao.
NOT_SENT_DISTRICT, NOT_SENT_QUARTER, NOT_SENT_IN = "912", 4, "907"


def simulate_administrative() -> pd.DataFrame:
    """The committed table: year, quarter, level, district, commune, figure, numerator, denominator …"""
    rng = np.random.default_rng(SEED)
    places = read_places()
    rows = [*_province(rng), *_districts(rng, places.districts_of(PROVINCE))]
    rows += _communes(rng, places.communes_of(PROVINCE))
    names = ["quarter", "level", "district", "commune", "figure", "numerator", "denominator"]
    table = pd.DataFrame(rows, columns=names)
    table.insert(0, "year", YEAR)
    return table.assign(simulated="yes", source=SOURCE)


def _province(rng: np.random.Generator) -> list[tuple]:
    online = np.round(1_900 * np.array([0.31, 0.42, 0.51, 0.58])).astype(int)
    rows = [
        (q, "province", "", "", "procedures_online", int(x), 1_900)
        for q, x in zip(QUARTERS, online, strict=True)
    ]
    for quarter in QUARTERS:
        due = int(rng.integers(60, 90))
        done = int(rng.binomial(due, 0.97))
        rows.append((quarter, "province", "", "", "government_tasks_on_time", done, due))
    return rows


def _districts(rng: np.random.Generator, districts: list[str]) -> list[tuple]:
    rows = []
    for district in districts:
        procedures = int(rng.integers(290, 340))
        start, end = rng.uniform(0.22, 0.38), rng.uniform(0.48, 0.74)
        files, on_time = rng.uniform(800, 6_000), rng.uniform(0.90, 0.995)
        cases, settled = rng.uniform(12, 70), rng.uniform(0.60, 0.85)
        for quarter in QUARTERS:
            online = round(procedures * (start + (end - start) * (quarter - 1) / 3))
            rows.append((quarter, "district", district, "", "procedures_online", online, procedures))
            of_files, of_cases = int(rng.poisson(files)), int(rng.poisson(cases))
            done = int(rng.binomial(of_files, on_time)), int(rng.binomial(of_cases, settled))
            if (district, quarter) != (NOT_SENT_DISTRICT, NOT_SENT_QUARTER):
                rows.append((quarter, "district", district, "", "files_on_time", done[0], of_files))
            rows.append((quarter, "district", district, "", "complaints_on_time", done[1], of_cases))
    return rows


def _communes(rng: np.random.Generator, communes: dict[str, str]) -> list[tuple]:
    rows = []
    not_sent = min(code for code, district in communes.items() if district == NOT_SENT_IN)
    eager = {district: rng.normal(0, 0.12) for district in sorted(set(communes.values()))}
    for commune, district in sorted(communes.items()):
        for figure, chances in COMMUNE_FIGURES.items():
            draw = rng.uniform()
            for quarter, chance in zip(QUARTERS, chances, strict=True):
                done = int(draw < chance + eager[district])
                if (commune, quarter) != (not_sent, NOT_SENT_QUARTER):
                    rows.append((quarter, "commune", district, commune, figure, done, 1))
    return rows


def main(folder: Path = HERE) -> None:
    table = simulate_administrative()
    path = folder / f"administrative-{YEAR}.csv"
    table.to_csv(path, index=False, lineterminator="\n")
    print(f"{path.name}: {len(table)} rows, {table['figure'].nunique()} figures")


if __name__ == "__main__":
    main()
