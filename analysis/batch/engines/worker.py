"""One process at work on one job, seen from the run: what it says, and how it is ended.

The process says numbers (ids of processes to be ended with it, then its code cells as they start) and at
last the job's Outcome. What ends without an Outcome is a failure of the job it held and of no other.
"""

from __future__ import annotations

import os
import signal
import time
from abc import ABC, abstractmethod
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import connection

from analysis.batch.execute import NotebookFailed
from analysis.batch.job import Job, Outcome


@dataclass(frozen=True)
class ProcessStarted:
    """A process that must be ended with the job: its kernel, a browser."""

    pid: int


@dataclass(frozen=True)
class CellStarted:
    """The code cell, from 1, that runs now."""

    cell: int


class Worker(ABC):
    """Gives jobs to a process of its own, one at a time.

    Attributes
    ----------
    ear : Connection
        What the process says.
    dead : bool
        It cannot take another job.
    """

    ear: connection.Connection

    def __init__(self) -> None:
        self.dead = False
        self._job: Job | None = None
        self._cell: int | None = None
        self._others: list[int] = []
        self._given = 0.0

    @abstractmethod
    def give(self, job: Job) -> None:
        """Hand over the next job. A process that is already dead is found out by `hear`."""

    @abstractmethod
    def end(self) -> None:
        """End the process, and all that a job that is not done has started."""

    @abstractmethod
    def _stopped(self) -> str:
        """Wait until the process has ended and say how, such as "signal 9"."""

    @property
    def job(self) -> Job | None:
        """The job at work."""
        return self._job

    def overdue(self) -> bool:
        """Whether the job has had more than its time."""
        return self._job is not None and time.monotonic() - self._given > self._job.limits.seconds

    def hear(self) -> Outcome | None:
        """The outcome, once there is one; of a dead process, the failure of the job it held."""
        try:
            told = self.ear.recv()
        except (EOFError, OSError):
            return self._died()
        if isinstance(told, Outcome):
            self._forget()
            return told
        if isinstance(told, ProcessStarted):
            self._others.append(told.pid)
        elif isinstance(told, CellStarted):
            self._cell = told.cell
        return None

    def time_out(self) -> Outcome:
        """End the process whose job has had more than its time."""
        job = self._job
        cell = self._cell or self._cell_on_disk(job)
        self.end()
        self.dead = True
        failed = NotebookFailed(cell, f"it ran longer than {job.limits.seconds:g} s")
        return Outcome(job, False, job.limits.seconds, str(failed), cell)

    def _cell_on_disk(self, job: Job) -> int | None:
        """The cell at work, where the process does not tell and what it saves does."""
        return None

    def _take(self, job: Job) -> None:
        self._job, self._cell, self._others, self._given = job, None, [], time.monotonic()

    def _forget(self) -> None:
        self._job, self._cell, self._others = None, None, []

    def _died(self) -> Outcome | None:
        self.dead = True
        how = self._stopped()
        job, others = self._job, self._others
        cell = self._cell or (self._cell_on_disk(job) if job else None)
        self._forget()
        for pid in others:
            end_group(pid)
        if job is None:
            return None
        seconds = time.monotonic() - self._given
        # Nothing of the notebook had run: the machine's fault, not the page's, and worth another try.
        failed = NotebookFailed(cell, f"the process ended before the page was done ({how})")
        return Outcome(job, False, seconds, str(failed), cell, infrastructure=cell is None)


def end_group(pid: int) -> None:
    """End a process and, where the system has process groups, all that it started."""
    with suppress(OSError):
        if os.name == "posix":
            os.killpg(pid, signal.SIGKILL)
        else:
            os.kill(pid, signal.SIGTERM)


def how_it_ended(code: int | None) -> str:
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"


#: How a person, and how a system that shuts down, asks a run to stop; both may reach its processes too.
STOPS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def interrupts_held_back():
    """Start a process that Ctrl-C and SIGTERM do not reach before it has said what it does with them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def leave_interrupts_to_the_run() -> None:
    """In a worker: the run decides what these signals mean. Not SIG_IGN, which a kernel would inherit."""
    for number in STOPS:
        signal.signal(number, lambda *_: None)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
