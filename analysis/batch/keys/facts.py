"""A run's round -> what the manifest says of all its pages: inputs, rules, code, versions with hashes."""

from __future__ import annotations

from analysis import paths
from analysis.batch.keys.parts import rules_of
from analysis.batch.keys.rule_rows import rule_rows
from analysis.batch.keys.surroundings import code_files, libraries, lock_digest, python_version
from analysis.batch.targets import Target
from analysis.briefing.pack import RoundPage
from analysis.built import digest_parts, sha256


def run_facts(about: RoundPage, targets: list[Target]) -> dict[str, object]:
    """The manifest's content besides its pages.

    Parameters
    ----------
    targets : list of Target
        What the manifest lists.

    Notes
    -----
    `seeds` is empty: no page and no result of the pipeline draws a random number (those that analysts can ask
    for in JupyterLab take a seed of their own), so that there is none to be noted.
    """
    notebooks = {target.notebook for target in targets}
    rules = rules_of(about.survey_round, about.previous)
    return {
        "survey_round": about.survey_round.survey_round,
        "language": about.language,
        "program": about.provenance["version"],
        "code": digest_parts(code_files()),
        "lock": lock_digest(),
        "python": python_version(),
        "libraries": libraries(),
        "seeds": {},
        "results": about.provenance,
        "notebooks": {file.name: sha256(file) for file in sorted(notebooks)},
        "rules": {paths.short(file): sha256(file) for file in rules},
        "rule_rows": {paths.short(file): rule_rows(file) for file in rules},
    }
