"""Files and folders -> on the disk itself, so that a power cut after a rename finds them whole."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def flush_files(folder: Path) -> int:
    """Have the system write every file of a folder, and the folder, to the disk.

    Returns
    -------
    int
        Bytes of the files.

    Raises
    ------
    OSError
        The disk does not take them.
    """
    size = 0
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
            size += path.stat().st_size
    flush_folder(folder)
    return size


def flush_folder(folder: Path) -> None:
    """Have the system write a folder's names to the disk; Windows does so by itself, some shares never do."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(opened)
    finally:
        os.close(opened)
