"""How each item of a test did -> tables, a chart, and in words which keys are in doubt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from analysis.briefing.blocks import Column, Image, Lines, Table
from analysis.briefing.drawing import BLUE, GREY, ORANGE, STYLE, WIDTH_INCHES, image, mark_simulated
from analysis.briefing.numbers import say_number
from analysis.briefing.tables import table
from training.sections.figures import Figure
from training.sections.interval_chart import CHART, SHARES
from training.sections.legends import legend
from training.sections.opened import TrainingPage

KIND, TEST = "item", "test"
LETTERS = ("A", "B", "C", "D", "open")
#: Notes that make an item one to look at, in the order of their weight.
FLAGS = ("key_suspected", "not_discriminating", "too_easy", "too_hard")
TESTS = ("pre", "post")


@dataclass(frozen=True)
class Item:
    """One item in a class's tests and in those of all classes of its course.

    Attributes
    ----------
    before, after : Figure
        Share right in the place's own tests.
    flags : tuple of str
        Of `FLAGS`, from all classes of the course.
    """

    code: str
    before: Figure
    after: Figure
    flags: tuple[str, ...]


def last_test(page: TrainingPage, course: str) -> str:
    """The test after the course where there was one, else the one before."""
    rows = page.rows
    own = rows[(rows["place_kind"] == "course") & (rows["place"] == course) & (rows["measure_kind"] == KIND)]
    return "post" if (own["group"] == "post").any() else "pre"


def codes_of(page: TrainingPage, course: str) -> list[str]:
    """The items of a course's tests, in the order of the records."""
    rows = page.rows
    own = rows[(rows["place_kind"] == "course") & (rows["place"] == course) & (rows["measure_kind"] == KIND)]
    asked = set(own["measure"])
    return [code for code in page.named("item") if code in asked]


def items_of(page: TrainingPage, course: str, place: tuple[str, str]) -> list[Item]:
    """Every item of a course's tests, as the place (the course or a class of it) did in it."""
    found = []
    for code in codes_of(page, course):
        shares = [page.figure(place, KIND, code, "facility", (TEST, test)) for test in TESTS]
        found.append(Item(code, shares[0], shares[1], flags_of(page, course, code)))
    return found


def flags_of(page: TrainingPage, course: str, code: str) -> tuple[str, ...]:
    """What is wrong with an item in any of the course's tests."""
    figures = [
        page.figure(("course", course), KIND, code, statistic, (TEST, test))
        for test in TESTS
        for statistic in ("facility", "item_rest")
    ]
    return tuple(flag for flag in FLAGS if any(figure.has(flag) for figure in figures))


def say_flags(page: TrainingPage, flags: tuple[str, ...]) -> str:
    return "; ".join(page.say(f"training_flag_{flag}") for flag in flags)


def stem(page: TrainingPage, code: str) -> str:
    """An item's code with its question; the code alone where the bank does not have it."""
    text = page.name("item", code)
    return code if text == code else f"{code}. {text}"


def items_table(page: TrainingPage, course: str, place: tuple[str, str], caption: str) -> Table:
    """A row an item: shares right before and after, how it tells learners apart, what is wrong with it."""
    test, rows, figures = last_test(page, course), [], []
    for item in items_of(page, course, place):
        course_place = ("course", course)
        apart = [
            page.figure(course_place, KIND, item.code, name, (TEST, test))
            for name in ("item_rest", "upper_lower")
        ]
        figures += [item.before, item.after, *apart]
        cells = [Lines(one.lines) for one in (item.before, item.after, *apart)]
        rows.append([stem(page, item.code), *cells, say_flags(page, item.flags)])
    keys = ("item", "right_before", "right_after", "item_rest", "upper_lower", "flags")
    numeric = keys[1:5]
    head = [Column(page.say(f"training_col_{key}"), key in numeric) for key in keys]
    notes = [page.say("training_items_note"), *legend(page, figures, explained=True)]
    return table(caption, head, rows, notes, kind="stacked wide")


