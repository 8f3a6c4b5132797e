import numpy as np
import pytest

from analysis.indicators.recipes import Spec, amount, any_of_codes, count_of_codes, scale, share_of_codes
from analysis.respondents.answers import kind_numbers
from analysis.rounds import Missing

MISSING = Missing(dont_know=(888,), refused=(999,), not_asked=(-999999,))
YES = Spec(codes=(1,), minimum=0, maximum=1)
YES_DK_NO = Spec(codes=(1,), minimum=0, maximum=1, dont_know_is_no=True)


def apply(recipe, rows, spec):
    values = np.array(rows, dtype=float)
    return recipe(values, kind_numbers(values, MISSING), spec).tolist()


def nan_equal(found, expected):
    return np.testing.assert_array_equal(found, expected)


def test_one_variable_gives_one_or_nought():
    assert apply(share_of_codes, [[1], [2], [3]], YES) == [1, 0, 0]


def test_several_codes_may_count_as_yes():
    assert apply(share_of_codes, [[1], [2], [3]], Spec((1, 3), 0, 1)) == [1, 0, 1]


def test_refused_not_asked_and_blank_never_count():
    for spec in (YES, YES_DK_NO):
        nan_equal(apply(share_of_codes, [[999], [-999999], [np.nan]], spec), [np.nan] * 3)


def test_dont_know_counts_as_no_only_where_the_row_says_so():
    nan_equal(apply(share_of_codes, [[888]], YES), [np.nan])
    assert apply(share_of_codes, [[888]], YES_DK_NO) == [0]


def test_a_no_answer_code_is_never_yes_even_when_named():
    nan_equal(apply(share_of_codes, [[888]], Spec((888,), 0, 1)), [np.nan])


def test_a_battery_gives_the_share_of_the_items_answered():
    assert apply(share_of_codes, [[1, 1, 2, 2], [1, 1, 2, 888]], YES) == [2 / 4, 2 / 3]
    assert apply(share_of_codes, [[1, 1, 2, 888]], YES_DK_NO) == [2 / 4]


def test_a_battery_needs_half_its_items():
    nan_equal(apply(share_of_codes, [[1, 2, 999, 999], [1, 999, 999, 999]], YES), [1 / 2, np.nan])


def test_a_count_is_scaled_up_to_the_whole_battery():
    spec = Spec((1,), 0, 4)
    assert apply(count_of_codes, [[1, 1, 1, 2]], spec) == [3]
    assert apply(count_of_codes, [[1, 1, 2, 999]], spec) == [pytest.approx(4 * 2 / 3)]


def test_any_counts_whole_batteries_only_whatever_was_answered():
    rows = [[2, 2], [1, 2], [1, 999], [2, 999], [1, np.nan], [-999999, -999999]]
    nan_equal(apply(any_of_codes, rows, YES), [0, 1, np.nan, np.nan, np.nan, np.nan])


def test_any_takes_dont_know_as_no_only_where_the_row_says_so():
    rows = [[1, 888], [2, 888]]
    nan_equal(apply(any_of_codes, rows, YES), [np.nan, np.nan])
    assert apply(any_of_codes, rows, YES_DK_NO) == [1, 0]


def test_any_is_not_pushed_up_by_items_that_are_skipped_by_chance():
    """Of 4 equal kinds of people half skip the second item: among whole batteries still 3 of 4 have a yes."""
    kinds_of_people = [[1, 1], [1, 2], [2, 1], [2, 2]]
    partial = [[first, np.nan] for first, _ in kinds_of_people]
    found = np.array(apply(any_of_codes, kinds_of_people + partial, YES))
    assert np.nanmean(found) == 3 / 4  # counting a yes beside a blank would give (3 + 2) / (4 + 2)


def test_a_scale_is_the_value_as_stored():
    nan_equal(apply(scale, [[1], [4], [888], [7]], Spec((), 1, 4)), [1, 4, np.nan, np.nan])


def test_an_amount_is_limited_to_its_bounds():
    nan_equal(apply(amount, [[3.5], [12], [888], [-999999]], Spec((), 0, 8.5)), [3.5, 8.5, np.nan, np.nan])
