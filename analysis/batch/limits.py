"""How much time and memory one page may take: what goes past is a failure of that page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """For one job.

    Attributes
    ----------
    seconds : float
        Wall-clock time. The slowest page takes a few seconds; what is not done by then never will be.
    bytes : int
        Address space of the notebook's process; 0 for no limit. A page needs about 2 GB of it, most of
        that shared libraries.
    """

    seconds: float = 900.0
    bytes: int = 8 << 30


USUAL = Limits()


@contextmanager
def memory_limit(most: int) -> Iterator[None]:
    """Have this process, and those that it starts, get no more than so many bytes of address space.

    Without it a page that eats all memory would have the system kill whichever process it likes; with it
    the cell that asks for too much gets a MemoryError. Windows has no such limit.
    """
    try:
        import resource
    except ImportError:
        most = 0
    if not most:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
