"""Finished pack folders -> the output folder, each moved in whole; failures -> failed/ with the reason."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from analysis.batch.durable import flush_folder
from analysis.batch.folder import FAILED, OLD
from analysis.batch.formats.names import beside
from analysis.batch.job import Outcome
from analysis.batch.targets import code_of, page_name

REASON = "reason.txt"


def settle(outcome: Outcome, out: Path) -> Outcome:
    """Move what a job left to its place.

    Returns
    -------
    Outcome
        A failure where the pack could not be moved in; the one that was there is then still there.
    """
    job = outcome.job
    if outcome.ok:
        try:
            move_in(job.folder, out)
        except OSError as fault:
            reason = f"the pack was built but could not be put in its place: {fault}"
            outcome = replace(outcome, ok=False, reason=reason)
        else:
            forget_failure(job.name, out)
            return outcome
    try:
        keep_failure(job.folder, out, outcome.reason)
    except OSError as fault:
        outcome = replace(outcome, reason=f"(not kept in {FAILED}/: {fault})\n{outcome.reason}")
        shutil.rmtree(job.folder, ignore_errors=True)  # on a full disk, room for index and manifest
    return outcome


def move_in(built: Path, out: Path) -> Path:
    """Put a finished pack folder in its place; the pack that was there stays if that does not succeed.

    Raises
    ------
    OSError
    """
    target = out / built.name
    old = built.with_name(built.name + OLD)
    if target.exists():
        target.rename(old)
    try:
        built.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    flush_folder(out)
    shutil.rmtree(old, ignore_errors=True)
    return target


def keep_failure(left: Path, out: Path, reason: str) -> Path:
    """Keep under failed/ what a failed job left (executed notebook, what the kernel printed) and why.

    Raises
    ------
    OSError
    """
    left.mkdir(parents=True, exist_ok=True)
    (left / REASON).write_text(reason + "\n", encoding="utf-8", errors="backslashreplace")
    target = out / FAILED / left.name
    shutil.rmtree(target, ignore_errors=True)
    target.parent.mkdir(exist_ok=True)
    left.rename(target)
    return target


def forget_failure(name: str, out: Path) -> None:
    """Drop an earlier run's failure of a pack that is built now, and failed/ itself once empty."""
    shutil.rmtree(out / FAILED / name, ignore_errors=True)
    with suppress(OSError):
        (out / FAILED).rmdir()  # only an empty one


def remove_others(out: Path, keep: set[str], keep_failures: set[str]) -> None:
    """Remove pages and failures of another round or language: they must not pass for this one's.

    Parameters
    ----------
    keep, keep_failures : set of str
        Codes whose page, whose folder under failed/, is of this batch.
    """
    for folder in out.iterdir():
        code = code_of(folder.name)
        if code and code not in keep and (page := folder / page_name(code)).is_file():
            for file in (*beside(page).values(), page):
                with suppress(OSError):  # open elsewhere (Windows): it stays, and the index does not name it
                    file.unlink(missing_ok=True)
            with suppress(OSError):
                folder.rmdir()  # only if nobody put anything else into it
    for folder in out.glob(f"{FAILED}/*"):
        code = code_of(folder.name)
        if code and code not in keep_failures:
            forget_failure(folder.name, out)


def write_whole(path: Path, text: str) -> Path:
    """Write a text file so that it is there whole or not at all."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with part.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    flush_folder(path.parent)
    return path
