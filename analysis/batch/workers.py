"""Jobs -> outcomes as they come, from worker processes; one that dies costs its own job and no other.

A pool of the standard library ends all its workers when one dies, and cannot tell which job did it.
Here a worker holds one job at a time and tells its kernel's process id, so that the job to blame is
known, the others go on, and a kernel left behind can be ended.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import connection

from analysis.batch.execute import last_cell
from analysis.batch.job import EXECUTED, Job, Outcome, run_job

#: How often (seconds) a waiting run looks whether it was asked to stop.
LOOK_EVERY = 0.2


def run_jobs(jobs: Iterable[Job], workers: int, stop: Callable[[], bool]) -> Iterator[Outcome]:
    """Run jobs in `workers` processes at a time.

    Workers are spawned, so they share no state and work on every system.

    Parameters
    ----------
    jobs : iterable of Job
    workers : int
    stop : callable
        Whether the person has asked to stop.

    Raises
    ------
    KeyboardInterrupt
        `stop` said so; waiting jobs are not started, and no worker or kernel is left.
    """
    waiting, team = deque(jobs), []
    try:
        while waiting or team:
            if stop():
                raise KeyboardInterrupt
            while waiting and len(team) < workers:
                team.append(Worker())
                team[-1].give(waiting.popleft())
            ready = connection.wait([worker.ear for worker in team], timeout=LOOK_EVERY)
            for worker in [worker for worker in team if worker.ear in ready]:
                outcome = worker.hear()
                if outcome is None:
                    continue
                if waiting and not worker.dead:
                    worker.give(waiting.popleft())
                else:
                    worker.end()
                    team.remove(worker)
                yield outcome
    finally:
        for worker in team:
            worker.end()


class Worker:
    """One process that does one job after another, seen from the run.

    Attributes
    ----------
    ear : Connection
        What the worker says: a kernel's process id, then the job's Outcome.
    dead : bool
        It ended before its job was done.
    """

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.ear, far_end = context.Pipe()
        self.dead = False
        self._job: Job | None = None
        self._kernel: int | None = None
        self._process = context.Process(target=_work, args=(far_end,), daemon=True)
        with _interrupts_held_back():
            self._process.start()
        far_end.close()  # so that the end of the process is heard as the end of the pipe

    def give(self, job: Job) -> None:
        """Hand over the next job. A worker that is already dead is found out by `hear`."""
        self._job = job
        with suppress(OSError):
            self.ear.send(job)

    def hear(self) -> Outcome | None:
        """The outcome, once there is one; of a dead worker, the failure of the job it held."""
        try:
            told = self.ear.recv()
        except (EOFError, OSError):
            return self._died()
        if isinstance(told, Outcome):
            self._job = self._kernel = None
            return told
        self._kernel = told
        return None

    def end(self) -> None:
        """End the process, and the kernel of a job that is not done with all that it started."""
        if self._job is None:
            self.ear.close()  # idle: it ends by itself when nobody can speak to it
            self._process.join(timeout=5)
        self._process.kill()
        self._process.join()
        while self._job is not None and self.hear() is None:
            pass  # what it said last may be the id of a kernel just started
        if self._kernel is not None:
            end_kernel(self._kernel)
        self.ear.close()

    def _died(self) -> Outcome:
        self.dead = True
        self._process.join()
        job, self._job = self._job, None
        code = self._process.exitcode
        how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
        reason = f"the worker process ended before the pack was done ({how})"
        return Outcome(job, False, 0.0, reason, last_cell(job.folder / EXECUTED))


def end_kernel(pid: int) -> None:
    """End a kernel and, where the system has process groups, all that its cells started."""
    with suppress(OSError):
        if os.name == "posix":
            os.killpg(pid, signal.SIGKILL)  # jupyter_client starts each kernel in a session of its own
        else:
            os.kill(pid, signal.SIGTERM)


@contextmanager
def _interrupts_held_back():
    """Start a process that Ctrl-C does not reach before it has said what it does with it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(mouth: connection.Connection) -> None:
    """What a worker does: a job, its outcome, the next job, until nobody speaks to it any more."""
    # The run decides what Ctrl-C means. Not SIG_IGN: the kernel would inherit it.
    signal.signal(signal.SIGINT, lambda *_: None)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    kernels: list[int] = []
    threading.Thread(target=_end_with_the_run, args=(kernels,), daemon=True).start()

    def kernel_started(pid: int) -> None:
        kernels[:] = [pid]
        mouth.send(pid)

    with suppress(EOFError, OSError):
        while True:
            outcome = run_job(mouth.recv(), kernel_started)
            kernels.clear()
            mouth.send(outcome)


def _end_with_the_run(kernels: list[int]) -> None:
    """A killed run cannot end its workers; they must not go on writing into a folder it no longer holds."""
    multiprocessing.parent_process().join()
    for pid in kernels:
        end_kernel(pid)
    os._exit(1)
