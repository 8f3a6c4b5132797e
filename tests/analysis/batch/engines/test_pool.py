"""A job is tried again where the machine was at fault, and never where its notebook was; either engine."""

import os

import nbformat
import pytest

from analysis.batch.engines.choice import choose_engine
from analysis.batch.engines.pool import run_jobs
from analysis.batch.engines.shared import ENGINE, FORKED, SPAWNED
from analysis.batch.limits import Limits
from analysis.batch.render import PageHead
from tests.analysis.batch.engines.dying_job import DyingJob


@pytest.fixture(scope="module", params=[FORKED, SPAWNED])
def engine(request):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ENGINE, request.param)
        engine = choose_engine("")
    assert engine.name == request.param
    yield engine
    engine.stop()


def a_job(folder, source, times=0, seconds=300.0):
    cells = [nbformat.v4.new_code_cell("1 + 1"), nbformat.v4.new_code_cell(source)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "in.ipynb")
    deaths = folder / "deaths"
    deaths.mkdir()
    return DyingJob(
        code="899",
        page="page.html",
        folder=folder / "899-rach-gia",
        scratch=folder,
        notebook=folder / "in.ipynb",
        parameters={},
        head=PageHead("t", "vi"),
        simulated=False,
        limits=Limits(seconds=seconds),
        deaths=deaths,
        times=times,
        run=os.getpid(),
    )


def outcome_of(job, engine):
    [outcome] = run_jobs([job], 1, lambda: False, engine.start)
    return outcome


def test_job_whose_process_dies_before_the_notebook_is_tried_once_more(tmp_path, engine):
    outcome = outcome_of(a_job(tmp_path, "raise ValueError('đã chạy')", times=1), engine)
    assert "đã chạy" in outcome.reason  # the second process came as far as the notebook's own fault
    assert outcome.cell == 2
    assert len(list((tmp_path / "deaths").iterdir())) == 1


def test_job_whose_process_dies_twice_is_a_failure_that_names_the_signal(tmp_path, engine):
    outcome = outcome_of(a_job(tmp_path, "2", times=9), engine)
    assert not outcome.ok
    assert outcome.infrastructure
    assert "signal 9" in outcome.reason
    assert len(list((tmp_path / "deaths").iterdir())) == 2


@pytest.mark.parametrize("source", ["1 / 0", "os.kill(os.getpid(), 9)"])
def test_notebook_that_fails_is_run_once(tmp_path, engine, source):
    ran = tmp_path / "ran"
    outcome = outcome_of(a_job(tmp_path, f"import os; open({str(ran)!r}, 'a').write('x'); {source}"), engine)
    assert (outcome.ok, outcome.infrastructure, outcome.cell) == (False, False, 2)
    assert ran.read_text() == "x"


def test_cell_that_never_ends_is_ended_with_the_processes_it_started(tmp_path, engine):
    from tests.analysis.batch.engines.processes import all_gone

    note = tmp_path / "pids"
    source = f"""
import os, subprocess, sys
other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open({str(note)!r}, "w").write(f"{{os.getpid()}} {{other.pid}}")
while True:
    pass
"""
    job = a_job(tmp_path, source, seconds=15)
    outcome = outcome_of(job, engine)
    assert (outcome.ok, outcome.cell) == (False, 2)
    assert outcome.reason == "code cell 2: it ran longer than 15 s"
    assert all_gone([int(pid) for pid in note.read_text().split()], seconds=5)


def test_cell_that_asks_for_more_memory_than_the_limit_gets_an_error_and_not_the_machine(tmp_path, engine):
    outcome = outcome_of(a_job(tmp_path, "everything = bytearray(64 << 30)"), engine)
    assert (outcome.ok, outcome.cell) == (False, 2)
    assert "MemoryError" in outcome.reason
