"""data/framework/<name>/framework.toml -> what a framework is as a whole: its total, and who publishes it.

The file may be left out: then there is no total, and nothing published belongs to the framework.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from analysis import paths
from analysis.errors import BadRows, shown

FILE = "framework.toml"
_TOTAL = ("code", "name_vi", "name_en")


@dataclass(frozen=True)
class Total:
    """The sum of all sub-dimensions: its code in the results, and its names."""

    code: str
    name_vi: str
    name_en: str


@dataclass(frozen=True)
class FrameworkSettings:
    """What holds for the whole framework.

    Attributes
    ----------
    total : Total or None
        None = the composites are not added up.
    published : bool
        Whether data/published holds figures of this framework.
    """

    total: Total | None = None
    published: bool = False


def read_framework_settings(folder: Path) -> FrameworkSettings:
    """Read one framework's settings.

    Raises
    ------
    BadRows
        The file is not TOML, or holds a key that is unknown, missing or of the wrong kind.
    """
    path = folder / FILE
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return FrameworkSettings()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise _bad(
            path, "the file is not valid TOML", "UTF-8 TOML", str(fault), "sai cú pháp TOML"
        ) from fault
    unknown = sorted(set(raw) - {"total", "published"})
    if unknown:
        raise _bad(path, "unknown key", "published and [total]", shown(unknown), "có khóa lạ")
    published, total = raw.get("published", False), raw.get("total")
    if not isinstance(published, bool):
        raise _bad(path, "published", "true or false", repr(published), "published: true hoặc false")
    return FrameworkSettings(None if total is None else _read_total(total, path), published)


def _read_total(raw: object, path: Path) -> Total:
    given = raw if isinstance(raw, dict) else {}
    right = set(given) == set(_TOTAL)
    if not right or not all(isinstance(text, str) and text.strip() for text in given.values()):
        expected = f"{', '.join(_TOTAL)}, each a text"
        raise _bad(path, "[total]", expected, repr(raw), f"[total]: cần {', '.join(_TOTAL)}")
    return Total(**given)


def _bad(path: Path, what: str, expected: str, got: str, vi: str) -> BadRows:
    return BadRows(
        f"A framework's settings are wrong: {what}.",
        vi=f"Tệp cấu hình khung chỉ số sai ({vi}). Hãy sửa tệp rồi chạy lại.",
        where=paths.short(path),
        expected=expected,
        got=got,
        hint="data/framework/papi/framework.toml is an example; the file may be left out.",
    )
