"""Hadamard matrices: orthogonal, big enough, none bigger than need be."""

import numpy as np
import pytest

from analysis.estimates.hadamard import hadamard_matrix


# Doubling 1, 2, 4, 8, 64; Paley's first 12, 20, 24; his second 28, 36, 76; a product 40; 52 and 92 are passed over.
@pytest.mark.parametrize(
    ("least", "order"),
    [(1, 1), (2, 2), (3, 4), (8, 8), (9, 12), (17, 20), (21, 24), (25, 28), (33, 36), (37, 40), (49, 56), (64, 64),
     (73, 76), (89, 96)],
)  # fmt: skip
def test_order_is_the_next_that_can_be_made_and_columns_are_orthogonal(least, order):
    matrix = hadamard_matrix(least)
    assert matrix.shape == (order, order)
    assert set(np.unique(matrix)) <= {-1, 1}
    np.testing.assert_array_equal(matrix.T @ matrix, order * np.eye(order))
    assert (matrix[:, 0] == 1).all() and (matrix[:, 1:].sum(axis=0) == 0).all()


def test_every_number_of_strata_up_to_500_has_one_little_bigger():
    for least in range(1, 501):
        order = len(hadamard_matrix(least))
        assert least <= order <= least + 11
