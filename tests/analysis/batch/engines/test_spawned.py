"""Workers that start kernels, for systems without a safe fork: what a killed kernel or worker costs."""

import pytest

from analysis.batch.engines.choice import choose_engine
from analysis.batch.engines.shared import ENGINE, SPAWNED
from analysis.batch.run import build_packs
from analysis.errors import UnknownName
from tests.analysis.batch.engines.processes import all_gone, processes_in, sleeping_notebook


@pytest.fixture(autouse=True)
def spawned(monkeypatch):
    monkeypatch.setenv(ENGINE, SPAWNED)


@pytest.mark.parametrize("killed", ["getpid", "getppid"])
def test_kernel_or_worker_that_dies_costs_its_own_district_alone(tmp_path, example_results, capfd, killed):
    notebook, note = sleeping_notebook(tmp_path, f"os.kill(os.{killed}(), 9)")
    out = tmp_path / "packs"
    report = build_packs("example-2021", "vi", out, ["899", "900"], 2, notebook)
    assert [o.job.code for o in report.built] == ["899"]
    [failure] = report.failed
    assert (failure.job.code, failure.cell) == ("900", 5)
    said = {"getpid": "DeadKernelError", "getppid": "signal 9"}[killed]
    assert said in (out / "failed" / "900-ha-tien" / "reason.txt").read_text(encoding="utf-8")
    assert all_gone(processes_in(note), seconds=5)
    assert f"the slower engine is used: {ENGINE} asks for it" in capfd.readouterr().err


def test_engine_that_does_not_exist_is_named(monkeypatch):
    monkeypatch.setenv(ENGINE, "threads")
    with pytest.raises(UnknownName) as fault:
        choose_engine("example-2021:vi")
    assert fault.value.got == "threads"
