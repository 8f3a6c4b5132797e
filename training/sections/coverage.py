"""Who was reached -> a tile map of communes, tables by district, zone, level, post, plan and quotas."""

from __future__ import annotations

from analysis.briefing.blocks import Column, Table, Tile, TileMap
from analysis.briefing.numbers import say_setting
from analysis.briefing.tables import table
from analysis.places import read_tiles
from training.rules import read_training_rows
from training.sections.figures import Figure
from training.sections.legends import legend
from training.sections.opened import LEVELS, TrainingPage

KIND = "coverage"
_COLUMNS = (
    ("communes", "reached"), ("learners", "trained"), ("periods", "mean"), ("communes", "share_of_plan"),
    ("learners", "share_of_plan"),
)  # fmt: skip


def communes_map(page: TrainingPage) -> TileMap | None:
    """How many communes of each district have a trained official; None where the places have no squares."""
    tiles = read_tiles(page.survey_round.places if page.survey_round else "")
    if not set(page.districts) <= set(tiles.index):
        return None
    squares = []
    for code in page.districts:
        reached = page.figure(("district", code), KIND, "communes", "reached")
        about = page.say("training_tile", done=reached.done)
        at, name = tiles.loc[code], page.places.district(code).name
        kind = "sampled" if reached.is_shown and reached.estimate > 0 else "unsampled"
        squares.append(Tile(int(at["column"]), int(at["row"]), name, about, kind))
    return TileMap(page.say("training_caption_map"), tuple(squares))


def districts_table(page: TrainingPage) -> Table:
    """A row a district in the order of codes, then zones and the province: people, periods, plan."""
    rows, figures = [], []
    for code in page.districts:
        rows.append(_row(page, page.places.district(code).name, ("district", code), figures))
    for zone in page.zones:
        rows.append(_row(page, page.say("training_zone", zone=zone), ("zone", zone), figures))
    rows.append(_row(page, page.say("training_whole_province"), page.whole, figures))
    keys = ("district_name", "communes", "people", "periods", "plan_communes", "plan_people")
    head = [Column(page.say(f"training_col_{key}"), key != "district_name") for key in keys]
    notes = [
        page.say("training_coverage_note"),
        page.say("training_no_rank_districts"),
        *legend(page, figures),
    ]
    return table(page.say("training_caption_districts"), head, rows, notes, kind="stacked wide")


def _row(page: TrainingPage, name: str, place: tuple[str, str], figures: list[Figure]) -> list[object]:
    own = [page.figure(place, KIND, measure, statistic) for measure, statistic in _COLUMNS]
    figures += own
    reached, trained, periods, *plan = own
    return [name, share_cell(reached), trained.cell, periods.cell, *(share_cell(one) for one in plan)]


def share_cell(figure: Figure) -> str:
    """A share of places with how many of how many, or the sign in its place."""
    return f"{figure.done} ({figure.value})" if figure.is_shown else figure.signed_value


def levels_table(page: TrainingPage) -> Table:
    """People trained and their periods, by level of office."""
    rows, figures = [], []
    for level in LEVELS:
        own = [
            page.figure(page.whole, KIND, measure, statistic, ("level", level))
            for measure, statistic in (("learners", "trained"), ("periods", "total"), ("periods", "mean"))
        ]
        if own[0].about is not None:
            figures += own
            rows.append([page.level_name(level), *(one.cell for one in own)])
    head = [
        Column(page.say(f"training_col_{key}"), key != "level")
        for key in ("level", "people", "total", "periods")
    ]
    return table(page.say("training_caption_levels"), head, rows, legend(page, figures))


def posts_table(page: TrainingPage) -> Table | None:
    """In how many communes a post has a trained holder; None where no list gives posts."""
    rows, figures = [], []
    for row, figure in page.figures(place_kind="province", measure_kind=KIND, measure="posts"):
        figures.append(figure)
        rows.append([row.group, share_cell(figure)])
    if not rows:
        return None
    head = [Column(page.say("training_col_post_name")), Column(page.say("training_col_communes"), True)]
    return table(page.say("training_caption_posts"), head, rows, legend(page, figures))


def plan_table(page: TrainingPage) -> Table | None:
    """Places taken of those planned, by course; None without a plan."""
    rows, figures = [], []
    for course in page.courses:
        communes, learners = own = [
            page.figure(("course", course), KIND, measure, "share_of_plan")
            for measure in ("communes", "learners")
        ]
        if learners.about is not None:
            figures += own
            rows.append([page.course_name(course), share_cell(communes), share_cell(learners)])
    if not rows:
        return None
    head = [
        Column(page.say(f"training_col_{key}"), key != "course_name")
        for key in ("course_name", "plan_communes", "plan_people")
    ]
    return table(page.say("training_caption_plan"), head, rows, legend(page, figures))


def quotas_table(page: TrainingPage) -> Table | None:
    """The Ministry's yearly evaluation quotas, and whether they are met; None where no rule has any."""
    names, rows = read_training_rows("quotas").set_index("quota"), []
    for row, figure in page.figures(measure_kind="quota"):
        about = names.loc[row.measure]
        share = row.statistic == "evaluated"
        least = say_setting(
            float(about["minimum"]), page.language, percent=share and about["kind"] == "share"
        )
        if figure.is_shown:
            done = share_cell(figure) if share else f"{figure.value}/{figure.people}"
            verdict = page.say("training_quota_met" if figure.has("met") else "training_quota_missed")
        else:
            done, verdict = "–", figure.reason
        rows.append([about[f"name_{page.language}"], least, done, verdict])
    if not rows:
        return None
    head = [Column(page.say(f"training_col_{key}"), key in ("minimum", "evaluated")) for key in
            ("quota", "minimum", "evaluated", "verdict")]  # fmt: skip
    return table(page.say("training_caption_quotas"), head, rows, [page.say("training_quotas_note")])
