"""A tiny framework of one sub-dimension, and the codebook its indicators rest on."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.indicators.framework_rows import COLUMNS, FrameworkRows
from analysis.respondents.codebook import CODE_COLUMNS, VARIABLE_COLUMNS, Codebook

INDICATORS = [
    ("used", "S1", "share_of_codes", "q1", "1", "0", "1", "higher", "1/4", "no", "share"),
    ("met", "S1", "count_of_codes", "q2 q3", "1", "0", "2", "higher", "1/4", "missing", "count"),
    ("rating", "S1", "scale", "q4", "", "1", "3", "higher", "1/4", "missing", "score"),
    ("minutes", "S1", "amount", "q5", "", "0", "60", "lower", "1/4", "missing", "minutes"),
]


@pytest.fixture
def codebook() -> Codebook:
    sets = {"q1": "yes_no", "q2": "yes_no", "q3": "yes_no", "q4": "three", "q5": ""}
    variables = [
        (
            name,
            f"Câu {name}",
            name,
            "question",
            "code" if code_set else "number",
            code_set,
            "",
            "",
            "",
            "assumed",
        )
        for name, code_set in sets.items()
    ]
    variables.insert(0, ("a1", "Giới tính", "Sex", "person", "code", "yes_no", "", "", "", "assumed"))
    codes = [("yes_no", "1", "Có", "Yes"), ("yes_no", "2", "Không", "No")]
    codes += [("three", str(code), f"Mức {code}", f"Level {code}") for code in (1, 2, 3)]
    return Codebook(
        "tiny",
        pd.DataFrame(variables, columns=list(VARIABLE_COLUMNS)),
        pd.DataFrame(codes, columns=list(CODE_COLUMNS)),
    )


@pytest.fixture
def rows() -> FrameworkRows:
    years = {"valid_from": "2019", "valid_to": ""}
    common = {
        "name_vi": "Tên",
        "name_en": "Name",
        "source": "the test",
        "note": "",
        "status": "assumed",
        **years,
    }
    dimension = {"dimension": "D1", "minimum": "1", "maximum": "10", **common}
    sub = {
        "sub_dimension": "S1",
        "dimension": "D1",
        "minimum": "1",
        "maximum": "10",
        "unassigned_weight": "0",
        **common,
    }
    names = (
        "indicator", "sub_dimension", "recipe", "variables", "codes",
        "minimum", "maximum", "direction", "weight", "dont_know", "unit",
    )  # fmt: skip
    indicators = [{**common, **dict(zip(names, row, strict=True))} for row in INDICATORS]
    return FrameworkRows(
        "tiny",
        pd.DataFrame([dimension])[list(COLUMNS["dimensions"])],
        pd.DataFrame([sub])[list(COLUMNS["sub_dimensions"])],
        pd.DataFrame(indicators)[list(COLUMNS["indicators"])],
    )
