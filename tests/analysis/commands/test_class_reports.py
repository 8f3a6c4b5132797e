"""`workbench training report`: what it refuses, and a report built, checked and listed as packs are."""

import re
import shutil
from functools import partial

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from analysis.batch.page_checks import check_page
from analysis.batch.rebuild import verify_rebuild
from analysis.batch.run import build_packs
from analysis.batch.running import Running
from analysis.batch.targets import class_code, refuse_classes
from analysis.batch.verify import verify_packs
from analysis.cli import main
from analysis.commands.class_reports import build_reports, build_source, remake_reports
from analysis.errors import WorkbenchError
from analysis.intake.persons.participant_keys import VARIABLE
from tests.analysis.batch.killed_runs import files_of
from tests.training.records.class_book import change, write_book
from training.sections import class_report, open_class

ROUND = "example-2021"


def run(*arguments):
    ended = CliRunner().invoke(main, [str(one) for one in arguments])
    assert ended.exception is None or isinstance(ended.exception, SystemExit), ended.exception
    return ended


@pytest.fixture(scope="module")
def built(example_results, tmp_path_factory):
    out = tmp_path_factory.mktemp("classes")
    return build_reports(ROUND, "vi", out, ["k01"], Running(workers=1))


@pytest.fixture(scope="module")
def page(built):
    folder = built.index.parent / class_code("K01")
    (path,) = folder.glob("*.html")
    return path.read_text(encoding="utf-8")


def test_one_class_is_built_alone_and_passes_the_checks_of_packs(built, page):
    assert [(one.ok, one.job.code) for one in built.outcomes] == [(True, class_code("K01"))]
    assert check_page(page, "vi", simulated=True).empty
    assert "<script" not in page and "default-src 'none'" in page


def test_the_notebook_shows_what_the_sections_hold(page):
    shown = BeautifulSoup(page, "html.parser")
    held = BeautifulSoup(class_report.report(open_class("K01", ROUND, "vi"))._repr_html_(), "html.parser")
    texts = [[table.get_text(" ").split() for table in soup.select("table")] for soup in (shown, held)]
    assert texts[0] == texts[1] and len(texts[0]) > 8
    headings = [[head.get_text() for head in soup.select("h1, h2")] for soup in (shown, held)]
    assert headings[0] == headings[1]
    alts = [[image["alt"] for image in soup.select("img")] for soup in (shown, held)]
    assert alts[0] == alts[1] and len(alts[0]) >= 4


def test_the_index_lists_what_is_there_and_says_of_how_many(built):
    html = built.index.read_text(encoding="utf-8")
    assert check_page(html, "vi", simulated=True).empty
    soup = BeautifulSoup(html, "html.parser")
    cells = " ".join(cell.get_text(" ") for cell in soup.select("tbody tr"))
    assert set(re.findall(r"K\d{2}", cells)) == {"K01"}
    assert re.search(r"Đã dựng 1/\d+ báo cáo", " ".join(soup.get_text(" ").split()))


def report_again(out, *more):
    arguments = ("training", "report", "--class", "K01", "--round", ROUND, "--out", out, "--workers", "1")
    return run(*arguments, *more)


def test_a_report_that_nothing_changed_is_left_as_it_is(built):
    out = built.index.parent
    before = {path: path.read_bytes() for path in out.rglob("*.*") if path.name != "status.json"}
    ended = report_again(out)
    assert "đã dựng / built: 0; hỏng / failed: 0." in ended.output
    assert "Không đổi / unchanged: 1." in ended.output
    assert {path: path.read_bytes() for path in before} == before
    assert verify_packs(out).empty


def test_force_makes_the_report_again_with_the_same_bytes(built):
    out = built.index.parent
    before = files_of(out)
    assert "đã dựng / built: 1; hỏng / failed: 0." in report_again(out, "--force").output
    assert files_of(out) == before


def test_reports_inside_the_packs_are_verified_as_a_set_of_their_own(built, tmp_path):
    out = tmp_path / "packs"
    assert build_packs(ROUND, "vi", out, ["methods"], workers=1).failed_pages == []
    shutil.copytree(built.index.parent, out / "classes")
    assert run("verify", out).exit_code == 0
    report = out / "classes" / "class-K01" / "report.html"
    report.write_bytes(report.read_bytes() + b" ")
    ended = run("verify", out)
    assert ended.exit_code == 1
    assert "class-K01/report.html is not the file that was made" in ended.output
    assert ended.output.count("is not the file that was made") == 1


def test_reports_made_again_elsewhere_are_the_same_byte_for_byte(built):
    assert verify_rebuild(built.index.parent, partial(remake_reports, workers=1)).empty


@pytest.mark.parametrize("arguments", [(), ("--class", "K01", "--all")])
def test_classes_or_all_are_needed_and_not_both(arguments):
    ended = run("training", "report", *arguments)
    assert ended.exit_code == 2 and "Hãy chỉ ra lớp" in ended.output


def test_a_round_or_records_and_not_both():
    ended = run("training", "report", "--all", "--round", ROUND, "--records", "a")
    assert ended.exit_code == 2 and "một trong hai" in ended.output


def test_an_unknown_class_names_the_nearest(example_results, tmp_path):
    ended = run("training", "report", "--class", "K1", "--round", ROUND, "--out", tmp_path)
    assert ended.exit_code == 2
    assert 'Không có lớp "K1"' in ended.output and "K01" in ended.output
    assert list(tmp_path.iterdir()) == []


def test_records_that_nobody_imported_are_refused(tmp_path):
    ended = run("training", "report", "--all", "--records", "khong-co", "--out", tmp_path)
    assert ended.exit_code != 0 and "khong-co" in ended.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("code", ["../K01", "K/01", "K 01", "", ".", "K01\n"])
def test_ids_that_cannot_name_a_folder_are_refused(code):
    with pytest.raises(WorkbenchError):
        refuse_classes([code])


def test_plain_ids_may_name_folders():
    refuse_classes(["K01", "k-02", "K_3"])


def test_ids_that_differ_in_case_alone_are_refused():
    with pytest.raises(WorkbenchError):
        refuse_classes(["K01", "k01"])


def test_a_mistyped_workbook_is_named_by_cell_and_once_mended_becomes_a_report(tmp_path, monkeypatch):
    """As a new user: a class's own file, in a data folder of its own."""
    path, data = tmp_path / "lop.xlsx", tmp_path / "data"
    (data / "raw").mkdir(parents=True)
    write_book(path)
    change(path, {"Học viên!B4": "HV01"})
    checked = run("training", "check", path)
    assert checked.exit_code == 14 and "Học viên!B4" in checked.output
    run("key", "new", tmp_path / "key")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "key"))
    assert run("--data", data, "training", "import", path).exit_code == 14
    write_book(path)
    assert run("--data", data, "training", "import", path).exit_code == 0
    monkeypatch.setenv("WORKBENCH_DATA", str(data))
    build_source("lop")
    page = open_class("k02", "lop", "vi")
    report = class_report.report(page)._repr_html_()
    assert page.band and page.band in report
    assert "Báo cáo lớp bồi dưỡng K02" in report
    assert not any(name in report for name in ("Nguyễn", "HV01"))
