"""A round's name -> its built files with their inputs: respondents to results, and what was found on the way.

file -> respondents -> indicators -> estimates -> results. A round is built again only when something
it depends on (data, rows, code, library versions) or a built file itself has changed.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.built import check_folder, digest, is_whole, sha256, write_tables
from analysis.built_findings import arrange_findings, findings_file, notes_in, read_built_findings
from analysis.context.breaks import read_breaks
from analysis.context.published import check_published, published_of_round
from analysis.errors import MissingFile, WorkbenchError
from analysis.estimates.build import build_estimates
from analysis.estimates.design_summary import DISTRICT, MAIN, design_file, summarise_design
from analysis.estimates.measures import describe_measures
from analysis.estimates.results import arrange, check_results, measures_file, results_file
from analysis.estimates.sample import Sample
from analysis.findings import Finding, finding_of, findings_table, stop_on
from analysis.indicators.build import build_indicators
from analysis.indicators.framework import check_framework, read_framework
from analysis.intake.file_checks.checked_file import Checked
from analysis.places import check_places, read_places
from analysis.places.rows import places_folder
from analysis.respondents.build import build_respondents
from analysis.respondents.codebook import check_codebook, read_codebook
from analysis.respondents.corrections import corrections_file
from analysis.respondents.opening import OpenedFile, open_file
from analysis.rounds import Round, read_previous, read_round

#: Parts of analysis/ that no number depends on; everything else is in the code's hash.
_NOT_HASHED = ("batch", "briefing", "cli.py", "commands", "explore", "scaffold")
_LIBRARIES = ("numpy", "openpyxl", "pandas", "scipy", "pyreadstat")


@dataclass(frozen=True)
class Built:
    """What a build left behind, whether anything had to be made again, and what to know about it.

    `notes` are the findings of kind `note` of the round's file and of the one compared with.
    """

    survey_round: Round
    results: Path
    fresh: bool
    notes: tuple[dict[str, object], ...] = ()


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
    own = _prepare(survey_round)
    before = _prepare(previous) if previous else None
    sample = own.sample
    districts = read_places(folder=survey_round.places).districts_of(survey_round.province)
    breaks = read_breaks(survey_round.framework)
    rows = build_estimates(sample, districts, before.sample if before else None, breaks)
    published = [published_of_round(survey_round)] if sample.framework.settings.published else []
    results = arrange([rows, *published])
    stop_on(check_results(results))
    measures, design = describe_measures(sample.framework), _describe_design(sample)
    both = [one for one in (own, before) if one]
    found = arrange_findings({one.sample.survey_round.survey_round: one.opened.findings for one in both})
    tables = (own.respondents, sample.indicators, found, measures, design, results)
    files = {one.sample.survey_round.survey_round: one.opened.facts for one in both}
    more = {findings_file(name): {"files": files}}
    write_tables(dict(zip(built_files(name), tables, strict=True)), inputs, more)
    return Built(survey_round, results_file(name), fresh=True, notes=notes_in(found))


def prepare(survey_round: Round) -> Sample:
    """Read, check and turn one round's file into indicators ready to be estimated."""
    return _prepare(survey_round).sample


def prepare_with_respondents(survey_round: Round) -> tuple[Sample, pd.DataFrame]:
    """The round's sample and the respondents it was made from."""
    prepared = _prepare(survey_round)
    return prepared.sample, prepared.respondents


@dataclass(frozen=True)
class _Prepared:
    """A round ready to be estimated, and the file that it was made from."""

    sample: Sample
    respondents: pd.DataFrame
    opened: OpenedFile


def _prepare(survey_round: Round, opened: OpenedFile | None = None) -> _Prepared:
    """The sample and the respondents of a round, from its file as opened already or now."""
    framework = read_framework(survey_round.framework, survey_round.year)
    codebook = read_codebook(survey_round.codebook)
    opened = opened or _open_file(survey_round)
    stop_on(opened.findings)
    places = read_places(folder=survey_round.places)
    codes = places.districts_of(survey_round.province), places.communes_of(survey_round.province)
    respondents = build_respondents(opened.microdata, survey_round, codebook, *codes, opened.findings)
    indicators = build_indicators(respondents, framework, survey_round, codebook)
    return _Prepared(Sample(survey_round, framework, indicators), respondents, opened)


def _open_file(survey_round: Round) -> OpenedFile:
    """The round's file as its codebook and places let it in, and what does not fit in it."""
    codebook = read_codebook(survey_round.codebook)
    return open_file(survey_round, codebook, read_places(folder=survey_round.places))


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
    return check_round_with_tables(name).findings


