"""`open_round`: light to import, the same from the command line."""

import doctest
import subprocess
import sys

import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.explore import comparing, districts, levels, models
from analysis.explore import survey as survey_module


def test_command_gives_the_same_table(survey):
    result = CliRunner().invoke(main, ["estimate", "D2", "--by", "sex", "--csv"])
    assert result.exit_code == 0
    ours = survey.mean("D2", by="sex")
    printed = [line.split(",") for line in result.output.splitlines()]
    assert printed[0] == list(ours.columns)
    assert [float(line[4]) for line in printed[1:]] == pytest.approx(ours["estimate"].tolist())


def test_import_is_light():
    code = "import time; t = time.process_time(); import analysis; print(time.process_time() - t)"
    loaded = "import sys, analysis; print(*[m for m in ('scipy.stats', 'statsmodels', 'pandas') if m in sys.modules])"
    seconds = float(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    )
    assert seconds < 0.5
    assert (
        subprocess.run(
            [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
        ).stdout.strip()
        == ""
    )


@pytest.mark.parametrize("module", [comparing, districts, levels, models, survey_module])
def test_examples_that_help_shows_run_as_printed(module, survey):
    finder = doctest.DocTestFinder(exclude_empty=True)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    for case in finder.find(module, globs={"s": survey}):
        runner.run(case)
    assert runner.tries > 0
    assert runner.failures == 0
