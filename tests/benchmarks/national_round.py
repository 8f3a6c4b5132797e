"""The simulated example -> a data folder with one round of the whole country: 63 provinces x 11 districts, nobody real.

    python tests/benchmarks/national_round.py FOLDER [--provinces 63] [--districts 11]

Only the provinces are real. Their districts are invented and called so ("Hà Nội 01"). As in PAPI three districts
of each are sampled, here by two communes of 32 people, who are drawn again, with replacement, from a commune of
the simulated example: every page built from it carries the band that says SIMULATED DATA. It shows how the
batch bears many packs and says nothing of any place.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click
import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[2]))

from analysis import paths
from analysis.rounds import read_round

ROUND, COUNTRY, SEED = "national", "VN", 20261125
EXAMPLE = "example-2021"
SAMPLED, COMMUNES, PEOPLE = 3, 2, 32
SOURCE = "tests/benchmarks/national_round.py"
SETTINGS = f"""
survey_round = "{ROUND}"
title_vi = "Khảo sát mô phỏng toàn quốc năm 2021"
title_en = "Simulated survey of the whole country, 2021"
year = 2021
simulated = true
province = "{COUNTRY}"
places = "{ROUND}"
wording = "general"
file = "raw/{ROUND}.parquet"
codebook = "papi"
framework = "papi"
source = "{SOURCE}"

[columns]
respondent = "idcode0"
district = "huyen"

[design]
weight = "PSW_psweight"
stratum = "PSW_STRATA"
psu = "PSW_PSU"

[missing]
dont_know = [888]
refused = [999]
not_asked = [-999999]

[groups.sex]
variable = "a001"
codes = {{ male = [1], female = [2] }}
"""


def make_national(folder: Path, provinces: int = 63, districts: int = 11) -> Path:
    """Write places, settings and people of the round into a data folder.

    Parameters
    ----------
    provinces : int
        How many of the 63, in the order of their codes.
    districts : int
        Of each province.

    Returns
    -------
    Path
        The folder.
    """
    places = _places(provinces, districts)
    here = folder / "places" / ROUND
    here.mkdir(parents=True, exist_ok=True)
    places.drop(columns=["number", "stratum"]).to_csv(here / "districts.csv", index=False)
    country = f"code,name_vi,name_en,source\n{COUNTRY},Việt Nam,Viet Nam,{SOURCE}\n"
    (here / "provinces.csv").write_text(country, encoding="utf-8")
    for name in ("rounds", "raw"):
        (folder / name).mkdir(exist_ok=True)
    (folder / "rounds" / f"{ROUND}.toml").write_text(SETTINGS, encoding="utf-8")
    sampled = places[places["number"] % 100 <= SAMPLED]
    _people(sampled).to_parquet(folder / "raw" / f"{ROUND}.parquet", index=False)
    return folder


def _places(provinces: int, districts: int) -> pd.DataFrame:
    """One row a district: what districts.csv holds, and its number and stratum in the file of people."""
    real = pd.read_csv(paths.rows_folder("places") / "provinces.csv", dtype=str, keep_default_na=False)
    rows = [
        {
            "code": f"{province.code}{at:02d}",
            "name_vi": f"{province.name_vi} {at:02d}",
            "kind_vi": "Đơn vị",
            "name_en": f"{province.name_en} {at:02d}",
            "kind_en": "unit",
            "zone_vi": province.name_vi,
            "province": COUNTRY,
            "source": f"invented: {SOURCE}",
            "number": int(f"{province.code}{at:02d}"),
            "stratum": int(province.code),
        }
        for province in real.sort_values("code").head(provinces).itertuples()
        for at in range(1, districts + 1)
    ]
    return pd.DataFrame(rows)


def _people(places: pd.DataFrame) -> pd.DataFrame:
    """The people of these districts: each commune's are drawn from one commune of a district of the example."""
    chance = np.random.default_rng(SEED)
    own = _example()
    pools = {code: list(part.groupby("xa").indices.values()) for code, part in own.groupby("huyen")}
    within = {code: part.index.to_numpy() for code, part in own.groupby("huyen")}
    drawn, numbers = [], []
    for number in places["number"]:
        like = chance.choice(sorted(pools))
        for at in range(COMMUNES):
            pool = pools[like][chance.integers(len(pools[like]))]
            drawn.append(within[like][chance.choice(pool, PEOPLE)])
            numbers.append(number * 100 + at + 1)
    people = own.loc[np.concatenate(drawn)].reset_index(drop=True)
    commune = np.repeat(numbers, PEOPLE)
    people["xa"] = people["PSW_PSU"] = commune
    people["huyen"] = commune // 100
    people["tinh"] = people["PSW_STRATA"] = people["huyen"].map(places.set_index("number")["stratum"])
    people["idcode0"] = np.arange(1, len(people) + 1)
    named = places.set_index("number")["name_vi"]
    return people.assign(
        tentinh=people["huyen"].map(places.set_index("number")["zone_vi"]),
        tenhuyen=people["huyen"].map(named),
        tenxa="",
        thon=commune * 100,
    )


def _example() -> pd.DataFrame:
    import pyreadstat

    return pyreadstat.read_dta(str(paths.home_data() / read_round(EXAMPLE).file))[0]


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--provinces", default=63, show_default=True)
@click.option("--districts", default=11, show_default=True)
def main(folder: Path, provinces: int, districts: int) -> None:
    """Write a data folder with the round; `workbench --data FOLDER packs --round national` reads it."""
    made = make_national(folder, provinces, districts)
    click.echo(f"{made}: {provinces * districts} districts of {provinces} provinces, simulated")


if __name__ == "__main__":
    main()
