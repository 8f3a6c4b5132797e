"""The examples in `help()` of every question give what they say, on the example round."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pandas as pd
import pytest

import analysis
import analysis.explore
from analysis.explore.survey import Survey

MODULES = [
    "analysis",
    *(m.name for m in pkgutil.walk_packages(analysis.explore.__path__, "analysis.explore.")),
]


def examples() -> list[doctest.DocTest]:
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = (test for name in MODULES for test in finder.find(importlib.import_module(name)))
    return [test for test in found if test.examples]


@pytest.mark.parametrize("test", examples(), ids=lambda test: test.name)
def test_the_example_gives_what_it_says(test, survey, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said: list[str] = []
    test.globs.update(s=survey, open_round=analysis.open_round)
    with pd.option_context("display.width", 110, "display.max_columns", 20):
        runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
        failed = runner.run(test, out=said.append).failed
    assert failed == 0, "".join(said)


def test_every_question_has_an_example():
    names = {name for one in Survey.__mro__ for name in vars(one) if not name.startswith("_")}
    questions = {name for name in names if callable(getattr(Survey, name))}
    assert {"ask", "mean", "regress", "table", "trend", "calibrate", "find"} <= questions
    assert {name for name in questions if ">>>" not in (getattr(Survey, name).__doc__ or "")} == set()
