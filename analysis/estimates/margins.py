"""A categorical variable + its population totals -> a `Margin`, and weights that meet it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import BadWeight, shown

#: Raking stops when no cell is off by more than this share of its total; above the second it is refused.
CLOSE, CLOSE_ENOUGH = 1e-13, 1e-10
MOST_ROUNDS = 2000

Totals = pd.Series | Mapping


@dataclass(frozen=True)
class Margin:
    """A categorical variable with known totals.

    Attributes
    ----------
    name : str
    code : ndarray of int, shape (n,)
    labels : tuple, length C
    totals : ndarray, shape (C,)
    """

    name: str
    code: np.ndarray
    labels: tuple
    totals: np.ndarray

    def sums(self, weight: np.ndarray) -> np.ndarray:
        """Sum of weights in each cell, shape (C,)."""
        return np.bincount(self.code, weight, len(self.labels))

    def weigh(self, weight: np.ndarray) -> np.ndarray:
        """Weights scaled in each cell to its total, shape (n,)."""
        sums = self.sums(weight)
        if (sums <= 0).any():
            raise refused_cells(
                self.name,
                [self.labels[cell] for cell in np.flatnonzero(sums <= 0)],
                "a cell with a sum of weights above 0",
                "the sum of weights is 0",
                "không có ai mang trọng số",
            )
        return weight * (self.totals / sums)[self.code]

    def centred(self, values: np.ndarray, weight: np.ndarray) -> np.ndarray:
        """Values less their cell's weighted mean, shape (n, M)."""
        base = self.sums(weight)
        means = [self.sums(weight * column) / base for column in values.T]
        return values - np.column_stack(means)[self.code]


def read_margin(by: pd.Series, totals: Totals, rows: int, fallback: str) -> Margin:
    """Code a margin and check that its cells and totals are the same.

    Parameters
    ----------
    by : Series (n,)
        Each row's cell.
    totals : Series or dict
    rows : int
        n of the design.
    fallback : str
        The margin's name in messages where the Series has none.

    Raises
    ------
    BadWeight
        Another number of rows, a row without cell, a cell without total, a total without rows, or one
        that is not above 0.
    """
    by, totals = pd.Series(by), pd.Series(totals, dtype=float)
    name = fallback if by.name is None else str(by.name)
    code, labels = pd.factorize(by, sort=True)
    for cells, expected, got, vi in _faults(np.asarray(code), list(labels), totals, rows):
        if cells:
            raise refused_cells(name, cells, expected, got, vi)
    return Margin(name, np.asarray(code), tuple(labels), totals.reindex(labels).to_numpy(dtype=float))


def _faults(code: np.ndarray, labels: list, totals: pd.Series, rows: int) -> Iterator[tuple]:
    """Cells at fault, what was expected, what is there, the same in Vietnamese."""
    if len(code) != rows:
        yield (
            [f"{len(code)} rows"],
            f"{rows} rows, as the design",
            "another number of rows",
            "khác số dòng của mẫu",
        )
    blank = [f"row {row + 1}" for row in np.flatnonzero(code < 0)]
    yield blank, "a cell for every row", f"{len(blank)} rows without", "là dòng để trống"
    twice = list(totals.index[totals.index.duplicated()])
    yield twice, "one total a cell", "more than one total", "có hơn một tổng"
    unknown = [label for label in labels if label not in totals.index]
    yield unknown, "a total for each cell of the sample", "no total", "chưa có tổng dân số"
    bad = list(totals.index[~(np.isfinite(totals) & (totals > 0))])
    yield (
        bad,
        "totals above 0",
        "a total that is missing or not above 0",
        "có tổng trống hoặc không lớn hơn 0",
    )
    known = set(labels)
    empty = [label for label in totals.index if label not in known]
    yield (
        empty,
        "somebody of each cell in the sample",
        "a total, but nobody in the sample",
        "không có ai trong mẫu",
    )


def refused_cells(name: str, cells: Sequence, expected: str, got: str, vi: str) -> BadWeight:
    """The error for cells that cannot be met."""
    return BadWeight(
        "A margin's cells and its population totals do not go together.",
        vi=f"Không hiệu chỉnh được trọng số theo {name}: {shown(cells)} {vi}; hãy sửa tổng hoặc gộp ô.",
        where=f"{name}: {shown(cells)}",
        expected=expected,
        got=got,
        hint="Correct the totals, or join small cells in the table and in the totals alike.",
    )


def refuse_other_sums(margins: Sequence[Margin]) -> None:
    """Stop where margins add up to different populations: no weights can fit them all."""
    sizes = [margin.totals.sum() for margin in margins]
    if not np.allclose(sizes, sizes[0], rtol=CLOSE_ENOUGH, atol=0):
        raise BadWeight(
            "The margins add up to different populations.",
            vi="Các biến lề cộng lại thành những tổng dân số khác nhau; hãy sửa để mọi tổng bằng nhau.",
            where=shown(margin.name for margin in margins),
            expected="the same sum of totals in each margin",
            got=shown(f"{margin.name} {size:.12g}" for margin, size in zip(margins, sizes, strict=True)),
            hint="Scale one margin's totals to the other's sum.",
        )


def proportional_fit(weight: np.ndarray, margins: Sequence[Margin]) -> np.ndarray:
    """Weights scaled to each margin in turn until all fit.

    Raises
    ------
    BadWeight
        They do not come to fit; the message names the cell that is off most.
    """
    for _ in range(MOST_ROUNDS):
        for margin in margins:
            weight = margin.weigh(weight)
        # The last margin has just been met; the others are off by what it moved.
        off = [np.abs(margin.sums(weight) / margin.totals - 1) for margin in margins]
        worst = max(range(len(margins)), key=lambda at: off[at].max())
        if off[worst].max() <= CLOSE:
            return weight
    if off[worst].max() <= CLOSE_ENOUGH:
        return weight
    margin, cell = margins[worst], int(off[worst].argmax())
    raise refused_cells(
        margin.name,
        [margin.labels[cell]],
        f"a sum of weights of {margin.totals[cell]:.10g}",
        f"{margin.sums(weight)[cell]:.10g} after {MOST_ROUNDS} rounds of raking",
        "không đạt được cùng lúc với các biến lề khác",
    )
