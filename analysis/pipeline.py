"""A round's name -> its built files with their inputs: respondents, indicators, measures, design, results.

file -> respondents -> indicators -> estimates -> results. A round is built again only when something
it depends on (data, rows, code, library versions) or a built file itself has changed.
"""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.built import check_folder, digest, is_whole, sha256, write_tables
from analysis.context.published import BREAK_COLUMNS, check_published, published_results
from analysis.errors import MissingFile, WorkbenchError
from analysis.estimates.build import build_estimates
from analysis.estimates.composites import composite_map
from analysis.estimates.design_summary import DISTRICT, MAIN, design_file, summarise_design
from analysis.estimates.results import arrange, check_results, measures_file, provenance_file, results_file
from analysis.estimates.sample import Sample
from analysis.findings import finding_of, findings_table, notes_of, stop_on
from analysis.indicators.build import build_indicators
from analysis.indicators.framework import Framework, check_framework, read_framework
from analysis.places import check_places, read_places
from analysis.respondents.build import build_respondents
from analysis.respondents.checks import check_respondents
from analysis.respondents.codebook import check_codebook, read_codebook
from analysis.respondents.microdata import Microdata, read_microdata
from analysis.rounds import Round, read_previous, read_round
from analysis.rows import read_rows

#: Parts of analysis/ that no number depends on; everything else is in the code's hash.
_NOT_HASHED = ("batch", "briefing", "cli.py", "explore")
_LIBRARIES = ("numpy", "pandas", "scipy", "pyreadstat")


@dataclass(frozen=True)
class Built:
    """What a build left behind, whether anything had to be made again, and what to know about it.

    `notes` are the findings of kind `note` of the round's file and of the one compared with.
    """

    survey_round: Round
    results: Path
    fresh: bool
    notes: tuple[dict[str, str], ...] = ()


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
    previous = read_previous(survey_round)
    inputs = _inputs(survey_round, previous)
    if not force and _up_to_date(name, inputs):
        return Built(survey_round, results_file(name), fresh=False, notes=read_notes(name))
    check_folder(paths.built_folder())
    check_reference_rows(*_both(survey_round, previous))
    sample, respondents, notes = _prepare(survey_round)
    before, notes_before = None, []
    if previous:
        before, _, notes_before = _prepare(previous)
    districts = read_places().districts_of(survey_round.province)
    rows = build_estimates(sample, districts, before, _breaks(survey_round))
    results = arrange([rows, published_results(survey_round.province)])
    stop_on(check_results(results))
    measures = describe_measures(sample.framework)
    tables = (respondents, sample.indicators, measures, _describe_design(sample), results)
    notes = [*notes, *notes_before]
    write_tables(dict(zip(built_files(name), tables, strict=True)), inputs, {"notes": notes})
    return Built(survey_round, results_file(name), fresh=True, notes=tuple(notes))


def prepare(survey_round: Round) -> Sample:
    """Read, check and turn one round's file into indicators ready to be estimated."""
    return _prepare(survey_round)[0]


def prepare_with_respondents(survey_round: Round) -> tuple[Sample, pd.DataFrame]:
    """The round's sample and the respondents it was made from."""
    return _prepare(survey_round)[:2]


def _prepare(survey_round: Round) -> tuple[Sample, pd.DataFrame, list[dict[str, str]]]:
    """The sample, the respondents, and the notes about the file."""
    framework = read_framework(survey_round.framework, survey_round.year)
    codebook = read_codebook(survey_round.codebook)
    microdata, findings = _open_file(survey_round)
    stop_on(findings)
    districts, communes = _places_of(survey_round)
    respondents = build_respondents(microdata, survey_round, codebook, districts, communes)
    indicators = build_indicators(respondents, framework, survey_round, codebook)
    return Sample(survey_round, framework, indicators), respondents, notes_of(findings)


def _open_file(survey_round: Round) -> tuple[Microdata, pd.DataFrame]:
    """The round's file as stored, and what does not fit in it."""
    microdata = read_microdata(survey_round.data_file)
    codebook = read_codebook(survey_round.codebook)
    return microdata, check_respondents(microdata.table, survey_round, codebook, *_places_of(survey_round))


def _places_of(survey_round: Round) -> tuple[list[str], dict[str, str]]:
    places = read_places()
    return places.districts_of(survey_round.province), places.communes_of(survey_round.province)


def _both(survey_round: Round, previous: Round | None) -> list[Round]:
    return [survey_round, previous] if previous else [survey_round]


