"""What the pages of a run are made from -> what the manifest says of them all: inputs, rules, versions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from analysis import paths
from analysis.batch.keys.parts import rules_of
from analysis.batch.keys.rule_rows import rule_rows
from analysis.batch.keys.surroundings import code_files, libraries, lock_digest, python_version
from analysis.briefing.pack import RoundPage
from analysis.built import digest_parts, sha256
from analysis.context.built_training import names_training, training_provenance


def round_facts(about: RoundPage) -> dict[str, object]:
    """Of a round's packs and pages."""
    beside = {}
    if names_training(about.survey_round):
        beside = {"training": training_provenance(about.survey_round.survey_round)}
    return run_facts(about.provenance, rules_of(about.survey_round, about.previous)) | beside


def run_facts(results: dict[str, object], rules: Iterable[Path]) -> dict[str, object]:
    """The manifest's content besides its pages and what they are about.

    Parameters
    ----------
    results : dict
        The sidecar of the results that the pages are made from.
    rules : iterable of Path
        The files of rows behind them.

    Notes
    -----
    `seeds` is empty: no page and no result of the pipeline draws a random number (those that analysts can ask
    for in JupyterLab take a seed of their own), so that there is none to be noted.
    """
    files = sorted(rules)
    return {
        "program": results["version"],
        "code": digest_parts(code_files()),
        "lock": lock_digest(),
        "python": python_version(),
        "libraries": libraries(),
        "seeds": {},
        "results": results,
        "rules": {paths.short(file): sha256(file) for file in files},
        "rule_rows": {paths.short(file): rule_rows(file) for file in files},
    }
