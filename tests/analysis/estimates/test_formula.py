"""Formulas -> model matrices, columns and offsets; R's names."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import UnknownName
from analysis.estimates.formula import build_columns, build_matrix

TABLE = pd.DataFrame(
    {"y": [1.0, 2, 3, 4], "x": [1.0, 2, np.nan, 8], "g": list("abab"), "pop": [1.0, 10, 10, 0]}
)
EVERYBODY = np.ones(4, dtype=bool)


def test_columns_of_a_one_sided_formula():
    made = build_columns("~ g + x:g", TABLE.fillna(0.0))
    assert list(made) == ["(Intercept)", "gb", "x:ga", "x:gb"]
    assert made["x:gb"].tolist() == [0, 2, 0, 8]
    assert list(build_columns("~ 0 + g", TABLE)) == ["ga", "gb"]


def test_columns_with_gaps_are_refused():
    with pytest.raises(UnknownName, match="1 rows have no value"):
        build_columns("~ x", TABLE)


def test_offset_is_a_column_an_expression_or_values_and_its_gaps_leave_rows_out():
    column = build_matrix("y ~ g", TABLE, EVERYBODY, "x")
    assert column.used.tolist() == [True, True, False, True]
    assert column.offset.tolist() == [1, 2, 8]
    logs = build_matrix("y ~ g", TABLE.iloc[:3], EVERYBODY[:3], "np.log10(pop)")
    assert logs.offset.tolist() == [0, 1, 1]
    values = build_matrix("y ~ g", TABLE, EVERYBODY, np.array([0.0, np.nan, 1, 2]))
    assert values.offset.tolist() == [0, 1, 2]
    assert build_matrix("y ~ g", TABLE, EVERYBODY).offset.tolist() == [0] * 4


def test_an_offset_that_is_not_finite_is_the_user_s_error():
    with pytest.raises(UnknownName, match="infinite"):
        build_matrix("y ~ g", TABLE, EVERYBODY, "log(pop)")


def test_a_term_of_one_level_is_dropped_and_named():
    model = build_matrix("y ~ g", TABLE, np.array([True, False, True, False]))
    assert (model.names, model.dropped) == (("(Intercept)",), ("g",))
    assert list(model.terms) == ["1"]
