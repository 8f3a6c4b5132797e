"""Jobs + the address of a scheduler -> outcomes as they come, from workers on any number of machines.

dask.distributed hands jobs to whoever has joined; a worker may come or go at any time, and the job of one
that is lost goes to another. A job's notebook goes out as bytes and its files come back as bytes, so that
runner and workers share no disk; each worker has the project and the data of its own, and `cluster_job` makes
sure that they are the same. docs/cluster.md tells an operator how to start scheduler and workers.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from analysis.batch.engines.cluster_job import Sent, Shipped, run_sent_job
from analysis.batch.job import Job, Outcome
from analysis.errors import ClusterProblem, MissingProgram

#: Seconds that a scheduler has to answer.
ANSWERS_WITHIN = 20
#: How often (seconds) a waiting run looks whether it was asked to stop.
LOOK_EVERY = 0.2


def require_distributed():
    """The library that speaks to a scheduler.

    Raises
    ------
    MissingProgram
        The extra `cluster` is not installed.
    """
    try:
        import distributed
    except ImportError as fault:
        raise MissingProgram(
            "--scheduler needs the library distributed.",
            vi="--scheduler cần thư viện distributed; hãy cài thêm: pip install papi-workbench[cluster].",
            where="--scheduler",
            hint="pip install papi-workbench[cluster]",
        ) from fault
    return distributed


def run_on_cluster(
    jobs: Iterable[Job], scheduler: str, serves: str, program: dict[str, str], stop: Callable[[], bool]
) -> Iterator[Outcome]:
    """Run jobs on the workers of a scheduler.

    Parameters
    ----------
    scheduler : str
        "tcp://host:port".
    serves : str
        Round and language whose pages are made, as "papi-2021:vi".
    program : dict of str to str
        What every worker must have alike, by name -> hash (`cluster_job.alike`).
    stop : callable
        Whether the person has asked to stop.

    Raises
    ------
    MissingProgram
        The library is not installed.
    ClusterProblem
        Nobody answers at the address.
    KeyboardInterrupt
        `stop` said so; what no worker has begun is taken back.
    """
    distributed = require_distributed()
    try:
        client = distributed.Client(scheduler, timeout=ANSWERS_WITHIN, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as fault:
        raise _no_answer(scheduler, fault) from fault
    with closing(client):
        yield from _run(client, list(jobs), serves, program, stop)


def _run(client, jobs: list[Job], serves: str, program: dict[str, str], stop) -> Iterator[Outcome]:
    sent = [Sent(job, job.notebook.read_bytes(), serves, program) for job in jobs]
    futures = client.map(run_sent_job, sent, pure=False, key=[f"{job.name}-{id(job)}" for job in jobs])
    job_of = {future.key: job for future, job in zip(futures, jobs, strict=True)}
    waiting = {future.key: future for future in futures}
    done: queue.SimpleQueue = queue.SimpleQueue()
    for future in futures:
        future.add_done_callback(done.put)
    del futures, sent  # each future is let go of once its files are here
    try:
        while waiting:
            if stop():
                raise KeyboardInterrupt
            try:
                future = done.get(timeout=LOOK_EVERY)
            except queue.Empty:
                continue
            del waiting[future.key]
            yield receive(future, job_of[future.key], stop)
            future.release()
    finally:
        client.cancel([*waiting.values()])


def receive(future, job: Job, stop: Callable[[], bool]) -> Outcome:
    """Write what came back into the job's own folder, as if it had been made here.

    Notes
    -----
    A worker may be lost between its job's end and the moment at which its files are fetched. The scheduler
    then has another make them, and this waits for it.
    """
    shipped: Shipped | None = None
    while shipped is None:
        if stop():
            raise KeyboardInterrupt
        try:
            shipped = future.result(timeout=LOOK_EVERY)
        except TimeoutError:
            continue
        except Exception as fault:  # whatever the library says of a job that it has given up
            why = f"{type(fault).__name__}: {fault}"
            return Outcome(job, False, 0.0, f"no worker could make it: {why}")
    try:
        job.folder.mkdir(parents=True, exist_ok=True)
        for name, content in shipped.files.items():
            (job.folder / Path(name).name).write_bytes(content)
    except OSError as fault:
        return replace(
            shipped.outcome, job=job, ok=False, reason=f"what came back cannot be written: {fault}"
        )
    return replace(shipped.outcome, job=job)


def _no_answer(scheduler: str, fault: Exception) -> ClusterProblem:
    return ClusterProblem(
        f"No scheduler answers at {scheduler}.",
        vi=f"Không kết nối được bộ điều phối tại {scheduler}. Hãy kiểm tra địa chỉ và xem bộ điều phối "
        "đã chạy chưa.",
        where="--scheduler",
        expected="tcp://host:port of a running `dask scheduler`",
        got=f"{type(fault).__name__}: {fault}",
        hint="Start it, or leave --scheduler out to use this machine (docs/cluster.md).",
    )
