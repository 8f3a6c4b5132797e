"""The column of weights as stored -> findings: values that cannot weigh, and weights that look odd."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.findings import Finding
from analysis.intake.letters.numbers import percent
from analysis.respondents.survey_rows import SurveyRows

#: A number as a spreadsheet set to Vietnamese writes it: 1,25.
DECIMAL_COMMA = r"\s*[+-]?\d+,\d+\s*"
#: What to do about a weight, Vietnamese and English.
_WEIGHT_ADVICE = (
    "Hãy hỏi đơn vị lập trọng số; không tự điền số.",
    "Ask whoever made the weights; do not put in a number of your own.",
)
_COMMA_ADVICE = (
    'Hãy ghi [file_format] decimal = "comma" trong cấu hình của vòng, hoặc xuất lại tệp với dấu chấm thập '
    "phân.",
    'Write [file_format] decimal = "comma" in the round\'s settings, or export the file with decimal points.',
)


def check_weights(rows: SurveyRows) -> Iterator[Finding]:
    """Weights that are missing, no numbers, zero, negative or infinite; all equal; far above the others."""
    column = rows.survey_round.design.weight
    stored = rows.table[column]
    weights = pd.to_numeric(stored, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    yield from _unusable(rows, column, stored, weights)
    usable = weights[np.isfinite(weights) & (weights > 0)]
    if len(usable) == len(weights) > 1:
        yield from _odd(rows, column, weights)


def _unusable(rows: SurveyRows, column: str, stored: pd.Series, weights: np.ndarray) -> Iterator[Finding]:
    blank = stored.isna().to_numpy()
    words = np.isnan(weights) & ~blank
    comma = words & stored.astype(str).str.fullmatch(DECIMAL_COMMA).to_numpy(dtype=bool)
    with np.errstate(invalid="ignore"):
        faults = {
            "missing": ("bỏ trống", blank),
            "written with a decimal comma": ("viết bằng dấu phẩy thập phân", comma),
            "not a number": ("không phải số", words & ~comma),
            "zero": ("bằng 0", weights == 0),
            "negative": ("âm", weights < 0),
            "infinite": ("vô hạn", np.isposinf(weights)),
        }
    for fault, (fault_vi, bad) in faults.items():
        if not bad.any():
            continue
        advice = _WEIGHT_ADVICE if bad is not comma else _COMMA_ADVICE
        finding = Finding(
            "bad_weight",
            f"The weight is {fault} for {int(bad.sum())} respondents.",
            f"Trọng số {fault_vi} ở {int(bad.sum())} người trả lời. {advice[0]}",
            where=f"{rows.survey_round.file}, column {column}",
            expected="a number above 0 for every respondent",
            got=f"{fault} in {int(bad.sum())} of {len(weights)} rows",
            hint=advice[1],
        )
        yield from rows.at_cells(finding, bad, column)


def _odd(rows: SurveyRows, column: str, weights: np.ndarray) -> Iterator[Finding]:
    where = f"{rows.survey_round.file}, column {column}"
    if np.ptp(weights) <= 1e-9 * weights.max():
        finding = Finding(
            "weights_equal",
            "All weights are equal, as if the sample had been drawn with equal chances throughout.",
            "Mọi trọng số đều bằng nhau, như thể ai cũng có cùng xác suất được chọn. Hãy hỏi đơn vị lập "
            "trọng số xem có đúng không.",
            where=where,
            expected="weights that differ, unless the sample weighs itself",
            got=f"{weights[0]:g} in {len(weights)} rows",
            hint="Ask whoever made the weights whether the right column is named.",
            kind="note",
        )
        yield rows.about_column(finding, column)
    ratio = rows.survey_round.checks.weight_ratio
    far = weights > ratio * np.median(weights)
    if far.any():
        share, ratio_vi = percent(weights[far].sum() / weights.sum()), f"{ratio:g}".replace(".", ",")
        finding = Finding(
            "weight_extreme",
            f"{int(far.sum())} weights are more than {ratio:g} times the median; together they carry "
            f"{share[1]} of all weight.",
            f"{int(far.sum())} trọng số lớn hơn {ratio_vi} lần trung vị, chiếm {share[0]} tổng trọng số. Hãy "
            "hỏi đơn vị lập trọng số.",
            where=where,
            expected=f"at most {ratio:g} times the median ([checks] weight_ratio)",
            got=f"up to {weights.max() / np.median(weights):.1f} times",
            hint="They are used as they are; ask whoever made the weights whether they should be trimmed.",
            kind="note",
        )
        yield from rows.at_cells(finding, far, column)
