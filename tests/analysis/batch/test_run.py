"""The batch with its real notebook: fifteen packs, and what a failure leaves."""

import hashlib
import json
import re

import nbformat
import pytest

from analysis import paths
from analysis.batch.page_checks import check_page
from analysis.batch.run import build_packs
from analysis.batch.targets import ROUND_PAGES
from analysis.errors import NotebookMismatch, PacksFolderProblem, UnknownName
from tests.analysis.batch.notebooks import changed_notebook

pytestmark = pytest.mark.usefixtures("one_server")

#: Text of another kind than blocks stands there, or figures that are no rows of the round's results.
NO_FILES_BESIDE = ("methods", "data_checks", "training_overview")


def files_of(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_fifteen_packs_the_round_s_pages_an_index_and_a_manifest_and_nothing_else(packs):
    names = files_of(packs.index.parent)
    assert len(packs.built) == 15
    assert {o.job.code for o in packs.built_pages} == set(ROUND_PAGES)
    assert packs.failed == packs.failed_pages == []
    assert sum(bool(re.fullmatch(r"\d{3}-[a-z-]+/briefing\.html", name)) for name in names) == 15
    pages = [f"{stem}/{stem}.html" for stem in ROUND_PAGES]
    assert set(pages) <= set(names)
    of_blocks = [
        folder for folder in {name.partition("/")[0] for name in names} if folder not in NO_FILES_BESIDE
    ]
    beside = [
        f"{folder}/{file}"
        for folder in of_blocks
        for file in ("annex.xlsx", "annex.csv")
        if "." not in folder
    ]
    assert set(beside) <= set(names)
    assert len(names) == 15 + len(pages) + len(beside) + len(["index.html", "manifest.json", "status.json"])


def test_every_page_passes_its_checks_and_names_its_district(pack_pages, packs):
    titles = {code: re.search(r"<title>(.*?)</title>", html)[1] for code, html in pack_pages.items()}
    assert len(set(titles.values())) == 15
    for html in [*pack_pages.values(), packs.index.read_text(encoding="utf-8")]:
        assert check_page(html, "vi", simulated=True).empty


def test_no_page_loads_or_runs_anything(pack_pages, packs):
    for html in [*pack_pages.values(), packs.index.read_text(encoding="utf-8")]:
        assert "<script" not in html
        assert not re.search(r"(src|href)=[\"']?(https?:)?//", html)
        assert "default-src 'none'" in html


def test_figures_of_a_district_stand_in_its_own_pack_alone(pack_pages, example_results):
    """Each sampled district's dimension chart is its own; the unsampled share the province's."""
    charts = {
        code: hashlib.sha256(re.search(r"base64,([^\"]+)", html)[1].encode()).hexdigest()
        for code, html in pack_pages.items()
    }
    unsampled = {"912", "914"}
    assert len({charts[code] for code in charts.keys() - unsampled}) == 13
    assert len({charts[code] for code in unsampled}) == 1
    assert charts["912"] not in {charts[code] for code in charts.keys() - unsampled}


def test_index_lists_all_districts_by_code_and_says_which_have_no_sample(packs):
    html = packs.index.read_text(encoding="utf-8")
    hrefs = list(dict.fromkeys(re.findall(r'href="([^"]+\.html)"', html)))  # map and list lead to the same
    assert hrefs[:15] == sorted(hrefs[:15])
    assert hrefs[15:] == [f"{stem}/{stem}.html" for stem in ROUND_PAGES]
    assert all((packs.index.parent / href).is_file() for href in hrefs)
    assert html.count("Không có mẫu") == 2


def test_manifest_agrees_with_the_files(packs):
    manifest = json.loads((packs.index.parent / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["survey_round"], manifest["language"]) == ("example-2021", "vi")
    assert [pack["state"] for pack in manifest["packs"]] == ["built"] * 15
    assert [page["state"] for page in manifest["pages"]] == ["built"] * len(ROUND_PAGES)
    for pack in [*manifest["packs"], *manifest["pages"]]:
        content = (packs.index.parent / pack["file"]).read_bytes()
        assert pack["sha256"] == hashlib.sha256(content).hexdigest()


def test_no_respondent_and_no_machine_path_is_in_any_page(pack_pages):
    for html in pack_pages.values():
        assert str(paths.home()) not in html
        assert "idcode" not in html


def test_district_named_twice_is_built_once_and_only_the_briefing_s_fragments_are_printed(
    tmp_path, example_results
):
    source = "from IPython.display import HTML, display; display(HTML('<b>x</b>')); HTML('<b>x</b>')"
    notebook = changed_notebook(tmp_path / "nb", source, short=True)
    report = build_packs(
        "example-2021", "vi", tmp_path / "packs", ["900", "Hà Tiên", "ha-tien"], notebook=notebook
    )
    assert [o.job.code for o in report.built] == ["900"]
    page = (tmp_path / "packs" / "900-ha-tien" / "briefing.html").read_text(encoding="utf-8")
    assert "<h1" in page
    assert "<b>x</b>" not in page


def test_only_methods_builds_that_page_and_no_district(tmp_path, example_results):
    out = tmp_path / "packs"
    report = build_packs("example-2021", "en", out, ["methods"])
    assert (report.built, report.failed, report.failed_pages) == ([], [], [])
    assert set(files_of(out)) == {"methods/methods.html", "index.html", "manifest.json", "status.json"}
    page = (out / "methods" / "methods.html").read_text(encoding="utf-8")
    assert check_page(page, "en", simulated=True).empty


def test_failed_page_of_the_round_does_not_stop_districts(tmp_path, monkeypatch, example_results):
    home = tmp_path / "home"
    changed_notebook(home / "notebooks", "pass", short=True)
    spoilt = nbformat.read(paths.notebooks_folder() / "methods.ipynb", as_version=4)
    spoilt.cells.append(nbformat.v4.new_code_cell("1 / 0"))
    nbformat.write(spoilt, home / "notebooks" / "methods.ipynb")
    monkeypatch.setenv("WORKBENCH_DATA", str(paths.data_folder()))
    monkeypatch.setenv("WORKBENCH_HOME", str(home))
    out = tmp_path / "packs"
    report = build_packs("example-2021", "vi", out, ["899", "methods"])
    assert [o.job.code for o in report.built] == ["899"]
    assert [o.job.code for o in report.failed_pages] == ["methods"]
    assert "ZeroDivisionError" in (out / "failed" / "methods" / "reason.txt").read_text(encoding="utf-8")
    assert not (out / "methods").exists()
    assert "Hỏng trong lần chạy này" in report.index.read_text(encoding="utf-8")


def test_page_notebook_with_other_parameters_stops_before_anything_is_written(
    tmp_path, monkeypatch, example_results
):
    home = tmp_path / "home"
    (home / "notebooks").mkdir(parents=True)
    text = (paths.notebooks_folder() / "methods.ipynb").read_text(encoding="utf-8")
    text = text.replace("survey_round: str", "round_of_survey: str")
    (home / "notebooks" / "methods.ipynb").write_text(text, encoding="utf-8")
    monkeypatch.setenv("WORKBENCH_DATA", str(paths.data_folder()))
    monkeypatch.setenv("WORKBENCH_HOME", str(home))
    with pytest.raises(NotebookMismatch):
        build_packs("example-2021", "vi", tmp_path / "packs", ["methods"])
    assert not (tmp_path / "packs").exists()


def test_failed_folder_that_becomes_a_file_on_the_way_costs_no_index(tmp_path, example_results):
    out = tmp_path / "packs"
    notebook = changed_notebook(
        tmp_path / "nb", f"open({str(out / 'failed')!r}, 'w').close(); 1 / 0", short=True
    )
    report = build_packs("example-2021", "vi", out, ["899"], notebook=notebook)
    assert "not kept in failed/" in report.failed[0].reason
    assert "ZeroDivisionError" in report.failed[0].reason
    assert "Hỏng trong lần chạy này" in report.index.read_text(encoding="utf-8")


def test_failed_district_keeps_its_earlier_pack_and_the_index_says_it_is_old(tmp_path, example_results):
    out = tmp_path / "packs"
    good = changed_notebook(tmp_path / "good", "pass", short=True)
    build_packs("example-2021", "vi", out, only=["899"], notebook=good)
    before = (out / "899-rach-gia" / "briefing.html").read_bytes()
    notebook = changed_notebook(tmp_path / "nb", "1 / 0", short=True)
    report = build_packs("example-2021", "vi", out, only=["899"], notebook=notebook)
    assert (out / "899-rach-gia" / "briefing.html").read_bytes() == before
    assert "bản của lần chạy trước" in report.index.read_text(encoding="utf-8")
    again = build_packs("example-2021", "vi", out, only=["899"], notebook=good)
    assert again.failed == []
    assert not (out / "failed").exists()


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("example-2021", "fr"), UnknownName),
        (("example-2012", "vi"), UnknownName),
        (("example-2021", "vi", None, ["Rạch Gía X"]), UnknownName),
        (("example-2021", "vi", None, ["method"]), UnknownName),
    ],
)
def test_unknown_name_stops_before_anything_is_written(tmp_path, arguments, error):
    out = tmp_path / "packs"
    (out / "899-rach-gia").mkdir(parents=True)
    (out / "899-rach-gia" / "briefing.html").write_text("bản cũ", encoding="utf-8")
    before = files_of(out)
    survey_round, language, *rest = arguments
    with pytest.raises(error):
        build_packs(survey_round, language, out, *rest[1:])
    assert files_of(out) == before


def test_notebook_with_other_parameters_stops_before_anything_is_written(tmp_path):
    notebook = changed_notebook(tmp_path / "nb", "pass")
    text = notebook.read_text(encoding="utf-8").replace("district: str", "distrct: str")
    notebook.write_text(text, encoding="utf-8")
    with pytest.raises(NotebookMismatch):
        build_packs("example-2021", "vi", tmp_path / "packs", notebook=notebook)
    assert not (tmp_path / "packs").exists()


def test_output_folder_that_is_a_file_is_named(tmp_path, example_results):
    blocked = tmp_path / "packs"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(PacksFolderProblem) as fault:
        build_packs("example-2021", "vi", blocked, only=["899"])
    assert fault.value.exit_code == 21
