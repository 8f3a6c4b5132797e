"""What Ctrl-C does in the processes of a run: the run alone decides."""

from __future__ import annotations

import signal
from contextlib import contextmanager


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
