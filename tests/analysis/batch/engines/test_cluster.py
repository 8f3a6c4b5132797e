"""Packs made by the workers of a real scheduler over TCP: the same bytes, and nothing lost with a worker."""

import sys
import tempfile
import time
from pathlib import Path

import distributed
import pytest

from analysis.batch.engines.cluster import receive, run_on_cluster
from analysis.batch.engines.cluster_job import Sent, alike, different, run_sent_job
from analysis.batch.job import Job
from analysis.batch.render import PageHead
from analysis.batch.status import read_status
from analysis.batch.verify import verify_packs
from analysis.errors import ClusterProblem
from tests.analysis.batch.conftest import NAMES, ROUND
from tests.analysis.batch.engines.scheduler import local_cluster
from tests.analysis.batch.killed_runs import files_of, start_run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="process tables are read in Linux's way")


@pytest.fixture
def place():
    """Where the workers have their temporary files: a socket's path may have about a hundred characters."""
    with tempfile.TemporaryDirectory(prefix="c-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def test_worker_killed_in_mid_job_loses_nothing_and_the_bytes_are_those_of_one_machine(
    issue, tmp_path, place, monkeypatch
):
    monkeypatch.setenv("WORKBENCH_DATA", str(issue.data))
    out = tmp_path / "packs"
    with local_cluster(place, "one", "two") as cluster:
        run = start_run(ROUND, out, NAMES, issue.notebook, more=("--scheduler", cluster.address))
        doomed = wait_until_at_work(cluster, run)
        cluster.workers[doomed].kill()
        assert run.wait(300) == 0, [why.read_text("utf-8") for why in out.glob("failed/*/reason.txt")]
    assert files_of(out) == files_of(issue.out)
    assert verify_packs(out).empty
    assert read_status(out)["engine"] == cluster.address


def wait_until_at_work(cluster, run, seconds=120):
    """The name of the first worker that has a notebook under way: its job keeps a log open."""
    until = time.monotonic() + seconds
    while run.poll() is None and time.monotonic() < until:
        for name in cluster.workers:
            if any((cluster.folder / name).glob("workbench-*/building/*/kernel.log")):
                return name
        time.sleep(0.01)
    pytest.fail("no worker began a job")


def sent(tmp_path, program):
    job = Job(
        "899",
        "briefing.html",
        tmp_path / "899-a",
        tmp_path,
        tmp_path / "n.ipynb",
        {},
        PageHead("t", "vi"),
        True,
    )
    return Sent(job, b"{}", f"{ROUND}:vi", program)


def test_worker_with_other_results_refuses_and_says_what_is_other(tmp_path, papi_results):
    program = alike(ROUND) | {"results": "0" * 64}
    assert different(sent(tmp_path, program)) == ["results"]
    shipped = run_sent_job(sent(tmp_path, program))
    assert not shipped.outcome.ok
    assert shipped.files == {}
    assert shipped.outcome.reason == "the worker has not what the runner has: results"


def wait_until(true, seconds=60):
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.001)


def test_result_that_is_lost_with_its_worker_before_it_is_fetched_is_made_again(tmp_path, place):
    job = sent(tmp_path, {"results": "0" * 64})
    with (
        local_cluster(place, "one", "two") as cluster,
        distributed.Client(cluster.address, set_as_default=False) as client,
    ):
        future = client.submit(run_sent_job, job, pure=False)
        wait_until(future.done)
        [[address]] = client.who_has(future).values()
        cluster.workers[client.scheduler_info()["workers"][address]["name"]].kill()
        wait_until(lambda: future.status != "finished")
        outcome = receive(future, job.job, lambda: False)
    assert outcome.reason == "the worker has not what the runner has: results"


def test_nobody_at_the_address_is_said_in_both_languages(monkeypatch):
    monkeypatch.setattr("analysis.batch.engines.cluster.ANSWERS_WITHIN", 1)
    with pytest.raises(ClusterProblem) as fault:
        list(run_on_cluster([], "tcp://127.0.0.1:9", "r:vi", {}, lambda: False))
    assert fault.value.exit_code == 23
    assert "Không kết nối được bộ điều phối" in str(fault.value)
