"""A known share and a sample's size -> what happens when the same survey is drawn again and again: a drawing.

A thought experiment for a class: everybody has the same chance, no clusters. The survey's own intervals are
wider.
"""

from __future__ import annotations

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from analysis.briefing.blocks import Image
from analysis.briefing.drawing import BLUE, GREY, INK, ORANGE, STYLE, image
from analysis.briefing.numbers import say_count, say_number
from analysis.estimates.proportions import share_interval
from training.lessons.teaching.words import say

#: How many surveys are drawn, and where the draw begins: the same picture in every class.
SURVEYS, SEED = 40, 324
LEVEL = 0.95


def draw_again(share: float, n: int, surveys: int = SURVEYS, seed: int = SEED) -> np.ndarray:
    """Shares found by surveys of n people each, and their intervals.

    Returns
    -------
    ndarray of shape (surveys, 3): share, low, high.

    Notes
    -----
    Binomial draws; Wilson's interval at 95 %.
    """
    found = np.random.default_rng(seed).binomial(n, share, surveys) / n
    found = found.clip(0.5 / n, 1 - 0.5 / n)
    low, high = share_interval(
        "wilson", found, np.sqrt(found * (1 - found) / n), np.full(surveys, n - 1.0), n, LEVEL
    )
    return np.column_stack([found, low, high])


def count_missed(share: float, n: int, surveys: int = SURVEYS, seed: int = SEED) -> int:
    """How many of the surveys have an interval that does not hold the true share."""
    drawn = draw_again(share, n, surveys, seed)
    return int(((drawn[:, 1] > share) | (drawn[:, 2] < share)).sum())


def draw_repeated(share: float, sizes: tuple[int, ...], language: str = "vi") -> Image:
    """Side by side for samples of several sizes: each line is the interval of one survey, the truth is
    dashed."""
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(2.3 * len(sizes), 3.1), layout="constrained")
        panels = figure.subplots(1, len(sizes), sharey=True, squeeze=False)[0]
        for axes, n in zip(panels, sizes, strict=True):
            drawn = draw_again(share, n)
            order = drawn[:, 0].argsort()
            for at, (found, low, high) in enumerate(drawn[order]):
                missed = low > share or high < share
                axes.plot(
                    [low, high], [at, at], color=ORANGE if missed else BLUE, linewidth=2.2 if missed else 1.1
                )
                axes.plot([found], [at], "o", color=ORANGE if missed else BLUE, markersize=2)
            axes.axvline(share, color=INK, linewidth=1, linestyle="--")
            axes.set_title(say("panel_people", language, n=say_count(n, language)), fontsize=9, loc="left")
            axes.set_xlim(0.3, 0.9)
            axes.set_xticks(
                [0.4, 0.6, 0.8], [say_number(x, "share", language, decimals=0) for x in (0.4, 0.6, 0.8)]
            )
            axes.set_yticks([])
            axes.spines["left"].set_visible(False)
            axes.tick_params(length=2, color=GREY)
    said = [
        say(
            "alt_repeated_one",
            language,
            n=say_count(n, language),
            missed=say_count(count_missed(share, n), language),
        )
        for n in sizes
    ]
    alt = say("alt_repeated", language, surveys=say_count(SURVEYS, language)) + " " + " ".join(said)
    return image(figure, alt, say("caption_repeated", language, surveys=say_count(SURVEYS, language)))