def draw_items(page: TrainingPage, course: str, place: tuple[str, str], alt: str, caption: str) -> Image:
    """Share right before and after, item by item, with intervals; flagged items in another shape."""
    items = items_of(page, course, place)
    with matplotlib.rc_context(STYLE):
        figure = Drawing(figsize=(WIDTH_INCHES, 0.3 * len(items) + 1.0), layout="constrained")
        axes = figure.add_subplot()
        for at, item in enumerate(items):
            keys = [page.say(f"training_{side}") if at == 0 else None for side in ("before", "after")]
            _draw(axes, at - 0.16, item.before, ("o", "white", GREY), keys[0])
            _draw(axes, at + 0.16, item.after, _looks(item), keys[1])
        names = [f"{'! ' if item.flags else ''}{item.code}" for item in items]
        axes.set_yticks(range(len(items)), names, fontsize=7.5)
        axes.set_ylim(len(items) - 0.4, -0.6)
        axes.set_xlim(0, 1)
        axes.set_xticks(SHARES, [say_number(tick, "share", page.language, decimals=0) for tick in SHARES])
        axes.set_xlabel(page.say("training_axis_right"), fontsize=7.5)
        axes.tick_params(length=0, labelsize=7.5)
        axes.grid(axis="x", color="#dddddd", linewidth=0.6)
        axes.set_axisbelow(True)
        handles, labels = axes.get_legend_handles_labels()
        if handles:
            figure.legend(handles, labels, loc="outside upper center", ncols=2, frameon=False, fontsize=7.5)
        mark_simulated(figure, page)
    return image(figure, f"{alt} {' '.join(_say_item(page, item) for item in items)}", caption, CHART)


def _looks(item: Item) -> tuple[str, str, str]:
    return ("s", ORANGE, ORANGE) if item.flags else ("D", BLUE, BLUE)


def _draw(axes: Axes, y: float, one: Figure, looks: tuple[str, str, str], label: str | None) -> None:
    marker, face, edge = looks
    style = {"color": face, "markeredgecolor": edge, "markersize": 4.5, "zorder": 3, "label": label}
    if one.is_shown:
        axes.plot([one.low_end, one.high_end], [y, y], "-", color=edge, linewidth=1.1, zorder=2)
        axes.plot([one.estimate], [y], marker, **style)


def _say_item(page: TrainingPage, item: Item) -> str:
    if not item.before.is_shown and not item.after.is_shown:
        return page.say("training_alt_none", name=item.code, why=item.after.reason or item.after.signed_value)
    flags = f" ({say_flags(page, item.flags)})" if item.flags else ""
    values = {"before": item.before.signed_value, "after": item.after.signed_value}
    return page.say("training_alt_item", item=item.code, flags=flags, **values)


def options_table(page: TrainingPage, course: str) -> Table:
    """Which options were chosen by how many, over all classes of the course; signs at key and faults."""
    test, rows, figures = last_test(page, course), [], []
    for code in codes_of(page, course):
        cells = []
        for letter in LETTERS:
            chosen, mean = (
                page.figure(("course", course), KIND, code, f"{name}_{letter}", (TEST, test))
                for name in ("chosen", "rest_mean")
            )
            figures.append(chosen)
            cells.append(Lines(tuple(_option_lines(page, chosen, mean))))
        rows.append([code, *cells])
    head = [Column(page.say("training_col_item"))]
    head += [Column(page.say("training_option_open") if one == "open" else one, True) for one in LETTERS]
    note = page.say("training_options_note")
    caption = page.say("training_caption_options", test=page.say(f"training_{test}_test").lower())
    return table(caption, head, rows, [note, *legend(page, figures)], kind="stacked wide")


def _option_lines(page: TrainingPage, chosen: Figure, mean: Figure) -> Iterator[str]:
    """Share that chose the option with its signs, then the mean rest score of those who did."""
    if chosen.quality == "absent":
        yield "–"
        return
    signs = [
        sign for code, sign in (("key", "✓"), ("key_suspected", "?"), ("unused", "·")) if chosen.has(code)
    ]
    yield " ".join([*signs, chosen.signed_value])
    if mean.is_shown:
        yield page.say("training_rest", value=mean.value)


def suspected(page: TrainingPage, course: str) -> list[str]:
    """In words: which key is in doubt, and what those who know more choose."""
    said = []
    for code in codes_of(page, course):
        if "key_suspected" not in flags_of(page, course, code):
            continue
        test = last_test(page, course)
        by_letter = {
            letter: page.figure(("course", course), KIND, code, f"chosen_{letter}", (TEST, test))
            for letter in LETTERS
        }
        key = next((letter for letter, one in by_letter.items() if one.has("key")), "?")
        rival = next((letter for letter, one in by_letter.items() if one.has("key_suspected")), "")
        if not rival:
            continue
        values = {"item": code, "letter": key, "rival": rival, "text": page.name("option", f"{code}/{rival}")}
        shares = {"letter_share": by_letter[key].signed_value, "share": by_letter[rival].signed_value}
        said.append(page.say("training_key_suspected", **values, **shares))
    return said


def flagged(page: TrainingPage, course: str) -> list[str]:
    """In words: every other item to look at, and why."""
    said = []
    for code in codes_of(page, course):
        flags = tuple(flag for flag in flags_of(page, course, code) if flag != "key_suspected")
        if flags and "key_suspected" not in flags_of(page, course, code):
            said.append(
                page.say("training_item_flagged", item=stem(page, code), flags=say_flags(page, flags))
            )
    return said
