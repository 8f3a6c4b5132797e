"""Training results + a target -> the parts of the key of a class's report, or of the page on all classes.

What is read of them stands on pages of a round too: `training_parts` are in the keys of both.
"""

from __future__ import annotations

from pathlib import Path

from analysis import paths
from analysis.batch.formats.wanted import Wanted
from analysis.batch.keys.own import OwnParts
from analysis.batch.keys.surroundings import program_parts
from analysis.batch.targets import Target
from analysis.built import digest, digest_parts
from analysis.context.built_training import training_provenance, training_rules, training_sha256
from analysis.rounds import Round


class ReportParts:
    """What all pages of a run on training records depend on, read once, and each page's own.

    Parameters
    ----------
    source : str
        A round that names records, or the names of imported records; built.
    survey_round : Round or None
        None of imported records.
    wanted : Wanted
        The files to make beside each page.
    """

    def __init__(self, source: str, survey_round: Round | None, wanted: Wanted) -> None:
        self._own = OwnParts(wanted)
        rules = rules_of_training(survey_round)
        self._shared = {f"rules:{group}": digest(files) for group, files in rules.items()}
        self._shared |= {"table:training": training_sha256(source), **program_parts()}
        self._shared |= {"stated": digest_parts(stated_of_training(source)), **data_of_training(source)}

    def of(self, target: Target) -> dict[str, str]:
        """The parts of one target's key."""
        return {**self._shared, **self._own.of(target)}


def stated_of_training(source: str) -> dict[str, str]:
    """What pages state of the program that made the training results; nothing where there are none."""
    made = training_provenance(source)
    return {f"training_{name}": made[name] for name in ("code", "version") if name in made}


def data_of_training(source: str) -> dict[str, str]:
    """A part for each file or import that the training results were made of."""
    made = training_provenance(source).get("data", {})
    return {f"data:{file}": found for file, found in made.items()}


def rules_of_training(survey_round: Round | None) -> dict[str, list[Path]]:
    """The files of rows behind a class's report, by what they decide."""
    groups = {
        "training": training_rules(),
        "places": sorted(paths.rows_folder("places").glob("*.csv")),
        "wording": wording_files(survey_round.wording if survey_round else ""),
    }
    return groups | ({"settings": [survey_round.settings_file]} if survey_round else {})


def wording_files(own: str) -> list[Path]:
    """The files of a page's sentences: those of all, and those of the named wording."""
    folders = [paths.rows_folder("wording"), *([paths.rows_folder("wording", own)] if own else [])]
    return [file for folder in folders for file in sorted(folder.glob("*.csv"))]
