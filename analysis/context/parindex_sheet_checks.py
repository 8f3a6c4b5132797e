"""Rows of a scoring sheet -> findings: scores above the maximum, criteria unknown, missing, badly summed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.context.parindex_rows import DECIMALS, read_parindex, read_regime
from analysis.errors import shown
from analysis.findings import Finding
from analysis.intake.table import RawTable

#: Sums in a sheet may differ by the rounding of what was typed.
SLACK = 0.005
SCORES = {
    "self_score": ("Điểm tự đánh giá", "the self-score"),
    "appraised_score": ("Điểm thẩm định", "the appraised score"),
    "survey_score": ("Điểm điều tra", "the survey score"),
}


def wrong_tables(path: Path, tables: Sequence[RawTable]) -> Iterator[Finding]:
    """What is said where a file has no scoring sheet, or several."""
    names = shown(table.sheet or table.path.name for table in tables) or "none"
    yield Finding(
        "unreadable_file",
        f"It is not clear which sheet is the scoring sheet: {names}.",
        f"Không rõ trang tính nào là phiếu chấm điểm: {names}. Hãy chỉ rõ tên trang tính.",
        where=path.name,
        expected="one sheet with the columns criterion and maximum",
        got=names,
        hint="Name the sheet, or delete the others.",
        file=path.name,
    )


def check_rows(
    raw: RawTable, headings: Mapping[str, str], rows: pd.DataFrame, regime: str
) -> Iterator[Finding]:
    """Findings on the rows of one sheet.

    Parameters
    ----------
    raw : RawTable
    headings : mapping
        Declared name -> heading, as typed.
    rows : DataFrame
        From `parindex_sheet`: `at`, `written`, `criterion`, `leaf`, `total`, points, method and result.
    regime : str
    """
    sheet = _Sheet(raw, headings)
    scored = rows[rows["leaf"]]
    yield from _codes(sheet, rows, regime)
    yield from _maxima(sheet, scored)
    yield from _scores(sheet, scored)
    yield from _methods(sheet, scored)
    yield from _sums(sheet, rows)
    yield from _fields(sheet, scored, regime)
    yield from _open(sheet, scored)


class _Sheet:
    """Makes findings with their addresses."""

    def __init__(self, raw: RawTable, headings: Mapping[str, str]) -> None:
        self.raw, self.headings = raw, headings

    def cell(self, at: int, name: str, code: str, vi: str, en: str, kind: str = "stop", **more) -> Finding:
        heading = self.headings.get(name, "")
        where = self.raw.address(at, heading) if heading else ""
        return Finding(code, en, vi, where=where, kind=kind, **more, **self.raw.place_of(at, heading))

    def whole(self, code: str, vi: str, en: str, kind: str = "note", **more) -> Finding:
        return Finding(code, en, vi, kind=kind, file=self.raw.path.name, sheet=self.raw.sheet, **more)


def _codes(sheet: _Sheet, rows: pd.DataFrame, regime: str) -> Iterator[Finding]:
    criteria, fields = read_parindex("criteria"), read_parindex("fields")
    known = criteria.loc[criteria["regime"] == regime, "criterion"].tolist()
    numbers = set(fields.loc[fields["regime"] == regime, "field"].astype(int))
    for row in rows[~rows["total"]].itertuples():
        odd = (
            not row.criterion
            or row.field not in numbers
            or (known and row.leaf and row.criterion not in known)
        )
        if odd:
            expected = shown(known) if known else f"1 - {max(numbers, default=0)}, 3.2, 3.2.1"
            yield sheet.cell(
                row.at, "criterion", "unknown_criterion",
                "Mã tiêu chí không có trong bộ chỉ số, hoặc Excel đã đổi mã thành ngày. Hãy sửa mã; "
                "cột mã phải định dạng là Văn bản.",
                "The criterion's code is not one of the regime, or Excel turned it into a date. Mend it; "
                "format the column as text.",
                expected=expected, got=row.written, value=row.written,
            )  # fmt: skip
    heading = sheet.headings.get("criterion", "")
    kinds = sheet.raw.kinds[heading].astype(str) if heading else pd.Series(dtype=str)
    as_number = (
        rows["written"].str.contains(".", regex=False) & (kinds.reindex(rows["at"]) == "number").to_numpy()
    )
    if as_number.any():
        yield sheet.whole(
            "codes_are_numbers",
            f"{int(as_number.sum())} mã tiêu chí được lưu dạng số, nên 3.10 thành 3.1. Hãy định dạng "
            f"cột mã là Văn "
            "bản và kiểm tra lại.",
            f"{int(as_number.sum())} codes are stored as numbers, so that 3.10 became 3.1. Format the "
            f"column as text "
            "and look again.",
            got=shown(rows.loc[as_number, "written"]),
        )
    missing = [code for code in known if code not in set(rows["criterion"])]
    if missing:
        yield sheet.whole(
            "missing_criterion",
            f"Phiếu thiếu {len(missing)} tiêu chí: {shown(missing)}. Hãy bổ sung, để trống điểm nếu chưa có.",
            f"{len(missing)} criteria are missing: {shown(missing)}. Add them, without points if "
            f"there are none yet.",
            kind="stop", expected=f"{len(known)} criteria of regime {regime}", got=shown(missing),
        )  # fmt: skip
    if not known:
        yield sheet.whole(
            "regime_without_criteria",
            f"Chưa có danh mục tiêu chí của bộ {regime} (data/parindex/criteria.csv), nên không biết "
            f"phiếu có thiếu "
            "tiêu chí nào không; điểm tối đa lấy theo phiếu.",
            f"The criteria of regime {regime} are not known (data/parindex/criteria.csv): whether any "
            f"is missing "
            "cannot be said, and maxima are the sheet's own.",
        )


def _maxima(sheet: _Sheet, scored: pd.DataFrame) -> Iterator[Finding]:
    for row in scored[scored["maximum"].isna()].itertuples():
        yield sheet.cell(
            row.at, "maximum", "no_maximum",
            f"Tiêu chí {row.criterion} không có điểm tối đa. Hãy điền.",
            f"Criterion {row.criterion} has no maximum. Fill it in.",
        )  # fmt: skip
    differs = (scored["maximum"] - scored["known_maximum"]).abs() > SLACK
    for row in scored[differs].itertuples():
        yield sheet.cell(
            row.at, "maximum", "maximum_differs",
            f"Điểm tối đa của tiêu chí {row.criterion} khác với bộ chỉ số ({_vi(row.known_maximum)}). "
            f"Hãy sửa một trong "
            "hai.",
            f"The maximum of criterion {row.criterion} differs from the regime's "
            f"({row.known_maximum:g}). Mend one.",
            expected=f"{row.known_maximum:g}", got=f"{row.maximum:g}", value=f"{row.maximum:g}",
        )  # fmt: skip


def _scores(sheet: _Sheet, scored: pd.DataFrame) -> Iterator[Finding]:
    for name, (label_vi, label_en) in SCORES.items():
        for row in scored[scored[name] > scored["maximum"] + SLACK].itertuples():
            score = getattr(row, name)
            yield sheet.cell(
                row.at, name, "score_above_maximum",
                f"{label_vi} của tiêu chí {row.criterion} là {_vi(score)}, cao hơn điểm tối đa "
                f"{_vi(row.maximum)}. Hãy sửa.",
                f"Criterion {row.criterion}: {label_en} is {score:g}, above the maximum "
                f"{row.maximum:g}. Mend it.",
                expected=f"0 - {row.maximum:g}", got=f"{score:g}", value=f"{score:g}",
            )  # fmt: skip
    both = (scored["method"] == "both") & (scored["result"] > scored["maximum"] + SLACK)
    for row in scored[both].itertuples():
        yield sheet.cell(
            row.at, "survey_score", "score_above_maximum",
            f"Tổng điểm thẩm định và điều tra của tiêu chí {row.criterion} cao hơn điểm tối đa. Hãy sửa.",
            f"Criterion {row.criterion}: appraised and survey score add up to more than the maximum. "
            f"Mend them.",
            expected=f"0 - {row.maximum:g}", got=f"{row.result:g}",
        )  # fmt: skip


def _methods(sheet: _Sheet, scored: pd.DataFrame) -> Iterator[Finding]:
    own = scored["self_score"].notna() | scored["appraised_score"].notna()
    surveyed = scored["survey_score"].notna()
    unclear = (scored["method"] == "") & own & surveyed
    wrong = ((scored["method"] == "survey") & own) | ((scored["method"] == "self") & surveyed)
    for row in scored[unclear | wrong].itertuples():
        yield sheet.cell(
            row.at, "method" if "method" in sheet.headings else "survey_score", "method_unclear",
            f"Tiêu chí {row.criterion} có điểm không khớp cách đánh giá. Nếu có cả hai phần, hãy ghi "
            f"“Cả hai”.",
            f'Criterion {row.criterion} has a score that its method does not give. If it has both '
            f'parts, say "both".',
            expected="self: self-score and appraised score; survey: survey score; both: all", got=row.method,
        )  # fmt: skip


def _sums(sheet: _Sheet, rows: pd.DataFrame) -> Iterator[Finding]:
    """Rows that sum others, against what they sum."""
    scored = rows[rows["leaf"]]
    parents = rows[
        ~rows["leaf"] & ((rows["criterion"] != "") | rows["total"]) & ~rows["criterion"].duplicated()
    ]
    for row in parents.itertuples():
        below = scored if row.total else scored[scored["criterion"].str.startswith(f"{row.criterion}.")]
        for name in ("maximum", *SCORES):
            printed, total = getattr(row, name), below[name].sum(min_count=1)
            if pd.isna(printed) or pd.isna(total) or abs(printed - total) <= SLACK:
                continue
            yield sheet.cell(
                row.at, name, "sum_differs",
                f"Dòng “{row.written}” ghi {_vi(printed)} nhưng các dòng con cộng lại là "
                f"{_vi(total)}. Hãy sửa.",
                f'Row "{row.written}" says {printed:g}, but its parts add up to {total:g}. Mend it.',
                kind="stop" if name == "maximum" else "note",
                expected=f"{total:g}", got=f"{printed:g}", value=f"{printed:g}",
            )  # fmt: skip


def _fields(sheet: _Sheet, scored: pd.DataFrame, regime: str) -> Iterator[Finding]:
    """Maxima of the sheet against the regime's fields and its whole."""
    fields = read_parindex("fields")
    known = fields[fields["regime"] == regime].set_index("field")["maximum"].dropna()
    sums = scored.groupby("field")["maximum"].sum()
    pairs = [
        (f"lĩnh vực {field}", f"field {field}", sums.get(field, 0.0), most) for field, most in known.items()
    ]
    pairs.append(("cả phiếu", "the whole sheet", sums.sum(), float(read_regime(regime)["total"])))
    for vi, en, given, most in pairs:
        if abs(given - most) <= SLACK:
            continue
        over = given > most
        yield sheet.whole(
            "maxima_above_regime" if over else "maxima_below_regime",
            f"Điểm tối đa của {vi} cộng lại là {_vi(given)}, bộ chỉ số có {_vi(most)}."
            + (" Hãy sửa." if over else " Kết quả chỉ tính phần có trong phiếu."),
            f"The maxima of {en} add up to {given:g}; the regime has {most:g}."
            + (" Mend them." if over else " Results are of what the sheet holds."),
            kind="stop" if over else "note", expected=f"{most:g}", got=f"{given:g}",
        )  # fmt: skip


def _open(sheet: _Sheet, scored: pd.DataFrame) -> Iterator[Finding]:
    """What is not known yet: results, and who leads."""
    pending = scored[scored["result"].isna()]
    if len(pending):
        points = round(float(pending["maximum"].sum()), DECIMALS)
        yield sheet.whole(
            "no_result",
            f"{len(pending)} tiêu chí ({_vi(points)} điểm) chưa có kết quả nên không tính là mất điểm.",
            f"{len(pending)} criteria ({points:g} points) have no result yet and do not count as lost.",
            got=shown(pending["criterion"]),
        )
    nobody = scored[scored["lead_agency"] == ""]
    if len(nobody):
        yield sheet.whole(
            "no_lead_agency",
            f"{len(nobody)} tiêu chí chưa có cơ quan chủ trì. Hãy điền để biết ai cần hành động.",
            f"{len(nobody)} criteria have no lead agency. Fill it in, so that somebody can act.",
            got=shown(nobody["criterion"]),
        )


def _vi(points: float) -> str:
    return f"{points:g}".replace(".", ",")
