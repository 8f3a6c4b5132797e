"""A number of strata -> a Hadamard matrix big enough for balanced half-samples.

Orders come from Sylvester's doubling and Paley's two constructions over prime fields, and products of
these; an order that none of them gives (28 is the first that needs the second) is passed over for the
next that one gives.
"""

from __future__ import annotations

import numpy as np


def hadamard_matrix(least: int) -> np.ndarray:
    """The smallest Hadamard matrix found with at least `least` rows, its first column all 1.

    Parameters
    ----------
    least : int

    Returns
    -------
    ndarray of 1 and -1, shape (R, R)
        Columns are orthogonal, and all but the first sum to 0.

    Source
    ------
    Paley (1933); Wolter (2007, app. A).

    Examples
    --------
    >>> hadamard_matrix(2)
    array([[ 1,  1],
           [ 1, -1]])
    """
    order = least if least <= 2 else -(-least // 4) * 4
    while (matrix := _of_order(order)) is None:
        order += 4
    return matrix * matrix[:, :1]


def _of_order(order: int) -> np.ndarray | None:
    if order <= 2:
        return np.array([[1, 1], [1, -1]])[:order, :order]
    if order % 4:
        return None
    if _is_prime(order - 1):
        return _paley(order - 1)
    half = order // 2 - 1
    if half % 4 == 1 and _is_prime(half):
        return _paley_doubled(half)
    for factor in range(2, order // 2 + 1):
        if order % factor == 0 and factor <= order // factor:
            first, second = _of_order(factor), _of_order(order // factor)
            if first is not None and second is not None:
                return np.kron(first, second)
    return None


def _is_prime(number: int) -> bool:
    return number > 2 and all(number % divisor for divisor in range(2, int(number**0.5) + 1))


def _residues(prime: int) -> np.ndarray:
    """Jacobsthal matrix: 1 where column - row is a square modulo the prime, -1 where not; diagonal 0."""
    sign = np.full(prime, -1)
    sign[np.arange(1, prime) ** 2 % prime] = 1
    sign[0] = 0
    index = np.arange(prime)
    return sign[(index[None, :] - index[:, None]) % prime]


def _bordered(prime: int, corner: int) -> np.ndarray:
    matrix = np.zeros((prime + 1, prime + 1), dtype=int)
    matrix[0, 1:], matrix[1:, 0] = 1, corner
    matrix[1:, 1:] = _residues(prime)
    return matrix


def _paley(prime: int) -> np.ndarray:
    """Order p + 1 for a prime p = 3 modulo 4."""
    return np.eye(prime + 1, dtype=int) + _bordered(prime, -1)


def _paley_doubled(prime: int) -> np.ndarray:
    """Order 2(p + 1) for a prime p = 1 modulo 4."""
    core = _bordered(prime, 1)
    eye = np.eye(prime + 1, dtype=int)
    return np.kron(core, np.array([[1, 1], [1, -1]])) + np.kron(eye, np.array([[1, -1], [-1, -1]]))
