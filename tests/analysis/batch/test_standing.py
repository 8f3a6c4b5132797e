"""Index and manifest say of each page what it was made from, and list one round in one language."""

import json
import re
from dataclasses import replace
from functools import cache, partial

import pytest

from analysis import paths
from analysis.batch.index import render_index
from analysis.batch.job import Job, Outcome
from analysis.batch.manifest import OF_CLASSES
from analysis.batch.page_checks import check_page
from analysis.batch.render import PageHead
from analysis.batch.standing import Batch, Standing
from analysis.batch.targets import district_target, round_target
from analysis.briefing.pack import open_pack, open_round_page
from analysis.briefing.wording import say
from analysis.built import sha256

FOLDERS = {"899": "899-rach-gia", "900": "900-ha-tien", "902": "902-kien-luong"}
CODES = [*FOLDERS, "methods"]
NOTEBOOK = paths.notebooks_folder() / "district_briefing.ipynb"


@cache
def open_once(code, language):
    return open_pack(code, "example-2021", language)


@cache
def about_once(language):
    return open_round_page("example-2021", language)


@pytest.fixture
def start(tmp_path, example_results):
    """Start a run of these districts on one folder."""

    def start_run(*chosen, language="vi", notebook=NOTEBOOK):
        about = about_once(language)

        def describe(code):
            if code == "methods":
                return round_target(code, about)
            return district_target(open_once(code, language), notebook)

        batch = Batch("example-2021", language, partial(render_index, about), parts_of)
        return Standing(tmp_path, batch, CODES, list(chosen), describe)

    return start_run


@pytest.fixture
def other_notebook(tmp_path_factory):
    notebook = tmp_path_factory.mktemp("nb") / NOTEBOOK.name
    notebook.write_text(NOTEBOOK.read_text(encoding="utf-8") + " ", encoding="utf-8")
    return notebook


def parts_of(target):
    """A key as simple as these tests need it."""
    return {"notebook": sha256(target.notebook)}


def done(standing, code, ok=True):
    """A job of the run ended; of a good one the page stands already."""
    target = standing.targets[code]
    folder = standing.out / target.folder
    if ok:
        folder.mkdir(exist_ok=True)
        (standing.out / target.page).write_text(
            f"{code} {standing.batch.name} {standing.batch.language}", encoding="utf-8"
        )
    job = Job(code, target.page.name, folder, folder, target.notebook, {}, PageHead("t", "vi"), True)
    standing.add(Outcome(job, ok, 1.0))


def manifest(out):
    return json.loads((out / "manifest.json").read_text(encoding="utf-8"))


def states(out):
    return {pack["code"]: pack["state"] for pack in manifest(out)["packs"]}


def links(index):
    """What the index leads to, each once: the map and the lists lead to the same pages."""
    return list(dict.fromkeys(re.findall('href="([^"]+)"', index)))


def pages(out):
    return sorted(page.parent.name for page in out.glob("*/briefing.html"))


def test_pack_of_an_earlier_run_from_the_same_results_is_listed_as_built(tmp_path, start):
    for code in ("899", "900"):
        run = start(code)
        done(run, code)
        run.write()
    assert states(tmp_path) == {"899": "built", "900": "built"}


def test_pack_made_with_another_notebook_is_old_and_keeps_what_it_was_made_from(
    tmp_path, start, other_notebook
):
    run = start("899")
    done(run, "899")
    run.write()
    first = manifest(tmp_path)
    run = start("900", notebook=other_notebook)
    done(run, "900")
    index = run.write().read_text(encoding="utf-8")
    assert states(tmp_path) == {"899": "old", "900": "built"}
    old, new = manifest(tmp_path)["packs"]
    assert old["made_from"] == first["packs"][0]["made_from"] != new["made_from"]
    assert old["key"] == first["packs"][0]["key"] != new["key"]
    assert say("index_old", "vi") in index
    assert "899-rach-gia/briefing.html" in index


def test_pack_made_from_other_results_is_old_until_it_is_built_again(tmp_path, start):
    run = start("899", "900")
    done(run, "899")
    done(run, "900")
    before = manifest(tmp_path)
    before["packs"][0]["made_from"]["rows:district:survey"] = "0" * 16
    (tmp_path / "manifest.json").write_text(json.dumps(before), encoding="utf-8")
    run = start("900")
    done(run, "900")
    run.write()
    assert states(tmp_path) == {"899": "old", "900": "built"}
    assert manifest(tmp_path)["packs"][0]["made_from"]["rows:district:survey"] == "0" * 16
    run = start("899")
    done(run, "899")
    assert states(tmp_path) == {"899": "built", "900": "built"}


