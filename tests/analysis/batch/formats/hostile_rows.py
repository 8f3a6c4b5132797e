"""The checkout's rows -> a data folder each of whose texts begins with something that would run somewhere.

What a province edits itself: wording, places, the framework's names, the letter, declared and sent-in counts,
PARINDEX, training. What is a code, a number, a date or a key stays as it is.
"""

from __future__ import annotations

import itertools
import json
import re
import shutil
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.briefing.wording import placeholders
from analysis.built import write_tables
from analysis.context.around import read_around
from analysis.context.built_criteria import criteria_file
from analysis.context.built_training import CLASSES, NAMES, training_files
from analysis.estimates.measures import describe_measures
from analysis.estimates.results import arrange, measures_file, read_results, results_file
from analysis.indicators.framework import read_framework
from analysis.pipeline import check_reference_rows
from analysis.rounds import read_round
from tests.analysis.batch.formats.planted import SCRIPTS

FORMULAS = (
    '=HYPERLINK("http://x.example/","ran=1")', "=cmd|' /C ran=1'!A0", "+1+ran=1", "-2+3 ran=1", "@SUM(1) ran=1",
    "\t=1 ran=1", "$\\frac{ran=1$",
)  # fmt: skip
HOSTILE = tuple(one for pair in itertools.zip_longest(SCRIPTS, FORMULAS) for one in pair if one)
#: Folders of data/ whose files hold such rows, with the folders inside them.
FOLDERS = (
    "administrative",
    "directive",
    "framework",
    "parindex",
    "places",
    "published",
    "training",
    "wording",
)
#: Columns of texts; of the wording `vi` and `en` are all there is.
TEXTS = re.compile(
    r"vi|en|source|note|lead_agency|decision|(name|title|text|brief|where|deadline|why|what|words|difficulties|"
    r"short|numerator|denominator|note|reading|criterion|kind|zone|label)_(vi|en)"
)
#: `kind_vi` of a place is looked up, so it is no free text; nor is what an institution is called in a code.
LOOKED_UP = {"kind_vi", "zone_vi"}
#: Names of a workbook's sheets, where the wording's reader refuses most signs.
SHEETS = ("sheet_contents", "sheet_table", "sheet_rows", "sheet_meanings")
#: Columns of the files that a province sends in, and of the records of classes as built.
SHEET = ("Tên tiêu chí", "Cơ quan chủ trì", "Lý do mất điểm")
RECORDS = {NAMES: ("vi", "en"), CLASSES: ("decision", "venue", "host", "budget_source")}


class Planter:
    """Hands out the hostile strings in turn, so that each column of each file gets many of them."""

    def __init__(self) -> None:
        self._next = itertools.cycle(HOSTILE)
        self.planted = 0

    def text(self, old: str) -> str:
        if not old.strip():
            return old
        self.planted += 1
        return f"{next(self._next)} {old}"

    def sentence(self, old: str) -> str:
        """Braces name values in a sentence; doubled they are braces."""
        new = next(self._next).replace("{", "{{").replace("}", "}}")
        self.planted += 1
        return f"{new} {old}"

    def table(self, table: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
        return table.assign(**{name: table[name].map(self.text) for name in columns if name in table})


def make_hostile(target: Path, name: str) -> tuple[Path, Planter]:
    """A data folder for a round whose results the checkout has built; the round's pages can be opened in it.

    Notes
    -----
    Survey numbers are the checkout's. Names of measures, criteria and everything around the survey are
    read from the hostile rows by the program's own readers, which check them.
    """
    data, planter, home = target / "data", Planter(), paths.home_data()
    survey = read_results(name)
    for folder in (*FOLDERS, "rounds", "codebook", "schemas", "example"):
        shutil.copytree(home / folder, data / folder, ignore=shutil.ignore_patterns("*.py", "truth"))
    shutil.copytree(
        home / "built", data / "built", ignore=lambda _, names: [n for n in names if name not in n]
    )
    for folder in FOLDERS:
        for file in sorted((data / folder).rglob("*.csv")):
            _plant(file, planter, folder)
    _plant_settings(data / "rounds" / f"{name}.toml", planter)
    _plant_sheet(data / "example" / "parindex-2020.csv", planter)
    return data, planter, survey


def build_hostile(data: Path, planter: Planter, survey: pd.DataFrame, name: str) -> None:
    """The built tables of that folder, where WORKBENCH_DATA names it."""
    declared = read_round(name)
    check_reference_rows(declared)
    around = read_around(declared, published=True)
    of_survey = survey[~survey["survey_round"].isin(around.results["survey_round"])]
    results = arrange([planter.table(of_survey, ("source",)), planter.table(around.results, ("source",))])
    tables = {
        measures_file(name): describe_measures(read_framework(declared.framework, declared.year)),
        criteria_file(name): around.criteria,
        results_file(name): results,
    }
    for part, columns in RECORDS.items():
        path = training_files(name)[part]
        tables[path] = planter.table(pd.read_parquet(path), columns)
    for path, table in tables.items():
        made = json.loads(path.with_suffix(".json").read_text("utf-8"))
        inputs = {key: made[key] for key in ("data", "code", "version", "libraries")}
        write_tables({path: table}, inputs, {})


def _plant(file: Path, planter: Planter, folder: str) -> None:
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    plant = planter.sentence if folder == "wording" or file.name == "actions.csv" else planter.text
    for column in table:
        if TEXTS.fullmatch(column) and column not in LOOKED_UP:
            keep = table["key"].isin(SHEETS) if folder == "wording" else [False] * len(table)
            cells = zip(table[column], keep, strict=True)
            table[column] = [old if kept or not old.strip() else plant(old) for old, kept in cells]
            if folder == "places":  # whose reader refuses tabs and line breaks
                table[column] = [" ".join(new.split()) for new in table[column]]
    if folder == "wording":
        assert (table["vi"].map(placeholders) == table["en"].map(placeholders)).all()
    table.to_csv(file, index=False)


def _plant_settings(file: Path, planter: Planter) -> None:
    text = file.read_text("utf-8")
    for key in ("title_vi", "title_en", "source"):
        old = re.search(rf'(?m)^{key} = "(.*)"$', text)[1]
        text = text.replace(f'{key} = "{old}"', f"{key} = {json.dumps(planter.text(old))}")
    file.write_text(text, encoding="utf-8")


def _plant_sheet(file: Path, planter: Planter) -> None:
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    planter.table(table, SHEET).to_csv(file, index=False)
