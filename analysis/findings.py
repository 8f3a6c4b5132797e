"""Things a check found -> a findings table, and the one error a build raises from it.

Checks find, builds stop: a `check_*` function returns this table and changes nothing; a `build_*`
calls `stop_on`, which raises if any finding is of kind `stop`. Findings of kind `note` are printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

import pandas as pd

from analysis import errors

#: Finding code -> the error class (and so the exit code) it becomes.
ERROR_OF_CODE: dict[str, type[errors.WorkbenchError]] = {
    "unknown_name": errors.UnknownName,
    "missing_file": errors.MissingFile,
    "unreadable_file": errors.UnreadableFile,
    "missing_column": errors.MissingColumn,
    "bad_weight": errors.BadWeight,
    "duplicate_respondent": errors.DuplicateRespondent,
    "unknown_place_code": errors.UnknownPlaceCode,
    "unknown_code": errors.UnknownCode,
    "bad_design": errors.BadDesign,
    "lone_psu": errors.LonePsu,
    "bad_rows": errors.BadRows,
}  # any other code is about committed rows: BadRows

#: Finding code -> what it is called when counted: Vietnamese, English for one, English for many.
_COUNTED = {
    "missing_column": ("cột bị thiếu", "missing column", "missing columns"),
    "bad_weight": ("lỗi trọng số", "weight fault", "weight faults"),
    "duplicate_respondent": ("lỗi mã người trả lời", "respondent code fault", "respondent code faults"),
    "unknown_place_code": ("mã địa bàn lạ", "unknown place code", "unknown place codes"),
    "unknown_code": ("mã lạ", "unknown code", "unknown codes"),
    "bad_design": ("lỗi thiết kế mẫu", "design fault", "design faults"),
    "lone_psu": ("lỗi tầng chỉ có một đơn vị chọn mẫu", "lone-PSU fault", "lone-PSU faults"),
}
_COUNTED_OTHERWISE = ("lỗi khác", "other fault", "other faults")

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


def bad_row(where: str, what: str, expected: str, got: str, hint: str) -> Finding:
    """A committed row that breaks its own rules."""
    return Finding(
        "bad_rows",
        f"{where}: {what}.",
        f"{where}: dòng sai ({what}). Hãy sửa dòng này.",
        where=where,
        expected=expected,
        got=got,
        hint=hint,
    )


def findings_table(findings: Iterable[Finding]) -> pd.DataFrame:
    """One row a finding, columns `COLUMNS`, in the order found."""
    return pd.DataFrame([asdict(finding) for finding in findings], columns=list(COLUMNS))


def finding_of(fault: errors.WorkbenchError) -> Finding:
    """The stop finding that says what an error says."""
    code = next((code for code, cls in ERROR_OF_CODE.items() if cls is type(fault)), "bad_rows")
    fields = {name: getattr(fault, name) for name in ("what", "vi", "where", "expected", "got", "hint")}
    return Finding(code, **fields)


def exit_code_of(findings: pd.DataFrame) -> int:
    """The exit code of the first stop finding, 0 where there is none."""
    stops = findings.loc[findings["kind"] == "stop", "code"]
    return ERROR_OF_CODE.get(stops.iloc[0], errors.BadRows).exit_code if len(stops) else 0


def stop_on(findings: pd.DataFrame) -> None:
    """Raise if any finding is of kind `stop`; findings of kind `note` never stop.

    Raises
    ------
    WorkbenchError
        The class that belongs to the first stop finding; its message lists every stop finding of
        that code and counts those of other codes, so that one run tells of all of them.
    """
    stops = findings[findings["kind"] == "stop"]
    if stops.empty:
        return
    code = stops["code"].iloc[0]
    same, others = stops[stops["code"] == code], stops[stops["code"] != code]
    fields = {
        name: _joined(same[name], "; ", more="… (+{})") for name in ("where", "expected", "got", "hint")
    }
    what = _joined(same["what"], " ", more="and {} more")
    vi = _joined(same["vi"], " ", more="và {} lỗi nữa")
    if len(others):
        counted_vi, counted_en = _counted(others["code"])
        vi += f" Cũng còn: {counted_vi}; `workbench check` cho xem tất cả."
        what += f" Also: {counted_en}; `workbench check` shows them all."
    raise ERROR_OF_CODE.get(code, errors.BadRows)(what, vi=vi, **fields)


def _counted(codes: pd.Series) -> tuple[str, str]:
    """How many there are of each code, in Vietnamese and in English, in the order found."""
    counts = Counter(_COUNTED.get(code, _COUNTED_OTHERWISE) for code in codes)
    vi = [f"{count} {names[0]}" for names, count in counts.items()]
    en = [f"{count} {names[1 if count == 1 else 2]}" for names, count in counts.items()]
    return ", ".join(vi), ", ".join(en)


def notes_of(findings: pd.DataFrame) -> list[dict[str, str]]:
    """The notes as a sidecar keeps them, a dict each."""
    return findings[findings["kind"] == "note"].drop_duplicates().to_dict("records")


def describe_findings(
    findings: pd.DataFrame | Iterable[Mapping[str, str]], at_most: int | None = None
) -> str:
    """Findings as lines to print, both languages, each code's together.

    Parameters
    ----------
    findings : DataFrame or list of dict
        A findings table, or the notes of a sidecar.
    at_most : int, optional
        Examples of each code; all by default.

    Returns
    -------
    str, empty where nothing was found.
    """
    table = pd.DataFrame(findings, columns=list(COLUMNS))
    kinds = {"stop": "Lỗi / stop", "note": "Lưu ý / note"}
    lines = []
    for (kind, code), rows in table.groupby(["kind", "code"], sort=False):
        lines.append(f"{kinds.get(kind, kind)}: {code} ({len(rows)})")
        for row in rows.head(at_most if at_most is not None else len(rows)).to_dict("records"):
            lines += [f"  - {row['vi']}", f"    {row['what']}"]
            fields = [(errors.FIELD_LABELS[name], row[name]) for name in errors.FIELD_LABELS if row[name]]
            lines += [f"      {label}: {value}" for label, value in fields]
        if at_most is not None and len(rows) > at_most:
            lines.append(f"  - … (+{len(rows) - at_most})")
    return "\n".join(lines)


def _joined(texts: pd.Series, between: str, more: str) -> str:
    """The different texts of one field, at most five."""
    different = list(dict.fromkeys(text for text in texts if text))
    parts = different[: errors.EXAMPLES_SHOWN]
    if len(different) > len(parts):
        parts.append(more.format(len(different) - len(parts)))
    return between.join(parts)
