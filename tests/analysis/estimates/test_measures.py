"""The dictionary of a framework's measures."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.estimates.measures import COLUMNS, describe_measures
from analysis.indicators.framework import read_framework
from analysis.indicators.framework_settings import FrameworkSettings


def test_papi_has_its_total_first_and_every_measure_under_its_parent():
    framework = read_framework("papi", 2021)
    table = describe_measures(framework)
    assert list(table.columns) == COLUMNS
    about = table.set_index("measure")
    assert table["measure"].iloc[0] == "PAPI"
    assert about.loc[["D1", "S1.1", "civic_leaders"], "parent"].tolist() == ["PAPI", "D1", "S1.1"]
    assert about.loc["PAPI", ["minimum", "maximum"]].tolist() == pytest.approx([8 * 1, 8 * 10])
    assert about["decimals"].isna().all()


def test_framework_without_a_total_has_dimensions_under_nothing():
    framework = read_framework("papi", 2021)
    bare = replace(framework, rows=replace(framework.rows, settings=FrameworkSettings()))
    about = describe_measures(bare).set_index("measure")
    assert "PAPI" not in about.index and about.loc["D1", "parent"] == ""


def test_indicators_that_stand_alone_are_the_whole_dictionary_and_keep_their_decimals():
    framework = read_framework("papi", 2021)
    alone = framework.indicators.head(2).assign(sub_dimension="", decimals=["3", ""])
    empty = {"dimensions": framework.dimensions[:0], "sub_dimensions": framework.sub_dimensions[:0]}
    table = describe_measures(replace(framework, indicators=alone, **empty))
    assert table["measure_kind"].tolist() == ["indicator"] * 2
    assert table["parent"].tolist() == ["", ""]
    assert table["decimals"].tolist() == [3, pd.NA]
