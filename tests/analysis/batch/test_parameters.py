"""Parameters are compared with the notebook's own before any kernel starts."""

import pytest

from analysis import paths
from analysis.batch.parameters import check_parameters
from analysis.errors import MissingFile, NotebookMismatch

GOOD = {"district": "899", "survey_round": "example-2021", "language": "vi"}


@pytest.fixture
def notebook():
    return paths.notebooks_folder() / "district_briefing.ipynb"


def test_notebooks_own_parameters_pass(notebook):
    check_parameters(notebook, GOOD)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({**GOOD, "distrct": "899"}, "district"),
        ({k: v for k, v in GOOD.items() if k != "language"}, "language"),
        ({**GOOD, "district": 899}, "district"),
    ],
)
def test_difference_in_name_or_type_stops_and_is_named(notebook, given, named):
    with pytest.raises(NotebookMismatch) as fault:
        check_parameters(notebook, given)
    assert named in str(fault.value)
    assert fault.value.exit_code == 20


def test_notebook_that_is_not_there_is_named(tmp_path):
    with pytest.raises(MissingFile, match="not there"):
        check_parameters(tmp_path / "none.ipynb", GOOD)
