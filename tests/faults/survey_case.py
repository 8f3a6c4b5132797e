"""The example with PAPI's own sample -> a round of a test's own, whose file and settings can be spoilt.

The round, its file and the figures beside it lie in the test's data folder; codebook, framework and places
are the checkout's.
"""

from __future__ import annotations

import shutil
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
import pyreadstat
from click.testing import CliRunner, Result

from analysis import paths
from analysis.cli import main

ROUND = "faulty"
EXAMPLE = "example-papi-2021"
#: A page of an earlier run; a refused run leaves it as it is.
OLD_PAGE = "bản cũ"


@cache
def _example(name: str) -> tuple[pd.DataFrame, object]:
    return pyreadstat.read_dta(str(paths.home_data() / "example" / f"{name}.dta"))


def example_table(name: str = EXAMPLE) -> pd.DataFrame:
    """The example's rows as stored: numbers."""
    return _example(name)[0].copy()


def as_text(table: pd.DataFrame) -> pd.DataFrame:
    """The rows as a .csv holds them, so that any cell can take any text."""
    return table.astype(object).map(_cell)


def _cell(value: object) -> str:
    if pd.isna(value):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


@dataclass(frozen=True)
class SurveyCase:
    """A data folder with one round, and where its packs go."""

    data: Path
    packs: Path

    @property
    def settings(self) -> Path:
        return self.data / "rounds" / f"{ROUND}.toml"

    def settle(self, old: str, new: str) -> None:
        """Change the round's settings; what is to be changed must be there."""
        text = self.settings.read_text("utf-8")
        assert old in text, old
        self.settings.write_text(text.replace(old, new), encoding="utf-8")

    def file(self, suffix: str) -> Path:
        """The path of the round's file in a format, declared in its settings."""
        lines = self.settings.read_text("utf-8").splitlines()
        changed = [f'file = "raw/{ROUND}{suffix}"' if line.startswith("file =") else line for line in lines]
        self.settings.write_text("\n".join(changed) + "\n", encoding="utf-8")
        return self.data / "raw" / f"{ROUND}{suffix}"

    def write(self, table: pd.DataFrame, suffix: str = ".csv", **more: object) -> Path:
        """Write the round's file; `more` goes to the writer of the format."""
        path = self.file(suffix)
        if suffix == ".csv":
            table.to_csv(path, index=False, **more)
        elif suffix == ".dta":
            pyreadstat.write_dta(table, str(path), **more)
        elif suffix == ".sav":
            pyreadstat.write_sav(table, str(path), **more)
        elif suffix == ".parquet":
            table.to_parquet(path, index=False, **more)
        else:
            table.to_excel(path, index=False, **more)
        return path

    def run(self, command: str) -> Result:
        more = ["--only", "899", "--out", str(self.packs)] if command == "packs" else []
        return CliRunner().invoke(main, [command, "--round", ROUND, *more])

    def outputs(self) -> dict[str, bytes]:
        """Every file that was made, with its bytes."""
        folders = (self.data / "built", self.packs)
        files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
        return {str(path.relative_to(self.data.parent)): path.read_bytes() for path in files}

    def results(self) -> pd.DataFrame:
        """The round's results, built now."""
        ended = self.run("build")
        assert ended.exit_code == 0, ended.output
        return pd.read_parquet(self.data / "built" / f"{ROUND}.results.parquet")


def make_case(folder: Path, example: str = EXAMPLE) -> SurveyCase:
    """A case whose file is the example as .csv, with a page of an earlier run, and nothing built."""
    case = SurveyCase(folder / "data", folder / "packs")
    for name in ("rounds", "raw"):
        (case.data / name).mkdir(parents=True)
    text = (paths.home_data() / "rounds" / f"{example}.toml").read_text("utf-8")
    lines = ['previous = ""' if line.startswith("previous =") else line for line in text.splitlines()]
    case.settings.write_text("\n".join(lines).replace(example, ROUND) + "\n", encoding="utf-8")
    _copy_context(text, case.data)
    case.write(example_table(example))
    old = case.packs / "899-rach-gia"
    old.mkdir(parents=True)
    (old / "briefing.html").write_text(OLD_PAGE, encoding="utf-8")
    return case


def _copy_context(settings: str, data: Path) -> None:
    """The files of figures that the settings name, which lie beside them."""
    for file in tomllib.loads(settings).get("context", {}).values():
        if isinstance(file, str) and file:
            (data / file).parent.mkdir(exist_ok=True)
            shutil.copy(paths.home_data() / file, data / file)


def copy_case(case: SurveyCase, folder: Path) -> SurveyCase:
    """The same case in another folder, with what is built."""
    shutil.copytree(case.data, folder / "data")
    shutil.copytree(case.packs, folder / "packs")
    return SurveyCase(folder / "data", folder / "packs")
