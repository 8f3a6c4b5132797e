"""A sentence for the person at the screen -> said at once, whatever else is being drawn there."""

from __future__ import annotations

import os
import sys
from contextlib import suppress


def say_at_once(text: str) -> None:
    """Write past Python's buffers, which may be in the middle of drawing the progress bar."""
    with suppress(OSError, ValueError, AttributeError):
        os.write(sys.stderr.fileno(), f"\n{text}\n".encode(sys.stderr.encoding or "utf-8", "replace"))