def test_pack_whose_file_is_gone_is_not_built_and_has_no_link(tmp_path, start):
    run = start("899", "900")
    done(run, "899")
    done(run, "900")
    run.write()
    (tmp_path / "899-rach-gia" / "briefing.html").unlink()
    run = start("900")
    done(run, "900")
    index = run.write().read_text(encoding="utf-8")
    assert states(tmp_path) == {"899": "not_built", "900": "built"}
    assert links(index) == ["900-ha-tien/briefing.html"]
    assert index.count(say("index_built", "vi")) == 1
    assert say("index_not_built", "vi") in index


def test_packs_of_another_language_go_after_the_first_success_and_not_before(tmp_path, start):
    run = start("899", "900", "902", language="en")
    for code in FOLDERS:
        done(run, code)
    run.write()
    run = start("899", "900")
    done(run, "899", ok=False)
    assert len(pages(tmp_path)) == 3
    done(run, "900")
    assert pages(tmp_path) == ["900-ha-tien"]
    run.write()
    assert states(tmp_path) == {"899": "failed", "900": "built"}
    assert manifest(tmp_path)["language"] == "vi"


def test_packs_of_another_language_outlive_a_run_that_makes_none_and_are_not_listed_as_its_own(
    tmp_path, start
):
    run = start("899", language="en")
    done(run, "899")
    run.write()
    run = start("899")
    done(run, "899", ok=False)
    index = run.write().read_text(encoding="utf-8")
    assert pages(tmp_path) == ["899-rach-gia"]
    assert "href=" not in index
    run = start("900")
    done(run, "900")
    assert pages(tmp_path) == ["900-ha-tien"]


def test_run_stopped_before_its_first_pack_leaves_the_other_batch_s_index(tmp_path, start):
    run = start("899", language="en")
    done(run, "899")
    index = run.write().read_text(encoding="utf-8")
    assert start("899", "900").write().read_text(encoding="utf-8") == index
    assert manifest(tmp_path)["language"] == "en"


def test_round_page_stands_beside_the_districts_under_its_own_heading(tmp_path, start):
    run = start("899", "methods")
    for code in ("899", "methods"):
        done(run, code)
    index = run.write().read_text(encoding="utf-8")
    assert states(tmp_path) == {"899": "built"}
    [page] = manifest(tmp_path)["pages"]
    assert (page["code"], page["state"], page["file"]) == ("methods", "built", "methods/methods.html")
    assert set(manifest(tmp_path)["notebooks"]) == {"district_briefing.ipynb", "methods.ipynb"}
    assert links(index) == ["899-rach-gia/briefing.html", "methods/methods.html"]
    assert say("index_caption_pages", "vi") in index
    assert "1/1 bản tin" in index  # the page of the round is no briefing


def test_round_page_alone_makes_an_index_without_a_table_of_districts(tmp_path, start):
    run = start("methods")
    done(run, "methods")
    index = run.write().read_text(encoding="utf-8")
    assert say("index_caption", "vi") not in index
    assert index.count("<table") == 1
    assert check_page(index, "vi", simulated=True).empty


def test_round_page_of_another_language_goes_after_the_first_success(tmp_path, start):
    run = start("methods", language="en")
    done(run, "methods")
    run.write()
    run = start("899")
    done(run, "899", ok=False)
    assert (tmp_path / "methods" / "methods.html").is_file()
    run = start("900")
    done(run, "900")
    run.write()
    assert not (tmp_path / "methods").exists()
    assert manifest(tmp_path)["pages"] == []


def test_failed_round_page_keeps_the_earlier_one_and_districts_do_not_care(tmp_path, start):
    run = start("methods")
    done(run, "methods")
    run = start("899", "methods")
    done(run, "methods", ok=False)
    done(run, "899")
    index = run.write().read_text(encoding="utf-8")
    assert manifest(tmp_path)["pages"][0]["state"] == "failed_old"
    assert states(tmp_path) == {"899": "built"}
    assert say("index_failed_old", "vi") in index


