"""Worker processes that stay imported and start plain kernels: for systems where forking is not safe."""

from __future__ import annotations

import multiprocessing
import os
import threading
from contextlib import suppress
from multiprocessing import connection

from analysis.batch.engines.interrupts import interrupts_held_back, leave_interrupts_to_the_run
from analysis.batch.engines.worker import (
    ProcessStarted,
    Worker,
    end_group,
    how_it_ended,
)
from analysis.batch.job import EXECUTED, Job, run_job


class SpawnedWorker(Worker):
    """One spawned process that does one job after another, each notebook in a kernel of its own."""

    def __init__(self) -> None:
        super().__init__()
        context = multiprocessing.get_context("spawn")
        self.ear, far_end = context.Pipe()
        self._process = context.Process(target=_work, args=(far_end,), daemon=True)
        with interrupts_held_back():
            self._process.start()
        far_end.close()  # so that the end of the process is heard as the end of the pipe

    def give(self, job: Job) -> None:
        self._take(job)
        with suppress(OSError):
            self.ear.send(job)

    def end(self) -> None:
        if self._job is None:
            self.ear.close()  # idle: it ends by itself when nobody can speak to it
            self._process.join(timeout=5)
        self._process.kill()
        self._process.join()
        while self._job is not None and self.hear() is None and self._job is not None:
            pass  # what it said last may be the id of a kernel just started
        for pid in self._others:
            end_group(pid)
        self.ear.close()

    def _stopped(self) -> str:
        self._process.join()
        return how_it_ended(self._process.exitcode)

    def _cell_on_disk(self, job: Job) -> int | None:
        from analysis.batch.execute import last_cell

        return last_cell(job.folder / EXECUTED)


def _work(mouth: connection.Connection) -> None:
    """What a worker does: a job, its outcome, the next job, until nobody speaks to it any more."""
    leave_interrupts_to_the_run()
    others: list[int] = []
    threading.Thread(target=_end_with_the_run, args=(others,), daemon=True).start()

    def process_started(pid: int) -> None:
        others.append(pid)
        mouth.send(ProcessStarted(pid))

    with suppress(EOFError, OSError):
        while True:
            outcome = run_job(mouth.recv(), process_started)
            for pid in others:  # what a cell started outlives a kernel that was killed
                end_group(pid)
            others.clear()
            mouth.send(outcome)


def _end_with_the_run(others: list[int]) -> None:
    """A killed run cannot end its workers; they must not go on writing into a folder it no longer holds."""
    multiprocessing.parent_process().join()
    for pid in others:
        end_group(pid)
    os._exit(1)
