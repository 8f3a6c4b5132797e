"""Finished pack folders -> the output folder, each moved in whole; failures -> failed/."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

from analysis import paths
from analysis.errors import PacksFolderProblem

BUILDING = ".building"
FAILED = "failed"


@contextmanager
def building_folder(out: Path):
    """A folder beside the packs to build in, on the same disk so that moves are renames.

    Raises
    ------
    PacksFolderProblem
        The output folder cannot be made or written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        folder = out / f"{BUILDING}-{os.getpid()}"
        folder.mkdir()
    except OSError as fault:
        raise PacksFolderProblem(
            "The output folder cannot be written.",
            vi="Không ghi được vào thư mục xuất bản tin; hãy kiểm tra quyền ghi "
            "hoặc chọn thư mục khác bằng --out.",
            where=paths.short(out),
            expected="a folder that can be written",
            got=str(fault.strerror),
            hint="Free the folder or give another with --out.",
        ) from fault
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def move_in(built: Path, out: Path) -> Path:
    """Put a finished pack folder in its place; the pack that was there is whole until then."""
    target = out / built.name
    old = built.with_name(built.name + ".old")
    if target.exists():
        target.rename(old)
    built.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    return target


def move_to_failed(built: Path, out: Path) -> Path:
    """Keep what a failed job left (executed notebook, reason) under failed/."""
    target = out / FAILED / built.name
    shutil.rmtree(target, ignore_errors=True)
    target.parent.mkdir(exist_ok=True)
    built.rename(target)
    return target


def forget_failure(name: str, out: Path) -> None:
    """Drop an earlier run's failure of a pack that is built now, and failed/ itself once empty."""
    shutil.rmtree(out / FAILED / name, ignore_errors=True)
    if (out / FAILED).is_dir() and not any((out / FAILED).iterdir()):
        (out / FAILED).rmdir()


def write_whole(path: Path, text: str) -> Path:
    """Write a text file so that it is there whole or not at all."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with part.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return path
