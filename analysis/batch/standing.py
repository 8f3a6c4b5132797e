"""What stood in the output folder + outcomes as they come -> what stands there, in index and manifest."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from analysis.batch.folder import INDEX
from analysis.batch.formats.names import beside
from analysis.batch.index import IndexRow
from analysis.batch.job import Outcome
from analysis.batch.keys.reasons import ALTERED, FORCED, NEW, UNKNOWN, Reason, changed_parts
from analysis.batch.manifest import OF_A_ROUND, Entry, key_of, read_manifest, shorten, write_manifest
from analysis.batch.publish import forget_failure, remove_others, write_whole
from analysis.batch.targets import Target
from analysis.pipeline import sha256

#: The manifest is written after a page unless that took more than this share of the time since the last.
_SHARE = 0.05


@dataclass(frozen=True)
class Batch:
    """What the pages of one run are about.

    Attributes
    ----------
    name : str
        The round, or the training records.
    language : {"vi", "en"}
    index : callable
        The rows of the index -> its page.
    parts_of : callable
        A Target -> the parts of its key, as things are now.
    facts : dict
        What the manifest says of all its pages (`keys.facts.run_facts`).
    kind : str
        `manifest.OF_A_ROUND` or `manifest.OF_CLASSES`.
    """

    name: str
    language: str
    index: Callable[[list[IndexRow]], str]
    parts_of: Callable[[Target], dict[str, str]]
    facts: dict[str, object] = field(default_factory=dict, hash=False)
    kind: str = OF_A_ROUND


class Standing:
    """The folder holds the pages of one round, or of one set of training records, in one language.

    Pages of the same round and language that this run does not make stay and are listed. Those of
    another are removed once the first of this run's stands, and never listed with them; those of places that
    the round does not have any more go with the next index.

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
        same = (there.survey_round, there.language, there.kind) == (batch.name, batch.language, batch.kind)
        self._before = {entry.code: entry for entry in there.entries if same}
        self._of_another = bool(there.entries) and not same
        listed = {*chosen, *self._before}
        self.targets = {code: describe(code) for code in codes if code in listed}
        self._parts = {code: shorten(batch.parts_of(target)) for code, target in self.targets.items()}
        notebooks = sorted({target.notebook for target in self.targets.values()})
        about = {"survey_round": batch.name, "language": batch.language, "of": batch.kind}
        self._facts = {**about, **batch.facts, "notebooks": {file.name: sha256(file) for file in notebooks}}
        self._done: dict[str, bool] = {}
        self._hashes: dict[Path, str] = {}
        self._written = self._took = 0.0

    def reasons(self, code: str, force: bool = False) -> list[Reason]:
        """Why a page must be made again; nothing where it stands as it would be made."""
        entry = self._before.get(code)
        if force:
            return [Reason(FORCED)]
        if entry is None or not entry.file:
            return [Reason(NEW)]
        if not self._is_whole(entry) or entry.file != self.targets[code].page.as_posix():
            return [Reason(ALTERED)]
        if not entry.made_from:
            return [Reason(UNKNOWN)]
        return changed_parts(entry.made_from, self._parts[code])

    def leave(self, code: str) -> None:
        """A page stands as it would be made: what an earlier run says of its failure is of no use now."""
        forget_failure(self.targets[code].folder, self.out)

    def add(self, outcome: Outcome) -> bool:
        """Take in an outcome whose page has been settled.

        Returns
        -------
        bool
            Whether the manifest was written.

        Notes
        -----
        It is written after every page (of a great many, as often as costs little), so that a run that is
        killed leaves it true: a page that it does not know yet is made again.
        """
        first_success = outcome.ok and not any(self._done.values())
        self._done[outcome.job.code] = outcome.ok
        folder = self.out / self.targets[outcome.job.code].folder
        self._hashes = {path: found for path, found in self._hashes.items() if path.parent != folder}
        if first_success:
            built = {code for code, ok in self._done.items() if ok}
            failed = {code for code, ok in self._done.items() if not ok}
            paged = {code for code, entry in self._before.items() if entry.file}
            remove_others(self.out, built | paged, failed | set(self._before))
            self._of_another = False
        due = outcome.ok and time.monotonic() - self._written > self._took / _SHARE
        if due:
            self._write_manifest(self.entries())
        return due

    def write(self) -> Path:
        """Write index and manifest of what stands now.

        Of a run that ended before anything was done, the other batch's own are still the true ones.
        """
        if self._of_another and not self._done:
            return self.out / INDEX
        self._remove_stale()
        entries = self.entries()
        rows = [self._index_row(self.targets[entry.code], entry) for entry in entries]
        index = write_whole(self.out / INDEX, self.batch.index(rows))
        self._hashes.pop(index, None)
        self._write_manifest(entries)
        return index

    def _index_row(self, target: Target, entry: Entry) -> IndexRow:
        kinds = {kind: path.as_posix() for kind, path in beside(target.page).items()}
        files = {kind: path for kind, path in kinds.items() if path in entry.beside}
        return IndexRow(target, entry.state, entry.file, files)

    def entries(self) -> list[Entry]:
        """What stands now, in the order of the index."""
        return [self._entry(target) for target in self.targets.values()]

    def _write_manifest(self, entries: list[Entry]) -> None:
        start, index = time.monotonic(), self.out / INDEX
        write_manifest(self.out, self._facts, self._hash(index) if index.is_file() else "", entries)
        self._written = time.monotonic()
        self._took = self._written - start

    def _remove_stale(self) -> None:
        """Remove pages of places that the round has no more, or whose folder has another name now."""
        for code, entry in self._before.items():
            here = self.targets.get(code)
            if not entry.file or (here is not None and here.page.as_posix() == entry.file):
                continue
            for name in entry.files:
                with suppress(OSError):
                    (self.out / name).unlink()
            with suppress(OSError):
                (self.out / entry.file).parent.rmdir()  # only if nobody put anything else into it

    def _entry(self, target: Target) -> Entry:
        about = {"code": target.code, **target.entry, "parameters": target.parameters}
        done, before = self._done.get(target.code), self._before.get(target.code)
        now = self._parts[target.code]
        if done and (self.out / target.page).is_file():
            others = [path for path in beside(target.page).values() if (self.out / path).is_file()]
            return Entry(
                **about,
                state="built",
                file=target.page.as_posix(),
                sha256=self._hash(self.out / target.page),
                beside={path.as_posix(): self._hash(self.out / path) for path in others},
                key=key_of(now),
                made_from=now,
            )
        stands = before is not None and before.file == target.page.as_posix()
        if done or not stands or not (self.out / target.page).is_file():
            return Entry(**about, state="failed" if done is False else "not_built")
        made = {name: getattr(before, name) for name in ("file", "sha256", "beside", "key", "made_from")}
        state = "built" if before.made_from == now and self._is_whole(before) else "old"
        return Entry(**about, **made, state="failed_old" if done is False else state)

    def _is_whole(self, entry: Entry) -> bool:
        """Whether every file of an earlier run's page is still the one that was made."""
        files = {self.out / name: found for name, found in entry.files.items()}
        return all(path.is_file() and self._hash(path) == found for path, found in files.items())

    def _hash(self, path: Path) -> str:
        if path not in self._hashes:
            self._hashes[path] = sha256(path)
        return self._hashes[path]
