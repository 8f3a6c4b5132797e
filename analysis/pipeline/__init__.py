"""A round's name -> its built files with their inputs, and what was found on the way."""

from analysis.built import sha256, version
from analysis.pipeline.build import Built, build_round, read_notes
from analysis.pipeline.checks import check_reference_rows, check_round, check_round_with_tables
from analysis.pipeline.inputs import built_files, rule_files
from analysis.pipeline.stages import prepare, prepare_with_respondents

__all__ = [
    "Built",
    "build_round",
    "built_files",
    "check_reference_rows",
    "check_round",
    "check_round_with_tables",
    "prepare",
    "prepare_with_respondents",
    "read_notes",
    "rule_files",
    "sha256",
    "version",
]
