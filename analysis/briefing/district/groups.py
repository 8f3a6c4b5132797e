"""Results of the province's groups -> tables: women and men, ages, town and country, side by side.

A district's own sample is too small to be divided; its pack shows the province's groups and says so.
"""

from __future__ import annotations

import pandas as pd

from analysis.briefing.blocks import Column, Table
from analysis.briefing.findings import Finding, find, is_tested
from analysis.briefing.round_page import LEVELS, RoundPage, Rows, each_row
from analysis.briefing.tables import label, legend, level_cell, table


def group_tables(page: RoundPage) -> list[Table]:
    """A table for each of the round's groups: the headline measures, a column a group."""
    return [_group_table(page, group.name, group.labels) for group in page.survey_round.groups]


def _group_table(page: RoundPage, name: str, labels: list[str]) -> Table:
    measures = [*page.headline_measures, *([page.total] if page.total else [])]
    rows, flags, any_stated = [], [], False
    by_group = {one: _rows(page, name, one) for one in labels}
    for measure in measures:
        cells = [label(page, measure)]
        for levels, differences in by_group.values():
            row = levels[measure]
            finding = find(page, differences[measure]) if is_tested(differences, measure) else None
            flags.append(row["quality"])
            any_stated |= finding is not None and finding.stated
            cells.append(_cell(page, row, finding))
        rows.append(cells)
    tested = any(len(differences) for _, differences in by_group.values())
    head = [Column(page.say(f"col_{page.headline_kind}"))]
    head += [Column(group_label(page, name, one), True) for one in labels]
    notes = [page.say("groups_note")] if any_stated else [page.say("groups_none")] if tested else []
    caption = page.say("caption_groups", group=group_label(page, name))
    return table(caption, head, rows, [*notes, *legend(page, flags)])


def _rows(page: RoundPage, name: str, one: str) -> tuple[Rows, Rows]:
    """Levels of a group and its differences from the province."""
    own = {"survey_round": page.survey_round.survey_round, "group_kind": name, "group": one}
    rows = page.rows(place=page.whole, **own).set_index("measure")
    levels = rows["statistic"].isin(LEVELS)
    return each_row(rows[levels]), each_row(rows[rows["statistic"] == "difference"])


def _cell(page: RoundPage, row: pd.Series, finding: Finding | None) -> str:
    sign = f"{finding.sign} " if finding is not None and finding.stated else ""
    return sign + level_cell(page, row)


def group_label(page: RoundPage, name: str, one: str = "") -> str:
    """A group's name, or one of its labels, in the page's words; else as the round writes it."""
    key = f"group_{name}_{one}" if one else f"group_{name}"
    return page.say(key) if key in page.words else one or name
