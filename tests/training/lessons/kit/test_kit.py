"""A class's folder, and the way back: the workbook filled in from its shuffled forms gives each item's own figures."""

from __future__ import annotations

from datetime import date

import nbformat
import numpy as np
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from openpyxl import load_workbook

from analysis.briefing.numbers import say_number
from analysis.cli import main
from analysis.errors import UnknownName
from training.build import build_imports
from training.items.difficulty import item_shares
from training.items.responses import answer_matrix
from training.lessons.kit.folder import (
    EXERCISES,
    HANDOUTS,
    KEYS,
    README,
    RECORDS,
    TESTS,
    TRAINER,
    workbook_name,
    write_kit,
)
from training.lessons.kit.plan import courses, plan_kit
from training.lessons.source.lesson import read_lesson
from training.question_bank.bank_rows import read_bank
from training.records.store.stored import read_records
from training.records.template.workbook import write_template
from training.sections.class_report import report
from training.sections.opened import open_class

PEOPLE = 24
SEED = 7


@pytest.fixture(scope="module")
def kit():
    return plan_kit("K01", questions=12)


@pytest.fixture(scope="module")
def folder(kit, lessons_run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("kit") / "kit-K01"
    assert write_kit(kit, lessons_run, folder).name == README
    return folder


def test_a_course_has_its_lessons_and_a_test_of_them():
    assert courses() == ["papi", "parindex", "analysts"]
    assert plan_kit("K01").lessons == ("1", "2", "3", "5", "6")
    parindex = plan_kit("K02", "parindex")
    assert parindex.lessons == ("2", "4", "5", "6")
    assert {one.item[:4] for form in parindex.forms for one in form.questions} == {"PARI"}
    analysts = plan_kit("K03", "analysts")
    assert (analysts.lessons, analysts.forms, analysts.topic) == (("7", "8"), (), "other")


def test_topic_and_name_are_taken_from_records_that_name_the_class(tmp_path):
    start = {"start": date(2021, 4, 5), "simulated": True}
    classes = [
        {"class_id": "K01", "course": "A", "topic": "papi", "name_vi": "Bồi dưỡng về PAPI", **start},
        {"class_id": "K02", "course": "B", "topic": "parindex", "name_vi": "Bồi dưỡng về PARINDEX", **start},
    ]
    path = write_template(tmp_path / "hai-lop.xlsx", rows={"classes": classes})
    for row in classes:
        kit = plan_kit(row["class_id"], records=[path])
        assert (kit.course, kit.name) == (row["topic"], row["name_vi"])
    with pytest.raises(UnknownName, match='no class "K99"'):
        plan_kit("K99", records=[path])


def nbformat_sources(path) -> str:
    return "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)


@pytest.mark.parametrize(("class_id", "course"), [("K01", "pappi"), ("lớp 1", ""), ("../K01", ""), ("", "")])
def test_an_unknown_course_and_a_code_that_is_no_file_s_name_are_refused(class_id, course):
    with pytest.raises(UnknownName):
        plan_kit(class_id, course)


def test_the_folder_holds_everything_and_keeps_keys_apart(folder, kit):
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert len(names) == len(kit.lessons) * 6 + len(kit.forms) + 1 + 2 + 1 + 1
    for number in kit.lessons:
        assert f"1-trinh-chieu/bai-{number}-trinh-chieu.html" in names
        assert f"chi-giang-vien/bai-{number}-loi-giai.ipynb" in names
    assert f"{TRAINER}/{KEYS}" in names
    solutions = [one.solution.source for one in read_lesson("5").exercises]
    given = [path for part in (HANDOUTS, EXERCISES, TESTS) for path in (folder / part).iterdir()]
    texts = [nbformat_sources(path) if path.suffix == ".ipynb" else path.read_text("utf-8") for path in given]
    assert len(texts) == 3 * len(kit.lessons) + len(kit.forms)
    assert not [text for text in texts if any(solution in text for solution in solutions)]


def test_the_first_page_leads_to_files_that_are_there_in_the_order_of_the_day(folder, kit):
    page = BeautifulSoup((folder / README).read_text(encoding="utf-8"), "html.parser")
    links = [link["href"] for link in page.select("a")]
    assert len(links) == len(kit.lessons) * 3 + len(kit.forms) + 2 + 1
    named = [one.get_text() for one in page.select("code")]
    assert [name for name in [*links, *named] if not (folder / name).is_file()] == []
    assert [one.get_text() for one in page.select("h2")] == [
        "Trước lớp học",
        "Trong lớp học",
        "Sau lớp học",
        "Giữ gìn",
    ]


def knowing(rng: np.random.Generator, items: list[str]) -> np.ndarray:
    """What each of the people would tick, as letters of the bank: people x items."""
    keys = read_bank().items.set_index("item").loc[items, "key"].to_numpy()
    knows = rng.random((PEOPLE, len(items))) < np.linspace(0.3, 0.9, len(items))
    others = np.array([[rng.choice([x for x in "ABCD" if x != key]) for key in keys] for _ in range(PEOPLE)])
    return np.where(knows, np.broadcast_to(keys, knows.shape), others)


def fill_in(kit, path) -> dict[str, np.ndarray]:
    """Type the class into its workbook as an office would: what stands ticked on each paper, and its form."""
    book = load_workbook(path)
    heads = {sheet.title: {cell.value: cell.column for cell in sheet[1]} for sheet in book.worksheets}

    def write(title: str, row: int, **values: object) -> None:
        for heading, value in values.items():
            book[title].cell(row, heads[title][heading.replace("_", " ")], value)

    write(
        "Lớp", 2, **{"Mã_khóa_bồi_dưỡng": "PAPI-2021", "Ngày_khai_giảng": date(2021, 4, 5), "Mô_phỏng": "Có"}
    )
    for number in range(1, PEOPLE + 1):
        write("Học viên", number + 1, **{"Mã_học_viên": f"HV{number:02d}", "Cấp": "xã"})
    rng, truth, row = np.random.default_rng(SEED), {}, 2
    items = sorted(one.item for one in kit.forms[0].questions)
    for test in ("pre", "post"):
        truth[test] = knowing(rng, items)
        forms = [form for form in kit.forms if form.test == test]
        for number in range(PEOPLE):
            form = forms[number % len(forms)]
            ticked = {
                f"Câu_{one.number}": "ABCD"[one.order.index(truth[test][number, items.index(one.item)])]
                for one in form.questions
            }
            who = {"Mã_học_viên": f"HV{number + 1:02d}", "Mã_đề": form.version}
            write("Bài làm", row, **who, Bài_kiểm_tra="trước" if test == "pre" else "sau", **ticked)
            row += 1
    book.save(path)
    return truth


def test_the_workbook_filled_in_from_shuffled_forms_gives_each_item_its_own_figures(
    folder, kit, tmp_path, monkeypatch
):
    """The loop is closed: printed letters of four forms become the bank's, and difficulty is what was simulated."""
    path = folder / RECORDS / workbook_name(kit)
    truth = fill_in(kit, path)
    (tmp_path / "raw").mkdir()
    told = CliRunner().invoke(main, ["--data", str(tmp_path), "training", "import", str(path)])
    assert told.exit_code == 0, told.output
    assert f"1 lớp, {PEOPLE} học viên" in told.output
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    records = read_records()
    items = sorted(one.item for one in kit.forms[0].questions)
    keys = read_bank().items.set_index("item")["key"]
    assert sorted(records.items["item"]) == items
    for test, chosen in truth.items():
        got = answer_matrix(records.answers, records.items, test)
        assert got.n == PEOPLE
        shares = item_shares(got)
        facility = shares[shares["statistic"] == "facility"].set_index("item")["estimate"]
        for at, item in enumerate(items):
            expected = (chosen[:, at] == keys[item]).sum()
            assert facility[item] == expected / PEOPLE
            assert got.correct[item].sum() == expected, (test, item)
            letters = {letter: int((chosen[:, at] == letter).sum()) for letter in "ABCD"}
            assert got.chosen[item].value_counts().reindex(list("ABCD"), fill_value=0).to_dict() == letters
    assert TESTS in {part.name for part in folder.iterdir()}


@pytest.fixture(scope="module")
def analysts(lessons_run, tmp_path_factory):
    """The kit of a class for which the bank has no test."""
    kit = plan_kit("K09", "analysts")
    folder = tmp_path_factory.mktemp("kit") / "lớp phân tích"
    write_kit(kit, lessons_run, folder)
    return kit, folder


def test_a_class_of_analysts_has_all_but_a_test_and_its_first_page_says_so(analysts):
    folder = analysts[1]
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert len(names) == 2 * 6 + 2 + 1 + 1 and not [name for name in names if TESTS in name or KEYS in name]
    page = BeautifulSoup((folder / README).read_text(encoding="utf-8"), "html.parser")
    links = [link["href"] for link in page.select("a")] + [
        one.get_text() for one in page.select("li code, td code")
    ]
    assert [name for name in links if not (folder / name).is_file()] == []
    text = page.get_text()
    assert "không có đề kiểm tra" in text and "đã điền sẵn" not in text and "mã đề" not in text
    assert "workbench training report --class K09" in text and "thư mục workspace" in text


def test_the_records_of_a_class_without_a_test_come_back_as_its_report(analysts, tmp_path, monkeypatch):
    """Only what must be filled in is: two of eight sessions, no periods, no end, no plan."""
    kit, folder = analysts
    path = folder / RECORDS / workbook_name(kit)
    fill_in_without_tests(path)
    (tmp_path / "raw").mkdir()
    told = CliRunner().invoke(main, ["--data", str(tmp_path), "training", "import", str(path)])
    assert told.exit_code == 0, told.output
    assert f"1 lớp, {PEOPLE} học viên" in told.output and "điểm danh bị bỏ trống" not in told.output
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    name = told.output.split("training/")[1].split()[0]
    build_imports(name)
    page = open_class("K09", name)
    text = BeautifulSoup(str(report(page).markup), "html.parser").get_text(" ")
    assert "Lớp không có bài kiểm tra" in text and "Mọi số đo mức tiến bộ" not in text
    assert "Chỉ số chất lượng là" in text
    assert page.figure(page.own, "attendance", "sessions", "present").value == say_number(0.75, "share", "vi")


def fill_in_without_tests(path) -> None:
    """A list, two sessions (at the second half of the class), and one form from each."""
    book = load_workbook(path)
    columns = {sheet.title: {cell.value: cell.column for cell in sheet[1]} for sheet in book.worksheets}
    codes = [name for name in columns["Phiếu đánh giá"] if name and name[:2] in ("CT", "HV", "CS", "KH")]
    rows = {
        "Lớp": [{"Mã khóa bồi dưỡng": "PT", "Ngày khai giảng": date(2021, 5, 4), "Mô phỏng": "Có"}],
        "Học viên": [{"Mã học viên": f"HV{at:02d}", "Cấp": "tỉnh"} for at in range(PEOPLE)],
        "Điểm danh": [
            {"Mã học viên": f"HV{at:02d}", "Buổi 1": "x", "Buổi 2": "vx"[at % 2]} for at in range(PEOPLE)
        ],
        "Phiếu đánh giá": [
            {"Số phiếu": at + 1, "Người đánh giá": "học viên", **dict.fromkeys(codes, 7 + at % 3)}
            for at in range(PEOPLE)
        ],
    }
    for title, own in rows.items():
        for at, row in enumerate(own, 2):
            for heading, value in row.items():
                book[title].cell(at, columns[title][heading], value)
    book.save(path)
