"""How a run goes -> `status.json`: what became of each page and why, with the times."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from analysis.batch.folder import STATUS
from analysis.batch.job import Outcome
from analysis.batch.keys.reasons import Reason, say_reasons
from analysis.batch.manifest import Entry
from analysis.batch.publish import write_whole
from analysis.batch.sealed import seal

#: What a run may be: one that was killed stays "running", and nobody holds its folder.
RUNNING, DONE, STOPPED = "running", "done", "stopped"
#: What a run did with a page: it was not asked for it, has not come to it, left it as it stands, …
NOT_ASKED, WAITING, UNCHANGED, BUILT, FAILED = "not_asked", "waiting", "unchanged", "built", "failed"


class Status:
    """One run on one folder.

    Attributes
    ----------
    state : {"running", "done", "stopped"}
    workers : int
        Notebooks at a time; 0 where none was run.
    engine : str
        How they were run (`analysis.batch.engines.choice`).
    """

    def __init__(self, survey_round: str, language: str) -> None:
        self.state = RUNNING
        self.workers = 0
        self.engine = ""
        self._batch = (survey_round, language)
        self._started = datetime.now(UTC)
        self._stages: dict[str, float] = {}
        self._did: dict[str, str] = {}
        self._seconds: dict[str, float] = {}
        self._why: dict[str, list[Reason]] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Note how long a stage of the run takes, seconds."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self._stages[name] = round(time.perf_counter() - start, 3)

    def plan(self, reasons: dict[str, list[Reason]]) -> None:
        """Take in why each page is made; one without a reason stays as it stands."""
        self._why = reasons
        self._did = {code: WAITING if why else UNCHANGED for code, why in reasons.items()}

    def waiting(self) -> list[str]:
        """Codes of the pages that are still to be made."""
        return [code for code, did in self._did.items() if did == WAITING]

    def unchanged(self) -> list[str]:
        """Codes of the pages that stand as they would be made."""
        return [code for code, did in self._did.items() if did == UNCHANGED]

    def add(self, outcome: Outcome) -> None:
        self._did[outcome.job.code] = BUILT if outcome.ok else FAILED
        self._seconds[outcome.job.code] = round(outcome.seconds, 3)

    def write(self, out: Path, entries: Iterable[Entry]) -> Path:
        """Write what stands in the folder now."""
        survey_round, language = self._batch
        ended = {} if self.state == RUNNING else {"ended": _said(datetime.now(UTC))}
        pages = [self._page(out, entry) for entry in entries]
        content = {
            "survey_round": survey_round,
            "language": language,
            "state": self.state,
            "started": _said(self._started),
            **ended,
            "process": os.getpid(),
            "engine": self.engine,
            "workers": self.workers,
            "seconds": self._stages,
            "counts": {did: sum(page["did"] == did for page in pages) for did in (BUILT, UNCHANGED, FAILED)},
            "pages": pages,
        }
        return write_whole(out / STATUS, seal(content))

    def _page(self, out: Path, entry: Entry) -> dict[str, object]:
        return {
            "code": entry.code,
            "name": entry.name,
            "state": entry.state,
            "did": self._did.get(entry.code, NOT_ASKED),
            "why": say_reasons(self._why.get(entry.code, [])),
            "seconds": self._seconds.get(entry.code),
            "bytes": sum((out / name).stat().st_size for name in entry.files if (out / name).is_file()),
        }


def _said(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def read_status(out: Path) -> dict:
    """What the last run on a folder left; empty where there is nothing that can be read."""
    try:
        content = json.loads((out / STATUS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
