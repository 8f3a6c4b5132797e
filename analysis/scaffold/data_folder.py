"""A path -> a fresh data folder there, outside the checkout, whole or not at all."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from analysis import paths
from analysis.errors import PacksFolderProblem

_TEMPLATE = Path(__file__).parent / "templates" / "new"


def make_data_folder(target: Path) -> Path:
    """Make a data folder: raw/, built/, corrections/, rounds/, registers/, retention.csv, with READMEs.

    Parameters
    ----------
    target : Path
        A folder that is not there yet, or is empty; outside the checkout.

    Returns
    -------
    Path
        Absolute.

    Raises
    ------
    PacksFolderProblem
        The folder lies inside the checkout, holds something, or cannot be written.

    Notes
    -----
    Rows are not copied: what the folder lacks is looked up in the checkout's data/ (`analysis.paths`). Made
    beside its place and moved in, open to its owner alone; a .gitignore keeps all of it out of any git.
    """
    target = target.expanduser().resolve()
    if target.is_relative_to(paths.home().resolve()):
        raise _refused(
            target, "it lies inside the program's folder", "nằm trong thư mục chương trình",
            "a folder of its own, such as one beside the program's", target.as_posix(),
        )  # fmt: skip
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        kind = "a folder that is not empty" if target.is_dir() else "a file"
        raise _refused(
            target, "something is there already", "đã có dữ liệu ở đó",
            "a folder that is not there yet, or an empty one", kind,
        )  # fmt: skip
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(_TEMPLATE, part)
        (part / ".gitignore").write_text("*\n", encoding="utf-8")
        part.chmod(0o700)
        if target.exists():
            target.rmdir()  # Windows moves nothing onto a folder, not even an empty one
        part.rename(target)
    except OSError as fault:
        got = f"{type(fault).__name__}: {fault.strerror or fault}"
        raise _refused(
            target, "it cannot be written", "không ghi được", "a folder that can be written", got
        ) from fault
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return target


def _refused(target: Path, what: str, vi: str, expected: str, got: str) -> PacksFolderProblem:
    return PacksFolderProblem(
        f"No data folder can be made at {target.as_posix()}: {what}.",
        vi=f"Không tạo được thư mục dữ liệu tại {target.as_posix()}: {vi}. Hãy chọn một thư mục khác.",
        where=target.as_posix(),
        expected=expected,
        got=got,
        hint="Name another folder. Nothing was changed.",
    )
