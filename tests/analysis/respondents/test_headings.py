"""Headings that cannot be names of variables are read under the codebook's names; addresses stay."""

import pandas as pd
import pytest

from analysis.errors import BadRows
from analysis.respondents.codebook import Codebook
from analysis.respondents.headings import name_variables
from analysis.respondents.microdata import read_microdata


@pytest.fixture
def microdata(tmp_path):
    pd.DataFrame({"Mã": ["a", "b"], "Hài lòng (1-5)": [4, 5]}).to_excel(tmp_path / "s.xlsx", index=False)
    return read_microdata(tmp_path / "s.xlsx")


def codebook(**columns):
    return Codebook("typed", pd.DataFrame(columns), pd.DataFrame({"code_set": [], "code": []}))


def test_a_column_is_renamed_and_keeps_its_address(microdata):
    named = name_variables(microdata, codebook(variable=["hai_long"], heading=["Hài lòng (1-5)"]))
    assert list(named.table.columns) == ["Mã", "hai_long"]
    assert named.table["hai_long"].tolist() == [4.0, 5.0]
    assert named.raw.address(1, "hai_long") == microdata.raw.address(1, "Hài lòng (1-5)")
    assert named.raw.cells["hai_long"].tolist() == ["4", "5"]
    assert list(microdata.raw.cells.columns) == ["Mã", "Hài lòng (1-5)"]


def test_a_codebook_without_headings_changes_nothing(microdata):
    assert name_variables(microdata, codebook(variable=["Mã"])) is microdata


@pytest.mark.parametrize(
    ("variables", "headings", "what"),
    [(["x", "y"], ["Hài lòng (1-5)"] * 2, "one heading"), (["Mã"], ["Hài lòng (1-5)"], "another column")],
)
def test_names_that_would_clash_are_refused(microdata, variables, headings, what):
    with pytest.raises(BadRows, match=what):
        name_variables(microdata, codebook(variable=variables, heading=headings))
