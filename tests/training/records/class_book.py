"""Rows of two small classes that are right in everything -> a workbook of the template, and cells changed in it.

Names, numbers and dates are invented. The columns of each sheet are those of the template for several classes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from openpyxl import load_workbook

from analysis.places import read_places
from training.records.template.workbook import write_template

CLASSES = ("K01", "K02")
PER_CLASS = 12
QUESTIONS, SESSIONS = 5, 2
ITEMS = tuple(f"PAPI-{number:02d}" for number in range(1, QUESTIONS + 1))
#: The bank's keys of `ITEMS`.
KEYS = "BDACB"
_GIVEN = ("An", "Bình", "Châu", "Dung", "Em", "Giang", "Hạnh", "Khoa", "Lan", "Minh", "Ngọc", "Oanh")
_FIRST_DAY = {"K01": date(2021, 4, 5), "K02": date(2021, 4, 12)}
#: Learners' indicators of the form but those about a lecturer, and those about one.
_GENERAL = ("CT1.1", "CT1.2", "CT1.3", "CT2.1", "CT2.2", "CT2.3", "CT3.1", "CT3.2", "CS1.1", "CS1.2", "CS2.1")
_GENERAL += ("CS2.2", "KH1.1", "KH1.2", "KH2.1", "KH2.2", "KH3.1", "KH3.2")
_OF_LECTURER = ("GV1.1", "GV1.2", "GV2.1", "GV2.2", "GV2.3", "GV3.1", "GV3.2")
_EFFECTIVENESS = ("HQ1.1", "HQ1.2", "HQ2.1", "HQ2.2", "HQ3.1")


def code(number: int) -> str:
    return f"HV{number:02d}"


def good_rows() -> dict[str, list[dict[str, object]]]:
    """Every sheet of both classes; 12 participants each, no cell of them bad."""
    people = [(class_id, number) for class_id in CLASSES for number in range(1, PER_CLASS + 1)]
    rows = {
        "classes": [_class(class_id) for class_id in CLASSES],
        "sessions": [
            {"class_id": class_id, "session": number, "date": _FIRST_DAY[class_id], "periods": 4}
            for class_id in CLASSES
            for number in range(1, SESSIONS + 1)
        ],
        "lecturers": [
            {"class_id": class_id, "lecturer": "GV01", "lecturer_group": "internal", "periods": 8}
            for class_id in CLASSES
        ],
        "participants": [_participant(class_id, number) for class_id, number in people],
        "attendance": [
            {"class_id": class_id, "participant": code(number), "1": "present", "2": "present"}
            for class_id, number in people
        ],
        "papers": [{"question": number, "item": item} for number, item in enumerate(ITEMS, 1)],
        "answers": [
            answers(class_id, number, test) for test in ("pre", "post") for class_id, number in people
        ],
        "forms": [row for class_id, number in people for row in _form(class_id, number)],
        "follow_up": [
            {
                "class_id": class_id, "participant": code(number), "months": 4, "source": "learner",
                **{indicator: 6 + number % 3 + (number + at) % 2 for at, indicator in enumerate(_EFFECTIVENESS)},
            }
            for class_id, number in people
        ],
        "certificates": [
            {
                "class_id": class_id, "participant": code(number), "given": True,
                "number": f"{CLASSES.index(class_id) * PER_CLASS + number:03d}/2021",
                "issued": _FIRST_DAY[class_id] + timedelta(days=9),
            }
            for class_id, number in people
        ],
        "plan": [
            {"year": 2021, "course": "PAPI-2021", "district": district, "communes": 3 + at, "learners": 10}
            for at, district in enumerate(("Thành phố Rạch Giá", "Huyện Châu Thành", "Huyện Gò Quao", "Huyện An Biên"))
        ],
    }  # fmt: skip
    return rows


def _class(class_id: str) -> dict[str, object]:
    start = _FIRST_DAY[class_id]
    return {
        "class_id": class_id, "course": "PAPI-2021", "topic": "papi", "name_vi": "Bồi dưỡng về PAPI",
        "decision": "Số 12/QĐ-SNV", "start": start, "end": start + timedelta(days=1), "periods": 8,
        "venue": "Rạch Giá", "host": "Sở Nội vụ", "planned": 12, "simulated": True,
    }  # fmt: skip


def name_of(class_id: str, number: int) -> str:
    """An invented name, another for everybody."""
    return f"{'Nguyễn Thị' if class_id == 'K01' else 'Danh Văn'} {_GIVEN[number - 1]} Thử"


def _participant(class_id: str, number: int) -> dict[str, object]:
    places = read_places()
    commune = ("30892", "30889", "30901")[number % 3]
    return {
        "class_id": class_id, "participant": code(number), "full_name": name_of(class_id, number),
        "birth_date": date(1970 + number, 3, number), "position": "Công chức", "rank": "Chuyên viên",
        "unit": "UBND "
        "xã", "level": "commune", "district": places.district(places.commune(commune).district).full_name,
        "commune": places.commune(commune).full_name,
    }  # fmt: skip


def answers(class_id: str, number: int, test: str) -> dict[str, object]:
    """Before the course `number` % 3 items right, after it two more."""
    right = number % 3 + (2 if test == "post" else 0)
    letters = {
        str(at): key if at <= right else "ABCD"[("ABCD".index(key) + 1 + number % 3) % 4]
        for at, key in enumerate(KEYS, 1)
    }
    return {"class_id": class_id, "participant": code(number), "test": test, **letters}


def _form(class_id: str, number: int) -> list[dict[str, object]]:
    """The general part and the one about the lecturer; scores from 6 to 10 that go together."""
    about = {"class_id": class_id, "form": str(number), "respondent": "learner", "learner_group": "commune"}
    level = 6 + number % 3
    general = {indicator: level + (number + at) % 2 for at, indicator in enumerate(_GENERAL)}
    lecturer = {indicator: level + 1 + (number + at) % 2 for at, indicator in enumerate(_OF_LECTURER)}
    return [{**about, **general}, {**about, "lecturer": "GV01", **lecturer}]


def write_book(path: Path, rows: Mapping[str, list] | None = None, **how: object) -> Path:
    """A workbook of the template with these rows; of both good classes by default."""
    settings = {"questions": QUESTIONS, "sessions": SESSIONS, **how}
    return write_template(path, rows=good_rows() if rows is None else rows, **settings)


def change(path: Path, cells: Mapping[str, object]) -> Path:
    """Type something else into cells such as "Học viên!B3"."""
    book = load_workbook(path)
    for where, value in cells.items():
        sheet, _, cell = where.rpartition("!")
        book[sheet][cell].value = value
    book.save(path)
    return path


def add_sheet(path: Path, title: str, lines: list[list[object]]) -> Path:
    """One more sheet."""
    book = load_workbook(path)
    sheet = book.create_sheet(title)
    for line in lines:
        sheet.append(line)
    book.save(path)
    return path


def found(checked, *codes: str) -> set[tuple[str, str]]:
    """(code, "sheet!cell") of the findings, of these codes where any are given."""
    rows = checked.findings
    if codes:
        rows = rows[rows["code"].isin(codes)]
    return {(row.code, f"{row.sheet}!{row.cell}") for row in rows.itertuples()}
