"""data/places -> a simulated population of Kiên Giang: villages, adults, kinds of people, local effects.

Districts and communes are the real ones of 2021. Everything inside them is invented: villages, sizes
of communes, shares of Khmer and Hoa by commune, who thinks what where. Nothing here describes a real
village or a real district.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from analysis import paths

SEED = 20210319
YEARS = (2020, 2021)

#: Adults as a share of the population: assumed.
ADULT_SHARE = 0.72
#: Round figures of our own for the districts whose population data/places does not hold.
SIMULATED_POPULATION = {
    "900": 48_000, "902": 75_000, "905": 155_000, "908": 116_000,
    "910": 83_000, "912": 18_000, "913": 64_000, "914": 29_000,
}  # fmt: skip

#: Kinds of people: sex x age band x ethnicity, and the share of each part in the province.
SEXES = (1, 2)
AGE_BANDS = ((18, 34), (35, 54), (55, 80))
ETHNICITIES = (1, 2, 3, 4)
AGE_SHARES = (0.33, 0.40, 0.27)
#: Census 2019 as data for the simulation: Kinh the rest, Khmer 12.26 %, Hoa 1.40 %; others assumed.
ETHNIC_SHARES = (0.8624, 0.1226, 0.0140, 0.0010)

#: Standard deviations on the logit scale, and the correlation of the local effects between the years.
DISTRICT_SD, COMMUNE_SD, VILLAGE_SD, PERSON_SD = 0.25, 0.20, 0.20, 0.12
YEAR_CORRELATION = 0.8
#: The young use the internet far more than the old: the one effect set by hand.
AGE_EFFECT = {"Access to and Use of the Internet": (0.7, 0.0, -0.9)}


@dataclass(frozen=True)
class Geography:
    """Who lives where, the same in both years.

    Attributes
    ----------
    communes : DataFrame
        One row a commune: code, district, zone ("1".."4"), urban (bool), seat (bool), adults, and
        the names the data file carries.
    village_commune : int array, (villages,)
        Row of `communes`; villages of one commune stand together, the seat village first.
    village_code : int array, (villages,)
    village_adults : int array, (villages,)
    cell_shares : float array, (villages, 24)
        Share of each kind of people, in the order of `cells`.
    cells : int array, (24, 3)
        Positions in SEXES, AGE_BANDS, ETHNICITIES.
    """

    communes: pd.DataFrame
    village_commune: np.ndarray
    village_code: np.ndarray
    village_adults: np.ndarray
    cell_shares: np.ndarray
    cells: np.ndarray

    @property
    def village_district(self) -> np.ndarray:
        return self.communes["district"].to_numpy()[self.village_commune]


@lru_cache(maxsize=1)
def simulate_geography() -> Geography:
    """The fixed part of the simulated population."""
    random = np.random.RandomState([SEED, 1])
    communes = _communes(random)
    counts = random.randint(4, 10, size=len(communes))
    commune = np.repeat(np.arange(len(communes)), counts)
    first = np.r_[0, np.cumsum(counts)[:-1]]
    sizes = np.exp(0.2 * random.standard_normal(len(commune)))
    sizes[first] *= 1.3  # the village where the commune's office stands
    adults = np.concatenate(
        [_whole(sizes[commune == at], total) for at, total in enumerate(communes["adults"])]
    )
    number = np.arange(len(commune)) - first[commune] + 1
    code = communes["code"].astype(int).to_numpy()[commune] * 100 + number
    cells = np.array([(s, a, e) for s in range(2) for a in range(3) for e in range(4)])
    return Geography(communes, commune, code, adults, _cell_shares(random, commune, adults, cells), cells)


def _communes(random: np.random.RandomState) -> pd.DataFrame:
    places = paths.rows_folder("places")
    districts = pd.read_csv(places / "districts.csv", dtype=str, keep_default_na=False)
    districts = districts[districts["province"] == "91"].set_index("code")
    communes = pd.read_csv(places / "communes.csv", dtype=str, keep_default_na=False)
    communes = communes[communes["district"].isin(districts.index)].reset_index(drop=True)
    zones = {zone: str(at + 1) for at, zone in enumerate(dict.fromkeys(districts["zone_vi"]))}
    communes["zone"] = communes["district"].map(districts["zone_vi"]).map(zones)
    communes["urban"] = communes["kind_vi"].isin(["Phường", "Thị trấn"])
    communes["seat"] = _seats(communes)
    sizes = np.exp(0.15 * random.standard_normal(len(communes))) * np.where(communes["seat"], 1.5, 1.0)
    communes["adults"] = 0
    for code, row in districts.iterrows():
        people = int(row["population"]) if row["population"] else SIMULATED_POPULATION[code]
        inside = (communes["district"] == code).to_numpy()
        communes.loc[inside, "adults"] = _whole(sizes[inside], round(ADULT_SHARE * people))
    communes["name"] = communes["kind_vi"] + " " + communes["name_vi"]
    named = districts["kind_vi"] + " " + districts["name_vi"]
    communes["district_name"] = communes["district"].map(named)
    return communes[["code", "name", "district", "district_name", "zone", "urban", "seat", "adults"]]


def _seats(communes: pd.DataFrame) -> pd.Series:
    """One commune a district: its first town (thị trấn), or else its first commune; assumed."""
    town = communes["kind_vi"] == "Thị trấn"
    rank = (~town).astype(int) * 1000 + np.arange(len(communes))
    return rank == rank.groupby(communes["district"]).transform("min")


def _whole(sizes: np.ndarray, total: int) -> np.ndarray:
    """Whole numbers in proportion to `sizes` that sum to `total`."""
    edges = np.rint(np.cumsum(sizes) / sizes.sum() * total).astype(int)
    return np.diff(np.r_[0, edges])


def _cell_shares(
    random: np.random.RandomState, commune: np.ndarray, adults: np.ndarray, cells: np.ndarray
) -> np.ndarray:
    """Shares of the kinds of people by village; Khmer live together in some communes more than others."""
    number = commune.max() + 1
    pull = np.stack(
        [np.zeros(number), 1.0 * random.standard_normal(number), 0.5 * random.standard_normal(number)]
    )
    ethnic = np.exp(np.r_[pull, np.zeros((1, number))])[:, commune]
    for _ in range(200):  # iterative scaling to the province's shares
        ethnic = ethnic / ethnic.sum(axis=0)
        ethnic *= (np.array(ETHNIC_SHARES) * adults.sum() / (ethnic @ adults))[:, None]
    ethnic = ethnic / ethnic.sum(axis=0)
    age = np.array(AGE_SHARES)[:, None] * np.exp(0.1 * random.standard_normal((3, len(commune))))
    age = age / age.sum(axis=0)
    _, band, group = cells.T
    return (0.5 * age[band] * ethnic[group]).T


@dataclass(frozen=True)
class Effects:
    """What lifts or lowers answers on each theme, on the logit scale.

    `village[v, t]` sums district, commune and village; `person[c, t]` sums sex, age band and ethnicity.
    """

    village: np.ndarray
    person: np.ndarray


def simulate_effects(geography: Geography, themes: list[str], year: int) -> Effects:
    """Local and personal effects of one year, a column a theme.

    Notes
    -----
    effect(2021) = r effect(2020) + sqrt(1 - r^2) new effect, r = YEAR_CORRELATION, so that both years
    have the same spread. A theme draws from a stream of its own: adding one changes no other.
    """
    villages = len(geography.village_commune)
    districts = np.unique(geography.village_district, return_inverse=True)[1]
    village = np.empty((villages, len(themes)))
    person = np.empty((len(geography.cells), len(themes)))
    for at, theme in enumerate(themes):
        random = np.random.RandomState([SEED, 2, *theme.encode("utf-8")])
        shape = (len(YEARS), villages)
        parts = (
            DISTRICT_SD * random.standard_normal(shape)[:, districts]
            + COMMUNE_SD * random.standard_normal(shape)[:, geography.village_commune]
            + VILLAGE_SD * random.standard_normal(shape)
        )
        first, new = parts
        later = YEAR_CORRELATION * first + np.sqrt(1 - YEAR_CORRELATION**2) * new
        village[:, at] = {YEARS[0]: first, YEARS[1]: later}[year]
        sex, age, ethnic = (PERSON_SD * random.standard_normal(size) for size in (2, 3, 4))
        age = np.array(AGE_EFFECT.get(theme, age))
        who = geography.cells.T
        person[:, at] = sex[who[0]] + age[who[1]] + ethnic[who[2]]
    return Effects(village, person)
