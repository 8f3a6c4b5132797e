"""A finished page -> its PDF, printed by a headless browser with its network off."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

#: A page prints in a second or two; a machine under load takes longer, and one that hangs is given up.
TIMEOUT_SECONDS = 180
_FLAGS = (
    "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions",
    "--disable-sync", "--disable-background-networking", "--disable-component-update",
    "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)  # fmt: skip
#: A PDF says when it was made; the time of this page is none.
_TIME = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}((?:[+-]\d\d'\d\d'?|Z)?\))")
_NO_TIME = b"19800101000000"
#: Chromium numbers the parts of a tagged PDF from a start that differs from run to run.
_NODE = re.compile(rb"\(node(\d{8})\)")


class NotPrinted(Exception):
    """The browser gave no PDF; the message holds what it said."""


def print_page(
    browser: str, page: Path, target: Path, scratch: Path, started: Callable[[int], None] | None = None
) -> Path:
    """Print a page as it would come out on paper: A4, its own margins, tagged for screen readers.

    Parameters
    ----------
    browser : str
        From `find_browser`.
    scratch : Path
        Where the browser's profile may lie until it ends.
    started : callable, optional
        Called with the browser's process id, so that a caller can end one left behind.

    Raises
    ------
    NotPrinted
        It ended without a PDF, or did not end.

    Notes
    -----
    The time is taken out and tags are numbered from 1, so that the same browser with the same fonts gives
    the same bytes again; another version or another machine may not.
    """
    with tempfile.TemporaryDirectory(prefix="print-", dir=scratch, ignore_cleanup_errors=True) as profile:
        made = Path(profile) / "page.pdf"
        command = [browser, *_FLAGS, *_sandbox(), f"--user-data-dir={profile}", f"--print-to-pdf={made}"]
        _run([*command, page.resolve().as_uri()], started)
        if not made.is_file() or not made.read_bytes().startswith(b"%PDF-"):
            raise NotPrinted("the browser ended and left no PDF")
        target.write_bytes(fixed_pdf(made.read_bytes()))
    return target


def fixed_pdf(raw: bytes) -> bytes:
    """A PDF without time, its tags numbered from 1; every byte keeps its place, as the file's index asks."""
    timeless = _TIME.sub(lambda found: found[1] + _NO_TIME + re.sub(rb"\d", b"0", found[2]), raw)
    numbers = {old: rank for rank, old in enumerate(sorted(set(_NODE.findall(timeless))), 1)}
    return _NODE.sub(lambda found: b"(node%08d)" % numbers[found[1]], timeless)


def _sandbox() -> list[str]:
    """Chromium's sandbox does not work for the superuser; pages hold no script, and nothing is loaded."""
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


def _run(command: list[str], started: Callable[[int], None] | None) -> None:
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    if started is not None:
        started(process.pid)
    try:
        _, said = process.communicate(timeout=TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired as fault:
        process.kill()
        process.communicate()
        raise NotPrinted(f"the browser did not end within {TIMEOUT_SECONDS} s") from fault
    if process.returncode != 0:
        tail = said.decode("utf-8", "replace").strip().splitlines()[-5:]
        raise NotPrinted(f"the browser ended with code {process.returncode}: " + " | ".join(tail))
