"""A round's name -> its built files: respondents, indicators, results, measures, each with its inputs.

file -> respondents -> indicators -> estimates -> results. A stage is built again only when something
it depends on (data, rows, code, library versions) has changed. Files are replaced whole or not at all.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.context.published import check_published, published_results, read_breaks
from analysis.errors import MissingFile
from analysis.estimates.build import build_estimates
from analysis.estimates.composites import composite_map
from analysis.estimates.results import arrange, check_results, measures_file, provenance_file, results_file
from analysis.estimates.sample import Sample
from analysis.findings import stop_on
from analysis.indicators.build import build_indicators
from analysis.indicators.framework import Framework, check_framework, read_framework
from analysis.places import check_places, read_places
from analysis.respondents.build import build_respondents
from analysis.respondents.codebook import check_codebook, read_codebook
from analysis.respondents.microdata import read_microdata
from analysis.rounds import Round, read_round

_CODE = ("errors.py", "paths.py", "pipeline.py", "places.py", "rounds.py")
_CODE += ("respondents", "indicators", "estimates", "context")
_LIBRARIES = ("numpy", "pandas", "scipy", "pyreadstat")


@dataclass(frozen=True)
class Built:
    """What a build left behind, and whether anything had to be made again."""

    survey_round: Round
    results: Path
    fresh: bool


def build_round(name: str, force: bool = False) -> Built:
    """Build one round's results from its file, or find them up to date.

    Parameters
    ----------
    name : str
        A round of `data/rounds/`.
    force : bool
        Build again even where nothing changed.

    Raises
    ------
    WorkbenchError
        Whatever the stages find wrong; files built before are left as they were.
    """
    survey_round = read_round(name)
    previous = read_round(survey_round.previous) if survey_round.previous else None
    inputs = _inputs(survey_round, previous)
    if not force and _up_to_date(survey_round, inputs):
        return Built(survey_round, results_file(name), fresh=False)
    check_reference_rows(survey_round)
    sample, respondents = prepare_with_respondents(survey_round)
    districts = read_places().districts_of(survey_round.province)
    rows = build_estimates(sample, districts, prepare(previous) if previous else None, read_breaks())
    results = arrange([rows, published_results(survey_round.province)])
    stop_on(check_results(results))
    tables = {
        results_file(name): results,
        measures_file(name): describe_measures(sample.framework),
        paths.built_folder() / f"{name}.respondents.parquet": respondents,
        paths.built_folder() / f"{name}.indicators.parquet": sample.indicators,
    }
    for path, table in tables.items():
        write_table(path, table, inputs)
    return Built(survey_round, results_file(name), fresh=True)


def prepare(survey_round: Round) -> Sample:
    """Read, check and turn one round's file into indicators ready to be estimated."""
    return prepare_with_respondents(survey_round)[0]


def prepare_with_respondents(survey_round: Round) -> tuple[Sample, pd.DataFrame]:
    """The round's sample and the respondents it was made from."""
    framework = read_framework(survey_round.framework, survey_round.year)
    codebook = read_codebook(survey_round.codebook)
    respondents = _respondents(survey_round)
    indicators = build_indicators(respondents, framework, survey_round, codebook)
    return Sample(survey_round, framework, indicators), respondents


def _respondents(survey_round: Round) -> pd.DataFrame:
    places = read_places()
    return build_respondents(
        read_microdata(survey_round.data_file),
        survey_round,
        read_codebook(survey_round.codebook),
        places.districts_of(survey_round.province),
        places.communes_of(survey_round.province),
    )


def check_reference_rows(survey_round: Round) -> None:
    """Stop on any fault in the committed rows that this round uses.

    Raises
    ------
    BadRows
    """
    codebook = read_codebook(survey_round.codebook)
    framework = read_framework(survey_round.framework, survey_round.year)
    stop_on(check_places(read_places()))
    stop_on(check_codebook(codebook))
    stop_on(check_framework(framework, codebook))
    stop_on(check_published())


