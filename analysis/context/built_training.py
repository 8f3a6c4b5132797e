"""Training results as built beside a round, or of imported records alone -> tables for pages.

`training.build` makes them; `analysis` never imports it. The rows have the columns of the one results table;
beside them stand what the classes are and what the codes of the rows are called. No table holds a person.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import paths
from analysis.built import digest
from analysis.errors import MissingFile, UnknownName, shown
from analysis.estimates.results import check_results
from analysis.findings import stop_on
from analysis.rounds import Round, read_round, round_names

ROWS, CLASSES, NAMES, FINDINGS = "training", "training-classes", "training-names", "training-findings"
#: The tables of one build in the order they are put in place, the rows last.
PARTS = (FINDINGS, CLASSES, NAMES, ROWS)
#: Stands among a class's districts for people of the province's own offices.
PROVINCE_OFFICES = "province"
#: Between the names of several imports that are looked at together.
AND = "+"
_YEAR = re.compile(r"training-(\d{4})")


@dataclass(frozen=True, eq=False)
class BuiltTraining:
    """One build.

    Attributes
    ----------
    source : str
        A round, or the name of imported records ("a+b" for several).
    rows : DataFrame in the columns of `estimates.results.COLUMNS`
        `survey_round` is "training-2021".
    classes : DataFrame
        One row a class: class_id, course, topic, year, start, end, decision, venue, host, budget_source,
        periods, planned, sessions, districts (codes, joined by blanks), lecturers ("GV01:internal", joined
        by blanks), simulated.
    names : DataFrame
        kind, code, parent, rule, vi, en: what courses, items, options, objectives, lessons, indicators and
        criteria are called.
    provenance : dict
        The sidecar of the rows: inputs with their hashes.
    """

    source: str
    rows: pd.DataFrame
    classes: pd.DataFrame
    names: pd.DataFrame
    provenance: dict[str, Any] = field(hash=False)

    @property
    def years(self) -> list[int]:
        """The years in which classes ended."""
        return sorted({int(year) for year in self.classes["year"]})

    @property
    def is_simulated(self) -> bool:
        return bool(self.classes["simulated"].any())

    def of_year(self, year: int) -> pd.DataFrame:
        """The rows of one year."""
        return self.rows[self.rows["survey_round"] == f"training-{year}"]


def year_of(survey_round: str) -> int | None:
    """The year of a training row's `survey_round`; None of any other row's.

    Examples
    --------
    >>> year_of("training-2021"), year_of("example-2021")
    (2021, None)
    """
    match = _YEAR.fullmatch(survey_round)
    return int(match[1]) if match else None


def is_round(source: str) -> bool:
    """Whether a source is a round's name; a round goes before imported records of the same name."""
    return source in round_names()


def training_files(source: str) -> dict[str, Path]:
    """Part -> where it is built."""
    folder = paths.built_folder()
    if is_round(source):
        return {part: folder / f"{source}.{part}.parquet" for part in PARTS}
    return {part: folder / "training" / source / f"{part}.parquet" for part in PARTS}


def names_training(survey_round: Round) -> bool:
    """Whether a round names records of training."""
    return bool(survey_round.context.training)


def read_training(source: str) -> BuiltTraining:
    """The training results of a round or of imported records.

    Raises
    ------
    UnknownName
        It is neither a round nor an import's name.
    MissingFile
        They have not been built, or the round names no records.
    BadRows
        Rows break the rules of the results table.
    """
    if is_round(source) and not names_training(read_round(source)):
        raise _names_none(source)
    files = training_files(source)
    if not all(path.is_file() for path in (*files.values(), files[ROWS].with_suffix(".json"))):
        raise _not_built(source, files[ROWS])
    stamps = tuple(path.stat().st_mtime_ns for path in files.values())
    return _read(source, tuple(sorted(files.items())), stamps)


@cache
def _read(source: str, files: tuple[tuple[str, Path], ...], stamps: tuple[int, ...]) -> BuiltTraining:
    path = dict(files)
    rows = pd.read_parquet(path[ROWS])
    stop_on(check_results(rows))
    provenance = json.loads(path[ROWS].with_suffix(".json").read_text(encoding="utf-8"))
    return BuiltTraining(
        source, rows, pd.read_parquet(path[CLASSES]), pd.read_parquet(path[NAMES]), provenance
    )


def training_sha256(source: str) -> str:
    """One hash of all built tables that pages show training from; "" where they are not built."""
    files = training_files(source)
    shown = [files[part] for part in (CLASSES, NAMES, ROWS)]
    return digest(shown) if all(path.is_file() for path in shown) else ""


def training_provenance(source: str) -> dict[str, Any]:
    """The sidecar of the training rows: inputs with their hashes; empty where they are not built."""
    sidecar = training_files(source)[ROWS].with_suffix(".json")
    return json.loads(sidecar.read_text(encoding="utf-8")) if sidecar.is_file() else {}


def training_rules() -> list[Path]:
    """The files of rows that training results follow beside the places': forms, quotas, question bank, …"""
    folders = [paths.rows_folder("training"), paths.bank_folder()]
    rows = [file for folder in folders for file in sorted(folder.glob("*.csv"))]
    return [*rows, *sorted(paths.rows_files("schemas", "training_*.csv").values())]


def _names_none(source: str) -> MissingFile:
    return MissingFile(
        f'Round "{source}" names no training records.',
        vi=f'Vòng "{source}" chưa khai hồ sơ bồi dưỡng. Hãy ghi ở mục [context], khóa training.',
        where=paths.short(read_round(source).settings_file),
        expected='[context] training = ["raw/training-2021.xlsx"]',
        got="training = []",
        hint="Name the files, or the imported records, under [context].",
    )


def _not_built(source: str, path: Path) -> MissingFile | UnknownName:
    if is_round(source):
        command = f"workbench build --round {source}"
    elif (paths.built_folder() / "training" / source.split(AND)[0]).is_dir():
        command = f"workbench training report --records {source} --all"
    else:
        inner = paths.built_folder() / "training"
        there = sorted(one.name for one in inner.iterdir()) if inner.is_dir() else []
        return UnknownName(
            f'"{source}" is neither a round nor the name of imported training records.',
            vi=f'"{source}" không phải là vòng khảo sát hay tên hồ sơ bồi dưỡng đã nhập.',
            expected=shown([*round_names(), *there]),
            got=source,
            hint="workbench rounds lists the rounds; workbench training import FILE.xlsx imports records.",
        )
    return MissingFile(
        f'The training results of "{source}" have not been built.',
        vi=f'Kết quả bồi dưỡng của "{source}" chưa được dựng. Hãy chạy: {command}',
        where=paths.short(path),
        hint=command,
    )
