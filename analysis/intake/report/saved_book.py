"""A workbook that was made -> its file, whole or not at all."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from openpyxl import Workbook

from analysis import paths
from analysis.errors import PacksFolderProblem


def save_book(book: Workbook, path: Path, what: str) -> Path:
    """Write a workbook beside its place, then move it in, so that no half-written file is ever seen.

    Parameters
    ----------
    book : Workbook
    path : Path
        The .xlsx; replaced whole or left as it was. Its folder is made.
    what : str
        What it holds, for the message: "The findings".

    Raises
    ------
    PacksFolderProblem
        The file cannot be written, for one because it is open in Excel.
    """
    part = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(prefix=re.sub(r"\W", "_", path.stem), suffix=".part", dir=path.parent)
        os.close(handle)
        book.save(part)
        Path(part).replace(path)
    except OSError as fault:
        name = paths.short(path)
        raise PacksFolderProblem(
            f"{what} cannot be written to {name}.",
            vi=f"Không ghi được {name}. Nếu tệp đang mở trong Excel, hãy đóng lại rồi chạy lại.",
            where=name,
            expected="a file that can be written",
            got=f"{type(fault).__name__}: {fault.strerror or fault}",
            hint="Close the file in Excel, check that the folder can be written, and run again.",
        ) from fault
    finally:
        if part:
            Path(part).unlink(missing_ok=True)
    return path
