"""A page prints the briefing's own fragments and nothing else that a cell shows."""

import nbformat
from markupsafe import Markup

from analysis.batch.render import PageHead, render_page
from analysis.briefing.html import Html


def page_of(*outputs):
    cell = nbformat.v4.new_code_cell("x", outputs=list(outputs))
    return render_page(nbformat.v4.new_notebook(cells=[cell]), PageHead("Tiêu đề <1>", "vi"))


def shown(data, metadata=None):
    return nbformat.v4.new_output("display_data", data=data, metadata=metadata or {})


def test_fragment_of_the_briefing_is_printed():
    data, metadata = Html(Markup("<p>Điểm</p>"))._repr_mimebundle_()
    assert "<p>Điểm</p>" in page_of(shown(data, metadata))


def test_other_html_pictures_and_text_are_not_printed():
    page = page_of(
        shown({"text/html": "<b>x</b>"}),
        shown({"text/html": "<b>x</b>"}, {"text/html": {"isolated": True}}),
        shown({"image/png": "AAAA", "text/plain": "<Figure>"}),
        nbformat.v4.new_output("stream", name="stdout", text="<b>x</b>"),
    )
    assert page.split("<main>")[1].split("</main>")[0].strip() == ""


def test_page_may_send_no_form_and_move_no_address():
    assert "form-action 'none'; base-uri 'none'" in page_of()


def test_title_is_escaped():
    assert "<title>Tiêu đề &lt;1&gt;</title>" in page_of()
