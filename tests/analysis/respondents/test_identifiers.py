import numpy as np
import pandas as pd

from analysis.respondents.identifiers import place_code, text_code


def test_numbers_lose_their_decimal_point():
    assert text_code(pd.Series([30730.0, 7.0])).tolist() == ["30730", "7"]


def test_blanks_stay_blank():
    assert text_code(pd.Series([1.0, np.nan])).isna().tolist() == [False, True]
    assert text_code(pd.Series(["899", "  ", None])).isna().tolist() == [False, True, True]


def test_text_keeps_its_zeros_and_loses_blanks_around_it():
    assert text_code(pd.Series([" 007 ", "899"])).tolist() == ["007", "899"]


def test_a_number_gets_back_the_zeros_it_lost():
    assert place_code(pd.Series([1, 899]), {"001", "899"}).tolist() == ["001", "899"]


def test_text_is_not_filled_with_zeros():
    assert place_code(pd.Series(["1", "899"]), {"001", "899"}).tolist() == ["1", "899"]
