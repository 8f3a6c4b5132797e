"""A round's TOML -> the files of figures that stand beside the survey on its pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.rounds.reading import bad_settings, read_section


@dataclass(frozen=True)
class ContextFiles:
    """[context]: from the data folder; "" where there is none.

    Attributes
    ----------
    administrative : str
        Counts that districts and communes send in (data/administrative/README.md).
    parindex_sheet : str
        A scoring sheet of the reform index (data/parindex/README.md).
    parindex_year : int
        The year that the sheet scores; its regime follows from it.
    """

    administrative: str = ""
    parindex_sheet: str = ""
    parindex_year: int = 0


def read_context_files(raw: Mapping[str, Any], path: Path) -> ContextFiles:
    """[context], every key optional; a scoring sheet needs its year, and a year its sheet."""
    settings = read_section(ContextFiles, dict(raw), "context", path)
    if bool(settings.parindex_sheet) != bool(settings.parindex_year):
        vi = "[context]: parindex_sheet và parindex_year phải cùng có hoặc cùng để trống"
        got = f'parindex_sheet = "{settings.parindex_sheet}", parindex_year = {settings.parindex_year}'
        raise bad_settings(path, "[context] parindex_sheet", "a sheet with its year, or neither", got, vi)
    return settings
