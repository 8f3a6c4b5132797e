"""Shares of forms in each class of quality -> stacked bars, the middle class across 0."""

from __future__ import annotations

import textwrap

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from analysis.briefing.blocks import Image
from analysis.briefing.drawing import GREY, INK, STYLE, WIDTH_INCHES, image, mark_simulated
from analysis.briefing.numbers import say_number
from training.sections.figures import Figure
from training.sections.interval_chart import CHART
from training.sections.opened import TrainingPage
from training.sections.satisfaction import rule_of

KIND = "satisfaction_indicator"
#: From the lowest class to the highest: light enough for dark figures inside, told apart by place and hatch.
_FACES = ("#D55E00", "#F0B98D", "#E6E6E6", "#9CC9E6", "#2E86C1")
_FOUR = ("#D55E00", "#F0B98D", "#9CC9E6", "#2E86C1")
_HATCH = ("xxx", "///", "", "", "...")
#: Pieces narrower than this have no room for their figure.
_NARROW = 0.09


def diverging(shares: list[float]) -> list[tuple[float, float]]:
    """Where the pieces of one diverging bar lie, low to high, the middle band across 0.

    Parameters
    ----------
    shares : list of float
        Of each band, the lowest first. Of an odd number the middle one is neutral and lies half on each
        side; of an even number the lower half lies to the left.

    Returns
    -------
    list of (float, float)
        Start and end of each piece; they touch, and their lengths are the shares.

    Examples
    --------
    >>> [(round(a, 2), round(b, 2)) for a, b in diverging([0.1, 0.2, 0.7])]
    [(-0.2, -0.1), (-0.1, 0.1), (0.1, 0.8)]
    """
    half, odd = divmod(len(shares), 2)
    start = -(sum(shares[:half]) + (shares[half] / 2 if odd else 0.0))
    pieces = []
    for share in shares:
        pieces.append((start, start + share))
        start += share
    return pieces


def draw_bars(page: TrainingPage, place: tuple[str, str], caption: str) -> Image | None:
    """A bar an indicator; None where every indicator is hidden or nobody answered."""
    rule = rule_of(page, place)
    bands = page.bands(rule)
    bars = [
        (code, own) for code in page.named("indicator", rule) if (own := _shares(page, place, code, bands))
    ]
    if not bars:
        return None
    faces = _FACES if len(bands) == len(_FACES) else _FOUR
    labels = [textwrap.fill(f"{code}. {page.name('indicator', code, rule)}", 44) for code, _ in bars]
    height = sum(0.24 + 0.1 * label.count("\n") for label in labels)
    with matplotlib.rc_context(STYLE | {"hatch.linewidth": 0.4}):
        figure = Drawing(figsize=(WIDTH_INCHES, height + 0.9), layout="constrained")
        axes = figure.add_subplot()
        for at, (_, own) in enumerate(bars):
            _draw_bar(axes, page, at, own, faces)
        axes.axvline(0, color=INK, linewidth=0.7, zorder=4)
        axes.set_yticks(range(len(bars)), labels, fontsize=6.8)
        axes.set_ylim(len(bars) - 0.4, -0.6)
        axes.set_xlim(-1, 1)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        axes.tick_params(length=0)
        names = [name for _, name in bands]
        handles = [matplotlib.patches.Patch(facecolor=face, edgecolor=GREY, hatch=hatch, label=name)
                   for face, hatch, name in zip(faces, _HATCH, names, strict=False)]  # fmt: skip
        figure.legend(
            handles=handles, loc="outside upper center", ncols=len(names), frameon=False, fontsize=7,
            handlelength=1.2, columnspacing=0.8,
        )  # fmt: skip
        mark_simulated(figure, page)
    said = " ".join(_say_bar(page, code, rule, own, bands) for code, own in bars)
    return image(figure, f"{page.say('training_alt_bars')} {said}", caption, CHART)


def _shares(
    page: TrainingPage, place: tuple[str, str], code: str, bands: list[tuple[str, str]]
) -> list[Figure]:  # fmt: skip
    """The share in each band, the lowest first; empty where one is hidden."""
    own = [page.figure(place, KIND, code, f"band_{band}") for band, _ in bands]
    return own if own and all(one.is_shown for one in own) else []


def _draw_bar(axes: Axes, page: TrainingPage, at: int, own: list[Figure], faces: tuple[str, ...]) -> None:
    pieces = diverging([one.estimate for one in own])
    for (start, end), one, face, hatch in zip(pieces, own, faces, _HATCH, strict=False):
        looks = {"facecolor": face, "edgecolor": GREY, "linewidth": 0.3, "hatch": hatch, "height": 0.66}
        axes.barh(at, end - start, left=start, **looks)
        if end - start >= _NARROW:
            text = say_number(one.estimate, "share", page.language, decimals=0)
            box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.6}
            axes.text(
                (start + end) / 2, at, text, ha="center", va="center", fontsize=6.3, color=INK, bbox=box
            )


def _say_bar(
    page: TrainingPage, code: str, rule: str, own: list[Figure], bands: list[tuple[str, str]]
) -> str:  # fmt: skip
    parts = ", ".join(f"{name.lower()} {one.value}" for (_, name), one in zip(bands, own, strict=True))
    return page.say("training_alt_bar", name=f"{code}. {page.name('indicator', code, rule)}", parts=parts)
