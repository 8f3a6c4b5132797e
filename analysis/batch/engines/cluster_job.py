"""A job sent to this machine -> its outcome and files as bytes. Runs in a worker of dask.distributed."""

from __future__ import annotations

import atexit
import multiprocessing
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from analysis.batch.engines.choice import Engine, choose_engine
from analysis.batch.engines.pool import run_jobs
from analysis.batch.job import Job, Outcome
from analysis.batch.keys.parts import rules_of
from analysis.batch.keys.surroundings import program_parts
from analysis.built import digest
from analysis.built_findings import findings_file
from analysis.context.built_criteria import criteria_file
from analysis.context.built_training import ROWS, names_training, training_files
from analysis.estimates.design_summary import design_file
from analysis.estimates.results import measures_file, provenance_file, results_file
from analysis.rounds import read_previous, read_round


@dataclass(frozen=True)
class Sent:
    """A job on its way to a worker.

    Attributes
    ----------
    notebook : bytes
    serves : str
        Round and language whose pages are made, as "papi-2021:vi".
    program : dict of str to str
        What the worker must have as the runner has it (`alike`).
    """

    job: Job
    notebook: bytes
    serves: str
    program: dict[str, str] = field(hash=False)


@dataclass(frozen=True)
class Shipped:
    """What comes back: an outcome, and the files of the job's folder by name."""

    outcome: Outcome
    files: dict[str, bytes] = field(hash=False)


#: This worker's engine, kept from job to job while round, language, code and results are the same.
_KEPT: dict[tuple, Engine] = {}


def alike(survey_round: str) -> dict[str, str]:
    """What makes pages the same wherever they are made -> its hash: code, libraries, rules, results.

    Notes
    -----
    Training results stand on the pages of a round that names records: they are part of what must be alike.
    """
    declared = read_round(survey_round)
    made = (results_file, provenance_file, measures_file, criteria_file, design_file, findings_file)
    rules = digest(rules_of(declared, read_previous(declared)))
    found = {"rules": rules, "results": _built([file(survey_round) for file in made])}
    if names_training(declared):
        files = training_files(survey_round)
        found["training"] = _built([*files.values(), files[ROWS].with_suffix(".json")])
    return program_parts() | found


def _built(tables: list[Path]) -> str:
    return digest(tables) if all(table.is_file() for table in tables) else "not built"


def run_sent_job(sent: Sent) -> Shipped:
    """Make a page in a folder of this machine, by this machine's own engine, and hand its files over.

    Notes
    -----
    Never raises for what a notebook does. A worker that has other code or other results fails the job with a
    sentence that says so, instead of making a page that is not the runner's.
    """
    if multiprocessing.current_process().daemon:
        return _refused(sent, "the worker may start no process of its own: start it with --no-nanny")
    if other := different(sent):
        return _refused(sent, f"the worker has not what the runner has: {', '.join(other)}")
    with tempfile.TemporaryDirectory(prefix="workbench-", ignore_cleanup_errors=True) as place:
        folder, scratch = Path(place) / "building" / sent.job.name, Path(place) / "s"
        scratch.mkdir()
        notebook = Path(place) / sent.job.notebook.name
        notebook.write_bytes(sent.notebook)
        job = replace(sent.job, folder=folder, scratch=scratch, notebook=notebook)
        [outcome] = run_jobs([job], 1, lambda: False, _engine(sent).start)
        files = {path.name: path.read_bytes() for path in sorted(folder.glob("*")) if path.is_file()}
    return Shipped(replace(outcome, job=sent.job), files)


def _refused(sent: Sent, why: str) -> Shipped:
    return Shipped(Outcome(sent.job, False, 0.0, why), {})


def different(sent: Sent) -> list[str]:
    """Names of what this machine has otherwise than the runner."""
    own = alike(sent.serves.rpartition(":")[0])
    return [name for name, found in sent.program.items() if own.get(name) != found]


def _engine(sent: Sent) -> Engine:
    key = (sent.serves, *sorted(sent.program.items()))
    if key not in _KEPT:
        while _KEPT:
            _KEPT.popitem()[1].stop()
        _KEPT[key] = choose_engine(sent.serves)
        atexit.register(_KEPT[key].stop)
    return _KEPT[key]
