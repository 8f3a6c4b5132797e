"""Things a check found -> a findings table, and the one error a build raises from it.

Checks find, builds stop: a `check_*` function returns this table and changes nothing; a `build_*`
calls `stop_on`, which raises if any finding is of kind `stop`. Findings of kind `left_out` name a row that
a measure does without; those of kind `note` are printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis import errors
from analysis.row_faults import in_vietnamese, where_in_vietnamese

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
    "duplicate_heading": errors.UnreadableFile,
    "headings_not_found": errors.UnreadableFile,
    "legacy_encoding": errors.UnreadableFile,
    "ragged_row": errors.UnreadableFile,
    "last_row_cut": errors.UnreadableFile,
    "open_quote": errors.UnreadableFile,
    "ambiguous_heading": errors.MissingColumn,
    "duplicate_value": errors.DuplicateRespondent,
    "duplicate_participant": errors.DuplicateRespondent,
    "unknown_class": errors.UnknownCode,
    "unknown_item": errors.UnknownCode,
    "impossible_age": errors.UnknownCode,
    "labels_moved": errors.UnknownCode,
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

#: Of each code so many are shown first, before more of any.
OF_EACH_CODE = 5
#: How grave a finding is: the build stops, a row is left out and counted, or somebody should know.
KINDS = ("stop", "left_out", "note")
_KIND_LABELS = {"stop": "Lỗi / stop", "left_out": "Dòng bị loại / row left out", "note": "Lưu ý / note"}
COLUMNS = (
    "kind", "code", "what", "vi", "where", "expected", "got", "hint",
    "file", "sheet", "cell", "row", "column", "value", "rows",
)  # fmt: skip

#: What makes two findings say one thing, of a cell and of a column; and codes that are about a whole file.
_ONE_COLUMN = ["code", "file", "sheet", "column"]
_ONE_THING = [*_ONE_COLUMN, "row"]
_ONCE_A_FILE = ("legacy_encoding",)


@dataclass(frozen=True)
class Finding:
    """One thing a check found; the fields up to `hint` are those of `WorkbenchError`.

    Attributes
    ----------
    kind : {"stop", "left_out", "note"}
    file, sheet, cell, column : str
        Its address: the file's name, the sheet, the cell ("E14") and the column's name, each empty where
        there is none.
    row : int
        Row of the sheet or line of the file, from 1 (the header counts); 0 where it is about no single row.
    value : str
        What stands there, masked when personal.
    rows : str
        Of a finding about many cells of a column: their rows, as `intake.row_ranges` writes them.
    """

    code: str
    what: str
    vi: str
    where: str = ""
    expected: str = ""
    got: str = ""
    hint: str = ""
    kind: str = "stop"
    file: str = ""
    sheet: str = ""
    cell: str = ""
    row: int = 0
    column: str = ""
    value: str = ""
    rows: str = ""


def bad_row(where: str, what: str, expected: str, got: str, hint: str) -> Finding:
    """A committed row that breaks its own rules."""
    return Finding(
        "bad_rows",
        f"{where}: {what}.",
        f"{where_in_vietnamese(where)}: {in_vietnamese(what)}. Hãy sửa dòng này.",
        where=where,
        expected=expected,
        got=got,
        hint=hint,
    )


def findings_table(findings: Iterable[Finding]) -> pd.DataFrame:
    """One row a finding, columns `COLUMNS`, in the order found."""
    return pd.DataFrame([vars(finding) for finding in findings], columns=list(COLUMNS))


def join_findings(tables: Iterable[pd.DataFrame], schema: pd.DataFrame | None = None) -> pd.DataFrame:
    """Several tables of findings as one, in order, each thing said once.

    Parameters
    ----------
    tables : iterable of DataFrame of findings
        The reader's first, then those of checks that know no schema. Of what two of them say of one cell or
        one column the first stays: no check makes less of what the reader stops at.
    schema : DataFrame of findings, optional
        What a declared schema found. Of what it and others say of one cell its own stays, for it knows how
        grave that is: #N/A in a score column may leave its row out rather than stop the file.

    Returns
    -------
    DataFrame of findings
        Those of the schema last. A legacy encoding is said once a file, whatever the number of its sheets.
    """
    parts = [*tables, *([] if schema is None else [schema])]
    parts = [part for part in parts if len(part)]
    if not parts:
        return findings_table([])
    joined = pd.concat(parts, ignore_index=True)
    rank = pd.Series([place for place, part in enumerate(parts) for _ in range(len(part))])
    if schema is not None and len(schema):
        rank = rank.mask(rank == len(parts) - 1, -1)
    in_column = joined["column"] != ""
    said_first = rank.groupby([joined[name] for name in _ONE_THING]).transform("min")
    # Many cells of a column are counted in one finding by one check and named one by one by another.
    named = pd.MultiIndex.from_frame(joined.loc[in_column & (joined["row"] > 0), _ONE_COLUMN])
    counted = in_column & (joined["row"] == 0) & pd.MultiIndex.from_frame(joined[_ONE_COLUMN]).isin(named)
    again = joined.duplicated() | (
        joined["code"].isin(_ONCE_A_FILE) & joined.duplicated(["code", "file", "got"])
    )
    return joined[~(again | counted | (in_column & (rank > said_first)))].reset_index(drop=True)


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
    wheres = [row["where"] or _file_and_address(row) for row in same.to_dict("records")]
    same = same.assign(where=wheres)
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
    table = pd.DataFrame(findings, columns=list(COLUMNS)).astype(object)
    table = table.where(table.notna(), "")  # notes of an older sidecar have no addresses
    lines = []
    for (kind, code), rows in table.groupby(["kind", "code"], sort=False):
        lines.append(f"{_KIND_LABELS.get(kind, kind)}: {code} ({len(rows)})")
        for row in rows.head(at_most if at_most is not None else len(rows)).to_dict("records"):
            row["where"] = row["where"] or _file_and_address(row)
            head = _head(row) if row["row"] else ""
            lines += [f"  - {head}{row['vi']}", f"    {row['what']}"]
            said = {"where"} if head and row["where"] == address_of(row) else set()
            names = [name for name in errors.FIELD_LABELS if row[name] and name not in said]
            fields = [(errors.FIELD_LABELS[name], row[name]) for name in names]
            lines += [f"      {label}: {value}" for label, value in fields]
        if at_most is not None and len(rows) > at_most:
            lines.append(f"  - … (+{len(rows) - at_most})")
    return "\n".join(lines)


def describe_first(findings: pd.DataFrame, at_most: int = 20) -> str:
    """The gravest findings for the screen, a line each, then how many there are of each kind.

    Parameters
    ----------
    findings : DataFrame of findings
    at_most : int
        Findings shown.

    Returns
    -------
    str
        `Sheet1!E14 "7;5" — Điểm phải là số từ 0 đến 10 … / Score must be …`, the gravest kind first and
        within it by file, sheet and row; empty where nothing was found. What stops is followed by what was
        expected, what is there and what to do, each said once.

    Notes
    -----
    Of one code `OF_EACH_CODE` are shown before those of other codes of its kind, so that a hundred findings
    of one sort hide nothing; where lines are left, more of it follow.
    """
    if findings.empty:
        return ""
    first = _first(sort_findings(findings), at_most)
    many = findings["file"].nunique() > 1
    lines, said = [], set()
    for row in first.to_dict("records"):
        lines.append(f"  {_head(row, row['file'] if many else '')}{row['vi']} / {row['what']}")
        for name, label in errors.FIELD_LABELS.items() if row["kind"] == "stop" else ():
            text = row[name] if name != "where" or row[name] != address_of(row) else ""
            if text and (name, text) not in said:
                lines.append(f"      {label}: {text}")
            said.add((name, text))
    if len(findings) > at_most:
        rest = len(findings) - at_most
        lines.append(f"  … và {rest} điều nữa / and {rest} more")
    counts = findings["kind"].value_counts()
    for kind in KINDS:
        if kind in counts:
            codes = findings.loc[findings["kind"] == kind, "code"].value_counts(sort=False)
            listed = ", ".join(f"{code} {count}" for code, count in codes.items())
            lines.append(f"{_KIND_LABELS[kind]}: {counts[kind]} ({listed})")
    return "\n".join(lines)


def _first(ordered: pd.DataFrame, at_most: int) -> pd.DataFrame:
    """The gravest, some of each code before many of one; in the order given."""
    grave = ordered["kind"].map({kind: rank for rank, kind in enumerate(KINDS)})
    again = ordered.groupby(["kind", "code"], sort=False).cumcount() >= OF_EACH_CODE
    chosen = ordered.assign(grave=grave, again=again).sort_values(["grave", "again"], kind="stable")
    chosen = chosen.head(at_most).sort_index()
    return chosen.sort_values("grave", kind="stable")


def sort_findings(findings: pd.DataFrame) -> pd.DataFrame:
    """Findings by file, sheet, row and column; what is about no row comes first in its sheet."""
    width = findings["cell"].str.extract(r"^([A-Z]*)", expand=False).str.len()
    ordered = findings.assign(width=width).sort_values(
        ["file", "sheet", "row", "width", "cell"], kind="stable"
    )
    return ordered.drop(columns="width").reset_index(drop=True)


def address_of(row: Mapping[str, object]) -> str:
    """Where a finding is, in the fewest words: "Sheet1!E14", "dòng 7 / row 7, a001", or its `where`."""
    if row["cell"]:
        return f"{row['sheet']}!{row['cell']}" if row["sheet"] else str(row["cell"])
    if row["row"]:
        sheet = f"{row['sheet']}, " if row["sheet"] else ""
        return f"{sheet}dòng {row['row']} / row {row['row']}{_column(row)}"
    return str(row["where"] or row["sheet"] or "")


def _column(row: Mapping[str, object]) -> str:
    from analysis.personal import shown_name  # which needs places, and they findings

    return f", {shown_name(str(row['column']))}" if row["column"] else ""


def _file_and_address(row: Mapping[str, object]) -> str:
    """The address alone, for a finding whose `where` says nothing."""
    return ", ".join(filter(None, [str(row["file"]), address_of(row)]))


def _head(row: Mapping[str, object], file: str = "") -> str:
    """What stands before a finding's sentence: `Sheet1!E14 "7;5" — `."""
    address = address_of(row)
    if str(row["what"]).startswith(f"{address}:"):  # the sentence says it itself
        address = ""
    where = address if file and file in address else " ".join(filter(None, [file, address]))
    seen = f' "{row["value"]}"' if row["value"] else ""
    return f"{where}{seen} — " if where or seen else ""


def _joined(texts: pd.Series, between: str, more: str) -> str:
    """The different texts of one field, at most five."""
    different = list(dict.fromkeys(text for text in texts if text))
    parts = different[: errors.EXAMPLES_SHOWN]
    if len(different) > len(parts):
        parts.append(more.format(len(different) - len(parts)))
    return between.join(parts)
