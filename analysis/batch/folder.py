"""The output folder -> held by one run at a time, mended after a killed one, with a place to build in."""

from __future__ import annotations

import os
import platform
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from analysis import paths
from analysis.errors import PacksFolderProblem

BUILDING = ".building"
FAILED = "failed"
INDEX = "index.html"
MANIFEST = "manifest.json"
STATUS = "status.json"
#: The folder of training classes' reports, right in that of the packs, with index and manifest of its own.
CLASSES = "classes"
LOCK = ".lock"
OLD = ".old"
#: Windows locks bytes and then keeps others from reading them: one far behind the text.
_LOCKED_BYTE = 1 << 20


@contextmanager
def hold_folder(out: Path) -> Iterator[None]:
    """Hold the output folder for this run; what a killed run left there is put right first.

    The system lets go of the lock when the process ends, however it ends.

    Raises
    ------
    PacksFolderProblem
        Another run holds it, or it cannot be made or written.
    """
    made = not out.exists()
    with folder_faults(out):
        out.mkdir(parents=True, exist_ok=True)
        lock = _take_lock(out)
    try:
        with folder_faults(out):
            _check_names(out)
            _recover(out)
        yield
    finally:
        with suppress(OSError):  # Windows deletes no file that a waiting run has open
            if os.name == "posix":
                (out / LOCK).unlink()
        os.close(lock)
        with suppress(OSError):
            if os.name != "posix":
                (out / LOCK).unlink()
        with suppress(OSError):
            if made:
                out.rmdir()  # only if nothing was put into it


@contextmanager
def building_folder(out: Path) -> Iterator[Path]:
    """A folder beside the packs to build in, on the same disk so that moves are renames.

    Raises
    ------
    PacksFolderProblem
        It cannot be made.
    """
    folder = out / f"{BUILDING}-{os.getpid()}"
    with folder_faults(out):
        folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def folder_faults(out: Path) -> Iterator[None]:
    """Turn what the system says about the output folder into a sentence.

    Raises
    ------
    PacksFolderProblem
    """
    try:
        yield
    except OSError as fault:
        where = Path(fault.filename) if isinstance(fault.filename, str) else out
        raise PacksFolderProblem(
            "The output folder cannot be written.",
            vi="Không ghi được vào thư mục xuất bản tin; hãy kiểm tra quyền ghi "
            "hoặc chọn thư mục khác bằng --out.",
            where=paths.short(where),
            expected="a folder that can be written",
            got=str(fault.strerror or fault),
            hint="Free the folder or give another with --out.",
        ) from fault


def _take_lock(out: Path) -> int:
    path = out / LOCK
    while True:
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock(lock)
            if os.name != "posix" or _is_still(path, lock):
                os.ftruncate(lock, 0)
                os.write(lock, _holder().encode())
                return lock
        except BlockingIOError as fault:
            held_by = _read(path)
            os.close(lock)
            raise PacksFolderProblem(
                "Another run is writing to this folder.",
                vi="Một lần chạy khác đang ghi vào thư mục này; hãy chờ lần chạy đó xong, "
                "hoặc chọn thư mục khác bằng --out.",
                where=paths.short(out),
                expected="one run at a time",
                got=held_by,
                hint="Wait for it to end, or give another folder with --out.",
            ) from fault
        except BaseException:
            os.close(lock)
            raise
        os.close(lock)  # the run before deleted this file between our opening and locking it


def _lock(file: int) -> None:
    """Lock an open file for this process, or raise BlockingIOError."""
    try:
        import fcntl
    except ImportError:
        import msvcrt

        os.lseek(file, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError as fault:
            raise BlockingIOError from fault
        os.lseek(file, 0, os.SEEK_SET)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_still(path: Path, file: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file))
    except FileNotFoundError:
        return False


def _holder() -> str:
    since = time.strftime("%Y-%m-%d %H:%M:%S")
    return f"process {os.getpid()} on {platform.node()}, since {since}\n"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip() or "another run, just started"
    except OSError:
        return "another run"


def _check_names(out: Path) -> None:
    """Stop before anything is built where something else has the name of what a run must write."""
    wrong = [name for name in (INDEX, MANIFEST, STATUS) if (out / name).is_dir()]
    if (out / FAILED).exists() and not (out / FAILED).is_dir():
        wrong.append(FAILED)
    if wrong:
        raise PacksFolderProblem(
            f"Something else is called {wrong[0]} in the output folder.",
            vi=f"Trong thư mục xuất bản tin đã có một mục khác mang tên {wrong[0]}; "
            "hãy đổi tên mục đó hoặc chọn thư mục khác bằng --out.",
            where=paths.short(out / wrong[0]),
            expected="a folder" if wrong[0] == FAILED else "a file",
            got="a file" if wrong[0] == FAILED else "a folder",
            hint="Rename it, or give another folder with --out.",
        )


def _recover(out: Path) -> None:
    """Put right what a killed run left: a pack it had moved aside goes back, half-built things go."""
    for left in out.glob(f"{BUILDING}-*"):
        for old in left.glob(f"*{OLD}"):
            target = out / old.name.removesuffix(OLD)
            if not target.exists():
                old.rename(target)
        shutil.rmtree(left, ignore_errors=True)
    for name in (INDEX, MANIFEST, STATUS):
        for part in out.glob(f".{name}.*.part"):
            part.unlink()
