"""Samples of a province where one district and the whole year differ by the detectable size -> how often it is found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from analysis.estimates.intervals import t_multiplier
from data.example.questionnaire import Population, truth
from tests.benchmarks.equal_places import (
    district_shares,
    moved_population,
    raised_population,
    room_above,
)
from tests.benchmarks.kept_jobs import Runner
from tests.benchmarks.null_years import PROVINCE, NullYear, alike, simulate_year, tested_rows
from tests.benchmarks.simulated_rounds import YEARS

#: Districts that the effects are put into, in turn: PAPI's sample always holds the capital alone.
DISTRICTS = {
    "provincial": ("899", "903", "904", "905", "906", "907", "908", "909"),
    "papi": ("899",),
}
#: How many plans of effects the years are spread over.
PLANS = 8
FIRST_SEED = 70_000
#: Sizes are the average of so many null years, however many were drawn.
PLANNED_FROM = 40
#: A dimension's true size is set to within this share of the size wanted.
_NEAR = 1e-3
#: No effect may take a dimension further than this share of the way that its answers leave it.
_ROOM = 0.9
#: Kind of effect -> the statistic that should find it.
DIFFERENCE, CHANGE, EVERYWHERE = (
    "difference of a district", "change of a district", "change of the province",
)  # fmt: skip
_STATISTIC = {DIFFERENCE: "difference", CHANGE: "change", EVERYWHERE: "change"}


@dataclass(frozen=True)
class Effect:
    """What is true in a year: one district's difference and change, everybody's change; each of a dimension.

    Attributes
    ----------
    parts : tuple of (kind, dimension, size in points)
    """

    district: str
    parts: tuple[tuple[str, str, float], ...]

    def place(self, kind: str) -> str:
        return PROVINCE if kind == EVERYWHERE else self.district


def plan_effects(shape: str, drawn: list[NullYear], plans: int = PLANS) -> list[Effect]:
    """Plans with each district's own dimensions, of the size that null years call detectable there.

    Of the first `PLANNED_FROM` years. Dimensions that fewer than half of them could test are left out, and so are sizes for which the
    scale has no room.

    Notes
    -----
    A year's size is its estimated standard error times what the test asks. The size put in is the root
    mean square over the years: that of the standard error whose square the variances estimate.
    """
    sizes = pd.concat([year.sizes for year in drawn[:PLANNED_FROM]], axis=1)
    size = np.sqrt((sizes**2).mean(axis=1))[sizes.notna().mean(axis=1) >= 0.5]
    size = size[size < [_room(*key) for key in size.index]]
    made = []
    for at in range(plans):
        district = DISTRICTS[shape][at % len(DISTRICTS[shape])]
        parts: list[tuple[str, str, float]] = []
        for kind, place in ((CHANGE, district), (EVERYWHERE, PROVINCE), (DIFFERENCE, district)):
            taken = {part[1] for part in parts}
            open_ = [
                m for statistic, where, m in size.index
                if (statistic, where) == (_STATISTIC[kind], place) and m not in taken
            ]  # fmt: skip
            if open_:
                measure = open_[at % len(open_)]
                parts.append((kind, measure, float(size[_STATISTIC[kind], place, measure])))
        if parts:
            made.append(Effect(district, tuple(parts)))
    return made


def _room(statistic: str, place: str, measure: str) -> float:
    """How large an effect may be; a district that rises above its province takes it along."""
    people = alike(YEARS[1])
    share = district_shares(people)[place] if statistic == _STATISTIC[DIFFERENCE] else 0.0
    return _ROOM * (1 - share) * room_above(people, measure)


@lru_cache(maxsize=2)
def population_with(effect: Effect) -> Population:
    """The later year's people where the effect is true, to within `_NEAR` of its sizes.

    Notes
    -----
    A raised district raises its province too: how far it must rise to differ by the size is found by
    trying.
    """
    raised = {dimension: size for kind, dimension, size in effect.parts if kind != EVERYWHERE}
    wanted = {dimension: size for kind, dimension, size in effect.parts if kind == DIFFERENCE}
    people = alike(YEARS[1])
    for kind, dimension, size in effect.parts:
        if kind == EVERYWHERE:
            people = moved_population(people, dimension, size)
    for _ in range(8):
        made = raised_population(people, effect.district, raised)
        true = truth(made).set_index(["place", "measure"])["truth"]
        off = {d: (true[effect.district, d] - true[PROVINCE, d]) / size for d, size in wanted.items()}
        if all(abs(share - 1) < _NEAR for share in off.values()):
            return made
        raised |= {dimension: raised[dimension] / share for dimension, share in off.items()}
    raise ArithmeticError(f"{effect}: the difference cannot be made")


def power_year(job: tuple[str, Effect, int]) -> pd.DataFrame:
    """The true effects in one year: whether tested, and stated on the right side, with the numbers."""
    shape, effect, seed = job
    rows = tested_rows(simulate_year(shape, population_with(effect), alike(YEARS[0]), seed))
    rows = rows[rows["group_kind"] == "all"].set_index(["statistic", "place", "measure"])
    rows["error"] = (rows["ci_high"] - rows["ci_low"]) / 2 / t_multiplier(rows["df"], rows["level"])
    rows = rows[["estimate", "error", "stated"]].astype(float)
    keys = [(_STATISTIC[kind], effect.place(kind), measure) for kind, measure, _ in effect.parts]
    own = rows.reindex(pd.MultiIndex.from_tuples(keys, names=rows.index.names)).reset_index()
    own.insert(0, "what", [kind for kind, _, _ in effect.parts])
    own["size"] = [size for _, _, size in effect.parts]
    return own.assign(found=(own["stated"] == 1) & (own["estimate"] > 0))


def power_years(shape: str, effects: list[Effect], years: int, runner: Runner) -> pd.DataFrame:
    """All plans, so many years together."""
    each = -(-years // len(effects))
    jobs = [
        (shape, effect, FIRST_SEED + 10_000 * at + number)
        for at, effect in enumerate(effects)
        for number in range(each)
    ]
    drawn = runner.map(power_year, jobs)
    return pd.concat([one.assign(year=at) for at, one in enumerate(drawn)], ignore_index=True)


def found_rates(drawn: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Share found among the years that could test it, with its standard error.

    Returns
    -------
    DataFrame
        Columns of `by`, years, found, error, size (mean), and said_of_made: the standard error that the
        tests take (root mean square) over the spread that the estimates have; where a row of `by` is one effect.
    """
    tested = drawn[drawn["stated"].notna()]
    grouped = tested.groupby(by, sort=False)
    table = grouped.agg(years=("found", "size"), found=("found", "mean"), size=("size", "mean"))
    said = grouped["error"].apply(lambda error: np.sqrt((error**2).mean()))
    table["said_of_made"] = said / grouped["estimate"].std()
    table["error"] = np.sqrt(table["found"] * (1 - table["found"]) / table["years"])
    return table.reset_index()
