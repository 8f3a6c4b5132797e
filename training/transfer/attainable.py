"""How many districts, how many of them trained -> the smallest p any result could have; no claim above it.

With three sampled districts and one trained, even the most telling result would come about by chance once in
three draws. Such a design cannot show an effect, whatever the figures: the tool says so before anybody looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np

from analysis.errors import BadDesign

#: Assignments are listed one by one up to here; beyond, this many are drawn.
MOST_LISTED = 20_000
_SEED = 324


def attainable_p(districts: int, treated: int, two_sided: bool = False) -> float:
    """The smallest p of a randomisation test.

    Parameters
    ----------
    districts, treated : int
        Districts with an outcome, and those of them that were trained.
    two_sided : bool
        Count the mirrored assignment too, where it is one (half of the districts treated).

    Returns
    -------
    float
        1 / C(districts, treated): 1 where all or none are treated.

    Raises
    ------
    BadDesign
        More treated than districts, or fewer than 0.

    Examples
    --------
    >>> [round(attainable_p(n, k), 4) for n, k in [(3, 1), (6, 2), (6, 3), (15, 5)]]
    [0.3333, 0.0667, 0.05, 0.0003]
    >>> attainable_p(6, 3, two_sided=True)
    0.1
    """
    if not 0 <= treated <= districts:
        raise BadDesign(
            f"{treated} of {districts} districts cannot have been trained.",
            vi=f"Không thể có {treated} trong số {districts} huyện đã được bồi dưỡng.",
            expected="0 <= treated <= districts",
            got=f"{treated}, {districts}",
            hint="Count the districts with an outcome, and those of them that were trained.",
        )
    mirrored = two_sided and 2 * treated == districts and treated > 0
    return min(1.0, (2 if mirrored else 1) / comb(districts, treated))


def sign_flip_p(clusters: int) -> float:
    """The smallest p of a wild-cluster bootstrap with Rademacher signs, two-sided: 2 / 2^clusters.

    Source
    ------
    Cameron, Gelbach and Miller (2008); Webb (2023) on few clusters.

    Examples
    --------
    >>> sign_flip_p(5)
    0.0625
    """
    return min(1.0, 2.0 / 2.0**clusters)


@dataclass(frozen=True)
class Design:
    """What a comparison of trained with other districts can show.

    Attributes
    ----------
    districts, treated : int
    p_randomisation, p_two_sided, p_sign_flip : float
        The smallest that each test can give.
    significance : float
    can_show : bool
        Whether a two-sided randomisation test can reach the significance level.
    """

    districts: int
    treated: int
    p_randomisation: float
    p_two_sided: float
    p_sign_flip: float
    significance: float
    can_show: bool


def judge_design(districts: int, treated: int, significance: float) -> Design:
    """Whether any result could show an effect of training districts.

    Parameters
    ----------
    districts, treated : int
        As for `attainable_p`.
    significance : float
        `Thresholds.significance`.
    """
    two_sided = attainable_p(districts, treated, two_sided=True)
    return Design(
        districts, treated, attainable_p(districts, treated), two_sided, sign_flip_p(districts), significance,
        can_show=two_sided <= significance + 1e-12,
    )  # fmt: skip


def effect_of_training(outcome: np.ndarray, treated: np.ndarray, significance: float) -> tuple[float, float]:
    """Difference of the trained districts' mean outcome from the others', with its randomisation p.

    Parameters
    ----------
    outcome : ndarray, shape (districts,)
    treated : ndarray of bool, shape (districts,)
    significance : float

    Returns
    -------
    (difference, p)
        p is two-sided: the share of assignments with a difference as far from 0.

    Raises
    ------
    BadDesign
        The design cannot reach the level: no effect may be claimed, and none is computed.

    Notes
    -----
    The test supposes that which districts were trained first was as good as drawn by lot. It was not, unless
    the plan says so; a small p then speaks of a difference, not of an effect. All assignments are listed up
    to 20,000; beyond, 20,000 are drawn with a fixed seed and p is (hits + 1) / (draws + 1).
    """
    outcome, treated = np.asarray(outcome, dtype=float), np.asarray(treated, dtype=bool)
    n, k = len(outcome), int(treated.sum())
    design = judge_design(n, k, significance)
    if not design.can_show:
        raise BadDesign(
            f"No effect can be claimed: with {k} of {n} districts trained the smallest p is "
            f"{design.p_two_sided:.4f}.",
            vi=f"Không thể kết luận về tác động: {k}/{n} huyện được bồi dưỡng thì giá trị p nhỏ nhất "
            f"có thể đạt là {design.p_two_sided:.4f}.",
            expected=f"p of {significance} or less must be attainable",
            got=f"{design.p_two_sided:.4f}",
            hint="Show training and survey figures side by side, as description.",
        )
    seen = abs(_difference(outcome, treated)) - 1e-12
    if comb(n, k) <= MOST_LISTED:
        draws = [np.isin(np.arange(n), chosen) for chosen in combinations(range(n), k)]
        hits = sum(abs(_difference(outcome, one)) >= seen for one in draws)
        return _difference(outcome, treated), hits / len(draws)
    rng = np.random.default_rng(_SEED)
    hits = sum(abs(_difference(outcome, rng.permutation(treated))) >= seen for _ in range(MOST_LISTED))
    return _difference(outcome, treated), (hits + 1) / (MOST_LISTED + 1)


def _difference(outcome: np.ndarray, treated: np.ndarray) -> float:
    return float(outcome[treated].mean() - outcome[~treated].mean())