def describe_measures(framework: Framework) -> pd.DataFrame:
    """The dictionary of a round's measures: names, bounds, unit, direction, parent."""
    composites = composite_map(framework)
    subs = framework.sub_dimensions.assign(
        measure=framework.sub_dimensions["sub_dimension"], parent=framework.sub_dimensions["dimension"]
    )
    dims = framework.dimensions.assign(measure=framework.dimensions["dimension"], parent="PAPI")
    total = pd.DataFrame(
        [{"measure": "PAPI", "parent": "", "name_vi": "Tổng điểm", "name_en": "Total score"}]
    )
    scores = pd.concat([total, dims, subs], ignore_index=True)
    scores["measure_kind"] = scores["measure"].map(composites.kinds)
    scores[["minimum", "maximum"]] = composites.bounds.loc[
        scores["measure"], ["minimum", "maximum"]
    ].to_numpy()
    scores = scores.assign(direction="higher", unit="score")
    indicators = framework.indicators.assign(
        measure=framework.indicators["indicator"],
        parent=framework.indicators["sub_dimension"],
        measure_kind="indicator",
    )
    columns = [
        "measure",
        "measure_kind",
        "parent",
        "name_vi",
        "name_en",
        "minimum",
        "maximum",
        "direction",
        "unit",
    ]
    return pd.concat([scores, indicators], ignore_index=True)[columns]


def _inputs(survey_round: Round, previous: Round | None) -> dict:
    """Everything the results depend on, with hashes."""
    rounds = [survey_round] + ([previous] if previous else [])
    for one in rounds:
        if not one.data_file.is_file():
            raise MissingFile(
                f'The data file of round "{one.survey_round}" is not there.',
                vi=f'Không tìm thấy tệp dữ liệu của vòng "{one.survey_round}"; hãy chép tệp vào đúng chỗ.',
                where=paths.short(one.data_file),
                expected=f"the file named in {paths.short(one.settings_file)}",
                hint="Put the file there, or correct `file` in the round's settings.",
            )
    rows = [paths.rows_folder("codebook") / one.codebook for one in rounds]
    rows += [paths.rows_folder("framework") / one.framework for one in rounds]
    rows += [paths.rows_folder("places"), paths.rows_folder("published")]
    files = {one.settings_file for one in rounds} | {f for folder in rows for f in folder.glob("*.csv")}
    code = [f for part in _CODE for f in _python_files(Path(__file__).parent / part)]
    return {
        "data": {one.data_file.name: sha256(one.data_file) for one in rounds},
        "rules": _digest(sorted(files)),
        "code": _digest([*code, *sorted(files)]),
        "version": version(),
        "libraries": {name: importlib.metadata.version(name) for name in _LIBRARIES},
    }


def _python_files(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def version() -> str:
    """The installed version of this project."""
    return f"papi-workbench {importlib.metadata.version('papi-workbench')}"


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _digest(files: list[Path]) -> str:
    total = hashlib.sha256()
    for file in files:
        total.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()


def _up_to_date(survey_round: Round, inputs: dict) -> bool:
    sidecar = provenance_file(survey_round.survey_round)
    files = (results_file(survey_round.survey_round), measures_file(survey_round.survey_round))
    if not sidecar.is_file() or not all(file.is_file() for file in files):
        return False
    try:
        made = json.loads(sidecar.read_text(encoding="utf-8"))
    except ValueError:
        return False
    return {key: made.get(key) for key in inputs} == inputs


def write_table(path: Path, table: pd.DataFrame, inputs: dict) -> Path:
    """Write a built table and its sidecar of inputs; both appear whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + f".{os.getpid()}.part")
    table.to_parquet(part, index=False)
    about = {
        "file": path.name,
        "sha256": sha256(part),
        "row_count": len(table),
        "columns": len(table.columns),
        **inputs,
    }
    sidecar = path.with_suffix(".json")
    sidecar_part = sidecar.with_name(sidecar.name + f".{os.getpid()}.part")
    sidecar_part.write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sidecar.unlink(missing_ok=True)  # a table without its sidecar counts as not built
    part.replace(path)
    sidecar_part.replace(sidecar)
    return path
