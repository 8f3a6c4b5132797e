"""Where the pieces of a diverging bar lie: of the function that draws them."""

from itertools import pairwise

import pytest

from training.sections.satisfaction_bars import diverging


@pytest.mark.parametrize(
    "shares", [[0.1, 0.2, 0.3, 0.2, 0.2], [0.25, 0.25, 0.25, 0.25], [1.0], [0.0, 0.0, 1.0]]
)
def test_pieces_of_a_diverging_bar_touch_and_the_middle_lies_across_0(shares):
    pieces = diverging(shares)
    assert [end - start for start, end in pieces] == pytest.approx(shares)
    assert all(first[1] == pytest.approx(second[0]) for first, second in pairwise(pieces))
    middle = len(shares) // 2
    if len(shares) % 2:
        assert sum(pieces[middle]) == pytest.approx(0)
    else:
        assert pieces[middle][0] == pytest.approx(0)
