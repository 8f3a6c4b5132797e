"""A design + known population totals -> the design with weights that meet them, and their variance.

The variance of a calibrated estimate is that of the residuals of its scores on the calibration
variables; `Calibration.residuals` is what `variance.covariance` asks for first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import pandas as pd

from analysis.errors import BadWeight
from analysis.estimates.design import Design
from analysis.estimates.distances import Fit, fit_weights, prepare_fit
from analysis.estimates.margins import Margin, Totals, proportional_fit, read_margin, refuse_other_sums

#: How often R `survey` takes the margins' means out of raked scores (see `rake`, Notes).
RAKING_PASSES = 10


class Step(Protocol):
    """One calibration: the weights before and after it, how to do it again, and its residuals."""

    before: np.ndarray
    after: np.ndarray

    def weigh(self, weight: np.ndarray) -> np.ndarray: ...

    def residuals(self, values: np.ndarray) -> np.ndarray: ...


@dataclass(frozen=True)
class Calibration:
    """The calibrations of a design, in the order they were done.

    Attributes
    ----------
    steps : tuple of Step
        At least one.
    """

    steps: tuple[Step, ...]

    @property
    def start(self) -> np.ndarray:
        """Weights before the first calibration, shape (n,)."""
        return self.steps[0].before

    def residuals(self, scores: np.ndarray) -> np.ndarray:
        """Scores less what the calibration variables explain of them.

        Parameters
        ----------
        scores : ndarray, shape (n, M)
            Weighted linearised values w z, w the calibrated weights.

        Returns
        -------
        ndarray, shape (n, M)

        Notes
        -----
        Each calibration, the first one first, turns w z into w (z - x'B): w the weights after it, B the
        regression of z on its variables x with the weights before it. A row that it has given the weight
        0 (possible with a lower bound of 0) counts with z = 0.

        Taking the first calibration first is R's order. After several, the totals met last then keep a
        small standard error instead of 0; one calibration on everything at once has it 0.

        Source
        ------
        Deville and Sarndal (1992, sec. 3); the order is that of R `survey` (test_calibration.py).
        """
        for step in self.steps:
            after = step.after[:, None]
            values = np.divide(scores, after, out=np.zeros(scores.shape), where=after != 0)
            scores = step.residuals(values) * after
        return scores

    def again(self, weight: np.ndarray) -> np.ndarray:
        """The same calibrations of other starting weights, such as a replicate's, shape (n,)."""
        for step in self.steps:
            weight = step.weigh(weight)
        return weight


@dataclass(frozen=True)
class PostStratified:
    """One margin met exactly; residual = value less the post-stratum's mean."""

    margin: Margin
    before: np.ndarray
    after: np.ndarray

    def weigh(self, weight: np.ndarray) -> np.ndarray:
        return self.margin.weigh(weight)

    def residuals(self, values: np.ndarray) -> np.ndarray:
        return self.margin.centred(values, self.before)


@dataclass(frozen=True)
class Raked:
    """Several margins met together; residual = value less the margins' means, taken out in turn."""

    margins: tuple[Margin, ...]
    before: np.ndarray
    after: np.ndarray

    def weigh(self, weight: np.ndarray) -> np.ndarray:
        return proportional_fit(weight, self.margins)

    def residuals(self, values: np.ndarray) -> np.ndarray:
        even = np.ones(len(values))
        for _ in range(RAKING_PASSES):
            for margin in self.margins:
                values = margin.centred(values, even)
        return values


@dataclass(frozen=True)
class Fitted:
    """Totals of numeric variables met; residual = value less its regression on them."""

    fit: Fit
    before: np.ndarray
    after: np.ndarray

    def weigh(self, weight: np.ndarray) -> np.ndarray:
        return fit_weights(weight, self.fit)

    def residuals(self, values: np.ndarray) -> np.ndarray:
        basis = self.fit.basis
        weighted = (basis * self.before[:, None]).T
        return values - basis @ np.linalg.lstsq(weighted @ basis, weighted @ values, rcond=None)[0]


def poststratify(design: Design, by: pd.Series, totals: Totals) -> Design:
    """Scale the weights so that each post-stratum sums to its known total.

    Parameters
    ----------
    design : Design of n rows
    by : Series (n,)
        Each row's post-stratum; none may be missing.
    totals : Series or dict
        Population total of each post-stratum.

    Raises
    ------
    BadWeight
        A row without post-stratum, a post-stratum without total, or a total without rows.

    Notes
    -----
    w = d N_c / sum of d in the post-stratum c.

    Source
    ------
    Holt and Smith (1979); equal to R `survey::postStratify` (test_calibration.py).

    Examples
    --------
    Two rows of weight 3 in a post-stratum of 12 people then weigh 6 each.
    """
    margin = read_margin(by, totals, len(design.weight), "post-stratum")
    return _after(design, PostStratified(margin, design.weight, margin.weigh(design.weight)))


def rake(design: Design, margins: Sequence[tuple[pd.Series, Totals]]) -> Design:
    """Scale the weights to each margin's totals in turn until all fit (iterative proportional fitting).

    Parameters
    ----------
    design : Design of n rows
    margins : sequence of (Series (n,), totals)
        Each as in `poststratify`; all must add up to the same population.

    Raises
    ------
    BadWeight
        A margin cannot be used, the margins add up to different populations, or no weights fit them all.

    Notes
    -----
    The weights are those of `calibrate(method="raking")` on the margins' indicators. For the variance
    R `survey` does not regress on all margins at once but takes their unweighted means out in turn, ten
    times; so does this, for the same digits. Where margins hang together strongly or weights differ much
    the two standard errors may differ by one or two per cent; `calibrate` has the exact regression.

    Source
    ------
    Deming and Stephan (1940); Deville, Sarndal and Sautory (1993); equal to R `survey::rake`
    (test_calibration.py).
    """
    coded = tuple(
        read_margin(by, totals, len(design.weight), f"margin {number}")
        for number, (by, totals) in enumerate(margins, start=1)
    )
    if not coded:
        raise BadWeight(
            "Raking needs a margin.",
            vi="Chưa có biến lề nào để hiệu chỉnh trọng số; hãy đưa vào ít nhất một biến cùng tổng dân số.",
            where="margins",
            expected="(variable, totals) pairs, at least one",
            got="none",
        )
    refuse_other_sums(coded)
    return _after(design, Raked(coded, design.weight, proportional_fit(design.weight, coded)))


def calibrate(
    design: Design,
    matrix: pd.DataFrame,
    totals: Totals,
    method: str = "linear",
    bounds: tuple[float, float] | None = None,
) -> Design:
    """Change the weights as little as possible so that weighted sums of variables meet known totals.

    Parameters
    ----------
    design : Design of n rows
    matrix : DataFrame (n, P)
        Calibration variables, a column of 1 among them where the population's size is known.
    totals : Series or dict
        Population total of each column.
    method : {"linear", "raking", "logit"}
        The distance between old and new weights: see `distances.fit_weights`. "linear" makes the
        regression estimator (GREG); its weights may be negative unless bounded.
    bounds : (low, high), optional
        Limits of new weight / old weight, low < 1 < high; "logit" needs them.

    Raises
    ------
    BadWeight
        Missing values, totals that do not go with the columns or contradict each other, or totals that
        no weights within the bounds can meet.
    UnknownName
        The method.

    Source
    ------
    Deville and Sarndal (1992); equal to R `survey::calibrate` (test_calibration.py).
    """
    fit = prepare_fit(matrix, totals, len(design.weight), method, bounds)
    return _after(design, Fitted(fit, design.weight, fit_weights(design.weight, fit)))


def _after(design: Design, step: Step) -> Design:
    earlier = () if design.calibration is None else design.calibration.steps
    return replace(design, weight=step.after, calibration=Calibration((*earlier, step)))
