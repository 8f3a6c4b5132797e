"""The rows beside a pack, then and now -> those whose number, count or quality is another."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.batch.formats.names import ANNEX_ROWS
from analysis.batch.manifest import Entry
from analysis.estimates import quality
from analysis.estimates.results import ALPHA, KEY

#: What is compared of a row.
COMPARED = ("estimate", "se", "ci_low", "ci_high", "p_adjusted", "n", "quality")
#: What names it in words.
NAMED = ("place_vi", "place_en", "measure_vi", "measure_en", "unit")
#: The answers of a tested comparison; WITHHELD: it is not shown.
HIGHER, LOWER, UNCLEAR, WITHHELD, ABSENT = "higher", "lower", "unclear", "withheld", "absent"
_TESTED = ("difference", "change")


def read_annex(out: Path, entry: Entry) -> pd.DataFrame:
    """The rows beside one pack as text, indexed by what makes a result; no rows without a file."""
    name = f"{Path(entry.file).parent.as_posix()}/{ANNEX_ROWS}"
    path = out / name
    if name not in entry.beside or not path.is_file():
        rows = pd.DataFrame(columns=[*KEY, *COMPARED, *NAMED], dtype=str)
    else:
        rows = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return rows.set_index(list(KEY))[[*COMPARED, *NAMED]]


def changed_rows(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Rows of two `read_annex` that are not the same.

    Returns
    -------
    DataFrame in the order of `new`, then what is gone: the columns of `KEY` and `NAMED`; `old_<column>` and
    `new_<column>` of `COMPARED`, "" where the row is not there; `finding_old` and `finding_new`.
    """
    both = old[[*COMPARED]].add_prefix("old_").join(new[[*COMPARED]].add_prefix("new_"), how="outer")
    both = both.reindex([*new.index, *old.index.difference(new.index, sort=False)]).fillna("")
    differs = [both[f"old_{name}"] != both[f"new_{name}"] for name in COMPARED]
    changed = both[pd.concat(differs, axis=1).any(axis=1)]
    names = pd.concat([new[[*NAMED]], old.loc[old.index.difference(new.index), [*NAMED]]])
    changed = changed.join(names).reset_index()
    for side in ("old", "new"):
        changed[f"finding_{side}"] = [_answer(row, side) for row in changed.to_dict("records")]
    return changed


def _answer(row: dict, side: str) -> str:
    """What a tested comparison found; "" of a row that is none."""
    if row["statistic"] not in _TESTED or row["group_kind"] != "all":
        return ""
    if not row[f"{side}_quality"]:
        return ABSENT
    if row[f"{side}_quality"] not in quality.SHOWN or not row[f"{side}_estimate"]:
        return WITHHELD
    adjusted = row[f"{side}_p_adjusted"]
    if not adjusted or float(adjusted) >= ALPHA:
        return UNCLEAR
    return HIGHER if float(row[f"{side}_estimate"]) > 0 else LOWER
