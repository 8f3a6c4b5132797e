"""A real `workbench lab` in a real browser: explored by choosing, every notebook run, nothing asked of outside."""

from __future__ import annotations

import http.client
import re
import time
from pathlib import Path

import pytest
from openpyxl import load_workbook

from analysis import open_round
from analysis.pipeline import build_round
from tests.browser.chromium import chromium, find_chromium
from tests.browser.lab import Lab, open_lab
from tests.browser.lab_page import PATIENCE, LabPage
from tests.conftest import require_or_skip
from training.lessons.build.written import IN_WORKSPACE, file_name, lay_lessons
from training.lessons.source.lesson import lesson_numbers

ROUNDS = ("example-2021", "example-2020")
LISTENING, THIS_MACHINE = "0A", {"0100007F", "00000000000000000000000001000000"}


@pytest.fixture(scope="module")
def lab(lessons_run, tmp_path_factory):
    require_or_skip("chromium", find_chromium() is not None)
    for name in ROUNDS:
        build_round(name)
    with open_lab(tmp_path_factory.mktemp("lab") / "data") as running:
        (running.folder / "formula.md").write_text("# Formula\n\n$$\\bar{y} = \\sum w y / \\sum w$$\n")
        lay_lessons(lessons_run.values(), running.folder)
        yield running


@pytest.fixture(scope="module")
def page(lab):
    """The lab's tab; when all tests are over, nothing that it or the server asked for lay outside."""
    with chromium(find_chromium()) as tab:
        opened = LabPage(lab, tab)
        opened.start()
        yield opened


