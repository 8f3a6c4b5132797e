"""A round's designs -> one long table of how its sample was drawn, with nothing about one person.

The page `methods` shows it. Page code may import this module: it sees designs as numbers, and no
module that reads respondents.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import paths
from analysis.errors import MissingFile
from analysis.estimates.design import Design

COLUMNS = ("survey_round", "design", "stage", "stratum", "statistic", "value", "text")
MAIN, DISTRICT = "main", "district"
#: No weight of a group of fewer people is told: in a group of one, the sum is that person's weight.
FEWEST = 10
#: The quantiles of the weights that are kept, in per cent; of the whole sample, never of a group.
QUANTILES = (0, 5, 25, 50, 75, 95, 100)


def summarise_design(survey_round: str, designs: Mapping[str, Design]) -> pd.DataFrame:
    """Lay a round's designs open, one number a row.

    Parameters
    ----------
    survey_round : str
    designs : dict of name to Design
        `MAIN`, and `DISTRICT` where the round has a second design for figures about one district. The
        weights of all are the same; they are described once, under `MAIN`.

    Returns
    -------
    DataFrame in the columns of `COLUMNS`. `stratum` "" is the whole sample. `statistic`:

    - of a stratum (stage 1): `n_psu`, `n`, `weight_sum`, `weight_share` (0-1), `population` (PSUs);
    - of a stage: `n_units`, `n_strata`, `finite` (share of its strata with a declared population);
    - of the whole: `n`, `n_psu`, `n_strata`, `df`, `lone_strata`, `lone_psu` (in `text`),
      `lone_in_domains`, `calibrated` (0 or 1), and of the weights over their mean `weight_p0` to
      `weight_p100`, `weight_cv`, `weight_deff`, `weight_n_effective`.

    What would tell the weight of fewer than `FEWEST` people is NaN.

    Notes
    -----
    Kish's design effect of unequal weights is 1 + CV^2, CV the weights' standard deviation (divisor n)
    over their mean, and the effective sample size is n / (1 + CV^2) = (sum w)^2 / sum w^2.

    Source
    ------
    Kish (1965, sec. 11.7; 1992).

    Examples
    --------
    >>> from analysis.estimates.design import build_design
    >>> design = build_design(["a"] * 12, ["1", "2"] * 6, [1.0, 3.0] * 6)
    >>> table = summarise_design("r", {MAIN: design}).set_index("statistic")["value"]
    >>> float(table["df"]), float(table["weight_deff"]), float(table["weight_n_effective"])
    (1.0, 1.25, 9.6)
    """
    rows: list[dict] = []
    for name, design in designs.items():
        rows += [{"design": name, **row} for row in [*_whole(design), *_stages(design), *_strata(design)]]
        if name == MAIN:
            rows += [{"design": name, **row} for row in _weights(design.weight)]
    table = pd.DataFrame(rows).assign(survey_round=survey_round).reindex(columns=list(COLUMNS))
    return table.fillna({"stage": 0, "stratum": "", "text": ""}).astype(
        {"stage": int, "stratum": str, "text": str, "value": float}
    )


def _whole(design: Design) -> list[dict]:
    numbers = {
        "n": len(design.weight),
        "n_psu": design.n_psu,
        "n_strata": design.n_strata,
        "df": design.df,
        "lone_strata": int(design.lone_strata().sum()),
        "lone_in_domains": int(design.lone_in_domains),
        "calibrated": int(design.calibration is not None),
    }
    rows = [{"statistic": statistic, "value": float(value)} for statistic, value in numbers.items()]
    return [*rows, {"statistic": "lone_psu", "text": design.lone_psu}]


def _stages(design: Design) -> list[dict]:
    rows = []
    for number, stage in enumerate(design.stages, start=1):
        numbers = {
            "n_units": stage.n_units.sum(),
            "n_strata": len(stage.n_units),
            "finite": np.isfinite(stage.population).mean(),
        }
        rows += [{"stage": number, "statistic": name, "value": float(v)} for name, v in numbers.items()]
    return rows


def _strata(design: Design) -> list[dict]:
    code, size = design.stages[0].stratum, design.n_strata
    people = np.bincount(code, minlength=size)
    weight = np.bincount(code, design.weight, minlength=size)
    withheld = _withheld(people)
    numbers = {
        "n_psu": design.n_h,
        "n": people,
        "weight_sum": np.where(withheld, np.nan, weight),
        "weight_share": np.where(withheld, np.nan, weight / weight.sum()),
        "population": np.where(np.isfinite(design.population_h), design.population_h, np.nan),
    }
    return [
        {"stage": 1, "stratum": stratum, "statistic": statistic, "value": float(values[at])}
        for at, stratum in enumerate(design.stratum_names)
        for statistic, values in numbers.items()
    ]


def _withheld(people: np.ndarray) -> np.ndarray:
    """Strata whose weight is not told: those of few people, and where it is one, the next smallest too.

    The sum of all is known, so a single empty cell would follow from the others.
    """
    few = people < FEWEST
    if few.sum() == 1 and len(people) > 1:
        few = few.copy()
        few[np.argsort(people, kind="stable")[1]] = True
    return few


def _weights(weight: np.ndarray) -> list[dict]:
    if len(weight) < FEWEST:
        return []
    relative = weight / weight.mean()
    cv = float(relative.std())
    numbers = {f"weight_p{q}": float(np.quantile(relative, q / 100)) for q in QUANTILES}
    numbers |= {
        "weight_cv": cv,
        "weight_deff": 1 + cv**2,
        "weight_n_effective": len(weight) / (1 + cv**2),
    }
    return [{"statistic": statistic, "value": value} for statistic, value in numbers.items()]


def design_file(survey_round: str) -> Path:
    return paths.built_folder() / f"{survey_round}.design.parquet"


def read_design(survey_round: str) -> pd.DataFrame:
    """A built round's design, as `summarise_design` made it.

    Raises
    ------
    MissingFile
        The round has not been built, or was built by an earlier version of this program.
    """
    path = design_file(survey_round)
    if not path.exists():
        raise MissingFile(
            f'The design of round "{survey_round}" has not been built.',
            vi=f'Bảng thiết kế mẫu của vòng "{survey_round}" chưa có; hãy chạy `workbench build` trước.',
            where=paths.short(path),
            hint=f"workbench build --round {survey_round}",
        )
    return pd.read_parquet(path)
