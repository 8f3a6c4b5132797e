"""The fork server's process: started before the run has imported anything, so that both import at once.

The server imports libraries and pages while the run reads what is asked for and finds out what has changed.
What the packs of a round share it makes only when the run says that the round's results are built. Nothing
is imported here but the standard library: a command imports this first.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import forkserver

from analysis.batch.engines.interrupts import interrupts_held_back
from analysis.batch.engines.shared import ENGINE, SPAWNED, VARIABLE, WAITS_FOR

#: What the server imports: all that a page needs. None of it may start a thread of Python, hold a ZeroMQ
#: context or an event loop. OpenBLAS and Arrow have threads of their own and know how to be forked.
PRELOAD = ("analysis.batch.engines.preload",)
#: What the server that waits was started for; empty when none does.
_waiting: list[str] = []


@contextmanager
def server_ahead(serves: str) -> Iterator[None]:
    """A server that is started ahead of the run inside, where that gains anything, and ended after it.

    Parameters
    ----------
    serves : str
        Round and language whose pages the run may make (`engines.shared.VARIABLE`).

    Notes
    -----
    Linux only. Where there is a second core to do it on. A run that finds nothing to make ends it unused.
    """
    alone = server_pid() is None  # one that is there does not wait: the run's word would end it
    if alone and os.environ.get(ENGINE) != SPAWNED and len(os.sched_getaffinity(0)) > 1:
        with suppress(OSError):  # the run starts its own, and is the one to tell what is wrong
            _start(serves)
    try:
        yield
    finally:
        stop()


def take(serves: str) -> None:
    """Let the server that waits for this go on; end one that was started for something else."""
    if not _waiting:
        return
    if _waiting.pop() != serves:
        stop()
    elif (pid := server_pid()) is not None:
        with suppress(OSError):
            os.kill(pid, signal.SIGUSR1)


def stop() -> None:
    """End the server: the next run starts one that has today's modules and environment.

    Notes
    -----
    It holds nothing that it would have to put away, and freeing all it has imported takes it half a second.
    """
    _waiting.clear()
    with suppress(AttributeError, OSError):
        if (pid := server_pid()) is not None:
            os.kill(pid, signal.SIGKILL)
        forkserver._forkserver._stop()


def server_pid() -> int | None:
    return getattr(forkserver._forkserver, "_forkserver_pid", None)


def context() -> multiprocessing.context.BaseContext:
    """The standard library's forkserver, which preloads our pages."""
    own = multiprocessing.get_context("forkserver")
    own.set_forkserver_preload(list(PRELOAD))
    return own


@contextmanager
def environment(name: str, value: str) -> Iterator[None]:
    """What the server, which inherits the environment, is to know."""
    os.environ[name] = value
    try:
        yield
    finally:
        del os.environ[name]


def _start(serves: str) -> None:
    context()
    # The signal may come before the server can hear it: it stays pending, as the server inherits the mask.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    try:
        with (
            interrupts_held_back(),
            environment(VARIABLE, serves),
            environment(WAITS_FOR, str(os.getpid())),
        ):
            forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    _waiting.append(serves)
