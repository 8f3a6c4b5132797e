"""Seeds -> the committed example: three simulated survey files and the truths they were drawn from.

Run from anywhere: `python data/example/simulate.py`. The same seeds give the same tables; a test
compares them with the committed files.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))  # so that the script runs without being installed

from data.example.questionnaire import Population, simulate_population, truth  # noqa: E402
from data.example.sampling import (  # noqa: E402
    PapiDesign,
    ProvincialDesign,
    draw_round,
)

#: The 13 districts whose seat commune is certain. Kiên Hải (912) and Giang Thành (914) may be drawn
#: like any other place, but happen not to be.
CERTAIN = tuple(f"{code}" for code in (899, 900, *range(902, 912), 913))
#: Communes drawn beside the seats, by zone, so that there are 47 in all.
DRAWS = {"1": 10, "2": 11, "3": 10, "4": 3}

#: The first seed from 1 up for which neither Kiên Hải nor Giang Thành is drawn in either year, exactly
#: one district has two communes in 2021 and all others three to five, and none has fewer than two in
#: 2020. Nothing about the answers was looked at.
PROVINCIAL_SEED = 31
PAPI_SEED = 1

#: Round -> year, design, seed.
ROUNDS: dict[str, tuple[int, ProvincialDesign | PapiDesign, int]] = {
    "example-2020": (2020, ProvincialDesign(CERTAIN, DRAWS), PROVINCIAL_SEED),
    "example-2021": (2021, ProvincialDesign(CERTAIN, DRAWS, later_year=True), PROVINCIAL_SEED),
    "example-papi-2021": (2021, PapiDesign(), PAPI_SEED),
}

#: The same date in every file, so that writing again gives the same bytes.
TIME_STAMP = datetime(2021, 12, 31)
BAND = "DỮ LIỆU MÔ PHỎNG / SIMULATED DATA"


def simulate_round(name: str) -> tuple[pd.DataFrame, Population]:
    """One committed round's table, as its file holds it, and the population it was drawn from."""
    year, design, seed = ROUNDS[name]
    population = simulate_population(year)
    return draw_round(population, design, seed), population


def write_stata(table: pd.DataFrame, population: Population, name: str, folder: Path) -> Path:
    """Write one table as Stata 14 (.dta 118), with Vietnamese labels and the smallest integer types."""
    codebook = population.codebook
    no_answer = {code: pair[0] for code, pair in codebook.code_sets["no_answer"].items()}
    labels, stored = {}, {}
    for column in table.columns:
        values = table[column]
        stored[column] = _small(values) if values.dtype.kind in "iu" else values
        if codebook.row(column)["type"] == "code":
            used = {code: text for code, text in no_answer.items() if (values == code).any()}
            labels[column] = {int(code): text for code, text in (codebook.labels(column) | used).items()}
        elif codebook.row(column)["role"] == "question" and values.dtype.kind in "iu":
            labels[column] = {int(code): text for code, text in no_answer.items()}
    path = folder / f"{name}.dta"
    pd.DataFrame(stored).to_stata(
        path,
        version=118,
        write_index=False,
        time_stamp=TIME_STAMP,
        data_label=f"{BAND}: {name}",
        variable_labels={column: codebook.label(column) for column in table.columns},
        value_labels=labels,
    )
    return path


def _small(values: pd.Series) -> pd.Series:
    """The smallest integer type that Stata has for these values (it keeps the top codes for itself)."""
    for kind, highest in ((np.int8, 100), (np.int16, 32_740)):
        if values.max() <= highest and values.min() >= -highest:
            return values.astype(kind)
    return values.astype(np.int32)


def write_truth(population: Population, name: str, folder: Path) -> Path:
    """Write the expected value of every measure in the province and in every district."""
    path = folder / "truth" / f"{name}.csv"
    path.parent.mkdir(exist_ok=True)
    truth(population).to_csv(path, index=False, float_format="%.9f", lineterminator="\n")
    return path


def main(folder: Path = HERE) -> None:
    for name in ROUNDS:
        table, population = simulate_round(name)
        written = write_stata(table, population, name, folder), write_truth(population, name, folder)
        print(
            f"{name}: {len(table)} respondents, {table['thon'].nunique()} villages ->",
            *(p.name for p in written),
        )


if __name__ == "__main__":
    main()
