"""A class's workbook with fifty bad cells, through `workbench training check`: each found at its own address.

Faults 17, 18 and 20 of the list of input faults, for records of training; and planted names, phones, dates of
birth and numbers, which may be in nothing that the workbench makes or prints.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from analysis.cli import main
from analysis.intake.persons.participant_keys import VARIABLE, new_key
from analysis.intake.report.report_workbook import FINDINGS_SHEET
from tests.training.records.class_book import PER_CLASS, change, found, good_rows, name_of, write_book
from training.records.checking import check_files

#: (what is typed there, the finding's code, where it is found), by cell. Row 2 of a sheet is its first entry; of
#: participants rows 2 to 13 are class K01's, 14 to 25 K02's.
FAULTS: dict[str, tuple[object, str, str]] = {
    "Lớp!C3": ("PAPY", "unknown_code", ""),
    "Lớp!H2": (date(2021, 4, 1), "end_before_start", ""),
    "Lớp!I3": ("mười sáu", "not_number", ""),
    "Lớp!M3": (-5, "out_of_range", ""),
    "Lớp!N2": ("chắc thế", "not_yes_no", ""),
    "Lịch học!B3": (1, "session_twice", ""),
    "Lịch học!D4": ("4,5", "not_whole", ""),
    "Giảng viên!B3": ("Nguyễn Thị Lan", "name_as_code", ""),
    "Giảng viên!C2": ("riêng", "unknown_code", ""),
    "Học viên!B3": (None, "blank", ""),
    "Học viên!B4": ("HV01", "duplicate_participant", ""),
    "Học viên!B5": ("1.23457E+11", "key_became_number", ""),
    "Học viên!E6": ("30/02/1980", "impossible_date", ""),
    "Học viên!E7": ("05/03/80", "undeclared_date_form", ""),
    "Học viên!I8": ("ấp", "unknown_code", ""),
    "Học viên!J9": ("Châu Thành A", "unknown_place_code", ""),
    "Học viên!J10": ("Rạch Gja", "unknown_place_code", ""),
    "Học viên!K11": ("Dương Đông", "unknown_place_code", ""),
    "Học viên!A12": ("K99", "unknown_class", ""),
    "Học viên!F13": ("Phó phòng, 0912 345 678", "personal_text_dropped", ""),
    "Học viên!H14": (f"Nhà ông {name_of('K02', 1)}", "personal_text_dropped", ""),
    "Học viên!K17": (None, "place_missing", ""),
    "Điểm danh!C14": ("?", "unknown_code", ""),
    "Điểm danh!B15": ("HV77", "unknown_participant", ""),
    "Đề kiểm tra!F4": ("PAPI-99", "unknown_item", ""),
    "Đề kiểm tra!E5": (1, "question_twice", ""),
    "Đề kiểm tra!G3": ("BDAA", "order_unreadable", ""),
    "Đề kiểm tra!H2": ("A", "key_differs", ""),
    "Bài làm!F14": ("Z", "unknown_code", ""),
    "Bài làm!C15": ("giữa", "unknown_code", ""),
    "Bài làm!B16": ("HV04", "two_tests", "Bài làm!B17"),
    "Bài làm!F18": ("E", "unknown_option", ""),
    "Bài làm!F19": (True, "unknown_code", ""),
    "Điểm kiểm tra!D2": (11, "score_above_maximum", ""),
    "Điểm kiểm tra!D3": ("7;5", "not_number", ""),
    "Điểm kiểm tra!E4": ("#N/A", "error_cell", ""),
    "Điểm kiểm tra!E5": (date(2021, 5, 7), "number_became_date", ""),
    "Điểm kiểm tra!D6": (-1, "out_of_range", ""),
    "Điểm kiểm tra!E7": ("=AVERAGE(D2:D3)", "formula_empty", ""),
    "Điểm kiểm tra!D8": ("1,234", "ambiguous_number", ""),
    "Điểm kiểm tra!D9": ("VM", "not_number", ""),
    "Phiếu đánh giá!F2": (0, "out_of_range", ""),
    "Phiếu đánh giá!F4": ("tốt", "not_number", ""),
    "Phiếu đánh giá!D7": ("GV99", "unknown_lecturer", ""),
    "Phiếu đánh giá!B8": ("3", "form_twice", ""),
    "Phiếu đánh giá!C10": ("vợ", "unknown_code", ""),
    "Theo dõi sau khóa học!C14": (99, "out_of_range", ""),
    "Theo dõi sau khóa học!D15": ("bạn", "unknown_code", ""),
    "Chứng nhận!D15": ("013/2021", "certificate_twice", ""),
    "Chứng nhận!E16": (date(2021, 1, 4), "issued_before_start", ""),
    "Chứng nhận!C17": ("chờ", "not_yes_no", ""),
    "Kế hoạch!A2": ("năm nay", "not_year", ""),
    "Kế hoạch!C3": ("Cà Mau", "unknown_place_code", ""),
    "Kế hoạch!C5": ("Huyện Gò Quao", "plan_twice", ""),
}  # fmt: skip
#: Participants of K01 whose rows are bad in a way that loses them: their rows elsewhere are of nobody known.
LOST = (2, 3, 4, 11)
#: What follows from a fault and is no other: nobody knows the lost, tests without their pair, answers to
#: questions that the spoiled paper does not hold, lecturers of a class whose only code was a name.
FOLLOWS = {
    "periods_unknown",
    "known_by_code_only",
    "one_test_only",
    "unknown_item",
    "unknown_lecturer",
    "mark_differs",
}
MARKS = [
    {"class_id": "K01", "participant": f"HV{number:02d}", "pre_score": 5, "post_score": 7}
    for number in range(1, 9)
]


def planted() -> set[tuple[str, str]]:
    return {(code, where or cell) for cell, (_, code, where) in FAULTS.items()}


def run(*arguments: object, **settings):
    ended = CliRunner().invoke(main, [str(argument) for argument in arguments], **settings)
    assert ended.exception is None or isinstance(ended.exception, SystemExit), ended.exception
    assert "Traceback" not in ended.output
    return ended


@pytest.fixture(scope="module")
def bad(tmp_path_factory):
    folder = tmp_path_factory.mktemp("records")
    rows = good_rows() | {"scores": MARKS}
    path = write_book(folder / "hồ sơ lớp.xlsx", rows)
    before = found(check_files([path]))
    # A commune's name alone may fit two districts.
    spoiled = {cell: value for cell, (value, _, _) in FAULTS.items()} | {
        "Học viên!K9": None,
        "Học viên!K10": None,
    }
    return path, before, change(path, spoiled)


@pytest.fixture(scope="module")
def checked(bad):
    return check_files([bad[2]])


def test_there_are_fifty_faults_of_more_than_thirty_kinds():
    assert len(FAULTS) >= 50
    assert len({(cell.split("!")[0], code) for cell, (_, code, _) in FAULTS.items()}) >= 30


def test_the_workbook_is_right_before_the_cells_are_spoiled(bad):
    assert {code for code, _ in bad[1]} <= {"mark_differs"}


def test_each_bad_cell_is_found_at_its_address(checked):
    assert planted() - found(checked) == set()


def test_nothing_else_is_found_but_what_follows_from_them(checked):
    others = found(checked) - planted()
    lost = {
        ("unknown_participant", f"{sheet}!B{row}")
        for sheet, first in (
            ("Điểm danh", 2),
            ("Bài làm", 2),
            ("Bài làm", 26),
            ("Theo dõi sau khóa học", 2),
            ("Chứng nhận", 2),
            ("Điểm kiểm tra", 2),
        )
        for row in (first + number - 1 for number in LOST)
    }
    assert {one for one in others if one[0] not in FOLLOWS} <= lost


def test_every_finding_speaks_both_languages_and_says_what_to_do(checked):
    for row in checked.findings.to_dict("records"):
        assert row["vi"] and row["what"] and row["vi"] != row["what"]
        assert "hãy" in row["vi"].casefold(), row["vi"]


def test_rows_left_out_of_a_measure_are_in_the_table_with_their_cell(checked):
    left = checked.records.left_out
    cells = {(row.measure, row.reason, f"{row.sheet}!{row.cell}") for row in left.itertuples()}
    assert ("gain", "not_number", "Điểm kiểm tra!D3") in cells
    assert ("gain", "score_above_maximum", "Điểm kiểm tra!D2") in cells
    assert ("coverage", "unknown_place_code", "Học viên!J9") in cells
    assert ("attendance", "unknown_participant", "Điểm danh!B15") in cells
    assert ("satisfaction", "unknown_code", "Phiếu đánh giá!C10") in cells
    named = checked.findings[(checked.findings["kind"] == "left_out") & (checked.findings["cell"] != "")]
    places = set(zip(left["sheet"], left["row"], strict=True))
    assert [row for row in zip(named["sheet"], named["row"], strict=True) if row not in places] == []


def test_a_score_s_message_says_which_measure_goes_without_the_row(checked):
    rows = checked.findings.set_index(["sheet", "cell"])
    assert "khỏi phép tính mức tiến bộ trước – sau" in rows.loc[("Điểm kiểm tra", "D3"), "vi"]
    assert "left out of the pre–post change" in rows.loc[("Điểm kiểm tra", "D3"), "what"]


def test_the_command_shows_twenty_and_writes_all_of_them_coloured(bad, tmp_path):
    path = bad[2]
    raw = path.read_bytes()
    ended = run("training", "check", path, "--xlsx", tmp_path / "phát hiện.xlsx")
    assert ended.exit_code not in (0, 1)
    assert sum(" — " in line for line in ended.output.splitlines()) == 20
    assert path.read_bytes() == raw
    book = load_workbook(tmp_path / "phát hiện.xlsx")
    listed = {(row[2].value, row[3].value) for row in book[FINDINGS_SHEET].iter_rows(min_row=2)}
    wanted = {tuple(where.rsplit("!", 1)) for _, where in planted()}
    assert wanted - listed == set()
    uncoloured = [where for where in wanted if book[where[0]][where[1]].fill.fill_type != "solid"]
    assert uncoloured == []


def test_a_spoiled_workbook_is_not_imported_and_leaves_no_file(bad, tmp_path, monkeypatch):
    data = tmp_path / "data"
    (data / "raw").mkdir(parents=True)
    monkeypatch.setenv(VARIABLE, str(new_key(tmp_path / "key")))
    ended = run("--data", data, "training", "import", bad[2])
    assert ended.exit_code not in (0, 1)
    assert list(data.rglob("*.parquet")) == []


# --- Nothing personal in anything that is made or printed -----------------------------------------------------

NAMES = ("Trịnh Thị Ngọc Đánh Dấu", "Lương Văn Mốc Hai")
PHONES = ("0987654321", "0911222333")
EMAILS = ("danhdau@example.org",)
NUMBERS = ("CC-771-ZETA", "CC-772-ZETA")
CODES = ("HVMARK1", "HVMARK2")
CERTIFICATES = ("9911/DAUMOC",)
#: Dates of birth in every form in which they might be written somewhere.
BIRTHS = ("17/11/1963", "1963-11-17", "19631117", "1963-11-17T00:00:00")


def marked_book(folder: Path) -> Path:
    """A workbook whose personal cells all hold markers, some of them in columns where they do not belong."""
    rows = good_rows()
    people = rows["participants"]
    for at, name in enumerate(NAMES):
        people[at] |= {"full_name": name, "birth_date": date(1963, 11, 17 + at), "official_code": NUMBERS[at]}
    for sheet in ("participants", "attendance", "answers", "follow_up", "certificates"):
        for row in rows[sheet]:
            if row["class_id"] == "K01" and row["participant"] in ("HV01", "HV02"):
                row["participant"] = CODES[int(row["participant"][-1]) - 1]
    people[2]["unit"] = f"Phòng Nội vụ ({NAMES[0]})"
    people[3]["position"] = f"Chuyên viên {PHONES[0]}"
    people[4]["rank"] = EMAILS[0]
    rows["classes"][0]["venue"] = f"Nhà {NAMES[1]}"
    rows["certificates"][0]["number"] = CERTIFICATES[0]
    path = write_book(folder / "mốc.xlsx", rows)
    book = load_workbook(path)
    sheet = book["Học viên"]
    for column, (heading, values) in enumerate(
        (("Số điện thoại", PHONES), ("Email", EMAILS * 2), ("Ghi chú", NAMES)), 12
    ):
        sheet.cell(1, column, heading)
        for row, value in enumerate(values, 2):
            sheet.cell(row, column, value)
    # A name where a score, a code and a class should be.
    book["Bài làm"]["F14"] = NAMES[0]
    book["Điểm danh"]["C14"] = PHONES[0]
    book["Phiếu đánh giá"]["D4"] = NAMES[1]
    book.save(path)
    return path


def markers() -> list[str]:
    return [*NAMES, *PHONES, *EMAILS, *NUMBERS, *CODES, *CERTIFICATES, *BIRTHS]


def held(data: bytes) -> list[str]:
    """Markers in bytes, as UTF-8 or UTF-16 and as they are in compressed members of a zip."""
    return [one for one in markers() if one.encode() in data or one.encode("utf-16-le") in data]


def test_no_marker_is_in_any_file_that_is_made_nor_on_the_screen(tmp_path, monkeypatch):
    data = tmp_path / "data"
    (data / "raw").mkdir(parents=True)
    monkeypatch.setenv(VARIABLE, str(new_key(tmp_path / "key")))
    path = marked_book(tmp_path)
    report = data / "phát hiện.xlsx"
    ended = run("--data", data, "training", "import", path, "--name", "moc", "--xlsx", report)
    assert ended.exit_code == 0, ended.output
    assert [one for one in markers() if one in ended.output] == []
    made = [file for file in data.rglob("*") if file.is_file()]
    assert len(made) > 25
    assert [(file.name, held(file.read_bytes())) for file in made if held(file.read_bytes())] == []
    texts = [
        str(cell.value) + str(cell.comment.text if cell.comment else "")
        for sheet in load_workbook(report)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert len(texts) > 1000
    assert [one for one in markers() if any(one in text for text in texts)] == []


def test_no_marker_is_in_the_tables_read_back_and_the_cells_that_named_somebody_are_empty(tmp_path):
    checked = check_files([marked_book(tmp_path)])
    texts = "\n".join(table.to_csv() for table in checked.records.tables().values())
    assert [one for one in markers() if one in texts or one in checked.findings.to_csv()] == []
    people = checked.records.participants
    assert (people.loc[2, "unit"], people.loc[3, "position"], people.loc[4, "rank"]) == ("", "", "")
    assert checked.records.classes.loc[0, "venue"] == ""
    dropped = {where for _, where in found(checked, "personal_text_dropped")}
    assert dropped == {"Học viên!H4", "Học viên!F5", "Học viên!G6", "Lớp!J2"}


def test_markers_would_be_found_if_they_were_there(tmp_path):
    path = marked_book(tmp_path)
    texts = [str(cell.value) for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row]
    there = {one for one in markers() if any(one in text for text in texts)}
    assert there >= {*NAMES, *PHONES, *EMAILS, *NUMBERS, *CODES, *CERTIFICATES}
    assert any(isinstance(cell.value, datetime) for cell in load_workbook(path)["Học viên"]["E"])


def test_a_sidecar_says_nothing_of_persons_but_the_name_of_the_key(tmp_path, monkeypatch):
    data = tmp_path / "data"
    (data / "raw").mkdir(parents=True)
    monkeypatch.setenv(VARIABLE, str(new_key(tmp_path / "key")))
    run("--data", data, "training", "import", write_book(tmp_path / "lớp.xlsx"))
    about = json.loads((data / "built/training/lop/participants.json").read_text("utf-8"))
    assert about["row_count"] == 2 * PER_CLASS and len(about["key"]) == 8
    assert set(about) == {
        "file",
        "sha256",
        "row_count",
        "columns",
        "import",
        "key",
        "raw",
        "sources",
        "simulated",
    }
