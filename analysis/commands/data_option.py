"""`workbench --data DIR`: the data folder of one run, for this process and those that it starts."""

from __future__ import annotations

import os
from pathlib import Path

import click

from analysis import paths
from analysis.errors import MissingFile

VARIABLE = "WORKBENCH_DATA"
#: Commands that work where there is no data folder yet.
_WITHOUT = ("new", "key")
#: What tells a data folder from any other.
_INSIDE = ("raw", "rounds", "codebook", "framework", "places", "built")


def use_data(ctx: click.Context, folder: Path | None) -> None:
    """Take this run's data from a folder; notebooks and workers inherit it.

    Raises
    ------
    MissingFile
        The folder that `--data` or WORKBENCH_DATA names is not there, or is no data folder: everything would
        be looked up in the checkout, and built files would lie where nobody looks for them.
    """
    if folder is not None:
        before = os.environ.get(VARIABLE)
        os.environ[VARIABLE] = str(folder.expanduser().resolve())
        ctx.call_on_close(lambda: _restore(before))
    if os.environ.get(VARIABLE) and ctx.invoked_subcommand not in _WITHOUT:
        _check_folder(paths.data_folder(), "--data" if folder is not None else VARIABLE)


def _restore(before: str | None) -> None:
    if before is None:
        os.environ.pop(VARIABLE, None)
    else:
        os.environ[VARIABLE] = before


def _check_folder(folder: Path, named_by: str) -> None:
    if any((folder / name).is_dir() for name in _INSIDE):
        return
    got = "a folder with none of these" if folder.is_dir() else "no such folder"
    raise MissingFile(
        f"{folder} is not a data folder.",
        vi=f"{folder} không phải là thư mục dữ liệu. Hãy kiểm tra lại đường dẫn ({named_by}), hoặc tạo "
        "thư mục mới "
        f'bằng lệnh: workbench new "{folder}"',
        where=named_by,
        expected=f"a folder that holds {', '.join(_INSIDE[:-1])} or {_INSIDE[-1]}",
        got=got,
        hint=f'Mend the path, or make a data folder there: workbench new "{folder}"',
    )
