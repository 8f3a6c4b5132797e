"""One small issue of packs, built once, and the data folder that it was built from."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

import analysis.batch.running
from analysis import paths
from analysis.batch.engines.choice import Engine, choose_engine
from analysis.batch.run import build_packs
from tests.analysis.batch.notebooks import changed_notebook
from tests.made_once import made_once

ROUND = "example-papi-2021"
NAMES = ("899", "900", "methods")


@dataclass(frozen=True)
class Issue:
    """Packs of two districts and one page of the round; the districts' notebook shows its title alone."""

    data: Path
    notebook: Path
    out: Path

    def build(self, out, **options):
        return build_packs(ROUND, "vi", out, options.pop("only", NAMES), notebook=self.notebook, **options)

    def copied(self, folder: Path) -> "Issue":
        """A data folder and packs to spoil; the notebook is the same."""
        shutil.copytree(self.data, folder / "data")
        shutil.copytree(self.out, folder / "packs")
        return Issue(folder / "data", self.notebook, folder / "packs")


@pytest.fixture(scope="session")
def issue(tmp_path_factory) -> Issue:
    return made_once(tmp_path_factory.getbasetemp(), "issue", _build)


def _build(folder: Path) -> Issue:
    ignored = shutil.ignore_patterns("built", "raw", "__pycache__")
    shutil.copytree(paths.data_folder(), folder / "data", ignore=ignored)
    one = Issue(folder / "data", changed_notebook(folder / "nb", "pass", short=True), folder / "packs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_DATA", str(one.data))
        report = one.build(one.out)
    assert report.failed == report.failed_pages == []
    return one


@pytest.fixture
def spoilt(issue, tmp_path, monkeypatch) -> Issue:
    """A copy for one test, whose data folder is the one in use."""
    copy = issue.copied(tmp_path)
    monkeypatch.setenv("WORKBENCH_DATA", str(copy.data))
    return copy


@pytest.fixture(scope="module")
def kept_engine():
    """An engine that outlives the runs of a test file."""
    engine = choose_engine("example-2021:vi")
    yield Engine(engine.name, engine.start, lambda: None)
    engine.stop()


@pytest.fixture
def one_server(kept_engine, monkeypatch):
    """One fork server serves all runs of the file, for speed."""
    monkeypatch.setattr(analysis.batch.running, "choose_engine", lambda serves: kept_engine)
