"""One R reference case -> its data, design and domain in our own terms."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.estimates.design import Design, declare_design

Pair = tuple[str, object, object]
LONELY = {"fail": "stop"}
COMPARE = {
    "==": lambda x, v: x == v, "!=": lambda x, v: x != v, ">": lambda x, v: x > v, ">=": lambda x, v: x >= v,
    "<": lambda x, v: x < v, "<=": lambda x, v: x <= v, "in": lambda x, v: x.isin(v),
}  # fmt: skip


@cache
def read_data(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, na_values=["NA"], keep_default_na=False)


def design_of(case: dict, data: pd.DataFrame) -> Design:
    about = case["design"]
    return declare_design(
        data,
        weight=about["weights"],
        psu=about["ids"] or (),
        stratum=about["strata"] or (),
        population=about["fpc"] or (),
        nest=about["nest"],
        lone_psu=LONELY.get(about["lonely"], about["lonely"]),
        lone_in_domains=about["adjust_domain_lonely"],
    )


def domain_of(conditions: list | None, data: pd.DataFrame) -> np.ndarray:
    inside = np.ones(len(data), dtype=bool)
    for condition in conditions or []:
        column, value = data[condition["var"]], condition["value"]
        if not isinstance(value, list) and column.dtype.kind in "OT":
            value = str(value)
        inside &= COMPARE[condition["op"]](column, value).fillna(False).to_numpy(dtype=bool)
    return inside


class Case:
    """One case with its data, design and domain at hand."""

    def __init__(self, case: dict, folder: Path) -> None:
        self.case, self.folder = case, folder
        self.data = read_data(folder / "data" / case["data"])
        self.design = design_of(case, self.data)
        self.domain = domain_of(case["domain"], self.data)
        self.result, self.options, self.vars = case["result"], case["options"] or {}, case["vars"]

    def frame(self, name: str) -> pd.DataFrame:
        return self.data[[name]].astype(float)
