"""A round's data + population totals of its groups -> a design that meets them.

The totals are read by the names that analysts use: a group of the round, "district", a coded variable
of the file, or several crossed. The weights themselves are made in `estimates.calibration`.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.errors import BadWeight, shown
from analysis.estimates.calibration import calibrate, poststratify, rake
from analysis.estimates.design import Design
from analysis.estimates.level_cells import refused_option
from analysis.estimates.margins import Totals, read_margin, refuse_other_sums
from analysis.explore.opened import CROSS, OpenedRound, unknown_name

METHODS = ("poststratify", "rake", "linear", "raking", "logit")

Margins = Mapping[str | tuple[str, ...], Totals]


def calibrate_design(
    opened: OpenedRound,
    design: Design,
    method: str,
    margins: Margins,
    bounds: tuple[float, float] | None = None,
) -> Design:
    """The design with weights that meet the margins.

    Parameters
    ----------
    opened : OpenedRound
        Whose columns the margins name.
    design : Design of the same rows
    method, margins, bounds
        See `Survey.calibrate`.

    Raises
    ------
    UnknownName
        The method, a margin's column, or one of its labels.
    BadWeight
        Somebody has no value in a margin, or the totals cannot be met.
    """
    if method not in METHODS:
        raise refused_option("method", method, METHODS)
    _check_call(method, margins, bounds)
    cells = [_read_cells(opened, names, totals) for names, totals in margins.items()]
    if method == "poststratify":
        return poststratify(design, *cells[0])
    if method == "rake":
        return rake(design, cells)
    return calibrate(design, *_indicators(cells), method, bounds)


def _check_call(method: str, margins: Margins, bounds: tuple[float, float] | None) -> None:
    if not margins or (method == "poststratify" and len(margins) > 1):
        raise BadWeight(
            f"{method} takes another number of margins.",
            vi=f"Phương pháp {method} cần số biến lề khác; hãy sửa margins.",
            where="margins",
            expected="one margin (or one of several columns crossed)"
            if method == "poststratify"
            else "one margin or more",
            got=str(len(margins)),
            hint='Cross columns with margins={("sex", "age_group"): {("male", "18-34"): total, …}}, or use '
            '"rake" for several margins.',
        )
    if bounds is not None and method in ("poststratify", "rake"):
        raise BadWeight(
            f'{method} has no bounds: only "linear", "raking" and "logit" have.',
            vi=f'Phương pháp {method} không dùng được bounds; hãy chọn "linear", "raking" hoặc "logit".',
            where="bounds",
            expected='bounds=None, or method "linear", "raking" or "logit"',
            got=str(bounds),
        )


def _read_cells(
    opened: OpenedRound, names: str | tuple[str, ...], totals: Totals
) -> tuple[pd.Series, pd.Series]:
    """Each row's cell of one margin, and the cells' totals."""
    columns = [names] if isinstance(names, str) else list(names)
    table = pd.DataFrame({name: opened.data[opened._column(name)] for name in columns})
    title = CROSS.join(columns)
    blank = table.isna().any(axis=1)
    if blank.any():
        raise BadWeight(
            f"{int(blank.sum())} respondents have no value of {title}, so the margin cannot place them.",
            vi=f"{int(blank.sum())} người không có giá trị {title} nên không hiệu chỉnh được; "
            "hãy chọn biến mà ai cũng có giá trị.",
            where=f"{title}: rows {shown(np.flatnonzero(blank) + 1)}",
            expected="a value for every respondent",
            got=f"{int(blank.sum())} of {len(blank)} without",
            hint="Take another variable, or declare a group that holds everybody.",
        )
    given = _as_totals(title, totals)
    if len(columns) == 1:
        cell, known = table[columns[0]], {label: label for label in _labels(opened, columns[0])}
    else:
        cell = table.astype(str).agg(CROSS.join, axis=1)
        known = {label: CROSS.join(map(str, label)) for label in map(tuple, table.to_numpy())}
    for label in given:
        if label not in known:
            raise unknown_name(
                f'"{label}" is not a label of {title}', str(label), [str(each) for each in known]
            )
    return cell.rename(title), pd.Series({known[label]: total for label, total in given.items()}, dtype=float)


def _labels(opened: OpenedRound, column: str) -> list:
    """What a total may be given for; districts where nobody was asked are refused later, as such."""
    if column == "district":
        return opened._districts()
    return opened.labels_of(column)


def _as_totals(title: str, totals: Totals) -> dict:
    """A margin's totals by label, as numbers."""
    try:
        return {label: float(total) for label, total in dict(totals).items()}
    except (TypeError, ValueError) as fault:
        raise BadWeight(
            f"The totals of {title} are not one number a label.",
            vi=f"Tổng dân số theo {title} phải là một số cho mỗi nhãn; hãy sửa margins.",
            where=title,
            expected="{label: people in the population}",
            got=type(totals).__name__,
            hint='Such as margins={"sex": {"male": 640_000, "female": 620_000}}.',
        ) from fault


def _indicators(cells: list[tuple[pd.Series, pd.Series]]) -> tuple[pd.DataFrame, pd.Series]:
    """Margins as 0-1 columns and their totals, the first label of each later margin left out.

    The columns left out follow from the others where all margins add up to one population, which is
    checked.
    """
    coded = [read_margin(cell, totals, len(cell), str(cell.name)) for cell, totals in cells]
    refuse_other_sums(coded)
    columns, totals = {}, {}
    for at, margin in enumerate(coded):
        for code, label in enumerate(margin.labels):
            if at == 0 or code > 0:
                columns[f"{margin.name}={label}"] = (margin.code == code).astype(float)
                totals[f"{margin.name}={label}"] = margin.totals[code]
    return pd.DataFrame(columns), pd.Series(totals)
