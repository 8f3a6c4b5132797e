"""Children and whole runs are killed or stopped: what stays, and that nothing is left running."""

import json
import os
import re
import signal
import tempfile
import time
from pathlib import Path

import pytest

from analysis.batch.page_checks import check_page
from analysis.batch.run import build_packs
from analysis.batch.targets import pages_of
from analysis.errors import PacksFolderProblem
from analysis.rounds import read_round
from tests.analysis.batch.engines.processes import all_gone, command, processes_in, sleeping_notebook
from tests.analysis.batch.notebooks import changed_notebook


@pytest.fixture(scope="module")
def killed_batch(tmp_path_factory, papi_results):
    """All fifteen districts by the command, the process of one of which is killed while it works."""
    folder = tmp_path_factory.mktemp("killed")
    kill = 'import os\nif district == "900": os.kill(os.getpid(), 9)'
    notebook = changed_notebook(folder / "nb", kill, short=True, last="sections.headlines")
    out = folder / "out"
    with command("--round", "example-papi-2021", "--out", out, "--notebook", notebook) as process:
        process.communicate(timeout=600)
        return out, process.returncode


def test_process_killed_in_one_district_leaves_fourteen_good_packs_and_one_failure(killed_batch):
    out, code = killed_batch
    assert code == 1
    good = [page.read_text(encoding="utf-8") for page in out.glob("*/briefing.html")]
    assert len(good) == 14
    assert all(check_page(page, "vi", simulated=True).empty for page in good)
    [failed] = (out / "failed").iterdir()
    assert not (out / failed.name / "briefing.html").exists()
    assert failed.name == "900-ha-tien"
    assert "signal 9" in (failed / "reason.txt").read_text(encoding="utf-8")
    index = (out / "index.html").read_text(encoding="utf-8")
    pages = pages_of(read_round("example-papi-2021"))
    assert index.count("Hỏng trong lần chạy này") == 1
    assert len(set(re.findall(r'href="[^"]+\.html"', index))) == 14 + len(pages)
    assert {p.name for p in out.iterdir() if p.is_file()} == {"index.html", "manifest.json", "status.json"}
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


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_run_that_is_stopped_ends_all_in_seconds_and_keeps_what_was_finished(tmp_path, example_results, stop):
    """By Ctrl-C, or as a system that shuts down does it: every process of the run gets the signal."""
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
            os.killpg(process.pid, stop)
            _, said = process.communicate(timeout=30)
            assert time.monotonic() - start < 20  # the cell sleeps for a minute
        assert list(Path(scratch).glob("workbench-*")) == []
    assert process.returncode == 130
    assert "Đang dừng… / Stopping…" in said
    assert "Traceback" not in said
    assert all_gone(pids, seconds=5)
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert [pack["state"] for pack in manifest["packs"]] == ["built", "not_built", "not_built"]
    assert {p.name for p in out.iterdir()} == {"899-rach-gia", "index.html", "manifest.json", "status.json"}
    linked = re.findall(r'href="([^"]+\.html)"', (out / "index.html").read_text("utf-8"))
    assert set(linked) == {"899-rach-gia/briefing.html"}


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
    assert {p.name for p in out.iterdir()} == {"failed", "index.html", "manifest.json", "status.json"}
