"""Two groups of people -> the variances their means would have were they spread as each other.

A test asks how far apart two groups could come by chance if they did not differ, and then both have one
spread. A group's own spread is no measure of that where it happened to answer almost with one voice: with
one yes among a hundred it is a seventh of what a true share of 8 % makes (METHODS.md, "Differences and
changes").
"""

from __future__ import annotations

import numpy as np

from analysis.estimates.answer_covariance import answer_covariance
from analysis.estimates.linearise import Scores


def alike_variances(
    a: Scores, domain_a: int, b: Scores, domain_b: int, measures: list[str]
) -> tuple[np.ndarray, np.ndarray]:
    """Variances of two domains' means under simple random sampling, at least those by the other's spread.

    Parameters
    ----------
    a, b : Scores
        Of one design, or of two rounds.
    domain_a, domain_b : int
    measures : list of str, length M
        Those that both sides have.

    Returns
    -------
    tuple of ndarray, shape (M,)
        The larger of a side's own S2/n and S2/n with the spread of the other side's people who are not of
        this side; its own where there are none, as of a whole beside its part.

    Notes
    -----
    With s_kl the weighted covariance of answers k and l among the others, around their own means, a mean of
    n answers has s_kk / (n - 1). A composite sum_k a_k mean_k has
    sum_kl a_k a_l c_kl s_kl / (c_k c_l) / (n - 1), where c_k is the share of the side's weight that
    answered k, c_kl that answered both, and n everybody of the side (as `Scores.srs_variance`): few
    answers to a part cost as much as they do, whatever those few said.
    The spread of both sides' people together would not do: how far the sides lie apart would be in it,
    and the larger a true difference, the less it would be found.

    Source
    ------
    The score test of two proportions takes p (1 - p) of both sides together (Agresti 2013, 3.2.5), which
    is what the two sides' own come to where they are alike; the larger one errs on the wide side.
    """
    known = set(b.base)
    names = [name for name in a.base if name in known]
    in_a, in_b = a.domains.code == domain_a, b.domains.code == domain_b
    if a.design is b.design:
        in_a, in_b = in_a & ~in_b, in_b & ~in_a
    sides = ((a, domain_a, _people(b, in_b, names)), (b, domain_b, _people(a, in_a, names)))
    return tuple(_at_least(scores, at, measures, names, *others) for scores, at, others in sides)


def _people(scores: Scores, rows: np.ndarray, names: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Answers and weights of some respondents."""
    return scores.values[rows][:, _columns(scores, names)], scores.design.weight[rows]


def _columns(scores: Scores, names: list[str]) -> list[int]:
    at = {name: column for column, name in enumerate(scores.base)}
    return [at[name] for name in names]


def _at_least(
    scores: Scores,
    domain: int,
    measures: list[str],
    names: list[str],
    others: np.ndarray,
    weight_of_others: np.ndarray,
) -> np.ndarray:
    """One side's variances: its own, or those with the others' spread where these are larger."""
    at = [scores.measures.index(measure) for measure in measures]
    own, columns = scores.srs_variance[domain, at], _columns(scores, names)
    if not len(others):
        return own
    rows, spread = scores.domains.code == domain, answer_covariance(others, weight_of_others)
    if scores.weights is None:
        theirs = np.diag(spread)[[names.index(m) for m in measures]]
        people = scores.n[domain, at]
    else:
        weight = scores.design.weight[rows]
        answered = ~np.isnan(scores.values[rows][:, columns])
        with np.errstate(invalid="ignore", divide="ignore"):
            both = (answered * weight[:, None]).T @ answered / weight.sum()
            share = np.diag(both)
            matrix = np.nan_to_num(both * spread / np.outer(share, share), posinf=0.0)
        parts = scores.weights[columns][:, at]
        theirs = np.einsum("km,kl,lm->m", parts, matrix, parts, optimize=True)
        people = np.full(len(at), scores.domains.people[domain])
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.fmax(own, np.where(people > 1, theirs / np.maximum(people - 1, 1), np.nan))
