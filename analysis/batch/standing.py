"""What stood in the output folder + outcomes as they come -> what stands there, in index and manifest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from analysis.batch.folder import INDEX
from analysis.batch.index import IndexRow, render_index
from analysis.batch.job import PAGE, Outcome
from analysis.batch.manifest import Entry, read_manifest, write_manifest
from analysis.batch.publish import remove_others, write_whole
from analysis.briefing.pack import Pack
from analysis.pipeline import sha256


class Standing:
    """The folder holds one round in one language.

    Packs of the same round and language that this run does not make stay and are listed. Packs of
    another are removed once the first of this run's stands, and never listed with them.

    Parameters
    ----------
    out : Path
        Held by this run.
    districts : list of str
        The codes of the province's districts, in the order of the index.
    chosen : list of str
        The codes that this run makes.
    notebook : Path
    open_one : callable
        A district's code -> its Pack, in the run's round and language.

    Attributes
    ----------
    packs : dict of str to Pack
        The districts that the index lists: this run's, and those that were there.
    """

    def __init__(
        self,
        out: Path,
        districts: list[str],
        chosen: list[str],
        notebook: Path,
        open_one: Callable[[str], Pack],
    ) -> None:
        self.out = out
        self.notebook = notebook
        self._first = open_one(chosen[0])
        self._made_from = {
            "results_sha256": self._first.provenance["sha256"],
            "notebook_sha256": sha256(notebook),
        }
        there = read_manifest(out)
        self.batch = (self._first.survey_round.survey_round, self._first.language)
        same = (there.survey_round, there.language) == self.batch
        self._before = {entry.code: entry for entry in there.packs if same}
        self._of_another = bool(there.packs) and not same
        listed = {*chosen, *self._before}
        self.packs = {code: open_one(code) for code in districts if code in listed}
        self._done: dict[str, bool] = {}

    def add(self, outcome: Outcome) -> None:
        """Take in an outcome whose pack has been settled.

        The manifest is written after every pack, so that a run that is killed leaves it true.
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
        rows = [IndexRow(self.packs[entry.code], entry.state, entry.file) for entry in entries]
        return write_whole(self.out / INDEX, render_index(rows))

    def _write_manifest(self, entries: list[Entry]) -> None:
        survey_round, language = self.batch
        write_manifest(
            self.out,
            survey_round=survey_round,
            language=language,
            notebook=self.notebook,
            notebook_sha256=self._made_from["notebook_sha256"],
            provenance=self._first.provenance,
            packs=entries,
        )

    def _entries(self) -> list[Entry]:
        return [self._entry(code) for code in self.packs]

    def _entry(self, code: str) -> Entry:
        pack = self.packs[code]
        page = Path(f"{code}-{pack.district.slug}") / PAGE
        about = {"code": code, "name": pack.district.full_name, "sampled": pack.sampled}
        done = self._done.get(code)
        before = self._before.get(code)
        ours = done or (before is not None and bool(before.file))
        if not ours or not (self.out / page).is_file():
            return Entry(**about, state="failed" if done is False else "not_built")
        made_from = self._made_from
        if not done:
            made_from = {name: getattr(before, name) for name in made_from}
        state = "built" if made_from == self._made_from else "old"
        if done is False:
            state = "failed_old"
        return Entry(**about, state=state, file=page.as_posix(), sha256=sha256(self.out / page), **made_from)
