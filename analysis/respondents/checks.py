"""Table as stored + round + codebook + places -> findings; changes nothing.

A finding of kind `stop` would make a number wrong or a district's page another district's, so the
build raises on it. A `note` is something an analyst should know.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import numpy as np
import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding, findings_table
from analysis.respondents.codebook import Codebook
from analysis.respondents.design_checks import check_design
from analysis.respondents.identifiers import place_code, respondents_in, text_code
from analysis.respondents.margins import check_margins, margin_variable
from analysis.respondents.value_checks import check_groups, check_values
from analysis.rounds import Round

#: A number as a spreadsheet set to Vietnamese writes it: 1,25.
_DECIMAL_COMMA = r"\s*[+-]?\d+,\d+\s*"
#: What to do about a weight, Vietnamese and English.
_WEIGHT_ADVICE = (
    "Hãy hỏi đơn vị lập trọng số; không tự điền số.",
    "Ask whoever made the weights; do not put in a number of your own.",
)
_COMMA_ADVICE = (
    "Hãy xuất lại tệp với dấu chấm thập phân (1.25, không phải 1,25).",
    "Export the file again with decimal points (1.25, not 1,25).",
)


def check_respondents(
    table: pd.DataFrame,
    survey_round: Round,
    codebook: Codebook,
    district_codes: Collection[str],
    commune_codes: Mapping[str, str],
) -> pd.DataFrame:
    """Everything about a survey file that does not fit its round, codebook or places.

    Parameters
    ----------
    table : DataFrame
        As stored, one row a respondent.
    survey_round : Round
    codebook : Codebook
    district_codes : collection of str
        Codes of the districts the round may hold.
    commune_codes : mapping of str to str
        Commune code -> code of the district it lies in; empty when communes are not checked.

    Returns
    -------
    DataFrame
        Findings. When columns are missing, only that is reported: the rest cannot be checked.
    """
    absent = list(_missing_columns(table, survey_round))
    if absent:
        return findings_table(absent)
    found = [
        *_respondents(table, survey_round),
        *_weights(table, survey_round),
        *_districts(table, survey_round, district_codes),
        *_communes(table, survey_round, commune_codes),
        *check_design(table, survey_round),
        *check_values(table, survey_round, codebook),
        *check_groups(table, survey_round, codebook),
        *check_margins(table, survey_round),
        *_not_in_file(table, survey_round, codebook),
    ]
    return findings_table(found)


def needed_columns(survey_round: Round) -> dict[str, str]:
    """Column of the file -> the setting that names it, for every column the round declares."""
    columns, design = survey_round.columns, survey_round.design
    named = {f"columns.{key}": value for key, value in vars(columns).items()}
    named["design.weight"] = design.weight
    named |= {f"design.{name}": column for name, column in design.built_columns().items()}
    named |= {f"design.{key}": getattr(design, key) for key in ("district_stratum", "district_psu")}
    named |= {f"groups.{group.name}": group.variable for group in survey_round.groups}
    for name in survey_round.calibration.margins if survey_round.calibration else ():
        named[f"calibration.margins.{name}"] = margin_variable(survey_round, name)
    needed: dict[str, str] = {}
    for setting, column in named.items():
        if column:
            needed.setdefault(column, setting)
    return needed


def _missing_columns(table: pd.DataFrame, survey_round: Round) -> Iterator[Finding]:
    by_fold = {str(column).casefold(): str(column) for column in table.columns}
    for column, setting in needed_columns(survey_round).items():
        if column not in table.columns:
            like = by_fold.get(column.casefold(), "")
            yield Finding(
                "missing_column",
                f"Column {column} is not in the file.",
                f"Tệp dữ liệu thiếu cột {column}. Hãy kiểm tra tên cột trong tệp và trong cấu hình.",
                where=survey_round.file,
                expected=f"{column} (setting {setting})",
                got=f"{like}, in other letters" if like else f"{len(table.columns)} other columns",
                hint=f"Mend the name in data/rounds/{survey_round.survey_round}.toml, or export again.",
            )


def _respondents(table: pd.DataFrame, survey_round: Round) -> Iterator[Finding]:
    column = survey_round.columns.respondent
    codes = text_code(table[column])
    blank = codes.isna()
    twice = codes[~blank & codes.duplicated(keep=False)]
    if blank.any() or len(twice):
        names = list(dict.fromkeys(twice))
        got = [f"{len(twice)} rows share {len(names)} codes: {shown(names)}"] if names else []
        got += [f"{int(blank.sum())} rows have none"] if blank.any() else []
        yield Finding(
            "duplicate_respondent",
            f"Respondents do not each have a code of their own in {column}.",
            f"Mã người trả lời ({column}) bị trùng hoặc bỏ trống. Hãy xóa dòng trùng hoặc sửa mã.",
            where=f"{survey_round.file}, column {column}",
            expected="one code a respondent, no code twice",
            got="; ".join(got),
            hint="Delete the repeated rows, or give each respondent a code, and run again.",
        )


def _weights(table: pd.DataFrame, survey_round: Round) -> Iterator[Finding]:
    column = survey_round.design.weight
    stored = table[column]
    weights = pd.to_numeric(stored, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    blank = stored.isna().to_numpy()
    words = np.isnan(weights) & ~blank
    comma = words & stored.astype(str).str.fullmatch(_DECIMAL_COMMA).to_numpy(dtype=bool)
    with np.errstate(invalid="ignore"):
        faults = {
            "missing": ("bỏ trống", blank),
            "written with a decimal comma": ("viết bằng dấu phẩy thập phân", comma),
            "not a number": ("không phải số", words & ~comma),
            "zero": ("bằng 0", weights == 0),
            "negative": ("âm", weights < 0),
            "infinite": ("vô hạn", np.isposinf(weights)),
        }
    for fault, (fault_vi, rows) in faults.items():
        if rows.any():
            advice = _WEIGHT_ADVICE if rows is not comma else _COMMA_ADVICE
            yield Finding(
                "bad_weight",
                f"The weight is {fault} for {int(rows.sum())} respondents.",
                f"Trọng số {fault_vi} ở {int(rows.sum())} người trả lời. {advice[0]}",
                where=f"{survey_round.file}, column {column}, {respondents_in(table, survey_round, rows)}",
                expected="a number above 0 for every respondent",
                got=f"{fault} in {int(rows.sum())} of {len(table)} rows",
                hint=advice[1],
            )


def _districts(table: pd.DataFrame, survey_round: Round, known: Collection[str]) -> Iterator[Finding]:
    column = survey_round.columns.district
    codes = place_code(table[column], known).fillna("(blank)")
    for code in codes[~codes.isin(list(known))].unique():
        who = respondents_in(table, survey_round, codes == code)
        yield _unknown_place(
            survey_round, column, ("district", "huyện"), code, int((codes == code).sum()), who, known
        )


def _communes(table: pd.DataFrame, survey_round: Round, known: Mapping[str, str]) -> Iterator[Finding]:
    column = survey_round.columns.commune
    if not column or not known:
        return
    codes = place_code(table[column], known).fillna("(blank)")
    unknown = ~codes.isin(list(known))
    for code in codes[unknown].unique():
        who = respondents_in(table, survey_round, codes == code)
        kinds = ("commune", "xã/phường/thị trấn")
        yield _unknown_place(survey_round, column, kinds, code, int((codes == code).sum()), who, known)
    districts = place_code(table[survey_round.columns.district], set(known.values()))
    elsewhere = ~unknown & (codes.map(known) != districts) & districts.isin(set(known.values()))
    pairs = pd.DataFrame({"commune": codes, "district": districts})[elsewhere].value_counts(sort=False)
    for (commune, district), count in pairs.items():
        rows = (codes == commune) & (districts == district)
        yield Finding(
            "unknown_place_code",
            f"Commune {commune} does not lie in district {district}.",
            f"Xã/phường/thị trấn {commune} không thuộc huyện {district}. Hãy sửa mã xã hoặc mã huyện.",
            where=f"{survey_round.file}, columns {column} and {survey_round.columns.district}, "
            f"{respondents_in(table, survey_round, rows)}",
            expected=f"district {known[commune]} for commune {commune}",
            got=f"district {district} in {count} rows",
            hint="Mend the codes in the file, or the commune's row in data/places/communes.csv.",
        )


def _unknown_place(
    survey_round: Round,
    column: str,
    kinds: tuple[str, str],
    code: str,
    count: int,
    who: str,
    known: Collection[str],
) -> Finding:
    kind, kind_vi = kinds
    return Finding(
        "unknown_place_code",
        f"There is no {kind} with code {code}.",
        f"Không có {kind_vi} mang mã {code}. Hãy sửa mã trong tệp hoặc bổ sung vào danh mục.",
        where=f"{survey_round.file}, column {column}, {who}",
        expected=f"a code of data/places, such as {shown(sorted(known)[:3])}",
        got=f"{code} in {count} rows",
        hint=f"Mend the code in the file, or add the {kind} to data/places.",
    )


def _not_in_file(table: pd.DataFrame, survey_round: Round, codebook: Codebook) -> Iterator[Finding]:
    absent = [name for name in codebook.with_role("person", "question") if name not in table.columns]
    if absent:
        yield Finding(
            "variable_not_in_file",
            f"{len(absent)} variables of the codebook are not in the file.",
            f"{len(absent)} biến trong bảng mã không có trong tệp dữ liệu.",
            where=survey_round.file,
            expected="every variable that was asked this year",
            got=f"without {shown(absent)}",
            hint="Nothing to do when they were not asked; the indicators stage stops if one is needed.",
            kind="note",
        )
