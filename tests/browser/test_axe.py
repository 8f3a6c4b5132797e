"""axe-core on every page: no violation of WCAG 2.2 A and AA, nor of its best practice."""

import json
from pathlib import Path

import pytest

from tests.conftest import require_or_skip

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = f"""axe.run(document, {{runOnly: {{type: 'tag', values: {json.dumps(TAGS)}}}, resultTypes: ['violations']}})
    .then(found => ({{passed: found.passes.length, violations: found.violations
        .map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).slice(0, 5).join(' | '))}}))"""
#: English districts that are looked at: two with a sample, one without.
ENGLISH = ("899", "911", "912")


@pytest.fixture(scope="module", autouse=True)
def axe():
    require_or_skip("axe", AXE.is_file())
    return AXE.read_text(encoding="utf-8")


def found_on(browser, axe, file, width):
    browser.open(file, width)
    browser.ask(axe + "; 0")  # from outside: the page's own policy runs no script
    return browser.ask(RUN)


def test_no_violation_on_any_page(browser, axe, files, english_files):
    chosen = [file for file in english_files if file.stem in ENGLISH]
    assert len(chosen) == len(ENGLISH)
    results = {file: found_on(browser, axe, file, 1280) for file in (*files, *chosen)}
    assert {file: found["violations"] for file, found in results.items() if found["violations"]} == {}
    assert min(found["passed"] for found in results.values()) > 15


def test_no_violation_on_a_phone(browser, axe, files):
    for file in (files[0], files[1], *files[16:]):
        assert found_on(browser, axe, file, 390)["violations"] == [], file


def test_axe_sees_a_fault_where_there_is_one(browser, axe, files, tmp_path):
    html = (
        files[1].read_text(encoding="utf-8").replace(' lang="vi"', "", 1).replace("<img ", "<img data-x ", 1)
    )
    spoilt = tmp_path / "spoilt.html"
    spoilt.write_text(html.replace(' alt="', ' data-alt="', 1), encoding="utf-8")
    seen = {line.partition(":")[0] for line in found_on(browser, axe, spoilt, 1280)["violations"]}
    assert {"html-has-lang", "image-alt"} <= seen