def _get(lab: Lab, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", lab.port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.headers.get("Location", "")


def test_nothing_is_given_without_the_token(lab):
    assert _get(lab, "/api/contents")[0] == 403
    assert _get(lab, "/files/explore.ipynb")[0] in (302, 403)
    status, where = _get(lab, "/lab")
    assert status == 302 and where.startswith("/login")
    assert _get(lab, f"/api/contents?token={lab.token}")[0] == 200


def test_a_page_under_another_name_is_refused(lab):
    """DNS rebinding: a name of somebody's that leads to 127.0.0.1 is not this machine's own."""
    connection = http.client.HTTPConnection("127.0.0.1", lab.port, timeout=60)
    connection.request("GET", f"/api/contents?token={lab.token}", headers={"Host": "example.org"})
    assert connection.getresponse().status == 403


def test_the_menus_are_vietnamese_and_nobody_asks_about_news(page):
    page.page.wait("document.querySelectorAll('.lm-MenuBar-itemLabel').length >= 8", PATIENCE)
    menus = page.page.ask(
        "Array.from(document.querySelectorAll('.lm-MenuBar-itemLabel')).map(e => e.textContent)"
    )
    assert {"Tệp", "Chỉnh sửa", "Chạy", "Cài đặt"} <= set(menus)
    assert page.page.ask("document.querySelector('.jp-toast-message, .Toastify__toast, .jp-Dialog')") is None
    page.page.wait("jupyterapp.shell.currentWidget?.context?.path === 'explore.ipynb'", PATIENCE)


def test_explore_answers_every_choice(page):
    page.run_all()
    page.page.wait("document.querySelectorAll('.jp-OutputArea select').length >= 5", PATIENCE)
    table, chart, line = page.wait_for(page.answer, ""), page.wait_for(page.chart, ""), page.line()
    assert line == 'open_round("example-2021").ask("PAPI", by="sex")' and "Tổng điểm" in table
    for title, value, part in (
        ("Địa bàn", "Thành phố Rạch Giá", 'place="899"'),
        ("Chia theo", "nhóm tuổi", 'by="age_group"'),
        ("Chỉ tính những người", "giới tính: Nữ", "domain=\"sex == 'female'\""),
        ("So sánh với", "Vòng khảo sát trước", 'against="previous"'),
    ):
        page.choose(title, value)
        line = page.wait_for(page.line, line)
        assert part in line
        table = page.wait_for(page.answer, table)
        chart = chart if title == "So sánh với" else page.wait_for(page.chart, chart)
    answer = eval(line, {"open_round": open_round})
    for row in answer.estimates.to_dict("records"):
        assert answer.words.value(row) in table and answer.words.count(row["n"]) in table


def test_explore_saves_table_and_chart(page, lab):
    for button in ("Lưu bảng (.xlsx)", "Lưu biểu đồ (.png)", "Lưu biểu đồ (.svg)"):
        before = page.said()
        page.press(button)
        page.wait_for(page.said, before)
        assert "Đã lưu: exports/" in page.said()
    files = {file.suffix: file for file in (lab.folder / "exports").iterdir()}
    assert set(files) == {".xlsx", ".png", ".svg"}
    assert load_workbook(files[".xlsx"]).sheetnames == ["Kết quả", "Kiểm định", "Nguồn"]
    assert files[".png"].read_bytes().startswith(b"\x89PNG")


def test_explore_speaks_english(page):
    table = page.answer()
    page.press("English")
    assert "Respondents" in page.wait_for(page.answer, table)


def test_what_is_open_is_remembered_in_the_folder_itself(page, lab):
    """And not in a person's home, where another data folder would find it."""
    saved = lab.folder / ".jupyter" / "lab" / "workspaces"

    def remembered() -> bool:
        """It is written a while after a notebook is opened."""
        files = saved.glob("*.jupyterlab-workspace")
        return any("notebook:explore.ipynb" in file.read_text(encoding="utf-8") for file in files)

    assert page.wait_for(remembered, False)


def test_formulas_are_drawn_by_the_mathjax_that_comes_along(page):
    page.open("formula.md")
    page.page.wait("document.querySelector('.jp-MarkdownViewer mjx-container') !== null", PATIENCE)
    page.do("application:close")


def _run_to_its_end(page: LabPage, name: str, kernel: str = "") -> list[dict]:
    """Open a notebook and run all of it: its code cells, each run and none failed."""
    page.open(name, kernel)
    page.clear()
    assert not any(cell["execution_count"] or cell["outputs"] for cell in page.code_cells()), name
    page.run_all()
    cells = page.code_cells()
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert all(cell["execution_count"] for cell in cells), name
    assert [each for each in outputs if each["output_type"] == "error"] == [], name
    assert outputs, name
    return cells


def test_every_notebook_runs_to_its_end(page, lab):
    """One after another on one kernel, whose start would else be most of the time."""
    page.open("explore.ipynb")
    page.kernel()
    page.close()
    notebooks, kernel = sorted(file.name for file in lab.folder.glob("*.ipynb")), ""
    assert len(notebooks) >= 6
    for name in notebooks:
        _run_to_its_end(page, name, kernel)
        kernel = page.kernel()
        page.close(keep_kernel=name != notebooks[-1])


@pytest.mark.parametrize("number", lesson_numbers())
def test_every_lesson_is_opened_and_run_to_its_end(page, lessons_run, number):
    """The lesson on a kernel of its own; on the same one its exercises, untouched and then solved."""
    lesson = f"{IN_WORKSPACE}/{file_name(number, 'lesson')}"
    _run_to_its_end(page, lesson)
    kernel, signs = page.kernel(), {}
    page.close(keep_kernel=True)
    for what in ("exercises", "solutions"):
        cells = _run_to_its_end(page, f"{IN_WORKSPACE}/{file_name(number, what)}", kernel)
        signs[what] = [_sign(cell) for cell in cells if "check(" in "".join(cell["source"])]
        page.close(keep_kernel=what == "exercises")
    count = len(lessons_run[number].lesson.exercises)
    assert signs == {"exercises": ["…"] * count, "solutions": ["✔"] * count}


def _sign(cell: dict) -> str:
    """What a check says first: right, nearly, wrong, or not answered yet."""
    return "".join(cell["outputs"][-1]["data"]["text/plain"]).split()[0]


def test_the_server_and_its_kernels_listen_on_this_machine_only(lab, page):
    page.open("explore.ipynb")
    page.wait_until_idle()
    inodes = _sockets_of_group(lab.process.pid)
    addresses = [address for address, inode in _listening() if inode in inodes]
    assert len(addresses) >= 6  # the server, and the five channels of a kernel
    assert {address.split(":")[0] for address in addresses} <= THIS_MACHINE


def _sockets_of_group(group: int) -> set[str]:
    """Sockets of the lab's process group and of what its members started."""
    found, members = set(), _descendants(group)
    for pid in members:
        for link in Path(f"/proc/{pid}/fd").glob("*"):
            try:
                name = link.readlink().name
            except OSError:
                continue
            found |= set(re.findall(r"socket:\[(\d+)\]", name))
    return found


def _descendants(root: int) -> set[int]:
    parents = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, rest = int(file.parent.name), file.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[pid] = int(rest[1])
    found = {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _listening() -> list[tuple[str, str]]:
    """Local address and socket of everything that listens for TCP."""
    lines = [
        line.split()
        for name in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{name}").read_text().splitlines()
    ]
    return [(line[1], line[9]) for line in lines if line[3] == LISTENING]


def test_nothing_outside_this_machine_was_asked_for(lab, page):
    """Last: all that the page, the server and the kernels asked for in the tests above."""
    time.sleep(1)  # what a finished cell may still ask for
    page.page.ask("0")
    own = (lab.address, lab.address.replace("http:", "ws:"), f"blob:{lab.address}")
    assert len(page.page.requests) > 100
    assert [url for url in page.page.requests if not url.startswith(own)] == []
    assert lab.calls.is_file()
    assert lab.outside_calls() == []
