"""Framework rows + codebook -> findings; changes nothing.

Every rule holds for every year in which anything changes, because a weight that sums to 1 over all
years may not do so in any of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pandas as pd

from analysis import paths
from analysis.findings import Finding, bad_row, findings_table
from analysis.indicators.framework_rows import (
    COLUMNS,
    NUMBER_COLUMNS,
    FrameworkRows,
    needs_no_number,
    number,
    valid_in,
)
from analysis.indicators.recipes import RECIPES
from analysis.respondents.codebook import Codebook

ALLOWED = {
    "direction": ("higher", "lower"),
    "dont_know": ("missing", "no"),
    "unit": ("share", "score", "count", "km", "minutes", "thousand_vnd", "number"),
    "status": ("seen", "assumed"),
}
KEYS = {"dimensions": "dimension", "sub_dimensions": "sub_dimension", "indicators": "indicator"}
PARENTS = {"sub_dimensions": "dimensions", "indicators": "sub_dimensions"}


def check_framework_rows(rows: FrameworkRows, codebook: Codebook) -> pd.DataFrame:
    """Rows that cannot be scored as they stand.

    Returns
    -------
    DataFrame
        Findings: numbers that are none, minimum not below maximum, words not allowed, overlapping
        validity, parents that do not exist in a year, weights that do not sum to 1 less the
        unassigned weight, unknown recipes, variables or codes.
    """
    found = [finding for table in COLUMNS for finding in _cells(rows, table)]
    if not found:
        found += [finding for table in COLUMNS for finding in _overlaps(rows, table)]
        found += _one_name_each(rows)
        found += [finding for year in changing_years(rows) for finding in _in_year(rows, year)]
        found += [finding for row in _records(rows.indicators) for finding in _recipe(rows, row, codebook)]
    return findings_table(dict.fromkeys(found))


def changing_years(rows: FrameworkRows) -> list[int]:
    """The first years of every set of rows that is valid together."""
    years: set[int] = set()
    for table in COLUMNS:
        part = getattr(rows, table)
        years |= {int(year) for year in part["valid_from"]}
        years |= {int(year) + 1 for year in part["valid_to"] if year}
    return [year for year in sorted(years) if any(len(valid_in(getattr(rows, t), year)) for t in COLUMNS)]


def _bad(rows: FrameworkRows, table: str, at: str, what: str, expected: str, got: str) -> Finding:
    hint = "Mend the row; data/framework/papi/README.md of the program says what each column holds."
    where = f"{paths.shown_rows('framework', rows.name, f'{table}.csv')}, {at}"
    return bad_row(where, what, expected, got, hint)


def _records(table: pd.DataFrame) -> list[dict[str, str]]:
    return table.to_dict("records")


def _label(table: str, row: dict[str, str]) -> str:
    return f"{row[KEYS[table]]} from {row['valid_from']}"


def _cells(rows: FrameworkRows, table: str) -> Iterator[Finding]:
    for row in _records(getattr(rows, table)):
        at = _label(table, row)
        for column in NUMBER_COLUMNS:
            if column in row and not needs_no_number(row, column) and not _is_number(row[column]):
                yield _bad(rows, table, at, f"{column} is no number", "such as 0.25 or 10/3", row[column])
        for column in ("valid_from", "valid_to"):
            if not (row[column].isdigit() or (column == "valid_to" and not row[column])):
                yield _bad(rows, table, at, f"{column} is no year", "a year", row[column])
        if row.get("decimals", "") not in ("", "0", "1", "2", "3", "4", "5", "6"):
            yield _bad(rows, table, at, "decimals", "a whole number from 0 to 6, or nothing", row["decimals"])
        limits = [number(row[side]) for side in ("minimum", "maximum") if _is_number(row[side])]
        if len(limits) == 2 and limits[0] >= limits[1]:
            got = f"{row['minimum']} and {row['maximum']}"
            yield _bad(rows, table, at, "minimum is not below maximum", "minimum < maximum", got)
        for column in ("name_vi", "name_en", "source"):
            if not row[column]:
                yield _bad(rows, table, at, f"{column} is empty", "text", "nothing")
        for column, allowed in ALLOWED.items():
            if column in row and row[column] not in allowed:
                yield _bad(rows, table, at, f"unknown {column}", ", ".join(allowed), row[column])


def _is_number(text: str) -> bool:
    try:
        number(text)
    except (ValueError, ZeroDivisionError):
        return False
    return True


def _overlaps(rows: FrameworkRows, table: str) -> Iterator[Finding]:
    for key, part in getattr(rows, table).groupby(KEYS[table]):
        spans = sorted((int(row["valid_from"]), int(row["valid_to"] or 9999)) for row in _records(part))
        for before, after in pairwise(spans):
            if after[0] <= before[1]:
                got = f"{before[0]}-{before[1]} and {after[0]}-{after[1]}"
                yield _bad(rows, table, key, "two rows are valid in one year", "one row a year", got)


def _one_name_each(rows: FrameworkRows) -> Iterator[Finding]:
    """A code names one measure, and not the total."""
    names = {table: set(getattr(rows, table)[key]) for table, key in KEYS.items()}
    total = rows.settings.total
    for table, others in (
        ("sub_dimensions", ("dimensions",)),
        ("indicators", ("dimensions", "sub_dimensions")),
    ):
        for name in sorted(names[table] & set().union(*(names[other] for other in others))):
            yield _bad(rows, table, name, "its code is another measure's too", "a code of its own", name)
    for table in names:
        if total and total.code in names[table]:
            yield _bad(rows, table, total.code, "its code is the total's", "a code of its own", total.code)


def _in_year(rows: FrameworkRows, year: int) -> Iterator[Finding]:
    for table, parent_table in PARENTS.items():
        parents = set(valid_in(getattr(rows, parent_table), year)[KEYS[parent_table]])
        parents |= {""} if table == "indicators" else set()  # an indicator may stand alone
        for row in _records(valid_in(getattr(rows, table), year)):
            parent = row[KEYS[parent_table]]
            if parent not in parents:
                what = f"{KEYS[parent_table]} {parent} is not valid in {year}"
                yield _bad(rows, table, _label(table, row), what, "a row valid in the same years", "none")
    indicators = valid_in(rows.indicators, year)
    indicators = indicators[indicators["sub_dimension"] != ""]
    weights = indicators["weight"].map(number).groupby(indicators["sub_dimension"]).sum()
    for row in _records(valid_in(rows.sub_dimensions, year)):
        wanted = 1 - number(row["unassigned_weight"])
        total = weights.get(row["sub_dimension"], 0.0)
        if abs(total - wanted) > 1e-9:
            what = f"the weights of its indicators in {year} do not sum to {wanted:g}"
            yield _bad(
                rows, "sub_dimensions", _label("sub_dimensions", row), what, f"{wanted:g}", f"{total:g}"
            )


def _recipe(rows: FrameworkRows, row: dict[str, str], codebook: Codebook) -> Iterator[Finding]:
    at, variables, codes = _label("indicators", row), row["variables"].split(), row["codes"].split()
    recipe = RECIPES.get(row["recipe"])
    if recipe is None:
        yield _bad(rows, "indicators", at, "unknown recipe", ", ".join(RECIPES), row["recipe"])
        return
    absent = [name for name in variables if name not in codebook]
    if absent or not variables:
        yield _bad(
            rows,
            "indicators",
            at,
            "variables not in the codebook",
            "variables of the codebook",
            " ".join(absent),
        )
        return
    if len(variables) > 1 and not recipe.many_variables:
        yield _bad(rows, "indicators", at, f"{row['recipe']} takes one variable", "1", f"{len(variables)}")
    if any(codebook.row(name)["type"] != recipe.variable_type for name in variables):
        yield _bad(
            rows, "indicators", at, "variable of the wrong type", recipe.variable_type, " ".join(variables)
        )
        return
    if bool(codes) != recipe.needs_codes:
        yield _bad(
            rows,
            "indicators",
            at,
            "codes",
            "codes that count as yes" if recipe.needs_codes else "none",
            row["codes"],
        )
    if row["dont_know"] == "no" and not recipe.dont_know_may_be_no:
        yield _bad(rows, "indicators", at, f"{row['recipe']} has no answer that is not yes", "missing", "no")
    yield from _limits(rows, row, variables, codebook)


def _limits(
    rows: FrameworkRows, row: dict[str, str], variables: list[str], codebook: Codebook
) -> Iterator[Finding]:
    at, limits = _label("indicators", row), (number(row["minimum"]), number(row["maximum"]))
    sets = [set(codebook.labels(name)) for name in variables]
    codes = {float(code) for code in row["codes"].split()}
    if any(not codes <= known for known in sets):
        yield _bad(
            rows, "indicators", at, "codes not in the variable's code set", "codes of its set", row["codes"]
        )
    natural = {
        "share_of_codes": (0.0, 1.0),
        "any_of_codes": (0.0, 1.0),
        "count_of_codes": (0.0, float(len(variables))),
        "scale": (min(sets[0], default=0.0), max(sets[0], default=0.0)),
    }.get(row["recipe"], limits)
    if limits != natural:
        yield _bad(
            rows, "indicators", at, "minimum and maximum", f"{natural[0]:g} and {natural[1]:g}", f"{limits}"
        )
