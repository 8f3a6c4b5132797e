from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.row_ranges import as_ranges, in_ranges


@given(st.sets(st.integers(1, 500)))
def test_rows_come_back_as_they_were(rows):
    assert list(in_ranges(as_ranges(rows))) == sorted(rows)


def test_neighbours_are_one_range():
    assert as_ranges([7, 2, 3, 1, 9, 9]) == "1-3, 7, 9"
