"""Things a check found -> a findings table, and the one error a build raises from it.

Checks find, builds stop: a `check_*` function returns this table and changes nothing; a `build_*`
calls `stop_on`, which raises if any finding is of kind `stop`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import pandas as pd

from analysis import errors

#: Finding code -> the error class (and so the exit code) it becomes.
ERROR_OF_CODE: dict[str, type[errors.WorkbenchError]] = {
    "missing_column": errors.MissingColumn,
    "bad_weight": errors.BadWeight,
    "duplicate_respondent": errors.DuplicateRespondent,
    "unknown_place_code": errors.UnknownPlaceCode,
    "unknown_code": errors.UnknownCode,
    "bad_design": errors.BadDesign,
    "lone_psu": errors.LonePsu,
}  # any other code is about committed rows: BadRows

COLUMNS = ("kind", "code", "what", "vi", "where", "expected", "got", "hint")


@dataclass(frozen=True)
class Finding:
    """One thing a check found; the fields are those of `WorkbenchError`."""

    code: str
    what: str
    vi: str
    where: str = ""
    expected: str = ""
    got: str = ""
    hint: str = ""
    kind: str = "stop"


def findings_table(findings: Iterable[Finding]) -> pd.DataFrame:
    """One row a finding, columns `COLUMNS`, in the order found."""
    return pd.DataFrame([asdict(finding) for finding in findings], columns=list(COLUMNS))


def stop_on(findings: pd.DataFrame) -> None:
    """Raise if any finding is of kind `stop`; findings of kind `note` never stop.

    Raises
    ------
    WorkbenchError
        The class that belongs to the first stop finding; its message lists every stop finding of
        that code, so that one run tells all of them.
    """
    stops = findings[findings["kind"] == "stop"]
    if stops.empty:
        return
    code = stops["code"].iloc[0]
    same = stops[stops["code"] == code]
    fields = {name: _joined(same[name], "; ") for name in ("where", "expected", "got", "hint")}
    what, vi = _joined(same["what"], " "), _joined(same["vi"], " ", more="và {} lỗi nữa")
    raise ERROR_OF_CODE.get(code, errors.BadRows)(what, vi=vi, **fields)


def _joined(texts: pd.Series, between: str, more: str = "and {} more") -> str:
    """The different texts of one field, at most five."""
    different = list(dict.fromkeys(text for text in texts if text))
    parts = different[: errors.EXAMPLES_SHOWN]
    if len(different) > len(parts):
        parts.append(more.format(len(different) - len(parts)))
    return between.join(parts)
