"""Districts -> which of them were visited, and the tile map that shows it; nothing is drawn for it."""

from __future__ import annotations

from analysis.briefing.blocks import Tile, TileMap
from analysis.briefing.numbers import say_count
from analysis.briefing.pack import RoundPage
from analysis.estimates import quality
from analysis.places import read_tiles


def is_sampled(page: RoundPage, code: str) -> bool:
    """Whether anybody of the district was interviewed."""
    own = page.by_measure("level", ("district", code))
    return bool((own["quality"] != quality.NOT_SAMPLED).any())


def sample_map(page: RoundPage, hrefs: dict[str, str] | None = None) -> TileMap | None:
    """Which districts were visited and how many people answered; None where the places have no squares.

    Parameters
    ----------
    hrefs : dict, optional
        District -> the page that its square opens.
    """
    tiles = read_tiles(page.survey_round.places)
    if not set(page.districts) <= set(tiles.index):
        return None
    squares = []
    for code in page.districts:
        sampled = is_sampled(page, code)
        n = (
            say_count(page.by_measure("level", ("district", code))["n"].max(), page.language)
            if sampled
            else ""
        )
        about = page.say("tile_sampled", n=n) if sampled else page.say("tile_not_sampled")
        at, kind = tiles.loc[code], "sampled" if sampled else "unsampled"
        name = page.places.district(code).name
        squares.append(
            Tile(int(at["column"]), int(at["row"]), name, about, kind, (hrefs or {}).get(code, ""))
        )
    return TileMap(page.say("caption_sample_map"), tuple(squares))
