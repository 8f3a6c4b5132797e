"""The chart of the dimensions: one scale for all districts, numbers in the reader's language, no sign lost."""

import pytest

from analysis.briefing import open_pack
from analysis.briefing.district.dimension_chart import draw_dimensions

ROUND = "example-2021"


@pytest.fixture(scope="module", params=["vi", "en"])
def charts(request, example_results):
    """Districts with and without a sample -> their charts, laid out."""
    made = {code: draw_dimensions(open_pack(code, ROUND, request.param)) for code in ("899", "906", "912")}
    assert all(chart.svg for chart in made.values())
    return made


def ticks(axes):
    low, high = axes.get_xlim()
    return [label.get_text() for label in axes.get_xticklabels() if low <= label.get_position()[0] <= high]


def test_scales_and_their_ticks_are_the_same_in_every_district(charts):
    levels = {
        (tuple(ticks(chart.figure.axes[0])), chart.figure.axes[0].get_xlim()) for chart in charts.values()
    }
    assert levels == {(("2", "4", "6", "8", "10"), (1.0, 10.0))}
    changes = {
        (tuple(ticks(chart.figure.axes[1])), chart.figure.axes[1].get_xlim()) for chart in charts.values()
    }
    assert changes == {(("−2", "−1", "0", "1", "2"), (-2.25, 2.25))}


def test_line_at_zero_crosses_no_number_of_a_change(charts):
    """Through a minus sign it would read as a plus."""
    for chart in charts.values():
        axes = chart.figure.axes[1]
        crossed = [text for text in axes.texts if text.get_text()[:1] in "+−"]
        assert len(crossed) >= 4
        for text in crossed:
            assert text.get_bbox_patch().get_facecolor() == (1, 1, 1, 1)
            assert text.get_zorder() > axes.lines[0].get_zorder()


def test_parentheses_are_explained_in_the_chart_that_has_them(charts):
    for chart in charts.values():
        axes = chart.figure.axes[0]
        has_them = any(text.get_text().startswith("(") for text in axes.texts)
        assert ("( ):" in axes.get_xlabel()) == has_them
