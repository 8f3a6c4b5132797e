"""The one long results table: its columns, its rules, and how it is read.

Everything a reader sees comes from this table; page code imports this module and `quality` and
nothing else of the estimates.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from analysis import paths
from analysis.errors import MissingFile, shown
from analysis.estimates import quality
from analysis.findings import Finding, findings_table, stop_on

TEXT_COLUMNS = (
    "survey_round", "place_kind", "place", "group_kind", "group", "measure_kind", "measure", "statistic",
    "compared_with", "quality", "source", "note",
)  # fmt: skip
COUNT_COLUMNS = ("n", "n_psu")
COLUMNS = (
    "survey_round", "place_kind", "place", "group_kind", "group", "measure_kind", "measure", "statistic",
    "compared_with", "estimate", "se", "ci_low", "ci_high", "level", "df", "p_value", "p_adjusted", "deff",
    "n", "n_effective", "n_psu", "quality", "source", "note",
)  # fmt: skip
KEY = COLUMNS[:9]
#: Some rows of the table before they are joined: a column's values each.
Block = dict[str, np.ndarray]
#: Note of a difference whose "province" is the surveyed districts (METHODS.md, "Two designs").
SURVEYED_ONLY = "surveyed_districts_only"
#: Note of a district's difference whose PSUs hold people of other districts too: it is the direct one.
SHARED_PSUS = "shared_psus"
#: Note of a sum, difference or change that is withheld because a part or its level is.
PART_WITHHELD = "part_withheld"
#: Note of a detectable size that no level the measure can have lies away from the one compared with.
BEYOND_RANGE = "beyond_range"
#: The chance of any false statement among a family's headlines, and the share of false ones among those
#: that its scan states.
ALPHA = 0.05
#: Note of a group's level that is withheld because the one other group's is, which it would tell.
OTHER_GROUP_WITHHELD = "other_group_withheld"
#: Empty together: a number never stands without its uncertainty.
NUMBERS = ("estimate", "se", "ci_low", "ci_high")
#: Numbers that would give a withheld estimate away.
_DERIVED = (*NUMBERS, "p_value", "p_adjusted", "deff", "n_effective")


def empty_numbers_where_withheld(results: pd.DataFrame) -> pd.DataFrame:
    """Blank every number that a flag withholds (the counts stay)."""
    withheld = ~results["quality"].isin(quality.SHOWN)
    out = results.copy()
    out.loc[withheld, list(_DERIVED)] = np.nan
    return out


def join_blocks(blocks: list[Block]) -> pd.DataFrame:
    """Blocks of rows under each other, in the table's columns, types and order."""
    filled = {name: "" if name in TEXT_COLUMNS else np.nan for name in COLUMNS}
    sizes = [len(block["measure"]) for block in blocks]
    return arrange(
        pd.DataFrame(
            {
                name: np.concatenate(
                    [block.get(name, np.full(size, empty)) for block, size in zip(blocks, sizes, strict=True)]
                )
                for name, empty in filled.items()
            }
        )
    )


def arrange(rows: pd.DataFrame | list[pd.DataFrame]) -> pd.DataFrame:
    """Rows in the table's columns, types and order."""
    table = pd.concat(rows, ignore_index=True) if isinstance(rows, list) else rows.copy()
    for column in COLUMNS:
        if column not in table:
            table[column] = "" if column in TEXT_COLUMNS else np.nan
    table = table[list(COLUMNS)]
    for column in COLUMNS:
        if column in TEXT_COLUMNS:
            table[column] = table[column].fillna("").astype("str")
        elif column in COUNT_COLUMNS:
            table[column] = table[column].astype("Int64")
        else:
            table[column] = table[column].astype(float)
    return table.reset_index(drop=True)


