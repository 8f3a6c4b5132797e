"""A lesson that has been run -> its slides: one HTML file with all in it, for a room without a network."""

from __future__ import annotations

from analysis.findings import stop_on
from training.lessons.build.markup import TEMPLATES, fill
from training.lessons.build.page_rules import check_deck
from training.lessons.build.parts import Made
from training.lessons.build.vendored import SCRIPTS, STYLES, read_vendored
from training.lessons.teaching.words import say


def slides(made: Made) -> str:
    """The deck.

    Raises
    ------
    MissingFile, BadRows
        reveal.js is not there or not the reviewed one; or the deck breaks a rule of `check_deck`.

    Notes
    -----
    Keys: arrows and space step, F fills the screen, S opens the speaker's window, Esc shows all slides,
    ? lists the
    keys. Printing to paper works from the browser; `?print-pdf` after the address gives a slide a page.
    """
    lesson = made.lesson
    html = fill(
        "deck.html",
        lesson=lesson,
        objectives=lesson.objectives.to_dict("records"),
        frames=made.frames(),
        say=say,
        styles=[*map(read_vendored, STYLES), (TEMPLATES / "deck.css").read_text(encoding="utf-8")],
        scripts=[read_vendored(name) for name in SCRIPTS],
    )
    stop_on(check_deck(str(html), lesson.is_simulated))
    return str(html)
