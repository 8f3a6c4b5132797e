import numpy as np
import pandas as pd

from analysis.respondents.answers import KINDS, answer_kinds, kind_numbers
from analysis.rounds import Missing

MISSING = Missing(dont_know=(888, 88), refused=(999,), not_asked=(-999999,))


def test_the_five_kinds_are_kept_apart():
    series = pd.Series([2.0, 888, 999, -999999, np.nan], index=list("abcde"), name="q")
    kinds = answer_kinds(series, MISSING)
    assert dict(kinds) == dict(zip("abcde", KINDS, strict=True))
    assert kinds.name == "q"


def test_a_kind_may_have_several_codes():
    assert list(answer_kinds(pd.Series([88, 888]), MISSING)) == ["dont_know", "dont_know"]


def test_without_declared_codes_everything_but_blank_is_an_answer():
    assert list(answer_kinds(pd.Series([888.0, None]), Missing())) == ["answered", "missing"]


def test_a_whole_matrix_is_classified_at_once():
    values = np.array([[1.0, 888.0], [999.0, np.nan]])
    assert kind_numbers(values, MISSING).tolist() == [[0, 1], [2, 4]]
