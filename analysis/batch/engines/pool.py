"""Jobs + a kind of worker -> outcomes as they come; one that dies costs its own job and no other.

A pool of the standard library ends all its workers when one dies, and cannot tell which job did it. Here a
worker holds one job at a time, so that the job to blame is known and the others go on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from multiprocessing import connection

from analysis.batch.engines.worker import Worker
from analysis.batch.job import Job, Outcome

#: How often (seconds) a waiting run looks whether it was asked to stop, or a job has had its time.
LOOK_EVERY = 0.2


def run_jobs(
    jobs: Iterable[Job], workers: int, stop: Callable[[], bool], start: Callable[[], Worker]
) -> Iterator[Outcome]:
    """Run jobs in `workers` processes at a time.

    Parameters
    ----------
    jobs : iterable of Job
    workers : int
    stop : callable
        Whether the person has asked to stop.
    start : callable
        Makes a worker.

    Raises
    ------
    KeyboardInterrupt
        `stop` said so; waiting jobs are not started, and no worker is left.

    Notes
    -----
    A job is tried again, once, only where its process ended before a cell of the notebook ran: what a
    notebook does would only be done twice.
    """
    waiting, team = deque(jobs), []
    try:
        while waiting or team:
            if stop():
                raise KeyboardInterrupt
            while waiting and len(team) < workers:
                team.append(start())
                team[-1].give(waiting.popleft())
            ready = connection.wait([worker.ear for worker in team], timeout=LOOK_EVERY)
            for worker in list(team):
                outcome = worker.hear() if worker.ear in ready else None
                if outcome is None and worker.overdue():
                    outcome = worker.time_out()
                if outcome is None:
                    continue
                if not outcome.ok and stop():  # its process was asked to stop, too: no fault of the page
                    raise KeyboardInterrupt
                if outcome.infrastructure and outcome.job.tries_left:
                    waiting.append(replace(outcome.job, tries_left=outcome.job.tries_left - 1))
                    outcome = None
                if waiting and not worker.dead:
                    worker.give(waiting.popleft())
                else:
                    worker.end()
                    team.remove(worker)
                if outcome is not None:
                    yield outcome
    finally:
        for worker in team:
            worker.end()
