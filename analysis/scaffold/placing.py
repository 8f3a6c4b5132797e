"""Texts and copies -> files in their places, all of them or none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

from analysis import paths
from analysis.errors import PacksFolderProblem


def write_files(
    files: Mapping[Path, str],
    copies: Mapping[Path, Path],
    replace: bool = False,
    remove: Collection[Path] = (),
) -> list[Path]:
    """Write all beside their places, then move them in; a fault puts back what was there.

    Parameters
    ----------
    files : mapping of Path to str
    copies : mapping of Path to Path
        Place -> the file to copy there; one that is there must be the same.
    replace : bool
        Write over files that are there.
    remove : collection of Path
        Files that go once the others are in place.

    Raises
    ------
    PacksFolderProblem
        Something is there already, or nothing can be written; then everything is as it was.
    """
    if not replace:
        for path in files:
            folder = path.parent
            fresh = folder.name == "rounds" or "drafts" in folder.relative_to(paths.data_folder()).parts
            if path.exists() or (folder.exists() and not fresh):
                raise taken(path if path.exists() else folder)
    for path, source in copies.items():
        if path.exists() and path.read_bytes() != source.read_bytes():
            raise taken(path)
    before = {path: path.read_bytes() if path.is_file() else None for path in (*copies, *files, *remove)}
    parts: dict[Path, Path] = {}
    done: list[Path] = []
    try:
        for path in [*copies, *files]:
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f".{path.name}.{os.getpid()}.part")
            parts[part] = path
            if path in files:
                part.write_text(files[path], encoding="utf-8")
            else:
                shutil.copyfile(copies[path], part)
        for part, path in parts.items():
            part.replace(path)
            done.append(path)
        for path in remove:
            path.unlink(missing_ok=True)
    except OSError as fault:
        for path in (*done, *remove):
            _put_back(path, before[path])
        raise PacksFolderProblem(
            "The draft cannot be written to the data folder.",
            vi="Không ghi được bản thảo vào thư mục dữ liệu. Hãy kiểm tra quyền ghi và chỗ trống.",
            where=paths.short(paths.data_folder()),
            expected="a folder that can be written",
            got=f"{type(fault).__name__}: {fault.strerror or fault}",
            hint="Everything is as it was. Mend the folder and run again.",
        ) from fault
    finally:
        for part in parts:
            part.unlink(missing_ok=True)
    return done


def _put_back(path: Path, raw: bytes | None) -> None:
    if raw is None:
        path.unlink(missing_ok=True)
    elif not path.is_file() or path.read_bytes() != raw:
        path.write_bytes(raw)


def taken(path: Path) -> PacksFolderProblem:
    """The refusal to write over something."""
    return PacksFolderProblem(
        f"{paths.short(path)} is there already; a draft never writes over it.",
        vi=f"{paths.short(path)} đã có; chương trình không ghi đè. Muốn soạn lại mà giữ những điều đã quyết "
        "định, hãy thêm --again; nếu không, hãy chọn tên vòng khác.",
        where=paths.short(path),
        expected="a name that nothing has yet, or --again",
        hint="Add --again to draft it again with your decisions kept, or choose another name for the round.",
    )
