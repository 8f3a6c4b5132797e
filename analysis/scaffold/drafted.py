"""What a round was drafted as, and what was asked for -> kept in drafts/, so that it can be drafted again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis import paths
from analysis.errors import MissingFile
from analysis.scaffold.again import merge_file

_ASKED = "asked.json"


@dataclass(frozen=True)
class Drafted:
    """The draft before.

    Attributes
    ----------
    name : str
    file : str
        The survey file, from the data folder.
    asked : dict
        What the person asked for: like, codebook, framework, year, province, reading, columns, words.
    files : dict of str to str
        By path from the data folder, as they were drafted.
    """

    name: str
    file: str
    asked: dict
    files: dict[str, str]

    def asked_with(self, now: Mapping[str, object]) -> dict:
        """What was asked for before and what is now, which counts more."""
        joined = dict(self.asked)
        for key, value in now.items():
            if isinstance(value, dict):
                joined[key] = joined.get(key, {}) | value
            elif isinstance(value, list):
                joined[key] = list(dict.fromkeys([*joined.get(key, []), *value]))
            elif value:
                joined[key] = value
        return joined

    def merged(self, new: Mapping[str, str]) -> tuple[dict[Path, str], list[Path]]:
        """The files to be written, with what the person changed; and those of the old draft that go.

        Notes
        -----
        A file that the new draft does not have goes where nobody changed it, and stays otherwise.
        """
        data = paths.data_folder()
        files, stale = {}, []
        for part, text in new.items():
            path = data / part
            files[path] = merge_file(path, self.files.get(part, ""), text) if path.is_file() else text
        for part, text in self.files.items():
            path = data / part
            if part not in new and path.is_file() and path.read_bytes() == text.encode("utf-8"):
                stale.append(path)
        return files, stale


def drafts_folder(name: str) -> Path:
    return paths.data_folder() / "drafts" / name


def drafted_files(
    name: str, files: Mapping[str, str], file: str, asked: Mapping[str, object]
) -> dict[Path, str]:
    """What is kept of a draft, by its place."""
    folder = drafts_folder(name)
    told = json.dumps({"file": file, **asked}, ensure_ascii=False, indent=1, sort_keys=True)
    return {folder / part: text for part, text in files.items()} | {folder / _ASKED: f"{told}\n"}


def read_drafted(name: str) -> Drafted:
    """The draft before.

    Raises
    ------
    MissingFile
        The round was not drafted here.
    """
    folder = drafts_folder(name)
    try:
        asked = json.loads((folder / _ASKED).read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise MissingFile(
            f"There is no draft of {name} that could be made again.",
            vi=f"Không có bản thảo nào của vòng {name} để soạn lại. Hãy bỏ --again để soạn lần đầu.",
            where=paths.short(folder),
            expected="a round that `workbench round new` drafted in this data folder",
            hint="Leave --again out; or, for a draft of an older version, delete it and draft it anew.",
        ) from fault
    files = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != _ASKED
    }
    return Drafted(name, asked.pop("file"), asked, files)
