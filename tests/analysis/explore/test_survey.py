"""`open_round`: light to import, the same from the command line."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from analysis.cli import main


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