def test_manifest_of_an_earlier_version_without_pages_is_still_read(tmp_path, start):
    run = start("899")
    done(run, "899")
    before = manifest(tmp_path)
    del before["pages"]
    (tmp_path / "manifest.json").write_text(json.dumps(before), encoding="utf-8")
    run = start("900")
    done(run, "900")
    assert states(tmp_path) == {"899": "built", "900": "built"}


def test_districts_that_a_stopped_run_did_not_come_to_are_named_as_not_built(tmp_path, start):
    run = start("899", "900")
    done(run, "899")
    assert states(tmp_path) == {"899": "built", "900": "not_built"}  # also if it is killed now
    assert say("index_not_built", "vi") in run.write().read_text(encoding="utf-8")


def test_failed_district_keeps_what_its_old_page_was_made_from(tmp_path, start, other_notebook):
    run = start("899")
    done(run, "899")
    before = manifest(tmp_path)["packs"][0]
    run = start("899", notebook=other_notebook)
    done(run, "899", ok=False)
    run.write()
    assert manifest(tmp_path)["packs"] == [{**before, "state": "failed_old"}]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"packs": [1]}', '{"packs": {"a": 1}}', '{"survey_round'])
def test_manifest_that_cannot_be_read_counts_as_none(tmp_path, start, text):
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    run = start("899")
    done(run, "899")
    assert states(tmp_path) == {"899": "built"}


def test_reasons_are_that_there_is_none_that_it_was_altered_what_changed_and_nothing(
    tmp_path, start, other_notebook
):
    run = start("899", "900")
    assert [reason.what for reason in run.reasons("899")] == ["new"]
    done(run, "899")
    done(run, "900")
    run.write()
    assert start("899").reasons("899") == []
    assert [reason.what for reason in start("899").reasons("899", force=True)] == ["forced"]
    assert [r.what for r in start("899", notebook=other_notebook).reasons("899")] == ["notebook"]
    (tmp_path / "900-ha-tien" / "briefing.html").write_text("sửa", encoding="utf-8")
    assert [reason.what for reason in start("900").reasons("900")] == ["altered"]


def test_page_of_an_earlier_version_that_noted_no_key_is_made_again(tmp_path, start):
    run = start("899")
    done(run, "899")
    before = manifest(tmp_path)
    del before["packs"][0]["made_from"], before["packs"][0]["key"]
    (tmp_path / "manifest.json").write_text(json.dumps(before), encoding="utf-8")
    assert [reason.what for reason in start("899").reasons("899")] == ["unknown"]


def test_page_that_somebody_altered_keeps_the_hash_it_was_made_with(tmp_path, start):
    """Else the next run would make the altered bytes the right ones."""
    run = start("899", "900")
    done(run, "899")
    done(run, "900")
    made = manifest(tmp_path)["packs"][0]["sha256"]
    (tmp_path / "899-rach-gia" / "briefing.html").write_text("sửa", encoding="utf-8")
    run = start("900")
    done(run, "900")
    run.write()
    assert manifest(tmp_path)["packs"][0]["sha256"] == made
    assert states(tmp_path) == {"899": "old", "900": "built"}


def test_pack_of_a_place_that_the_round_has_no_more_leaves_index_and_folder(tmp_path, start):
    run = start("899", "900")
    done(run, "899")
    done(run, "900")
    run.write()
    text = (tmp_path / "manifest.json").read_text(encoding="utf-8")
    gone = text.replace('"code": "900"', '"code": "999"').replace("900-ha-tien", "999-noi-cu")
    (tmp_path / "manifest.json").write_text(gone, encoding="utf-8")
    (tmp_path / "900-ha-tien").rename(tmp_path / "999-noi-cu")
    index = start("899").write().read_text(encoding="utf-8")
    assert states(tmp_path) == {"899": "built"}
    assert "999" not in index
    assert pages(tmp_path) == ["899-rach-gia"]


def test_reports_of_classes_are_another_batch_than_the_packs_of_the_round_of_that_name(tmp_path, start):
    run = start("899")
    done(run, "899")
    index = run.write().read_text(encoding="utf-8")
    batch = replace(run.batch, kind=OF_CLASSES)
    classes = Standing(tmp_path, batch, CODES, ["900"], lambda code: replace(run.targets["899"], code=code))
    assert classes.write().read_text(encoding="utf-8") == index
    assert list(classes.targets) == ["900"]
    assert states(tmp_path) == {"899": "built"}