def check_results(results: pd.DataFrame) -> pd.DataFrame:
    """Find rows that break the table's rules.

    Returns
    -------
    DataFrame of findings (`analysis.findings.COLUMNS`); empty when all is well.
    """
    if list(results.columns) != list(COLUMNS):
        return findings_table(
            [_finding("columns", "the columns differ", set(COLUMNS) ^ set(results.columns))]
        )
    keys = results["place"] + "/" + results["measure"] + "/" + results["statistic"]
    rules = (
        ("repeated", "a result stands twice", results.duplicated(list(KEY))),
        ("flag", "an unknown quality flag", ~results["quality"].isin(quality.FLAGS)),
        ("half_empty", "estimate, se and bounds are not empty together", _half_empty(results)),
        ("flag_and_number", "the quality flag and the number disagree", _flag_disagrees(results)),
        ("not_a_count", "a full count without its n, or with an error", _not_a_count(results)),
        ("order", "the estimate lies outside its interval", _outside(results)),
    )
    return findings_table(_finding(code, what, keys[bad]) for code, what, bad in rules if bad.any())


def _finding(code: str, what: str, rows) -> Finding:
    return Finding(
        code,
        f"Results table: {what}.",
        "Bảng kết quả không hợp lệ; hãy chạy lại `workbench build --force`.",
        where=shown(rows),
        hint="Run `workbench build --force`; if it stays, a stage is at fault.",
    )


def _half_empty(results: pd.DataFrame) -> pd.Series:
    empty = results[list(NUMBERS)].isna()
    return (empty.any(axis=1) & ~empty.all(axis=1)) & ~results["quality"].isin(quality.WITHOUT_INTERVAL)


def _flag_disagrees(results: pd.DataFrame) -> pd.Series:
    has_number = results["estimate"].notna()
    may_show = results["quality"].isin((*quality.SHOWN, *quality.WITHOUT_INTERVAL))
    return has_number != may_show


def _not_a_count(results: pd.DataFrame) -> pd.Series:
    uncertain = results[["se", "ci_low", "ci_high"]].notna().any(axis=1)
    nothing = results["n"].isna() | (results["n"] == 0)
    return (results["quality"] == quality.COUNTED) & (uncertain | nothing.astype(bool))


def _outside(results: pd.DataFrame) -> pd.Series:
    slack = 1e-9
    return (results["estimate"] < results["ci_low"] - slack) | (
        results["estimate"] > results["ci_high"] + slack
    )


def results_file(survey_round: str) -> Path:
    return paths.built_folder() / f"{survey_round}.results.parquet"


def read_results(survey_round: str) -> pd.DataFrame:
    """Read a round's built results.

    Raises
    ------
    MissingFile
        The round has not been built.
    BadRows
        The file's rows break the table's rules.
    """
    path = results_file(survey_round)
    if not path.exists():
        raise _not_built(survey_round, path)
    results = pd.read_parquet(path)
    stop_on(check_results(results))
    return results


def provenance_file(survey_round: str) -> Path:
    """What the results were made of: inputs with their hashes, versions, row counts."""
    return results_file(survey_round).with_suffix(".json")


def measures_file(survey_round: str) -> Path:
    return paths.built_folder() / f"{survey_round}.measures.parquet"


def read_measures(survey_round: str) -> pd.DataFrame:
    """What each measure of a round is: names, bounds, unit, direction and place in the framework.

    Returns
    -------
    DataFrame indexed by measure, in the framework's order, with columns measure_kind, parent,
    name_vi, name_en, minimum, maximum, direction, unit, status.

    Raises
    ------
    MissingFile
        The round has not been built.
    """
    path = measures_file(survey_round)
    if not path.exists():
        raise _not_built(survey_round, path)
    return pd.read_parquet(path).set_index("measure")


def _not_built(survey_round: str, path: Path) -> MissingFile:
    return MissingFile(
        f'Round "{survey_round}" has not been built.',
        vi=f'Vòng khảo sát "{survey_round}" chưa được xử lý; hãy chạy `workbench build` trước.',
        where=paths.short(path),
        hint=f"workbench build --round {survey_round}",
    )
