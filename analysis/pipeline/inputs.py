"""A round -> everything its results depend on, with hashes, and the files they are built into."""

from __future__ import annotations

from pathlib import Path

from analysis import paths
from analysis.built import NO_NUMBERS, code_files, digest, is_whole, library_versions, sha256, version
from analysis.built_findings import findings_file
from analysis.context.around import context_files
from analysis.context.built_criteria import criteria_file
from analysis.context.checks import CONTEXT_ROWS
from analysis.errors import MissingFile
from analysis.estimates.design_summary import design_file
from analysis.estimates.results import measures_file, results_file
from analysis.pipeline.stages import with_previous
from analysis.places.rows import places_folder
from analysis.respondents.corrections import corrections_file
from analysis.rounds import Round

_LIBRARIES = ("numpy", "openpyxl", "pandas", "scipy", "pyreadstat")


def inputs_of(survey_round: Round, previous: Round | None) -> dict:
    """Everything the results depend on, with hashes."""
    rounds = with_previous(survey_round, previous)
    for one in rounds:
        if not one.data_file.is_file():
            raise MissingFile(
                f'The data file of round "{one.survey_round}" is not there.',
                vi=f'Không tìm thấy tệp dữ liệu của vòng "{one.survey_round}"; hãy chép tệp vào đúng chỗ.',
                where=paths.short(one.data_file),
                expected=f"the file named in {paths.short(one.settings_file)}",
                hint="Put the file there, or correct `file` in the round's settings.",
            )
    files = {file for group in rule_files(survey_round, previous).values() for file in group}
    around = context_files(survey_round)
    same_name = len({one.data_file.name for one in rounds}) < len(rounds)
    return {
        "data": {one.file if same_name else one.data_file.name: sha256(one.data_file) for one in rounds}
        | {path.name: sha256(path) for path in around.values()},
        "rules": digest(sorted(files)),
        "code": digest([*analysis_code(), *sorted(files)]),
        "version": version(),
        "libraries": library_versions(_LIBRARIES),
    }


def rule_files(survey_round: Round, previous: Round | None) -> dict[str, list[Path]]:
    """The files of rows that a round's results follow, by what they decide: settings, codebook, places, …"""
    rounds = with_previous(survey_round, previous)
    folders = {
        "codebook": [paths.rows_folder("codebook", one.codebook) for one in rounds],
        "framework": [paths.rows_folder("framework", one.framework) for one in rounds],
        "places": [paths.rows_folder("places"), *(places_folder(one.places) for one in rounds if one.places)],
        **{name: [paths.rows_folder(name)] for name in CONTEXT_ROWS},
    }
    groups = {name: {file for one in inside for file in _row_files(one)} for name, inside in folders.items()}
    groups["settings"] = {one.settings_file for one in rounds}
    corrected = (corrections_file(one.survey_round) for one in rounds)
    groups["corrections"] = {file for file in corrected if file.is_file()}
    return {name: sorted(files) for name, files in groups.items()}


def _row_files(folder: Path) -> list[Path]:
    return [*folder.glob("*.csv"), *folder.glob("*.toml")]


def analysis_code() -> list[Path]:
    """Every module of analysis/ that a number may depend on."""
    return code_files(Path(__file__).parents[1], NO_NUMBERS)


def built_files(name: str) -> list[Path]:
    """The tables of a round in the order they are put in place, the results last."""
    parts = [paths.built_folder() / f"{name}.{part}.parquet" for part in ("respondents", "indicators")]
    return [
        *parts,
        findings_file(name),
        measures_file(name),
        criteria_file(name),
        design_file(name),
        results_file(name),
    ]


def is_up_to_date(name: str, inputs: dict) -> bool:
    """Whether every table is the one its sidecar tells of, and was made of these inputs."""
    return all(is_whole(path, inputs) for path in built_files(name))
