"""Planted strings in a real browser without the page's policy: were one markup, it would run here."""

import nbformat

from analysis.batch.render import PageHead, render_page
from tests.analysis.batch.formats.made_page import CODES, made_page
from tests.analysis.batch.formats.planted import SCRIPTS, with_scripts


def test_nothing_that_was_planted_runs(browser, tmp_path):
    browser.call("Page.setBypassCSP", enabled=True)
    try:
        for code in CODES:
            data, metadata = with_scripts(made_page(code, "vi").whole)._repr_mimebundle_()
            output = nbformat.v4.new_output("display_data", data=data, metadata=metadata)
            notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("page", outputs=[output])])
            file = tmp_path / f"{code}.html"
            file.write_text(render_page(notebook, PageHead(SCRIPTS[4], "vi", SCRIPTS[3])), encoding="utf-8")
            asked = len(browser.requests)
            browser.open(file, 1280)
            assert browser.ask("document.body.textContent.includes('ran=1')")
            assert browser.ask("typeof window.ran") == "undefined"
            assert (
                browser.ask("document.querySelectorAll('script, iframe, object, embed, base, link').length")
                == 0
            )
            assert browser.requests[asked:] == []
        file.write_text("<script>ran=1</script>", encoding="utf-8")
        browser.open(file, 1280)
        assert browser.ask("window.ran") == 1, "the test would not have seen a script that ran"
    finally:
        browser.call("Page.setBypassCSP", enabled=False)
