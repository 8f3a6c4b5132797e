"""Counts of people and how they add up -> which of them to hide so that subtraction gives none of them back.

All tables of a batch are one problem: a district hidden in its own pack must not follow from the province's
total less the others. What is hidden depends only on which groups are small and on how the tables add up,
never on the hidden numbers, so that changing a hidden number within its group changes no released byte.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import BadRows, shown

#: Cost of hiding a total, beside that of its parts: the larger the total, the more readers look for it.
_TOTAL_COST = 8.0
#: Tells equal choices apart by their names, so that every run hides the same.
_TIE = 1e-4
_NOTHING = 1e-7


@dataclass(frozen=True)
class Relation:
    """One sum that the released tables imply: the cell `total` is the sum of the cells `parts`."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What is hidden.

    Attributes
    ----------
    primary : frozenset of str
        Cells of small groups, and those named by the caller.
    hidden : frozenset of str
        These and what has to be hidden with them. Nothing released tells the two apart.
    """

    primary: frozenset[str]
    hidden: frozenset[str]


def plan_suppression(
    counts: pd.Series, relations: Iterable[Relation], least: int, width: int,
    always: Collection[str] = (), unpublished: Collection[str] = (),
) -> Plan:  # fmt: skip
    """Choose the cells to hide.

    Parameters
    ----------
    counts : Series of int, indexed by cell
        People in each group. Every cell of every relation is in it.
    relations : iterable of Relation
    least : int
        Groups from 1 to `least` - 1 are hidden. Nobody (0) is shown: there is no one to protect.
    width : int
        Least width of the range that the released numbers leave to a hidden count; at most `least` - 1.
    always : collection of str
        Cells hidden whatever their count (a lecturer of one class).
    unpublished : collection of str
        Cells that no table shows, such as people of no known district. They are hidden anyway and need no
        protection of their own.

    Returns
    -------
    Plan

    Raises
    ------
    BadRows
        A relation names an unknown cell, or its parts do not add up to its total.

    Notes
    -----
    First the small groups that make up a total by themselves (leavers by class: hardly a class has ten): they
    hide one another where the total leaves them `width` beyond 1 for each; else the total is hidden too, and
    the same is asked one storey up.

    Any other hidden cell x is protected where the hidden cells can move together, every sum kept, so that x
    moves by `width` and none falls below 1: a small group may only grow, any other may fall by `width`. Where
    they cannot, a linear programme finds the cheapest cells to hide as well. It uses whether a cell is small,
    never its number. The range [x, x + width] or [x - width, x] then fits every released number.

    Source
    ------
    Kelly, Golden and Assad (1992), Networks 22, 397-417; Hundepool et al. (2012), Statistical Disclosure
    Control, ch. 4. ACRO issue 198 and sdcTools issue 136 are what single tables leave open.
    """
    relations = tuple(relations)
    _check_sums(counts, relations)
    primary = {cell for cell, n in counts.items() if (0 < n < least or (cell in always and n > 0))}
    small = primary | {cell for cell in unpublished if counts[cell] < least}
    settled, tight, left = _settle(counts, relations, small, frozenset(unpublished), width)
    primary -= set(unpublished)
    rest = counts[sorted(set(counts.index) - settled)]
    start = (primary | tight) - settled
    hidden = _hide_more(rest, left, small | tight, start, set(unpublished), width)
    return Plan(frozenset(primary), frozenset((hidden | primary | settled | tight) - set(unpublished)))


def _settle(
    counts: pd.Series, relations: Sequence[Relation], small: Set[str], unpublished: Set[str], width: int
) -> tuple[set[str], set[str], list[Relation]]:
    """Totals of small groups alone: (cells hidden by one another, totals hidden too, sums still open)."""
    minimum = {cell: 0 if cell in unpublished else 1 for cell in small}
    parents = Counter(part for relation in relations for part in relation.parts)
    settled: set[str] = set()
    tight: set[str] = set()
    left = list(relations)
    while True:
        totals = Counter(relation.total for relation in left)
        for relation in left:
            parts = [part for part in relation.parts if counts[part] > 0]
            if parts and all(p in minimum and parents[p] == 1 and totals[p] == 0 for p in parts):
                break
        else:
            return settled, tight, left
        left.remove(relation)
        settled |= set(parts)
        together = sum(minimum[part] for part in parts)
        if counts[relation.total] - together < width:
            tight.add(relation.total)
            minimum[relation.total] = max(minimum.get(relation.total, 0), together)


def _hide_more(
    counts: pd.Series, relations: Sequence[Relation], only_grow: Set[str], hidden: Set[str],
    unpublished: Set[str], width: int,
) -> set[str]:  # fmt: skip
    """The cells to hide so that each hidden one can move by `width`."""
    cells, rows = _matrix(counts, relations)
    size = counts.reindex(cells).to_numpy(dtype=float)
    free, grows, now = (np.isin(cells, list(names)) for names in (unpublished, only_grow, hidden))
    now = now | free
    problem = _Problem(rows, grows, (size == 0) & ~free, float(width), _costs(cells, rows))
    while True:
        before = now.copy()
        for place in np.flatnonzero(now & ~free):
            now = now | (np.abs(problem.cheapest(place, now, float(width))) > _NOTHING)
        if (now == before).all():
            return set(cells[now & ~free])


class _Problem:
    """The sums as a matrix, and the linear programme over moves that keep them."""

    def __init__(
        self, rows: np.ndarray, may_only_grow: np.ndarray, fixed: np.ndarray, fall: float, costs: np.ndarray
    ) -> None:
        self.rows, self.costs = rows, costs
        # A move is up - down; what may only grow has no down, and an empty group stays empty.
        self.up = np.where(fixed, 0.0, np.inf)
        self.down = np.where(fixed | may_only_grow, 0.0, fall)

    def cheapest(self, place: int, hidden: np.ndarray, width: float) -> np.ndarray:
        """The cheapest move of the cell at `place` by `width`, up or, where it may fall, down."""
        moves = [self._move(place, hidden, width)]
        if self.down[place] >= width:
            moves.append(self._move(place, hidden, -width))
        known = [move for move in moves if move is not None]
        if not known:  # its sums are all fixed by empty groups: it stands for a published total
            raise BadRows(
                "A small group equals a number that is published anyway and cannot be hidden.",
                vi="Một nhóm ít người bằng đúng một con số đã công bố nên không thể ẩn được.",
                expected="every total that a small group follows from can be hidden too",
                hint="Leave the breakdown out of the tables.",
            )
        return min(known, key=lambda move: move[0])[1]

    def _move(self, place: int, hidden: np.ndarray, width: float) -> tuple[float, np.ndarray] | None:
        from scipy.optimize import linprog  # here, for it takes long to load

        n = len(self.costs)
        cost = np.where(hidden, 0.0, self.costs)
        bounds = [(0.0, top) for top in (*self.up, *self.down)]
        bounds[place] = (max(width, 0.0), max(width, 0.0))
        bounds[n + place] = (max(-width, 0.0), max(-width, 0.0))
        matrix = np.hstack([self.rows, -self.rows]) if len(self.rows) else None
        right = np.zeros(len(self.rows)) if len(self.rows) else None
        found = linprog(np.tile(cost, 2), A_eq=matrix, b_eq=right, bounds=bounds, method="highs")
        return (float(found.fun), found.x[:n] - found.x[n:]) if found.status == 0 else None


def _check_sums(counts: pd.Series, relations: Sequence[Relation]) -> None:
    for relation in relations:
        names = (relation.total, *relation.parts)
        unknown = [name for name in names if name not in counts.index]
        total, parts = counts.get(relation.total, 0), sum(counts.get(name, 0) for name in relation.parts)
        if unknown or total != parts:
            raise BadRows(
                "Counts of people do not add up; no suppression plan can be made from them.",
                vi="Số người ở các nhóm không khớp với tổng; chưa thể xác định các con số cần ẩn.",
                where=relation.total,
                expected=f"{relation.total} = sum of {len(relation.parts)} parts, all counted",
                got=shown(unknown) if unknown else f"{total} and {parts}",
                hint="A stage is at fault: build again, and report it if it stays.",
            )


def _matrix(counts: pd.Series, relations: Sequence[Relation]) -> tuple[np.ndarray, np.ndarray]:
    """Cells in order of their names, and a row a relation: 1 for the total, -1 for each part."""
    cells = np.array(sorted(counts.index), dtype=object)
    at = {cell: place for place, cell in enumerate(cells)}
    rows = np.zeros((len(relations), len(cells)))
    for row, relation in zip(rows, relations, strict=True):
        row[at[relation.total]] = 1.0
        row[[at[part] for part in relation.parts]] = -1.0
    return cells, rows


def _costs(cells: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """1 for a cell without parts, eight times as much with every storey of totals above it."""
    height = np.zeros(len(cells))
    for _ in range(len(rows)):
        before = height.copy()
        for row in rows:
            total = row > 0
            height[total] = np.maximum(height[total], height[row < 0].max() + 1)
        if (height == before).all():
            break
    return _TOTAL_COST**height + _TIE * np.arange(len(cells)) / max(len(cells), 1)


def feasible_ranges(
    counts: pd.Series, relations: Iterable[Relation], hidden: Collection[str],
    unpublished: Collection[str] = (),
) -> pd.DataFrame:  # fmt: skip
    """What somebody who knows every released count and every sum can find out about the hidden ones.

    Parameters
    ----------
    counts, relations, unpublished
        As for `plan_suppression`. Only counts that are neither hidden nor unpublished are used.
    hidden : collection of str

    Returns
    -------
    DataFrame
        Columns cell, low, high, one row a hidden cell, by linear programming: at least 1 each, since 0 would
        be shown; high is infinite where nothing bounds it.
    """
    from scipy.optimize import linprog

    cells, rows = _matrix(counts, tuple(relations))
    secret = np.isin(cells, list(hidden)) | np.isin(cells, list(unpublished))
    size = counts.reindex(cells).to_numpy(dtype=float)
    right = -(rows[:, ~secret] @ size[~secret])
    matrix = rows[:, secret]
    names = cells[secret]
    bounds = [(1.0 if name in set(hidden) else 0.0, None) for name in names]
    found = []
    for place, name in enumerate(names):
        if name in set(hidden):
            goal = np.zeros(len(names))
            goal[place] = 1.0
            low, high = (linprog(sign * goal, A_eq=matrix if len(matrix) else None,
                                 b_eq=right if len(matrix) else None, bounds=bounds, method="highs")
                         for sign in (1.0, -1.0))  # fmt: skip
            found.append((name, float(low.fun), -float(high.fun) if high.status == 0 else np.inf))
    return pd.DataFrame(found, columns=["cell", "low", "high"])
