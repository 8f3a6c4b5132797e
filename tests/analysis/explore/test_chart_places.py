"""Where a chart's panels stand: nothing over another, nothing cut, however long the words are."""

from __future__ import annotations

import io
from itertools import pairwise

import matplotlib
import pytest
from matplotlib.text import Text

from analysis import open_round
from analysis.explore.chart_places import HEADROOM, place_panels
from analysis.pipeline import build_round

LONG = "Hộ nghèo ở địa phương có được hỗ trợ mua bảo hiểm y tế không? – Không biết, không trả lời"


@pytest.fixture(scope="module")
def survey():
    build_round("example-2021")
    return open_round("example-2021")


def test_panels_follow_each_other_from_the_top_down():
    places = place_panels("T", [("A", ["x"]), ("", [LONG, "y"]), ("C" * 200, ["z"] * 14)], banded=True)
    boxes = [place.box for place in places.panels]
    assert all(upper[1] > lower[1] + lower[3] for upper, lower in pairwise(boxes))
    assert boxes[0][1] + boxes[0][3] < 1 and boxes[-1][1] > 0
    assert len({(left, width) for left, _, width, _ in boxes}) == 1


def test_a_label_of_four_lines_has_a_higher_row_than_one_of_one():
    short, long = (place_panels("T", [("", [label] * 3)], banded=False) for label in ("x", LONG))
    rows = [places.panels[0].box[3] * places.size[1] / (3 + HEADROOM) for places in (short, long)]
    assert rows[0] == pytest.approx(0.3)
    lines = long.panels[0].labels[0].count("\n") + 1
    assert lines >= 3 and rows[1] * 72 >= lines * 8 * 1.2


@pytest.mark.parametrize(
    "question",
    [
        {"measures": ["PAPI", "D1", "S2.2"], "by": "district", "domain": "sex == 'female'"},
        {"measures": ["d602", "poverty_list_published"], "by": ["sex", "residence"]},
        {"measures": ["d602", "d202", "S2.2", "PAPI"]},
    ],
)
def test_no_word_of_a_chart_is_cut_or_over_another(survey, question):
    image = (
        survey.ask(**question)
        .in_language("vi", "giới tính: Nữ; nhóm tuổi: 18-34, 55+; nơi ở: Thành thị")
        .chart()
    )
    with matplotlib.rc_context(image.style):
        image.figure.savefig(io.BytesIO(), format="png", dpi=72)
        seen = [
            text
            for text in image.figure.findobj(Text)
            if text.get_visible() and text.get_text().strip() and _is_inside_its_axes(text)
        ]
        boxes = [text.get_window_extent() for text in seen]
    whole = image.figure.bbox
    for text, box in zip(seen, boxes, strict=True):
        assert whole.x0 <= box.x0 and box.x1 <= whole.x1, text.get_text()
        assert whole.y0 <= box.y0 and box.y1 <= whole.y1, text.get_text()
    over = [
        (a.get_text(), b.get_text())
        for at, a in enumerate(seen)
        for b, box in zip(seen[at + 1 :], boxes[at + 1 :], strict=True)
        if boxes[at].padded(-1).overlaps(box.padded(-1))
    ]
    assert over == []


def _is_inside_its_axes(text: Text) -> bool:
    """Ticks outside the axes' limits are there too, and never drawn."""
    if text.axes is None or text not in (*text.axes.get_xticklabels(), *text.axes.get_yticklabels()):
        return True
    low, high = sorted(text.axes.get_xlim())
    return low <= text.get_position()[0] <= high


def test_answers_of_a_question_are_named_with_the_question(survey):
    answer = survey.ask("d602").in_language("vi")
    names = [answer.words.name(measure) for measure in answer.estimates["measure"]]
    assert len(set(names)) == len(names) == 2
    assert all(
        name.startswith("Hộ nghèo ở địa phương có được hỗ trợ mua bảo hiểm y tế không? – ") for name in names
    )
