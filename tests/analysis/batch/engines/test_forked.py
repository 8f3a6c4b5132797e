"""Children of the fork server: the server may die, and nothing of one reaches the next."""

import os
import tempfile

from analysis.batch.run import build_packs
from analysis.batch.status import read_status
from tests.analysis.batch.engines.processes import all_gone, command, processes_in, sleeping_notebook
from tests.analysis.batch.notebooks import changed_notebook


def test_server_that_is_killed_costs_no_pack_and_the_run_says_so(tmp_path, example_results, capfd):
    """The cell kills its parent, which forks for all."""
    note = tmp_path / "pids"
    source = f"import os; open({str(note)!r}, 'a').write(f'{{os.getpid()}} {{os.getppid()}} ')"
    source += '\nif district == "900": os.kill(os.getppid(), 9)'
    notebook = changed_notebook(tmp_path / "nb", source, short=True)
    report = build_packs("example-2021", "vi", tmp_path / "p", ["899", "900", "902"], 1, notebook)
    assert [o.job.code for o in report.built] == ["899", "900", "902"]
    assert "the fork server had ended and was started again" in capfd.readouterr().err
    pids = note.read_text().split()
    assert len(set(pids[0::2])) == 3  # a process of its own for each
    assert pids[1] == pids[3] != pids[5]
    assert all_gone([int(pid) for pid in pids], seconds=5)


#: The server is killed, and the folder in which a new one would put its socket is gone: so a job that empties
#: the system's folder for temporary files does it, or a disk that is unmounted.
KILL_FOR_GOOD = """
import glob, os, shutil, tempfile
if district == "900":
    [place] = glob.glob(tempfile.gettempdir() + "/pymp-*")
    shutil.rmtree(place)
    os.kill(os.getppid(), 9)
"""


def test_server_that_cannot_be_started_again_gives_way_to_spawned_workers_and_that_is_said(
    tmp_path, example_results
):
    notebook = changed_notebook(tmp_path / "nb", KILL_FOR_GOOD, short=True)
    only = [word for code in ("899", "900", "902") for word in ("--only", code)]
    out = tmp_path / "packs"
    with tempfile.TemporaryDirectory(prefix="t") as scratch:
        environment = os.environ | {"TMPDIR": scratch}
        options = ("--workers", "1", "--out", out, "--notebook", notebook)
        with command(*only, *options, env=environment) as process:
            _, fault = process.communicate(timeout=300)
    assert process.returncode == 0, fault
    assert "the fork server is lost" in fault
    assert "chuyển sang cách chạy chậm hơn" in fault
    assert read_status(out)["counts"] == {"built": 3, "unchanged": 0, "failed": 0}


def test_child_that_is_killed_costs_its_own_district_alone(tmp_path, example_results):
    notebook, note = sleeping_notebook(tmp_path, "os.kill(os.getpid(), 9)")
    out = tmp_path / "packs"
    report = build_packs("example-2021", "vi", out, ["899", "900", "902"], 2, notebook)
    assert sorted(o.job.code for o in report.built) == ["899", "902"]
    [failure] = report.failed
    assert (failure.job.code, failure.cell) == ("900", 5)
    assert failure.reason == "code cell 5: the process ended before the page was done (signal 9)"
    assert "signal 9" in (out / "failed" / "900-ha-tien" / "reason.txt").read_text(encoding="utf-8")
    assert all_gone(processes_in(note), seconds=5)
