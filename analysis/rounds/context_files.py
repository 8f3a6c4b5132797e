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
        The year that it scores; its regime follows from it.
    training : tuple of str
        Records of training classes (training/README.md): files, or the names that records were imported
        under.
    """

    administrative: str = ""
    parindex_sheet: str = ""
    parindex_year: int = 0
    training: tuple[str, ...] = ()


def read_context_files(raw: Mapping[str, Any], path: Path) -> ContextFiles:
    """[context], every key optional; a scoring sheet needs its year, and a year its sheet."""
    given = dict(raw)
    given["training"] = _listed(given.get("training", []), path)
    settings = read_section(ContextFiles, given, "context", path)
    if bool(settings.parindex_sheet) != bool(settings.parindex_year):
        vi = "[context]: parindex_sheet và parindex_year phải cùng có hoặc cùng để trống"
        got = f'parindex_sheet = "{settings.parindex_sheet}", parindex_year = {settings.parindex_year}'
        raise bad_settings(path, "[context] parindex_sheet", "a sheet with its year, or neither", got, vi)
    return settings


def _listed(given: object, path: Path) -> tuple[str, ...]:
    """Different names in brackets."""
    named = isinstance(given, list) and all(isinstance(name, str) and name.strip() for name in given)
    if not named or len(set(given)) < len(given):
        vi = "[context] training: phải là danh sách tên khác nhau trong ngoặc vuông"
        expected = 'a list such as ["raw/training-2021.xlsx"], none twice'
        raise bad_settings(path, "[context] training", expected, repr(given), vi)
    return tuple(given)
