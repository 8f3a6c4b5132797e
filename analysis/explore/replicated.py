"""A survey + a kind of replicates -> the same survey with standard errors from replicate weights.

The estimates are the survey's own; only their variances and covariances come from how the estimates move
over the replicates.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import NoReturn

import numpy as np
import pandas as pd

from analysis.errors import BadDesign
from analysis.estimates.alike import alike_variances
from analysis.estimates.contrasts import Contrast, share_inside
from analysis.estimates.design import Design
from analysis.estimates.domains import Domains
from analysis.estimates.linearise import Scores
from analysis.estimates.quality import is_known
from analysis.estimates.replicate_weights import bootstrap, brr, jackknife
from analysis.estimates.replicates import (
    ReplicateDesign,
    replicate_estimate,
    replicate_mean,
    replicate_total,
)
from analysis.explore.opened import unknown_option
from analysis.explore.survey import Survey

KINDS = ("jackknife", "bootstrap", "brr", "fay")


@dataclass(frozen=True)
class ReplicatedScores(Scores):
    """Scores whose variances come from replicates of the weights."""

    replicates: ReplicateDesign

    @classmethod
    def of(cls, scores: Scores, replicates: ReplicateDesign) -> ReplicatedScores:
        own = {field.name: getattr(scores, field.name) for field in fields(Scores)}
        return cls(**own, replicates=replicates)

    def replicated(self, domain: int) -> np.ndarray:
        """The estimates of one domain in each replicate, shape (R, K); NaN where a replicate has none.

        Notes
        -----
        Base means are taken as the full sample's plus the replicate's mean deviation from it, which keeps
        their digits; a composite is linear in them, so its weights apply as they stand.
        """
        inside = self.domains.code == domain
        y, weights = self.values[inside], self.replicates.replicates[inside]
        answered = ~np.isnan(y)
        deviation = np.where(answered, y - self.base_mean[domain], 0.0)
        with np.errstate(invalid="ignore", divide="ignore"):
            moved = (weights.T @ deviation) / (weights.T @ answered.astype(float))
        if self.weights is not None:
            unknown = np.isnan(moved).astype(float) @ (self.weights != 0) > 0
            moved = np.where(unknown, np.nan, np.nan_to_num(moved) @ self.weights)
        return self.estimate[domain] + moved

    def covariance(self, domain: int) -> np.ndarray:
        return self.replicates.covariance(self.replicated(domain), self.estimate[domain])

    def variance(self) -> np.ndarray:
        return np.array([np.diag(self.covariance(d)) for d in range(len(self.domains.labels))])


class ReplicatedSurvey(Survey):
    """A survey whose standard errors come from replicates of its weights; made by `Survey.replicated`."""

    def __init__(self, survey: Survey, make: Callable[[Design], ReplicateDesign], done: str) -> None:
        super().__init__(survey.sample, survey._respondents)
        self._designs = (survey.design, survey.district_design)
        self._done = "; ".join(filter(None, [survey._done, done]))
        self._make = make
        self._made: list[tuple[Design, ReplicateDesign]] = []
        self.replicates_of(self.design)  # so that a design without replicates is refused at once

    def replicates_of(self, design: Design) -> ReplicateDesign:
        """The replicates of one of the survey's designs, made on first use."""
        for known, made in self._made:
            if known is design:
                return made
        self._made.append((design, self._make(design)))
        return self._made[-1][1]

    def total(self, measures: str | Sequence[str], domain: str | np.ndarray | None = None) -> pd.DataFrame:
        wanted = self._wanted(measures, composites=False)
        replicates = self.replicates_of(self.design)
        return replicate_total(self.data[wanted].astype(float), replicates, self._mask(domain)).table()

    def share(self, variable: str, domain: str | np.ndarray | None = None) -> pd.DataFrame:
        column = self.data[self._column(variable)]
        flags = {
            str(each): (column == each).where(column.notna()) for each in sorted(column.dropna().unique())
        }
        replicates = self.replicates_of(self.design)
        return replicate_mean(pd.DataFrame(flags).astype(float), replicates, self._mask(domain)).table()

    def ratio(self, numerator: str, denominator: str, domain: str | np.ndarray | None = None) -> pd.DataFrame:
        y, x = (self.data[self._column(name)].astype(float) for name in (numerator, denominator))
        seen = self._mask(domain) & (y.notna() & x.notna()).to_numpy()
        top, bottom = (np.where(seen, one, 0.0) for one in (y, x))
        found = replicate_estimate(
            lambda w: w @ top / (w @ bottom),
            self.replicates_of(self.design),
            [f"{numerator}/{denominator}"],
        )
        df = np.array([float(self.design.df_of(seen))])
        return replace(found, n=np.array([int(seen.sum())]), df_answered=df).table()

    def _scores(self, wanted: list[str], domains: Domains, design: Design) -> list[Scores]:
        replicates = self.replicates_of(design)
        return [ReplicatedScores.of(each, replicates) for each in super()._scores(wanted, domains, design)]

    def _contrast(self, a: Scores, at_a: int, b: Scores, at_b: int) -> Contrast:
        value_a, value_b = a.estimate[at_a], b.estimate[at_b]
        estimate = value_a - value_b
        vcov = a.replicates.covariance(a.replicated(at_a) - b.replicated(at_b), estimate)
        srs_a, srs_b = a.srs_variance[at_a], b.srs_variance[at_b]
        known = is_known(value_a, np.diag(a.covariance(at_a)), srs_a)
        known &= is_known(value_b, np.diag(b.covariance(at_b)), srs_b)
        alike = alike_variances(a, at_a, b, at_b, list(a.measures))
        least = np.maximum(alike[1] + (1 - 2 * share_inside(a, at_a, b, at_b)) * alike[0], 0.0)
        numbers = (
            np.where(known, each, np.nan)
            for each in (estimate, np.sqrt(np.diag(vcov)), np.sqrt(least), *alike)
        )
        counts = (np.minimum(getattr(a, name)[at_a], getattr(b, name)[at_b])
                  for name in ("df", "n", "n_least", "n_psu"))  # fmt: skip
        return Contrast(a.measures, *numbers, *counts)

    def _group_covariance(self, scores: Scores) -> np.ndarray:
        moved = [scores.replicated(d)[:, 0] for d in range(len(scores.domains.labels))]
        return scores.replicates.covariance(np.column_stack(moved), scores.estimate[:, 0])

    def quantile(self, *_: object, **__: object) -> NoReturn:
        """Refused: quantiles have Woodruff's intervals, from the survey without replicates."""
        raise _not_replicated("quantile")

    def table(self, *_: object, **__: object) -> NoReturn:
        """Refused: the Rao-Scott test rests on linearised scores."""
        raise _not_replicated("table")

    def regress(self, *_: object, **__: object) -> NoReturn:
        """Refused: models rest on linearised scores."""
        raise _not_replicated("regress")

    def trend(self, *_: object, **__: object) -> NoReturn:
        """Refused: two rounds' replicates are not drawn together, so the PSUs they share do not show."""
        raise _not_replicated("trend")

    def calibrate(self, *_: object, **__: object) -> NoReturn:
        """Refused: calibrate first, then replicate; each replicate is then calibrated anew."""
        raise _not_replicated("calibrate")

    def replicated(self, *_: object, **__: object) -> NoReturn:
        """Refused: this survey has its replicates."""
        raise _not_replicated("replicated")


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
        raise unknown_option("kind", kind, KINDS)
    return makers[kind]


def _not_replicated(name: str) -> BadDesign:
    return BadDesign(
        f"`{name}` does not work with replicate weights.",
        vi=f"Không dùng được `{name}` sau khi đã tạo trọng số lặp; hãy gọi nó từ khảo sát gốc.",
        expected="mean, compare, total, share, ratio or ranks",
        got=name,
        hint=f"Ask the survey itself: s.{name}(…), or s.calibrate(…).replicated(…) in this order.",
    )
