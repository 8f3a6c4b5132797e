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
from tests.analysis.batch.engines.processes import all_gone

#: Seconds that the cell without an end is given: a kernel starts slowly on a busy machine.
SECONDS = {FORKED: 5.0, SPAWNED: 15.0}
#: A notebook's second cell, by what it does; {folder} is a folder of the job's own.
CELLS = {
    "dies before, once": "raise ValueError('đã chạy')",
    "dies before, always": "2",
    "fails": "open('{folder}/ran', 'a').write('x'); 1 / 0",
    "is killed": "import os; open('{folder}/ran', 'a').write('x'); os.kill(os.getpid(), 9)",
    "eats memory": "everything = bytearray(64 << 30)",
    # The last: its worker is warm, and the jobs that are tried again run beside it.
    "never ends": """
import os, subprocess, sys, time
other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open("{folder}/pids", "w").write(f"{{os.getpid()}} {{other.pid}}")
while True:
    time.sleep(60)
""",
}
#: How often a job's process dies before it has read what it is to do.
DEATHS = {"dies before, once": 1, "dies before, always": 9}


def a_job(folder, what, seconds):
    folder.mkdir()
    (folder / "deaths").mkdir()
    cells = ["1 + 1", CELLS[what].format(folder=folder)]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbformat.write(notebook, folder / "in.ipynb")
    return DyingJob(
        code=what,
        page="page.html",
        folder=folder / "page",
        scratch=folder,
        notebook=folder / "in.ipynb",
        parameters={},
        head=PageHead("t", "vi"),
        simulated=False,
        limits=Limits(seconds=seconds),
        deaths=folder / "deaths",
        times=DEATHS.get(what, 0),
        run=os.getpid(),
    )


@pytest.fixture(scope="module", params=[FORKED, SPAWNED])
def ran(request, tmp_path_factory):
    """Engine, what happens -> the outcome, what happens -> the job's folder: all in one run of two workers."""
    place = tmp_path_factory.mktemp("jobs")
    folders = {what: place / str(at) for at, what in enumerate(CELLS)}
    seconds = {"never ends": SECONDS[request.param]}
    jobs = [a_job(folder, what, seconds.get(what, 300.0)) for what, folder in folders.items()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ENGINE, request.param)
        engine = choose_engine("")
    assert engine.name == request.param
    try:
        outcomes = {outcome.job.code: outcome for outcome in run_jobs(jobs, 2, lambda: False, engine.start)}
    finally:
        engine.stop()
    assert set(outcomes) == set(CELLS)
    return engine.name, outcomes, folders


def deaths_of(folder):
    return len(list((folder / "deaths").iterdir()))


def test_job_whose_process_dies_before_the_notebook_is_tried_once_more(ran):
    _, outcomes, folders = ran
    outcome = outcomes["dies before, once"]
    assert "đã chạy" in outcome.reason  # the second process came as far as the notebook's own fault
    assert outcome.cell == 2
    assert deaths_of(folders["dies before, once"]) == 1


def test_job_whose_process_dies_twice_is_a_failure_that_names_the_signal(ran):
    _, outcomes, folders = ran
    outcome = outcomes["dies before, always"]
    assert not outcome.ok
    assert outcome.infrastructure
    assert "signal 9" in outcome.reason
    assert deaths_of(folders["dies before, always"]) == 2


@pytest.mark.parametrize("what", ["fails", "is killed"])
def test_notebook_that_fails_is_run_once(ran, what):
    _, outcomes, folders = ran
    outcome = outcomes[what]
    assert (outcome.ok, outcome.infrastructure, outcome.cell) == (False, False, 2)
    assert (folders[what] / "ran").read_text() == "x"


def test_cell_that_never_ends_is_ended_with_the_processes_it_started(ran):
    name, outcomes, folders = ran
    outcome = outcomes["never ends"]
    assert (outcome.ok, outcome.cell) == (False, 2)
    assert outcome.reason == f"code cell 2: it ran longer than {SECONDS[name]:g} s"
    pids = (folders["never ends"] / "pids").read_text().split()
    assert all_gone([int(pid) for pid in pids], seconds=5)


def test_cell_that_asks_for_more_memory_than_the_limit_gets_an_error_and_not_the_machine(ran):
    _, outcomes, _ = ran
    outcome = outcomes["eats memory"]
    assert (outcome.ok, outcome.cell) == (False, 2)
    assert "MemoryError" in outcome.reason