def check_round_with_tables(name: str) -> Checked:
    """The same with the files' raw tables, for a report that colours the cells.

    Raises
    ------
    UnknownName, BadRows
        As for `check_round`.
    """
    survey_round = read_round(name)
    found: list[pd.DataFrame] = [findings_table([])]
    try:
        rounds = _both(survey_round, read_previous(survey_round))
    except WorkbenchError as fault:
        found.append(findings_table([finding_of(fault)]))
        rounds = [survey_round]
    opened: list[OpenedFile] = []
    for one in rounds:
        own = [_findings_of(step) for step in _reference_checks(one)]
        own.append(_findings_of(partial(_check_file, one, opened)))
        if not any((findings["kind"] == "stop").any() for findings in own):
            own.append(_findings_of(partial(_check_designs, one, opened[-1])))
        found += own
    findings = pd.concat(found, ignore_index=True).drop_duplicates(ignore_index=True)
    hidden = dict.fromkeys(column for file in opened for column in file.hidden)
    return Checked(findings, [file.microdata.raw for file in opened], tuple(hidden))


def _check_file(survey_round: Round, opened: list[OpenedFile]) -> pd.DataFrame:
    """What is found about a round's file; the file itself joins those opened."""
    opened.append(_open_file(survey_round))
    return opened[-1].findings


def _findings_of(step: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """What a check finds; an error it raises is one more finding."""
    try:
        return step()
    except WorkbenchError as fault:
        return findings_table([finding_of(fault)])


def _check_designs(survey_round: Round, opened: OpenedFile) -> pd.DataFrame:
    """What only building shows: variables that indicators need, designs that cannot be estimated."""
    sample = _prepare(survey_round, opened).sample
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

    def published_rows() -> pd.DataFrame:
        settings = read_framework(survey_round.framework, survey_round.year).settings
        return check_published() if settings.published else findings_table([])

    def places_rows() -> pd.DataFrame:
        return check_places(read_places(folder=survey_round.places))

    return [places_rows, codebook_rows, framework_rows, published_rows, lambda: _check_words(survey_round)]


def _check_words(survey_round: Round) -> pd.DataFrame:
    """A note where pages about other places would bear the default's letterhead and words."""
    if not survey_round.places or survey_round.wording:
        return findings_table([])
    note = Finding(
        "default_wording",
        "The round has places of its own, and its pages would bear the default's words and letterhead.",
        "Vòng này dùng địa bàn riêng nhưng các trang sẽ mang tiêu đề và câu chữ mặc định "
        '(PAPI, tỉnh Kiên Giang). Hãy ghi wording = "general" hoặc tạo câu chữ riêng.',
        where=paths.short(survey_round.settings_file),
        expected='wording = "general", or a folder of data/wording',
        got='wording = ""',
        hint='data/README.md, "Another survey", says how.',
        kind="note",
    )
    return findings_table([note])


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
    rows = [paths.rows_folder("codebook", one.codebook) for one in rounds]
    rows += [paths.rows_folder("framework", one.framework) for one in rounds]
    rows += [paths.rows_folder("places"), paths.rows_folder("published")]
    rows += [places_folder(one.places) for one in rounds if one.places]
    files = {one.settings_file for one in rounds} | {f for folder in rows for f in _row_files(folder)}
    files |= {file for one in rounds if (file := corrections_file(one.survey_round)).is_file()}
    same_name = len({one.data_file.name for one in rounds}) < len(rounds)
    return {
        "data": {one.file if same_name else one.data_file.name: sha256(one.data_file) for one in rounds},
        "rules": digest(sorted(files)),
        "code": digest([*_code_files(), *sorted(files)]),
        "version": version(),
        "libraries": {name: importlib.metadata.version(name) for name in _LIBRARIES},
    }


def _row_files(folder: Path) -> list[Path]:
    return [*folder.glob("*.csv"), *folder.glob("*.toml")]


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
    return [*parts, findings_file(name), measures_file(name), design_file(name), results_file(name)]


def _up_to_date(name: str, inputs: dict) -> bool:
    """Whether every table is the one its sidecar tells of, and was made of these inputs."""
    return all(is_whole(path, inputs) for path in built_files(name))


def read_notes(name: str) -> tuple[dict[str, object], ...]:
    """The notes of a built round; none where it has not been built."""
    return notes_in(read_built_findings(name))
