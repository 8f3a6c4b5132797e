"""What asks a run to stop, and what that does in its processes: the run alone decides."""

from __future__ import annotations

import signal
from contextlib import contextmanager

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
