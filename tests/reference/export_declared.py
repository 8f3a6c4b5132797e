"""Rounds of two stages, finite populations and known totals, made from the example's files.

`python tests/reference/export_declared.py FOLDER` writes what declared.R reads: for each round of
`CASES` its indicators as NAME.csv and the composites' weights as NAME.weights.csv.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.estimates.composites import composite_map
from analysis.pipeline import prepare
from analysis.respondents.microdata import read_microdata
from analysis.rounds import read_round

#: Communes of each stratum; all four of stratum 4 are in the sample, so only its villages add variance.
COMMUNES = {1: 60, 2: 55, 3: 40, 4: 4}
STAGES = """
stratum = "PSW_STRATA"
psu = ["PSW_PSU", "thon"]
population = ["communes", "villages"]
"""
#: Calibration of each round; the totals of declared.R are the same.
AGES = '[calibration.margins.age_group]\n"18-34" = 430000\n"35-54" = 500000\n"55+" = 340000\n'
SEXES = "[calibration.margins.sex]\nmale = 625000\nfemale = 645000\n"
AREAS = "[calibration.margins.khuvuc]\n1 = 350000\n2 = 920000\n"
CASES = {
    "staged": "",
    "staged-before": "",
    "raked": f'[calibration]\nmethod = "rake"\nsource = "typed"\n{SEXES}{AGES}',
    "linear": f'[calibration]\nmethod = "linear"\nsource = "typed"\nbounds = [0.2, 5]\n{SEXES}{AGES}',
    "poststratified": f'[calibration]\nmethod = "poststratify"\nsource = "typed"\n{AREAS}',
    "poststratified-before": f'[calibration]\nmethod = "poststratify"\nsource = "typed"\n{AREAS}',
}


def make_data(folder: Path) -> Path:
    """A data folder with the rounds of `CASES`; each compares with the one before it, where there is one."""
    target = folder / "data"
    shutil.copytree(paths.data_folder(), target, ignore=shutil.ignore_patterns("built", "raw", "__pycache__"))
    for year in (2020, 2021):
        table = read_microdata(target / "example" / f"example-{year}.dta").table
        sizes = {
            "communes": table["PSW_STRATA"].astype(int).map(COMMUNES),
            "villages": 3 + table["PSW_PSU"].astype(int) % 4,
        }
        table.assign(**sizes).to_parquet(target / "example" / f"declared-{year}.parquet")
    for name, calibration in CASES.items():
        year = 2020 if name.endswith("-before") else 2021
        text = (target / "rounds" / f"example-{year}.toml").read_text(encoding="utf-8")
        before = f"{name}-before" if f"{name}-before" in CASES else ""
        old_stages = [line for line in text.splitlines() if line.startswith(("stratum = ", "psu = "))]
        for old, new in {
            f'survey_round = "example-{year}"': f'survey_round = "{name}"',
            f"example/example-{year}.dta": f"example/declared-{year}.parquet",
            'previous = "example-2020"': f'previous = "{before}"',
            old_stages[0]: STAGES,
            old_stages[1]: "",
        }.items():
            text = text.replace(old, new)
        (target / "rounds" / f"{name}.toml").write_text(f"{text}\n{calibration}", encoding="utf-8")
    return target


def export(folder: Path) -> None:
    """Write the indicators of each round and the composites' weights."""
    os.environ["WORKBENCH_DATA"] = str(make_data(folder))
    exact = {"float_format": "%.17g", "lineterminator": "\n"}
    for name in CASES:
        sample = prepare(read_round(name))
        sample.indicators.to_csv(folder / f"{name}.csv", index=False, **exact)
        mapping = composite_map(sample.framework)
        weights = pd.concat([mapping.weights, mapping.constants.to_frame("constant").T])
        weights.to_csv(folder / f"{name}.weights.csv", **exact)


if __name__ == "__main__":
    export(Path(sys.argv[1]))
