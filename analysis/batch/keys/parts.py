"""A round's built tables and rows + a target -> the parts of its key: one hash for each thing it depends on.

Part names: `rows:<whose>:<source>` (results rows), `table:<name>` (other built tables), `rules:<folder>`
(committed rows), `data:<file>` (pages about the round), and `notebook`, `parameters`, `head`, `formats`,
`stated`, `code`, `libraries`.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.batch.formats.wanted import Wanted
from analysis.batch.keys.own import OwnParts
from analysis.batch.keys.surroundings import program_parts
from analysis.batch.keys.training import data_of_training, stated_of_training, wording_files
from analysis.batch.targets import Target
from analysis.briefing.pack import RoundPage
from analysis.built import digest, digest_hashes, digest_parts, hash_rows, sha256
from analysis.built_findings import findings_file
from analysis.context.built_criteria import criteria_file
from analysis.context.built_training import names_training, training_rules, training_sha256
from analysis.estimates.design_summary import design_file
from analysis.estimates.results import measures_file
from analysis.pipeline import rule_files
from analysis.rounds import Round

#: Places whose rows every pack shows.
AROUND = ("province", "region", "country")
#: Rows that are the survey's own; those beside it are named "published-2021" and so on.
SURVEY = "survey"


class KeyParts:
    """What all pages of a run depend on, read once, and each page's own.

    Parameters
    ----------
    about : RoundPage
        The run's round, built, in the run's language.
    wanted : Wanted
        The files to make beside each page.
    """

    def __init__(self, about: RoundPage, wanted: Wanted) -> None:
        self._own = OwnParts(wanted)
        self._rows = _hash_by_place(about)
        self._district_of = about.places.communes_of(about.survey_round.province)
        name, made = about.survey_round.survey_round, about.provenance
        tables = {"measures": measures_file, "criteria": criteria_file, "design": design_file}
        self._shared = {f"table:{kind}": sha256(file(name)) for kind, file in tables.items()}
        rules = _rules(about.survey_round, about.previous)
        self._shared |= {f"rules:{group}": digest(files) for group, files in rules.items()}
        self._shared |= program_parts()
        stated = {"code": made["code"], "version": made["version"], "files": "\n".join(made["data"])}
        self._of_round = {f"data:{file}": found for file, found in made["data"].items()}
        findings = findings_file(name)
        if names_training(about.survey_round):  # districts' packs show it, and pages about the round
            self._shared["table:training"] = training_sha256(name)
            stated |= stated_of_training(name)
            self._of_round |= data_of_training(name)
        self._shared["stated"] = digest_parts(stated)
        self._of_round["table:findings"] = digest([findings, findings.with_suffix(".json")])

    def of(self, target: Target) -> dict[str, str]:
        """The parts of one target's key."""
        more = (
            self._rows_of_district(target.code) if target.is_district else self._all_rows() | self._of_round
        )
        return {**self._shared, **self._own.of(target), **more}

    def _rows_of_district(self, code: str) -> dict[str, str]:
        whose = {"district": [code], "commune": [c for c, own in self._district_of.items() if own == code]}
        rows = {kind: list(self._rows.get(kind, {})) for kind in AROUND} | whose
        return {name: found for kind, places in rows.items() for name, found in self._digests(kind, places)}

    def _all_rows(self) -> dict[str, str]:
        return {
            name: found for kind in self._rows for name, found in self._digests(kind, list(self._rows[kind]))
        }

    def _digests(self, kind: str, places: list[str]):
        """One hash for each source of a kind of place, over these places in order."""
        by_source: dict[str, dict[str, str]] = {}
        for place in places:
            for source, found in self._rows.get(kind, {}).get(place, {}).items():
                by_source.setdefault(source, {})[place] = found
        for source, found in by_source.items():
            yield f"rows:{kind}:{source}", digest_parts(found)


def _rules(survey_round: Round, previous: Round | None) -> dict[str, list[Path]]:
    """The files of rows behind a page's numbers, and those of its sentences."""
    groups = rule_files(survey_round, previous) | {"wording": wording_files(survey_round.wording)}
    return groups | ({"training": training_rules()} if names_training(survey_round) else {})


def rules_of(survey_round: Round, previous: Round | None) -> list[Path]:
    """Every file of rows that pages of a round follow."""
    return sorted({file for files in _rules(survey_round, previous).values() for file in files})


def source_of(survey_round: str, own: str) -> str:
    """What rows come from: the survey, or what stands beside it ("published", "administrative", …)."""
    return SURVEY if survey_round == own else survey_round.rstrip("0123456789Q-") or survey_round


def _hash_by_place(about: RoundPage) -> dict[str, dict[str, dict[str, str]]]:
    """Kind of place -> place -> source -> hash of its results rows."""
    results, own = about.results, about.survey_round.survey_round
    names = {name: source_of(name, own) for name in results["survey_round"].unique()}
    keys = [results["place_kind"], results["place"], results["survey_round"].map(names)]
    hashes = pd.Series(hash_rows(results), results.index)
    found: dict[str, dict[str, dict[str, str]]] = {}
    for (kind, place, source), rows in hashes.groupby(keys, sort=False):
        found.setdefault(str(kind), {}).setdefault(str(place), {})[str(source)] = digest_hashes(
            results.columns, rows.to_numpy()
        )
    return found
