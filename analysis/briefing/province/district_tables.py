"""Results of all districts -> tables with a row a district, in the order of their codes: no ranking."""

from __future__ import annotations

from analysis.briefing.blocks import Column, Lines, Paragraphs, Table
from analysis.briefing.findings import find, find_all, is_tested, say_verdict
from analysis.briefing.letter.counted import figure_name, figures_of, last_counted, say_period, say_short
from analysis.briefing.pack import RoundPage
from analysis.briefing.parts import sentences
from analysis.briefing.province.sample_map import is_sampled
from analysis.briefing.tables import label, level_cell, short_label, table
from analysis.estimates import quality

#: More measures than this do not fit beside each other: only what is stated is listed.
MOST_COLUMNS = 10


def findings_table(page: RoundPage) -> Table:
    """A row a district, a column a dimension: score and interval, and the answer of the test as its sign."""
    measures, rows, flags = page.headline_measures, [], []
    for code in page.districts:
        name = page.places.district(code).name
        if not is_sampled(page, code):
            rows.append([name, *[page.say("cell_no_sample")] * len(measures)])
            continue
        levels, differences = (page.each(name, ("district", code)) for name in ("level", "difference"))
        cells = []
        for measure in measures:
            sign = find(page, differences[measure]).sign if is_tested(differences, measure) else ""
            value, _, interval = level_cell(page, levels[measure]).partition(" ")
            cells.append(Lines(tuple(filter(None, [f"{sign} {value}".strip(), interval]))))
            flags.append(levels[measure]["quality"])
        rows.append([name, *cells])
    head = [Column(page.say("index_col_place"))]
    head += [Column(short_label(page, measure), True) for measure in measures]
    notes = [page.say("findings_table_note"), page.say("index_no_rank")]
    notes += [page.say("columns_dimensions")] if page.dimensions else []
    if quality.SUPPRESSED in flags:
        notes.append(page.say("findings_table_withheld"))
    return table(page.say("caption_findings_table"), head, rows, notes, kind="stacked wide")


def stated_table(page: RoundPage) -> Table | Paragraphs:
    """Only what is stated, a row a finding, where there are too many measures for a column each."""
    rows = []
    for code in page.districts:
        for finding in find_all(page, "difference", page.headline_measures, ("district", code)):
            if finding.stated:
                name = page.places.district(code).name
                rows.append(
                    [name, label(page, finding.measure), f"{finding.sign} {say_verdict(page, finding)}"]
                )
    if not rows:
        return sentences(page.say("stated_none"))
    keys = ("index_col_place", f"col_{page.headline_kind}", "col_versus_province")
    notes = [page.say("index_no_rank")]
    return table(page.say("caption_stated_table"), [Column(page.say(key)) for key in keys], rows, notes)


def counts_table(page: RoundPage) -> Table | None:
    """A row a district, a column a counted figure, in the file's last quarter; None without a file."""
    figures = [row["figure"] for row in figures_of(page, "district")]
    rows, period = [], ""
    for code in page.districts:
        counted = [last_counted(page, figure, code) for figure in figures]
        if any(one is None for one in counted):
            return None
        period = counted[0].period
        rows.append([page.places.district(code).name, *(say_short(page, one) for one in counted)])
    head = [Column(page.say("index_col_place"))]
    head += [Column(figure_name(page, figure, "short"), True) for figure in figures]
    caption = page.say("caption_counts_table", period=say_period(page, period))
    return table(
        caption, head, rows, [page.say("progress_note"), page.say("index_no_rank")], kind="stacked wide"
    )
