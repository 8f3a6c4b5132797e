"""How much time and memory one page may take: what goes past is a failure of that page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """For one job.

    Attributes
    ----------
    seconds : float
        Wall-clock time. The slowest page takes a few seconds; what is not done by then never will be.
    bytes : int
        Address space; 0 for no limit. A page needs about 2 GB of it, most of that shared libraries.
    """

    seconds: float = 900.0
    bytes: int = 8 << 30


USUAL = Limits()


def limit_memory(most: int) -> None:
    """Have this process get a MemoryError past so many bytes of address space, where the system can.

    Without it a page that eats all memory would have the system kill whichever process it likes.
    """
    if not most:
        return
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
