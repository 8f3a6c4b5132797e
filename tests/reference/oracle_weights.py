"""Cases of calibrated and of replicate weights -> our numbers beside R's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from oracle_case import Case, Unknown, as_list, as_numbers, cells_of, r_text
from oracle_ledger import Ledger
from r_formula import RModel

from analysis.estimates.calibration import calibrate, poststratify, rake
from analysis.estimates.design import Design
from analysis.estimates.estimators import mean, total
from analysis.estimates.formula import build_columns
from analysis.estimates.replicates import given_replicates

_HOW = {"method", "by", "pop", "margins", "formula", "totals", "bounds"}
#: R's kinds of replicates that are bootstraps of ours.
_BOOTSTRAPS = {"subbootstrap": "bootstrap", "mrbbootstrap": "bootstrap"}
_ENDLESS = {"Inf": np.inf, "-Inf": -np.inf}


def check_calibrated(case: Case, ledger: Ledger) -> None:
    design = _calibrated(case)
    ledger.add("sum_w", design.weight.sum())
    ledger.add("range_w", [design.weight.min(), design.weight.max()])
    ledger.add("weights", design.weight)
    for key, estimator in (("mean", mean), ("total", total)):
        parts = [estimator(case.frame(name), design, case.domain) for name in case.vars]
        estimate = np.concatenate([part.estimate for part in parts])
        ledger.add((key, "names"), case.vars)
        ledger.add((key, "est"), estimate)
        ledger.add((key, "se"), [part.se[0] for part in parts], estimate)


def _calibrated(case: Case) -> Design:
    how = case.options["calibration"]
    unknown = sorted(set(how) - _HOW)
    if unknown:
        raise Unknown(f"calibration keys that are not known: {', '.join(unknown)}")
    if how["method"] == "poststratify":
        return poststratify(case.design, *_margin(how, case.data))
    if how["method"] == "rake":
        return rake(case.design, [_margin(each, case.data) for each in how["margins"]])
    totals = pd.Series(how["totals"], dtype=float)
    model = RModel.of(how["formula"], case.data)
    columns = build_columns(f"~ {model.formula}", model.table)
    columns.columns = model.r_names(tuple(columns))
    empty = [name for name in columns if (columns[name] == 0).all() and totals.get(name) == 0]
    bounds = [_ENDLESS.get(each, each) for each in as_list(how.get("bounds"))]
    return calibrate(
        case.design, columns.drop(columns=empty), totals.drop(empty), how["method"], tuple(bounds) or None
    )


def _margin(about: dict, data: pd.DataFrame) -> tuple[pd.Series, dict[str, float]]:
    """Each row's cell of one margin, crossed where it is of several columns, and the cells' totals."""
    names = as_list(about["by"])
    labels = zip(*([r_text(each) for each in as_list(about["pop"][name])] for name in names), strict=True)
    sizes = as_list(about["pop"]["Freq"])
    cells = {"|".join(label): float(size) for label, size in zip(labels, sizes, strict=True)}
    found = cells_of(data, names).rename("|".join(names))
    # R leaves out cells of which neither the sample nor the population has anybody.
    here = set(found.dropna())
    return found, {cell: size for cell, size in cells.items() if size or cell in here}


def check_replicate(case: Case, ledger: Ledger) -> None:
    options = case.options
    weights = pd.read_csv(case.folder / "data" / options["rep_weights"]).to_numpy(dtype=float)
    if "n_rep" in options and weights.shape[1] != options["n_rep"]:
        raise Unknown(
            f"{weights.shape[1]} columns of replicate weights where the case says {options['n_rep']}"
        )
    design = given_replicates(
        case.design.weight, weights, _BOOTSTRAPS.get(options["type"], options["type"]),
        scale=options.get("scale"), rscales=np.array(as_list(options.get("rscales")), dtype=float),
        fay=options.get("fay_rho") or 0.0, combined=options.get("combined_weights", True),
        mse=options.get("mse", False),
    )  # fmt: skip
    ledger.add("names", case.vars)
    ledger.add("df_full", design.df)
    ledger.add("df", design.df_of(case.domain))
    values = pd.DataFrame({name: as_numbers(case.data[name]) for name in case.vars})
    for key, estimator in (("mean", mean), ("total", total)):
        ours = estimator(values, design, case.domain)
        ledger.add((key, "est"), ours.estimate)
        ledger.add((key, "se"), ours.se, ours.estimate)
        around = estimator(values, replace(design, mse=True), case.domain)
        ledger.add((key, "se_mse"), around.se, around.estimate)


#: Statistic -> its check and the options that it knows.
CHECKS = {
    "calibrated": (check_calibrated, {"calibration"}),
    "replicate": (
        check_replicate,
        {"type", "rep_weights", "n_rep", "scale", "rscales", "combined_weights", "mse", "fay_rho"},
    ),
}
