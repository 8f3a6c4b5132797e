"""This system + what was asked for -> the kind of worker a run uses, and why, in a sentence for the log."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass

from analysis.batch.engines.shared import ENGINE, FORKED, SPAWNED
from analysis.batch.engines.worker import Worker
from analysis.batch.spoken import say_at_once
from analysis.errors import UnknownName


@dataclass(frozen=True)
class Engine:
    """How a run's notebooks are executed.

    Attributes
    ----------
    name : {"forked", "spawned"}
    start : callable
        Makes a worker.
    stop : callable
        Ends what workers share, when the run is over.
    why : str
        Why not the faster one; empty where it is.
    """

    name: str
    start: Callable[[], Worker]
    stop: Callable[[], None]
    why: str = ""


def choose_engine(serves: str) -> Engine:
    """The forked engine on Linux, the spawned one elsewhere and where the fork server cannot be used.

    Parameters
    ----------
    serves : str
        Round and language whose pages are made, as "papi-2021:vi".

    Raises
    ------
    UnknownName
        `WORKBENCH_ENGINE` names neither.
    """
    asked = os.environ.get(ENGINE, "")
    if asked not in ("", FORKED, SPAWNED):
        raise UnknownName(
            f'There is no engine "{asked}".',
            vi=f'Biến {ENGINE} có giá trị "{asked}"; chỉ dùng {FORKED} hoặc {SPAWNED}, hoặc bỏ trống.',
            where=ENGINE,
            expected=f"{FORKED}, {SPAWNED}, or nothing",
            got=asked,
        )
    if asked == SPAWNED:
        return _spawned(f"{ENGINE} asks for it")
    if sys.platform != "linux" and asked != FORKED:
        # Windows has no fork; on macOS it is unsafe once Apple's frameworks are loaded.
        return _spawned(f"{sys.platform} cannot fork safely")
    from analysis.batch.engines.forked import ForkedWorker, ForkServer, ServerFault

    server = ForkServer(serves, say_at_once)
    try:
        server.start()
    except ServerFault as fault:
        server.stop()
        return _spawned(str(fault))
    instead = _spawned("").start
    return Engine(FORKED, lambda: instead() if server.lost else ForkedWorker(server), server.stop)


def _spawned(why: str) -> Engine:
    from analysis.batch.engines.spawned import SpawnedWorker

    return Engine(SPAWNED, SpawnedWorker, lambda: None, why)