def check_round(name: str) -> pd.DataFrame:
    """Everything that the checks find about a round and the one it is compared with; changes nothing.

    Raises
    ------
    UnknownName
        There is no such round.
    BadRows
        The round's settings cannot be read: nothing else can be checked.
    """
    survey_round = read_round(name)
    found: list[pd.DataFrame] = []
    try:
        rounds = _both(survey_round, read_previous(survey_round))
    except WorkbenchError as fault:
        found.append(findings_table([finding_of(fault)]))
        rounds = [survey_round]
    for one in rounds:
        steps = [*_reference_checks(one), lambda one=one: _open_file(one)[1]]
        own = [_findings_of(step) for step in steps]
        if not any((findings["kind"] == "stop").any() for findings in own):
            own.append(_findings_of(partial(_check_designs, one)))
        found += own
    return pd.concat(found, ignore_index=True).drop_duplicates(ignore_index=True)


def _findings_of(step: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """What a check finds; an error it raises is one more finding."""
    try:
        return step()
    except WorkbenchError as fault:
        return findings_table([finding_of(fault)])


def _check_designs(survey_round: Round) -> pd.DataFrame:
    """What only building shows: variables that indicators need, designs that cannot be estimated."""
    sample = prepare(survey_round)
    for design in ("main_design", "district_design"):
        getattr(sample, design)  # made on first use
    return findings_table([])


def check_reference_rows(*rounds: Round) -> None:
    """Stop on any fault in the committed rows that these rounds use.

    Raises
    ------
    BadRows
    """
    for one in rounds:
        for check in _reference_checks(one):
            stop_on(check())


def _reference_checks(survey_round: Round) -> list[Callable[[], pd.DataFrame]]:
    def codebook_rows() -> pd.DataFrame:
        return check_codebook(read_codebook(survey_round.codebook))

    def framework_rows() -> pd.DataFrame:
        framework = read_framework(survey_round.framework, survey_round.year)
        return check_framework(framework, read_codebook(survey_round.codebook))

    return [lambda: check_places(read_places()), codebook_rows, framework_rows, check_published]


def _breaks(survey_round: Round) -> pd.DataFrame:
    """The breaks in the series of the round's own framework."""
    path = paths.rows_folder("framework") / survey_round.framework / "breaks.csv"
    return read_rows(path, BREAK_COLUMNS).astype({"year": int})


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
        "status",
    ]
    return pd.concat([scores, indicators], ignore_index=True)[columns]


def _describe_design(sample: Sample) -> pd.DataFrame:
    """How the round's sample was drawn; its second design only where it declares one."""
    designs = {MAIN: sample.main_design}
    if sample.district_design is not sample.main_design:
        designs[DISTRICT] = sample.district_design
    return summarise_design(sample.survey_round.survey_round, designs)


def _inputs(survey_round: Round, previous: Round | None) -> dict:
    """Everything the results depend on, with hashes."""
    rounds = _both(survey_round, previous)
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
    same_name = len({one.data_file.name for one in rounds}) < len(rounds)
    return {
        "data": {one.file if same_name else one.data_file.name: sha256(one.data_file) for one in rounds},
        "rules": digest(sorted(files)),
        "code": digest([*_code_files(), *sorted(files)]),
        "version": version(),
        "libraries": {name: importlib.metadata.version(name) for name in _LIBRARIES},
    }


def _code_files() -> list[Path]:
    """Every module of analysis/ that a number may depend on."""
    folder = Path(__file__).parent
    files = sorted(folder.rglob("*.py"))
    return [file for file in files if file.relative_to(folder).parts[0] not in _NOT_HASHED]


def version() -> str:
    """The installed version of this project."""
    return f"papi-workbench {importlib.metadata.version('papi-workbench')}"


def built_files(name: str) -> list[Path]:
    """The tables of a round in the order they are put in place, the results last."""
    parts = [paths.built_folder() / f"{name}.{part}.parquet" for part in ("respondents", "indicators")]
    return [*parts, measures_file(name), design_file(name), results_file(name)]


def _up_to_date(name: str, inputs: dict) -> bool:
    """Whether every table is the one its sidecar tells of, and was made of these inputs."""
    return all(is_whole(path, inputs) for path in built_files(name))


def read_notes(name: str) -> tuple[dict[str, str], ...]:
    """The notes that a built round's sidecar keeps; none where it has not been built."""
    try:
        made = json.loads(provenance_file(name).read_text(encoding="utf-8"))
        return tuple(made.get("notes", ()))
    except (OSError, ValueError):
        return ()
