"""A date -> environment variables under which a program and all that it starts see that date (libfaketime)."""

from __future__ import annotations

from pathlib import Path

#: Where Debian and others put the library for programs with threads.
_PLACES = ("/usr/lib", "/usr/local/lib", "/usr/lib64")


def clock_library() -> Path | None:
    """libfaketime, where it is installed."""
    found = (file for place in _PLACES for file in Path(place).glob("**/faketime/libfaketimeMT.so.1"))
    return next(found, None)


def clock_set_to(moment: str) -> dict[str, str]:
    """Variables for a clock that starts at a moment and goes on; none where the library is missing.

    Parameters
    ----------
    moment : str
        "2031-11-30 23:59:58", local time.

    Notes
    -----
    What measures how long something takes (the monotonic clock) stays as it is, as when an operator sets
    the time of the machine.
    """
    library = clock_library()
    if library is None:
        return {}
    return {"LD_PRELOAD": str(library), "FAKETIME": f"@{moment}", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
