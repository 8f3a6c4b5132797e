"""A survey + replicate weights -> the same survey with standard errors from them.

The estimates are the survey's own; only their variances and covariances come from how the estimates move
over the replicates. Made from the design (`Survey.replicated`), or given with the data
(`Survey.with_replicates`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from typing import NoReturn

import numpy as np
import pandas as pd

from analysis.errors import BadDesign, BadWeight, shown
from analysis.estimates.contrasts import Contrast
from analysis.estimates.design import Design
from analysis.estimates.level_cells import refused_option
from analysis.estimates.linearise import Scores
from analysis.estimates.replicate_weights import bootstrap, brr, jackknife
from analysis.estimates.replicated_scores import ReplicatedScores, compare_replicated
from analysis.estimates.replicates import ReplicateDesign, given_replicates
from analysis.explore.opened import OpenedRound, unknown_name
from analysis.explore.survey import Survey

MADE = ("jackknife", "bootstrap", "brr", "fay")


class ReplicatedSurvey(Survey):
    """A survey whose standard errors come from replicates of its weights.

    Means, totals, shares, ratios, quantiles, comparisons, contrasts, tests and models all take them; a model
    is fitted again in each replicate. Of replicates made here df stays PSUs less strata; of given ones it
    is the rank of the weights less 1, as in R.
    """

    def __init__(
        self, survey: Survey, make: Callable[[Design], ReplicateDesign], done: str, given: bool = False
    ) -> None:
        super().__init__(survey.sample, survey._respondents)
        self._designs = (survey.design, survey.district_design)
        self._done = "; ".join(filter(None, [survey._done, done]))
        self._make, self._given = make, given
        self._made: list[tuple[Design, ReplicateDesign]] = []
        self.replicates_of(self.design)  # so that a design without replicates is refused at once

    def replicates_of(self, design: Design) -> ReplicateDesign:
        """The replicates of one of the survey's designs, made on first use."""
        for known, made in self._made:
            if known is design:
                return made
        self._made.append((design, self._make(design)))
        return self._made[-1][1]

    def _with_error(self, scores: Scores, design: Design) -> Scores:
        return ReplicatedScores.of(scores, self.replicates_of(design), self._given)

    def _error_design(self, design: Design) -> ReplicateDesign:
        return self.replicates_of(design)

    def _contrast(self, a: Scores, at_a: int, b: Scores, at_b: int) -> Contrast:
        return compare_replicated(a, at_a, b, at_b)

    def _group_covariance(self, scores: Scores) -> np.ndarray:
        moved = [scores.replicated(d)[:, 0] for d in range(len(scores.domains.labels))]
        return scores.replicates.covariance(np.column_stack(moved), scores.estimate[:, 0])

    def _round_named(self, name: str) -> Survey:
        if name not in ("", self.survey_round.survey_round):
            raise _not_replicated("a contrast with another round")
        return self

    def trend(self, *_: object, **__: object) -> NoReturn:
        """Refused: two rounds' replicates are not drawn together, so the PSUs they share do not show."""
        raise _not_replicated("trend")

    def calibrate(self, *_: object, **__: object) -> NoReturn:
        """Refused: calibrate first, then replicate; each replicate is then calibrated anew."""
        raise _not_replicated("calibrate")

    def within_districts(self) -> NoReturn:
        """Refused: replicates are of the design they were made from."""
        raise _not_replicated("within_districts")

    def replicated(self, *_: object, **__: object) -> NoReturn:
        """Refused: this survey has its replicates."""
        raise _not_replicated("replicated")

    def with_replicates(self, *_: object, **__: object) -> NoReturn:
        """Refused: this survey has its replicates."""
        raise _not_replicated("with_replicates")


def maker(
    kind: str, replicates: int, seed: int, fay: float, mse: bool
) -> Callable[[Design], ReplicateDesign]:
    """What makes the replicates of a design.

    Raises
    ------
    UnknownName
        The kind.
    """
    makers = {
        "jackknife": lambda design: jackknife(design, mse=mse),
        "bootstrap": lambda design: bootstrap(design, replicates, seed, mse=mse),
        "brr": lambda design: brr(design, mse=mse),
        "fay": lambda design: brr(design, fay=fay, mse=mse),
    }
    if kind not in makers:
        raise refused_option("kind", kind, MADE)
    return makers[kind]


def given_maker(
    opened: OpenedRound,
    columns: str | Sequence[str] | pd.DataFrame,
    kind: str,
    **options: object,
) -> tuple[Callable[[Design], ReplicateDesign], int]:
    """What reads given replicates for a design of the round, and their number.

    Raises
    ------
    UnknownName
        A column that is not there, a kind that does not exist.
    BadWeight
        Not a number above or equal to 0 for every respondent.
    """
    table = _weights(opened, columns)

    def make(design: Design) -> ReplicateDesign:
        return given_replicates(design.weight, table, kind, **options)

    return make, table.shape[1]


def _weights(opened: OpenedRound, columns: str | Sequence[str] | pd.DataFrame) -> np.ndarray:
    """Replicate weights in the respondents' order, shape (n, R)."""
    data = opened.data
    if isinstance(columns, pd.DataFrame):
        codes = data["respondent"]
        table = columns if len(columns.index.intersection(codes)) == 0 else columns.reindex(codes)
    else:
        asked = [columns] if isinstance(columns, str) else list(columns)
        found = [name for wanted in asked for name in data.columns if fnmatchcase(name, wanted)]
        absent = [wanted for wanted in asked if not any(fnmatchcase(name, wanted) for name in found)]
        if absent:
            raise unknown_name(f'there is no column "{absent[0]}"', absent[0], data.columns)
        table = data[found]
    numbers = table.apply(pd.to_numeric, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    bad = ~(np.isfinite(numbers) & (numbers >= 0)).all(axis=1)
    if len(numbers) != len(data) or bad.any():
        raise BadWeight(
            "The replicate weights do not hold a number of 0 or more for every respondent.",
            vi="Bộ trọng số lặp phải có một số từ 0 trở lên cho mỗi người trả lời; hãy kiểm tra cột và mã.",
            where=f"rows {shown(np.flatnonzero(bad) + 1)}" if len(numbers) == len(data) else "",
            expected=f"{len(data)} rows, numbers of 0 or more",
            got=f"{len(numbers)} rows, {int(bad.sum())} of them incomplete",
            hint="A table's index may hold the respondents' codes.",
        )
    return numbers


def _not_replicated(name: str) -> BadDesign:
    return BadDesign(
        f"`{name}` does not work with replicate weights.",
        vi=f"Không dùng được `{name}` sau khi đã tạo trọng số lặp; hãy gọi nó từ khảo sát gốc.",
        expected="estimates, tests and models of one round",
        got=name,
        hint=f"Ask the survey itself: s.{name}(…), or s.calibrate(…).replicated(…) in this order.",
    )
