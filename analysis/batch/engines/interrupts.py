"""What asks a run to stop, and what that does in its processes: the run alone decides."""

from __future__ import annotations

import signal
from contextlib import contextmanager

#: How a person, and how a system that shuts down, asks a run to stop. Both may reach its processes, too: they
#: bear the first and end at the second. Deaf to it, they would make those deaf that a notebook forks.
STOPS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def interrupts_held_back():
    """Start a process that Ctrl-C does not reach before it has said what it does with it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def leave_interrupts_to_the_run() -> None:
    """In a worker: the run decides what Ctrl-C means. Not SIG_IGN, which a kernel would inherit."""
    signal.signal(signal.SIGINT, lambda *_: None)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
