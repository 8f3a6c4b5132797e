"""What stood in the output folder + outcomes as they come -> what stands there, in index and manifest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from analysis.batch.folder import INDEX
from analysis.batch.formats.names import beside
from analysis.batch.index import IndexRow
from analysis.batch.job import Outcome
from analysis.batch.manifest import Entry, read_manifest, write_manifest
from analysis.batch.publish import remove_others, write_whole
from analysis.batch.targets import Target, is_page
from analysis.pipeline import sha256


@dataclass(frozen=True)
class Batch:
    """What the pages of one run are about.

    Attributes
    ----------
    name : str
        The round, or the training records.
    language : {"vi", "en"}
    provenance : dict
        The sidecar of the results they are made from.
    results_sha256 : str
        One hash of all results they are made from.
    index : callable
        The rows of the index -> its page.
    """

    name: str
    language: str
    provenance: dict[str, object] = field(hash=False)
    results_sha256: str
    index: Callable[[list[IndexRow]], str]


class Standing:
    """The folder holds one round in one language.

    Pages of the same round and language that this run does not make stay and are listed. Those of
    another are removed once the first of this run's stands, and never listed with them.

    Parameters
    ----------
    out : Path
        Held by this run.
    batch : Batch
        What the run is about.
    codes : list of str
        All that the folder may hold, in the order of the index: districts, then pages of the round.
    chosen : list of str
        The codes that this run makes.
    describe : callable
        A code -> its Target, in the run's round and language.

    Attributes
    ----------
    targets : dict of str to Target
        What the index lists: what this run makes, and what was there.
    """

    def __init__(
        self,
        out: Path,
        batch: Batch,
        codes: list[str],
        chosen: list[str],
        describe: Callable[[str], Target],
    ) -> None:
        self.out = out
        self.batch = batch
        there = read_manifest(out)
        same = (there.survey_round, there.language) == (batch.name, batch.language)
        self._before = {entry.code: entry for entry in there.entries if same}
        self._of_another = bool(there.entries) and not same
        listed = {*chosen, *self._before}
        self.targets = {code: describe(code) for code in codes if code in listed}
        self._notebooks = {file: sha256(file) for file in {t.notebook for t in self.targets.values()}}
        self._done: dict[str, bool] = {}

    def add(self, outcome: Outcome) -> None:
        """Take in an outcome whose page has been settled.

        The manifest is written after every page, so that a run that is killed leaves it true.
        """
        first_success = outcome.ok and not any(self._done.values())
        self._done[outcome.job.code] = outcome.ok
        if first_success:
            built = {code for code, ok in self._done.items() if ok}
            failed = {code for code, ok in self._done.items() if not ok}
            paged = {code for code, entry in self._before.items() if entry.file}
            remove_others(self.out, built | paged, failed | set(self._before))
            self._of_another = False
        if outcome.ok:
            self._write_manifest(self._entries())

    def write(self) -> Path:
        """Write index and manifest of what stands now.

        Of a run that ended before anything was done, the other batch's own are still the true ones.
        """
        if self._of_another and not self._done:
            return self.out / INDEX
        entries = self._entries()
        self._write_manifest(entries)
        rows = [self._index_row(self.targets[entry.code], entry) for entry in entries]
        return write_whole(self.out / INDEX, self.batch.index(rows))

    def _index_row(self, target: Target, entry: Entry) -> IndexRow:
        kinds = {kind: path.as_posix() for kind, path in beside(target.page).items()}
        files = {kind: path for kind, path in kinds.items() if path in entry.beside}
        return IndexRow(target, entry.state, entry.file, files)

    def _write_manifest(self, entries: list[Entry]) -> None:
        write_manifest(
            self.out,
            survey_round=self.batch.name,
            language=self.batch.language,
            notebooks={file.name: made for file, made in sorted(self._notebooks.items())},
            provenance=self.batch.provenance,
            packs=[entry for entry in entries if not is_page(entry.code)],
            pages=[entry for entry in entries if is_page(entry.code)],
        )

    def _entries(self) -> list[Entry]:
        return [self._entry(target) for target in self.targets.values()]

    def _entry(self, target: Target) -> Entry:
        about = {"code": target.code, **target.entry}
        done = self._done.get(target.code)
        before = self._before.get(target.code)
        ours = done or (before is not None and bool(before.file))
        if not ours or not (self.out / target.page).is_file():
            return Entry(**about, state="failed" if done is False else "not_built")
        now = {
            "results_sha256": self.batch.results_sha256,
            "notebook_sha256": self._notebooks[target.notebook],
        }
        made_from = now if done else {name: getattr(before, name) for name in now}
        state = "built" if made_from == now else "old"
        if done is False:
            state = "failed_old"
        others = [path for path in beside(target.page).values() if (self.out / path).is_file()]
        return Entry(
            **about,
            state=state,
            file=target.page.as_posix(),
            sha256=sha256(self.out / target.page),
            beside={path.as_posix(): sha256(self.out / path) for path in others},
            **made_from,
        )
