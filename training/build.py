"""Training records of a round, or imported ones -> built rows of the results table, beside the round's own.

Built again only when records, rules, code, libraries or a built file itself have changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.built import (
    NO_NUMBERS,
    check_folder,
    code_files,
    digest,
    is_whole,
    library_versions,
    version,
    write_tables,
)
from analysis.built_findings import arrange_findings, notes_in
from analysis.context.built_training import CLASSES, FINDINGS, NAMES, ROWS, training_files, training_rules
from analysis.estimates import quality
from analysis.estimates.results import read_results
from analysis.findings import join_findings, stop_on
from analysis.rounds import Round, read_round
from training.described import describe_classes, describe_names
from training.records.store.stored import known_names
from training.results import build_all_years, check_measures
from training.sources import (
    Source,
    SourceRead,
    read_source,
    source_of_imports,
    source_of_round,
    stop_without_classes,
)

PROVINCE = "91"
_LIBRARIES = ("numpy", "openpyxl", "pandas", "scipy", "statsmodels")


@dataclass(frozen=True)
class Built:
    """What a build left behind.

    Attributes
    ----------
    source : str
        A round, or imports' names.
    results : Path
    fresh : bool
        Whether anything had to be made again.
    notes : tuple of dict
        Findings of kind note.
    """

    source: str
    results: Path
    fresh: bool
    notes: tuple[dict[str, object], ...] = ()


def build_training(survey_round: str, force: bool = False) -> Built | None:
    """Build the training results of a round whose survey results are built, or find them up to date.

    Parameters
    ----------
    survey_round : str
    force : bool
        Build again even where nothing changed.

    Returns
    -------
    Built or None
        None where the round names no records; what an earlier setting left is removed then.

    Raises
    ------
    WorkbenchError
        Whatever is wrong with the records; files built before are left as they were.
    """
    declared = read_round(survey_round)
    source = source_of_round(declared)
    if source is None:
        _forget(survey_round)
        return None
    return _build(source, declared.province, sampled_districts(declared), force)


def build_imports(names: str, force: bool = False) -> Built:
    """Build the results of imported records that stand for themselves.

    Parameters
    ----------
    names : str
        Joined by "+".

    Raises
    ------
    WorkbenchError
        As for `build_training`.
    """
    return _build(source_of_imports(names), PROVINCE, None, force)


def _build(source: Source, province: str, sampled: list[str] | None, force: bool) -> Built:
    if source.imports:
        known_names(source.imports)
    files = training_files(source.name)
    inputs = inputs_of(source, province, sampled)
    if not force and all(is_whole(path, inputs) for path in files.values()):
        return Built(source.name, files[ROWS], fresh=False, notes=read_notes(source.name))
    check_folder(paths.built_folder())
    read = read_source(source)
    stop_on(read.findings)
    stop_without_classes(read.records, source)
    found = arrange_findings({source.name: join_findings([read.findings, check_measures(read.records)])})
    rows = build_all_years(read.records, province, sampled=sampled)
    tables = {
        files[FINDINGS]: found,
        files[CLASSES]: describe_classes(read.records),
        files[NAMES]: describe_names(read.records),
        files[ROWS]: rows,
    }
    write_tables(tables, inputs, {})
    return Built(source.name, files[ROWS], fresh=True, notes=notes_in(found))


def inputs_of(source: Source, province: str, sampled: list[str] | None) -> dict[str, object]:
    """Everything the results depend on, with hashes."""
    rows = [*training_rules(), *sorted(paths.rows_folder("places").glob("*.csv"))]
    code = [
        *code_files(Path(paths.__file__).parent, NO_NUMBERS),
        *code_files(Path(__file__).parent, ("sections",)),
    ]
    return {
        "data": source.hashes,
        "raw": source.raw,
        "province": province,
        "sampled": sampled,
        "rules": digest(rows),
        "code": digest([*code, *rows]),
        "version": version(),
        "libraries": library_versions(_LIBRARIES),
    }


def sampled_districts(survey_round: Round) -> list[str]:
    """Districts of which the round's survey has a figure of its own.

    Raises
    ------
    MissingFile
        The round has not been built.
    """
    rows = read_results(survey_round.survey_round)
    own = rows[(rows["survey_round"] == survey_round.survey_round) & (rows["place_kind"] == "district")]
    return sorted(set(own.loc[own["quality"] != quality.NOT_SAMPLED, "place"]))


def read_notes(source: str) -> tuple[dict[str, object], ...]:
    """The notes of a build; none where nothing has been built."""
    path = training_files(source)[FINDINGS]
    return notes_in(pd.read_parquet(path)) if path.is_file() else ()


def check_training(survey_round: str) -> SourceRead | None:
    """What the checks find in the records that a round names; None where it names none. Changes nothing.

    Raises
    ------
    MissingFile, UnreadableFile, BadRows
        A file is not there or cannot be read.
    """
    source = source_of_round(read_round(survey_round))
    if source is None:
        return None
    read = read_source(source)
    if (read.findings["kind"] == "stop").any():
        return read
    found = join_findings([read.findings, check_measures(read.records)])
    return SourceRead(read.records, found, read.tables, read.hidden)


def _forget(survey_round: str) -> None:
    """Remove what was built while the round named records: a page would show it."""
    for path in training_files(survey_round).values():
        path.unlink(missing_ok=True)
        path.with_suffix(".json").unlink(missing_ok=True)
