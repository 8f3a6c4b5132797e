"""Table as stored + round -> each row's cell of a calibration margin, and what does not fit its totals."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding
from analysis.respondents.identifiers import respondents_in, shown_codes, text_code
from analysis.rounds import Group, Round


def group_labels(series: pd.Series, group: Group) -> pd.Series:
    """The label of the group each value belongs to, or a blank for those in none.

    Examples
    --------
    >>> age = Group("age_group", "age", bands={"18-34": (18, 34), "35+": (35, 120)})
    >>> group_labels(pd.Series([18, 35, 999]), age).tolist()
    ['18-34', '35+', nan]
    """
    numbers = pd.to_numeric(series).astype(float).to_numpy()
    labels = np.full(len(series), None, dtype=object)
    for label in group.labels:
        labels[group.members(numbers, label)] = label
    return pd.Series(labels, index=series.index, name=group.name, dtype="str")


def margin_variable(survey_round: Round, name: str) -> str:
    """The file's variable behind a margin: its group's, or the one it names."""
    return {group.name: group.variable for group in survey_round.groups}.get(name, name)


def margin_cells(table: pd.DataFrame, survey_round: Round, name: str) -> pd.Series:
    """Each row's cell of a margin: the label of its group, or the code of its variable as text."""
    for group in survey_round.groups:
        if group.name == name:
            return group_labels(table[group.variable], group)
    return text_code(table[name])


def check_margins(table: pd.DataFrame, survey_round: Round) -> Iterator[Finding]:
    """Rows without a cell that has a total, and totals of cells that nobody is in."""
    settings = survey_round.calibration
    for name, totals in settings.margins.items() if settings else ():
        groups = [group for group in survey_round.groups if group.name == name]
        if groups and pd.to_numeric(table[groups[0].variable], errors="coerce").isna().all():
            continue  # `check_groups` says that the group's variable holds no numbers
        cells = margin_cells(_as_numbers(table, groups), survey_round, name)
        outside = ~cells.isin(list(totals)).to_numpy()
        if outside.any():
            codes = sorted(set(cells[outside].dropna()))
            # Codes or people, never both: together they would tell what somebody answered.
            unknown = f"; codes without a total: {shown_codes(codes)}" if codes else ""
            who = "" if codes else f", {respondents_in(table, survey_round, outside)}"
            yield _finding(
                survey_round,
                name,
                f"{int(outside.sum())} rows have no population total in margin {name}",
                f"{int(outside.sum())} dòng không thuộc ô nào có tổng dân số",
                f"each row in one of {shown(totals)}",
                f"{int(outside.sum())} of {len(table)} rows without{unknown}",
                who,
            )
        empty = [label for label in totals if not (cells == label).any()]
        if empty:
            yield _finding(
                survey_round,
                name,
                f"Nobody in the file is in {shown(empty)} of margin {name}",
                f"không có ai trong tệp thuộc {shown(empty)}",
                "somebody of each cell in the file",
                f"a total, but nobody, in {shown(empty)}",
            )


def _as_numbers(table: pd.DataFrame, groups: list[Group]) -> pd.DataFrame:
    """The table with words in a group's variable as blanks: other checks name them."""
    changed = {g.variable: pd.to_numeric(table[g.variable], errors="coerce") for g in groups}
    return table.assign(**changed)


def _finding(
    survey_round: Round, name: str, what: str, vi: str, expected: str, got: str, who: str = ""
) -> Finding:
    return Finding(
        "bad_weight",
        f"{what}.",
        f"Không hiệu chỉnh được trọng số theo {name}: {vi}. Hãy sửa số liệu, sửa tổng hoặc gộp ô.",
        where=f"{survey_round.file}, column {margin_variable(survey_round, name)}{who}",
        expected=expected,
        got=got,
        hint=f"Mend the file, or [calibration.margins.{name}] in "
        f"{survey_round.shown_settings}; nobody is left out in silence.",
    )
