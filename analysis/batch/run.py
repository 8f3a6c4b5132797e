"""A round + a language -> one pack a district, an index and a manifest; failures named, never hidden."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from analysis import paths
from analysis.batch.index import IndexRow, render_index
from analysis.batch.job import PAGE, Job, Outcome, run_job
from analysis.batch.manifest import read_manifest, write_manifest
from analysis.batch.parameters import check_parameters
from analysis.batch.publish import building_folder, forget_failure, move_in, move_to_failed, write_whole
from analysis.batch.render import PageHead
from analysis.briefing.pack import Pack, open_pack
from analysis.briefing.wording import check_language
from analysis.pipeline import build_round, sha256
from analysis.places import read_places
from analysis.rounds import read_round

INDEX = "index.html"
NOTEBOOK = "district_briefing.ipynb"


@dataclass(frozen=True)
class Report:
    """What a batch did.

    Attributes
    ----------
    built, failed : list of Outcome
    index : Path
    """

    built: list[Outcome]
    failed: list[Outcome]
    index: Path


def build_packs(
    survey_round: str,
    language: str = "vi",
    out: Path | None = None,
    only: Iterable[str] = (),
    workers: int | None = None,
    notebook: Path | None = None,
    watch: Callable[[Iterator[Outcome], int], Iterator[Outcome]] | None = None,
) -> Report:
    """Build the packs of a round.

    Parameters
    ----------
    survey_round : str
    language : {"vi", "en"}
    out : Path, optional
        The output folder, `packs/` by default. It holds one round in one language: packs of another
        are replaced, and removed where their district fails.
    only : iterable of str
        Districts (code, name or slug); all of the province by default.
    workers : int, optional
        Notebooks run at a time; one a core by default.
    notebook : Path, optional
        `notebooks/district_briefing.ipynb` by default.
    watch : callable, optional
        Wraps the outcomes as they come, with their number: a progress bar.

    Raises
    ------
    WorkbenchError
        Before anything is built: an unknown name, a notebook that does not fit, bad input. Packs that
        were there are left untouched.
    """
    out = (out or paths.packs_folder()).resolve()
    notebook = notebook or paths.notebooks_folder() / NOTEBOOK
    check_language(language)
    province = read_round(survey_round).province
    places = read_places()
    chosen = [places.resolve_district(name).code for name in only] or places.districts_of(province)
    check_parameters(notebook, {"district": chosen[0], "survey_round": survey_round, "language": language})
    build_round(survey_round)
    packs = {code: open_pack(code, survey_round, language) for code in places.districts_of(province)}
    before = _same_batch(read_manifest(out), survey_round, language)
    with building_folder(out) as building:
        jobs = [_job(packs[code], building, notebook) for code in chosen]
        outcomes = _settle(_run(jobs, workers), out, before)
        outcomes = list(watch(outcomes, len(jobs)) if watch else outcomes)
        index = _write_summary(out, packs, outcomes, before, notebook)
    return Report([o for o in outcomes if o.ok], [o for o in outcomes if not o.ok], index)


def _same_batch(manifest: dict, survey_round: str, language: str) -> dict[str, dict]:
    """The packs already there by code, if they are of this round and language."""
    if (manifest.get("survey_round"), manifest.get("language")) != (survey_round, language):
        return {}
    return {pack["code"]: pack for pack in manifest.get("packs", [])}


def _job(pack: Pack, building: Path, notebook: Path) -> Job:
    job = Job(
        code=pack.district.code,
        slug=pack.district.slug,
        folder=building / f"{pack.district.code}-{pack.district.slug}",
        notebook=notebook,
        parameters={
            "district": pack.district.code,
            "survey_round": pack.survey_round.survey_round,
            "language": pack.language,
        },
        head=PageHead(pack.say("heading"), pack.language),
        simulated=pack.survey_round.simulated,
    )
    return job


def _run(jobs: list[Job], workers: int | None) -> Iterator[Outcome]:
    """Outcomes as they come. Workers are spawned, so they share no state and work on every system."""
    workers = min(workers or os.cpu_count() or 1, len(jobs))
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=workers, mp_context=context) as pool:
        waiting = {pool.submit(run_job, job): job for job in jobs}
        for future in as_completed(waiting):
            try:
                yield future.result()
            except BrokenProcessPool:
                job = waiting[future]
                job.folder.mkdir(exist_ok=True)
                yield Outcome(job, False, 0.0, "the worker process ended before the pack was done")


def _settle(outcomes: Iterable[Outcome], out: Path, before: dict[str, dict]) -> Iterator[Outcome]:
    """Move each result to its place as it comes."""
    for outcome in outcomes:
        job = outcome.job
        if outcome.ok:
            move_in(job.folder, out)
            forget_failure(job.name, out)
        else:
            move_to_failed(job.folder, out)
            if job.code not in before:
                _remove_foreign(out / job.name)
        yield outcome


def _remove_foreign(folder: Path) -> None:
    """A page of another round or language must not pass for this one's."""
    page = folder / PAGE
    page.unlink(missing_ok=True)
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _write_summary(
    out: Path, packs: dict[str, Pack], outcomes: list[Outcome], before: dict[str, dict], notebook: Path
) -> Path:
    """Index and manifest of what is in the folder now."""
    states = {outcome.job.code: outcome.ok for outcome in outcomes}
    rows, entries = [], []
    for code, pack in packs.items():
        page = Path(f"{code}-{pack.district.slug}") / PAGE
        there = (out / page).is_file()
        if code not in states:
            if code not in before:
                continue
            state = before[code]["state"]
        else:
            state = "built" if states[code] else "failed_old" if there else "failed"
        rows.append(IndexRow(pack, state, page.as_posix() if there else ""))
        entries.append(
            {
                "code": code,
                "name": pack.district.full_name,
                "state": state,
                "sampled": pack.sampled,
                "file": page.as_posix() if there else "",
                "sha256": sha256(out / page) if there else "",
            }
        )
    first = next(iter(packs.values()))
    write_manifest(
        out,
        survey_round=first.survey_round.survey_round,
        language=first.language,
        notebook=notebook,
        provenance=first.provenance,
        packs=entries,
    )
    return write_whole(out / INDEX, render_index(rows))
