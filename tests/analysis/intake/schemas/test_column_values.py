import numpy as np
import pandas as pd

from analysis.intake.schemas.column_values import column_values
from tests.analysis.intake.raw_tables import raw_of


def test_different_cells_are_told_apart_by_text_and_kind():
    values = column_values(raw_of({"a": ["1", 1, None, "1", 1]}), "a")
    assert list(zip(values.texts, values.kinds, strict=True)) == [
        ("1", "text"),
        ("1", "number"),
        ("", "empty"),
    ]
    assert values.codes.tolist() == [0, 1, 2, 0, 1]
    assert values.counts.tolist() == [2, 2, 1]
    assert values.filled.tolist() == [True, True, False]
    assert values.rows(values.kinds == "number").tolist() == [1, 4]
    assert values.spread(["x", "y", "z"]).tolist() == ["x", "y", "z", "x", "y"]


def test_stored_values_give_what_their_texts_would():
    stored = pd.DataFrame({"a": [1.0, 7.5, np.nan, 1.0], "b": ["x", None, "y", "x"]})
    raw = raw_of({})
    raw = type(raw)(raw.path, "", rows=np.arange(1, 5), stored=stored)
    for name in ("a", "b"):
        values = column_values(raw, name)
        expected = raw.cells[name].fillna("").tolist()
        assert [values.texts[code] for code in values.codes] == expected
        assert [values.kinds[code] for code in values.codes] == raw.kinds[name].tolist()


def test_an_empty_column_has_no_cells():
    values = column_values(raw_of({"a": []}), "a")
    assert (len(values.texts), values.rows(values.filled).tolist()) == (0, [])
