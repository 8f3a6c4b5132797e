"""Kernels, workers and whole runs are killed or stopped: what stays, and that nothing is left running."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from analysis.batch.page_checks import check_page
from analysis.batch.run import build_packs
from analysis.batch.targets import ROUND_PAGES
from analysis.errors import PacksFolderProblem
from tests.analysis.batch.notebooks import changed_notebook

WORKBENCH = Path(sys.executable).with_name("workbench")
#: A cell that notes the process ids of its kernel and of a program that it started, then sleeps.
SLEEP = """
import os, subprocess, sys, time
if district == "900":
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    open({note!r}, "w").write(f"{{os.getpid()}} {{other.pid}} {{os.getppid()}}")
    {then}
    time.sleep(60)
"""


def sleeping_notebook(tmp_path, then="pass"):
    note = tmp_path / "processes"
    return changed_notebook(tmp_path / "nb", SLEEP.format(note=str(note), then=then), short=True), note


def processes_in(note, seconds=60):
    """Wait until the cell has noted its processes."""
    end = time.monotonic() + seconds
    while not (note.is_file() and len(note.read_text().split()) == 3):
        assert time.monotonic() < end, "the cell was never reached"
        time.sleep(0.1)
    return [int(pid) for pid in note.read_text().split()]


def all_gone(pids, seconds):
    end = time.monotonic() + seconds
    while any(is_running(pid) for pid in pids) and time.monotonic() < end:
        time.sleep(0.1)
    return not any(is_running(pid) for pid in pids)


def is_running(pid):
    with contextlib.suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False


@contextlib.contextmanager
def command(*arguments, **options):
    """`workbench packs` as a person starts it, in a process group of its own; ended with the test."""
    process = subprocess.Popen(
        [WORKBENCH, "packs", *arguments], stderr=subprocess.PIPE, text=True, start_new_session=True, **options
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.stderr.close()
        process.wait()


@pytest.fixture(scope="module")
def killed_batch(tmp_path_factory, papi_results):
    """All fifteen districts by the command, one of whose kernels is killed while it works."""
    out = tmp_path_factory.mktemp("killed")
    with command("--round", "example-papi-2021", "--out", out) as process:
        while not list(out.glob("*/briefing.html")):
            assert process.poll() is None
            time.sleep(0.1)
        seen = set(kernels_of(process))
        while not (new := set(kernels_of(process)) - seen):
            time.sleep(0.05)
        time.sleep(1)  # it has started and not ended: a briefing takes three seconds and more
        new.pop().kill()
        process.communicate(timeout=300)
        return out, process.returncode


def kernels_of(process):
    found = []
    with contextlib.suppress(psutil.NoSuchProcess):
        for child in psutil.Process(process.pid).children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
                if "ipykernel_launcher" in " ".join(child.cmdline()):
                    found.append(child)
    return found


def test_kernel_killed_in_one_district_leaves_fourteen_good_packs_and_one_failure(killed_batch):
    out, code = killed_batch
    assert code == 1
    good = [page.read_text(encoding="utf-8") for page in out.glob("*/briefing.html")]
    assert len(good) == 14
    assert all(check_page(page, "vi", simulated=True).empty for page in good)
    [failed] = (out / "failed").iterdir()
    assert not (out / failed.name / "briefing.html").exists()
    assert {p.name for p in failed.iterdir()} >= {"executed.ipynb", "reason.txt"}
    index = (out / "index.html").read_text(encoding="utf-8")
    assert index.count("Hỏng trong lần chạy này") == 1
    assert index.count("href=") == 14 + len(ROUND_PAGES)
    assert {p.name for p in out.iterdir() if p.is_file()} == {"index.html", "manifest.json"}
    assert not list(out.glob(".*"))


def test_papi_design_gives_three_packs_with_figures_and_twelve_without(killed_batch, papi_results):
    """But for the one that was killed."""
    out, _ = killed_batch
    [failed] = (out / "failed").iterdir()
    levels = papi_results[papi_results["survey_round"] == "example-papi-2021"]
    sampled = set(levels.loc[levels["n"] > 0, "place"]) - {"91"}
    assert len(sampled) == 3
    lost = failed.name.split("-")[0] in sampled
    pages = [page.read_text(encoding="utf-8") for page in out.glob("*/briefing.html")]
    without = sum("không phỏng vấn người dân nào" in page for page in pages)
    assert (len(pages) - without, without) == ((3 - 1, 12) if lost else (3, 12 - 1))


def test_worker_that_dies_costs_its_own_district_alone_and_leaves_no_kernel(tmp_path, example_results):
    notebook, note = sleeping_notebook(tmp_path, "os.kill(os.getppid(), 9)")
    out = tmp_path / "packs"
    report = build_packs("example-2021", "vi", out, ["899", "900", "902", "903"], 2, notebook)
    assert sorted(o.job.code for o in report.built) == ["899", "902", "903"]
    [failure] = report.failed
    assert (failure.job.code, failure.cell) == ("900", 5)
    assert "worker process ended" in failure.reason
    assert "signal 9" in (out / "failed" / "900-ha-tien" / "reason.txt").read_text(encoding="utf-8")
    assert all_gone(processes_in(note), seconds=1)


def test_ctrl_c_ends_all_in_seconds_and_keeps_what_was_finished(tmp_path, example_results):
    notebook, note = sleeping_notebook(tmp_path)
    out = tmp_path / "packs"
    names = [word for code in ("899", "900", "902") for word in ("--only", code)]
    with tempfile.TemporaryDirectory(prefix="t") as scratch:
        environment = {**os.environ, "TMPDIR": scratch}
        with command(
            *names, "--workers", "1", "--out", out, "--notebook", notebook, env=environment
        ) as process:
            pids = processes_in(note)
            start = time.monotonic()
            os.killpg(process.pid, signal.SIGINT)
            _, said = process.communicate(timeout=30)
            assert time.monotonic() - start < 20  # the cell sleeps for a minute
        assert list(Path(scratch).glob("workbench-*")) == []
    assert process.returncode == 130
    assert "Đang dừng… / Stopping…" in said
    assert "Traceback" not in said
    assert all_gone(pids, seconds=1)
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert [pack["state"] for pack in manifest["packs"]] == ["built", "not_built", "not_built"]
    assert {p.name for p in out.iterdir()} == {"899-rach-gia", "index.html", "manifest.json"}
    assert re.findall('href="([^"]+)"', (out / "index.html").read_text("utf-8")) == [
        "899-rach-gia/briefing.html"
    ]


def test_run_that_is_killed_takes_its_kernels_along_and_its_folder_can_be_used_again(
    tmp_path, example_results
):
    notebook, note = sleeping_notebook(tmp_path)
    out = tmp_path / "packs"
    with command("--only", "900", "--out", out, "--notebook", notebook) as process:
        pids = processes_in(note)
        with pytest.raises(PacksFolderProblem) as fault:
            build_packs("example-2021", "vi", out, ["899"])
        assert f"process {process.pid} " in fault.value.got
        assert fault.value.exit_code == 21
        process.kill()
        assert all_gone(pids, seconds=10)
    assert list(out.glob(".building-*"))
    broken = changed_notebook(tmp_path / "nb", "1 / 0")
    assert len(build_packs("example-2021", "vi", out, ["899"], notebook=broken).failed) == 1
    assert {p.name for p in out.iterdir()} == {"failed", "index.html", "manifest.json"}
