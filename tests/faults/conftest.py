"""One built case for all faults of a survey's file; each test spoils a copy of its own."""

from __future__ import annotations

import pytest

from tests.faults.survey_case import SurveyCase, copy_case, make_case


@pytest.fixture(scope="session")
def built_case(tmp_path_factory) -> SurveyCase:
    """The example as it is, built: what a refused file must leave untouched."""
    case = make_case(tmp_path_factory.mktemp("case"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_DATA", str(case.data))
        case.results()
    return case


@pytest.fixture
def case(built_case, tmp_path, monkeypatch) -> SurveyCase:
    """A copy of the built case, in use."""
    own = copy_case(built_case, tmp_path)
    monkeypatch.setenv("WORKBENCH_DATA", str(own.data))
    return own
