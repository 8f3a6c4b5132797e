"""A tiny survey: four respondents, two districts, two strata of two PSUs, one question with a skip."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.intake.table import RawTable
from analysis.respondents.codebook import CODE_COLUMNS, VARIABLE_COLUMNS, Codebook
from analysis.rounds import Columns, DesignColumns, Group, Missing, QualityRules, Round

DISTRICTS = {"001", "899"}
COMMUNES = {"00123": "001", "30730": "899"}


@pytest.fixture
def survey_round() -> Round:
    return Round(
        survey_round="tiny",
        title_vi="Thử",
        title_en="Tiny",
        year=2021,
        simulated=True,
        province="91",
        file="raw/tiny.dta",
        codebook="tiny",
        framework="tiny",
        source="typed in the test",
        columns=Columns(respondent="id", district="huyen", commune="xa", village="thon"),
        design=DesignColumns(weight="w", stratum="strata", psu="psu"),
        missing=Missing(dont_know=(888,), refused=(999,), not_asked=(-999999,)),
        groups=(
            Group("sex", "a1", codes={"male": (1,), "female": (2,)}),
            Group("age_group", "a2", bands={"18-34": (18, 34), "35+": (35, 120)}),
        ),
        quality=QualityRules(),
    )


@pytest.fixture
def policy(survey_round):
    """The same round under another policy for strata with one PSU."""
    return lambda lone_psu: replace(survey_round, design=replace(survey_round.design, lone_psu=lone_psu))


@pytest.fixture
def codebook() -> Codebook:
    variables = [
        ("id", "Mã", "Code", "design", "text", "", "", "", "", "seen"),
        ("huyen", "Huyện", "District", "place", "text", "", "", "", "", "seen"),
        ("a1", "Giới tính", "Sex", "person", "code", "sex", "", "", "", "seen"),
        ("a2", "Tuổi", "Age", "person", "number", "", "18", "110", "", "seen"),
        ("q1", "Có dùng không?", "Used?", "question", "code", "yes_no", "", "", "", "assumed"),
        ("q2", "Có hài lòng không?", "Satisfied?", "question", "code", "yes_no", "", "", "q1=1", "assumed"),
    ]
    codes = [
        ("sex", "1", "Nam", "Male"),
        ("sex", "2", "Nữ", "Female"),
        ("yes_no", "1", "Có", "Yes"),
        ("yes_no", "2", "Không", "No"),
    ]
    return Codebook(
        "tiny",
        pd.DataFrame(variables, columns=list(VARIABLE_COLUMNS)),
        pd.DataFrame(codes, columns=list(CODE_COLUMNS)),
    )


@pytest.fixture
def table() -> pd.DataFrame:
    """As a file stores it: place codes as numbers, so that 001 has become 1."""
    return pd.DataFrame(
        {
            "id": [11.0, 12.0, 13.0, 14.0],
            "w": [1.5, 2.0, 1.0, 0.5],
            "strata": [1.0, 1.0, 2.0, 2.0],
            "psu": [101.0, 102.0, 201.0, 202.0],
            "huyen": [1, 1, 899, 899],
            "xa": [123, 123, 30730, 30730],
            "thon": ["a", "b", "c", "d"],
            "a1": [1, 2, 2, 1],
            "a2": [18, 34, 35, 999],
            "q1": [1, 2, 1, 888],
            "q2": [2, -999999, 999, -999999],
        }
    )


def raw_of(table: pd.DataFrame, **more) -> RawTable:
    """The table as a reader of a .dta hands it over: rows from 1, no letters."""
    return RawTable(
        path=Path("tiny.dta"),
        sheet="",
        rows=np.arange(1, len(table) + 1),
        letters=dict.fromkeys(table.columns, ""),
        stored=table,
        header_row=0,
        **more,
    )


def cells_of(table: pd.DataFrame, kinds: dict[str, list[str]] | None = None) -> RawTable:
    """A table of text as a reader of a workbook hands it over: headings in row 1, columns A, B …"""
    seen = pd.DataFrame({name: ["text"] * len(table) for name in table.columns} | (kinds or {}))
    return RawTable(
        path=Path("tiny.xlsx"),
        sheet="Phiếu",
        cells=table,
        kinds=seen,
        rows=np.arange(2, len(table) + 2),
        letters={name: chr(ord("A") + at) for at, name in enumerate(table.columns)},
    )
