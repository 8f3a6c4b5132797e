"""One freshly forked process a notebook, from a server that has already imported the libraries.

The standard library's forkserver is the server: one process of one thread, without a ZeroMQ context or an
event loop, that imports the modules of `PRELOAD` once and forks a child for each job. A child shares their
memory, runs the notebook in itself (`inprocess`), renders the page and ends; nothing of one notebook can
reach another. Measured against starting kernels: docs/benchmarks/batch.md.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import threading
from collections.abc import Callable
from contextlib import contextmanager, suppress
from multiprocessing import connection
from pathlib import Path

from analysis.batch.engines import early
from analysis.batch.engines.interrupts import interrupts_held_back, leave_interrupts_to_the_run
from analysis.batch.engines.shared import VARIABLE
from analysis.batch.engines.worker import (
    CellStarted,
    ProcessStarted,
    Worker,
    end_group,
    how_it_ended,
)
from analysis.batch.job import Job, run_job

_ENDED_VI = "Tiến trình nạp sẵn thư viện đã dừng"


class ServerFault(Exception):
    """The fork server cannot be used; the run falls back to spawned workers and says so."""


class ForkServer:
    """The server of this run; the standard library keeps one for the whole process.

    Parameters
    ----------
    serves : str
        Round and language whose packs it is for (`engines.shared.VARIABLE`).
    say : callable
        Told in a sentence when it was lost, and what happens now.

    Attributes
    ----------
    lost : bool
        It ended and could not be started again.
    """

    def __init__(self, serves: str, say: Callable[[str], None]) -> None:
        self.lost = False
        self._serves = serves
        self._say = say
        self._pid: int | None = None

    def start(self) -> None:
        """Start the server and make sure that it has really imported what it should.

        Raises
        ------
        ServerFault
            It does not answer, or a module could not be imported: the standard library ignores that silently.
        """
        early.take(self._serves)
        context = early.context()
        ear, mouth = context.Pipe(duplex=False)
        probe = context.Process(target=_probe, args=(mouth,))
        try:
            self._start(probe)
            mouth.close()
            missing = ear.recv() if ear.poll(120) else ["the server does not answer"]
            probe.join(10)
        except (OSError, EOFError) as fault:
            raise ServerFault(f"the fork server cannot be used: {fault}") from fault
        finally:
            ear.close()
        if missing:
            raise ServerFault(f"the fork server lacks {', '.join(missing)}")
        self._pid = early.server_pid()

    def fork(self, process: multiprocessing.Process) -> None:
        """Start a process; a server that has ended in the meantime is started anew, and that is said.

        Raises
        ------
        ServerFault
        """
        try:
            self._start(process)
        except (OSError, EOFError) as fault:
            self.lost = True
            self._say(f"{_ENDED_VI}; chuyển sang cách chạy chậm hơn / the fork server is lost: {fault}")
            raise ServerFault(str(fault)) from fault
        if early.server_pid() != self._pid:
            self._pid = early.server_pid()
            self._say(f"{_ENDED_VI} và được chạy lại / the fork server had ended and was started again")

    def stop(self) -> None:
        """End the server: the next run starts one that has today's modules and environment."""
        early.stop()

    def _start(self, process: multiprocessing.Process) -> None:
        with interrupts_held_back(), _main_hidden(), early.environment(VARIABLE, self._serves):
            process.start()


class ForkedWorker(Worker):
    """A new process for each job, in a process group of its own."""

    def __init__(self, server: ForkServer) -> None:
        super().__init__()
        self._server = server
        self._process: multiprocessing.Process | None = None
        # Something to wait on before the first job.
        self.ear, self._far_end = multiprocessing.Pipe()

    def give(self, job: Job) -> None:
        self.end()
        self._take(job)
        context = early.context()
        self.ear, far_end = context.Pipe(duplex=False)
        environment = {name: value for name, value in os.environ.items() if _is_ours(name)}
        # Not daemonic: a notebook may use processes of its own.
        process = context.Process(target=_work, args=(job, far_end, environment, str(Path.cwd())))
        try:
            self._server.fork(process)
            self._process = process
        except ServerFault:
            pass  # heard as the end of a process that never was
        finally:
            far_end.close()

    def end(self) -> None:
        if self._process is not None:
            # The group outlives its leader where a cell started processes that go on.
            end_group(self._process.pid)
            self._process.kill()
            self._process.join()
            for pid in self._others:
                end_group(pid)
            self._process.close()
            self._process = None
        self._forget()
        self.ear.close()

    def _stopped(self) -> str:
        if self._process is None:
            return "it could not be started"
        self._process.join()
        return how_it_ended(self._process.exitcode)


def _probe(mouth: connection.Connection) -> None:
    """What of the preload is not there, and what must not be: other threads of Python."""
    missing = [name for name in early.PRELOAD if name not in sys.modules]
    threads = threading.active_count()
    mouth.send([*missing, *([f"a single thread (it has {threads})"] if threads > 1 else [])])


def _work(job: Job, mouth: connection.Connection, environment: dict[str, str], folder: str) -> None:
    """A job in a process of its own, and its outcome."""
    os.setsid()
    leave_interrupts_to_the_run()
    threading.Thread(target=_end_with_the_run, daemon=True).start()
    _take_place(environment, folder)
    outcome = run_job(
        job,
        lambda pid: mouth.send(ProcessStarted(pid)),
        lambda cell: mouth.send(CellStarted(cell)),
        in_process=True,
    )
    with suppress(OSError):
        mouth.send(outcome)


def _take_place(environment: dict[str, str], folder: str) -> None:
    """The run's own settings and folder instead of the server's, and random numbers of its own."""
    for name in [name for name in os.environ if _is_ours(name)]:
        del os.environ[name]
    os.environ |= environment
    os.chdir(folder)
    random.seed()
    sys.modules["numpy"].random.seed()


def _is_ours(name: str) -> bool:
    return name.startswith("WORKBENCH_")


def _end_with_the_run() -> None:
    """A killed run cannot end its workers; they must not go on writing into a folder it no longer holds."""
    multiprocessing.parent_process().join()
    end_group(os.getpid())
    os._exit(1)


@contextmanager
def _main_hidden():
    """Keep a child from importing the command's own module again, which the forkserver would have it do."""
    main = sys.modules["__main__"]
    held = {name: getattr(main, name) for name in ("__file__", "__spec__") if hasattr(main, name)}
    try:
        for name in held:
            setattr(main, name, None) if name == "__spec__" else delattr(main, name)
        yield
    finally:
        for name, value in held.items():
            setattr(main, name, value)
