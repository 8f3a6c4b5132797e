"""Two sets of scores -> their difference with a standard error that knows the covariance.

A district is part of its province and two rounds share PSUs, so the two estimates are correlated;
unit by unit, the two sides' scores carry that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

import numpy as np

from analysis.estimates.alike import alike_variances
from analysis.estimates.design import Design, Stage
from analysis.estimates.linearise import Scores
from analysis.estimates.quality import is_known


@dataclass(frozen=True)
class Contrast:
    """Differences of M measures: a - b.

    Attributes
    ----------
    estimate, se : ndarray, shape (M,)
    se_least : ndarray, shape (M,)
        Standard error that simple random samples of the same people would have, each side spread at least
        as the other (`alike_variances`): what intervals and tests take where `se` is smaller by chance.
    srs_a, srs_b : ndarray, shape (M,)
        The variances of the two sides behind `se_least`.
    df : ndarray, shape (M,)
    n, n_least, n_psu : ndarray of int, shape (M,)
        The smaller of the two sides: what the comparison rests on.
    """

    measures: tuple[str, ...]
    estimate: np.ndarray
    se: np.ndarray
    se_least: np.ndarray
    srs_a: np.ndarray
    srs_b: np.ndarray
    df: np.ndarray
    n: np.ndarray
    n_least: np.ndarray
    n_psu: np.ndarray

    @property
    def se_used(self) -> np.ndarray:
        """The larger of `se` and `se_least`."""
        return np.fmax(self.se, self.se_least)

    def with_error(self, se: np.ndarray, df: np.ndarray) -> Contrast:
        """The same differences with another standard error and its df, such as pooled ones."""
        return replace(self, se=se, se_least=np.zeros(len(se)), df=df)

    def only(self, wanted: set[str]) -> Contrast:
        """The same contrast on some of its measures."""
        keep = [at for at, measure in enumerate(self.measures) if measure in wanted]
        names = ("estimate", "se", "se_least", "srs_a", "srs_b", "df", "n", "n_least", "n_psu")
        return Contrast(
            tuple(self.measures[at] for at in keep), *(getattr(self, name)[keep] for name in names)
        )


def compare_domains(a: Scores, domain_a: int, b: Scores, domain_b: int) -> Contrast:
    """Difference between two domains, measure by measure, on the measures both sides have.

    Parameters
    ----------
    a, b : Scores
        Of one design, or of two rounds: PSUs with the same code in the same stratum are the same PSUs.
    domain_a, domain_b : int
        Which domain of each.

    Notes
    -----
    With c_hi = sqrt((1 - n_h/N_h) n_h/(n_h - 1)) (z_hi - mean_h z) a side's variance is sum c^2, and that
    of the difference sum (c_a - c_b)^2 over all PSUs of either side, a PSU of one side only counting 0
    on the other; later stages add the like over their units, calibrated designs with residuals for z
    (`variance.standard_scores`). On one design this is the variance of z_a - z_b; for two rounds
    V_a + V_b less twice the covariance over the PSUs, and units inside them, that they share, so
    V_a + V_b where they share none. A last stage of single persons is never shared. df is the smaller of
    the two sides': with the whole design's df a district with four PSUs would be tested as if it had
    forty (METHODS.md, "Degrees of freedom"). A side whose own standard error is 0 (one PSU; everybody
    gave the same answer) is not known, only looks so: the difference is NaN.

    Source
    ------
    One design: R `survey::svycontrast`; partial overlap: the panel covariance of Tam (1984) with each
    round's own stratum means, which keeps the variance from going below 0.
    """
    shared = [m for m in a.measures if m in set(b.measures)]
    at_a = [a.measures.index(m) for m in shared]
    at_b = [b.measures.index(m) for m in shared]
    c_a = [c.take(at_a, axis=1) for c in a.standard_scores(domain_a)]
    c_b = [c.take(at_b, axis=1) for c in b.standard_scores(domain_b)]
    value_a, value_b = a.estimate[domain_a, at_a], b.estimate[domain_b, at_b]
    srs_a, srs_b = a.srs_variance[domain_a, at_a], b.srs_variance[domain_b, at_b]
    known = is_known(value_a, _squares(c_a), srs_a) & is_known(value_b, _squares(c_b), srs_b)
    estimate = np.where(known, value_a - value_b, np.nan)
    variance = np.where(known, _squares(_differences(c_a, a.design, c_b, b.design)), np.nan)
    srs_a, srs_b = alike_variances(a, domain_a, b, domain_b, shared)
    part = share_inside(a, domain_a, b, domain_b)
    srs = np.where(known, np.maximum(srs_b + (1 - 2 * part) * srs_a, 0.0), np.nan)
    return Contrast(
        measures=tuple(shared),
        estimate=estimate,
        se=np.sqrt(variance),
        se_least=np.sqrt(srs),
        srs_a=srs_a,
        srs_b=srs_b,
        df=np.minimum(a.df[domain_a, at_a], b.df[domain_b, at_b]),
        n=np.minimum(a.n[domain_a, at_a], b.n[domain_b, at_b]),
        n_least=np.minimum(a.n_least[domain_a, at_a], b.n_least[domain_b, at_b]),
        n_psu=np.minimum(a.n_psu[domain_a, at_a], b.n_psu[domain_b, at_b]),
    )


def _squares(stages: list[np.ndarray]) -> np.ndarray:
    """Sum of squares over the units of all stages, shape (M,)."""
    return sum((c**2).sum(axis=0) for c in stages)


def _differences(
    c_a: list[np.ndarray], design_a: Design, c_b: list[np.ndarray], design_b: Design
) -> list[np.ndarray]:
    """c_a - c_b, stage by stage, over the units of either side; a stage that one side lacks is 0 there."""
    if design_a is design_b:
        return [a - b for a, b in zip(c_a, c_b, strict=True)]
    blocks = []
    for a, stage_a, b, stage_b in zip_longest(
        c_a, design_a.stages[: len(c_a)], c_b, design_b.stages[: len(c_b)]
    ):
        (at_a, at_b), size = unit_positions((stage_a, stage_b))
        difference = np.zeros((size, next(c for c in (a, b) if c is not None).shape[1]))
        if a is not None:
            difference[at_a] += a
        if b is not None:
            difference[at_b] -= b
        blocks.append(difference)
    return blocks


@lru_cache(maxsize=4)  # the same two designs stand behind every district's change
def unit_positions(stages: tuple[Stage | None, ...]) -> tuple[list[np.ndarray], int]:
    """Where the units of several designs' stages stand in one list of all of them, and its length.

    Units of the same names are the same; single persons have none and stand apart. A design without the
    stage has no units there.
    """
    named = [stage.keys for stage in stages if stage is not None and stage.keys is not None]
    union = named[0] if named else None
    for keys in named[1:]:
        union = union.union(keys, sort=False)
    size, out = 0 if union is None else len(union), []
    for stage in stages:
        if stage is None:
            out.append(np.array([], dtype=int))
        elif stage.keys is None:
            out.append(size + np.arange(len(stage.unit_stratum)))
            size += len(stage.unit_stratum)
        else:
            out.append(union.get_indexer(stage.keys))
    return out, size


def share_inside(a: Scores, domain_a: int, b: Scores, domain_b: int) -> float:
    """Weight of the people who are in both domains, as a share of b's; 0 between two rounds."""
    if a.design is not b.design:
        return 0.0
    in_b = b.domains.code == domain_b
    weight = a.design.weight
    return float(weight[in_b & (a.domains.code == domain_a)].sum() / weight[in_b].sum())
