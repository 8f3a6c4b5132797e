"""A folder -> a simulated class list of 10,000 rows in .xlsx, with bad cells of 30 kinds and more at known addresses.

Around them stands what real lists have: title rows, merged units and districts, hidden rows, a hidden sheet,
a total row, dates and scores in all the forms that are allowed. Only the planted cells are bad.
"""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from analysis.places import read_places

SHEET = "Lớp PAPI 2021"
HEADER_ROW = 5
MERGED_ROWS = 25
HIDDEN_ROWS = (40, 41, 977)
#: The schema's column -> its heading here, in order.
HEADINGS = {
    "order": "STT", "participant": "Mã học viên", "full_name": "HỌ VÀ TÊN", "birth_date": "Ngày sinh",
    "sex": "Giới tính", "phone": "Điện thoại", "position": "Chức vụ", "unit": "Đơn vị", "district": "Huyện/TP",
    "commune": "Xã/phường", "class_id": "Lớp", "class_date": "Ngày khai giảng", "sessions": "Số buổi",
    "pre_score": "Điểm trước", "post_score": "Điểm sau", "certificate": "Chứng nhận", "note": "Ghi chú",
}  # fmt: skip
LETTERS = {name: get_column_letter(number) for number, name in enumerate(HEADINGS, 1)}
_FAMILY, _MIDDLE, _GIVEN = (
    ("Nguyễn", "Trần", "Danh", "Lê"),
    ("Văn", "Thị", "Minh"),
    ("An", "Bình", "Đào", "Hoa"),
)


@dataclass(frozen=True)
class Planted:
    """One bad cell: which kind, where, and the code of the finding it must give."""

    kind: str
    column: str
    value: Any
    code: str
    row: int = 0

    @property
    def cell(self) -> str:
        return f"{LETTERS[self.column]}{self.row}"


#: Kind, column, what is put there, the finding's code.
KINDS: tuple[Planted, ...] = tuple(
    Planted(*fields)
    for fields in (
        ("no code", "participant", None, "blank"),
        ("code stands twice", "participant", "HV000001", "duplicate_value"),
        ("code in powers of ten", "participant", "1.23457E+11", "key_became_number"),
        ("code became a date", "participant", date(2021, 5, 7), "key_became_number"),
        ("no such day", "birth_date", "30/02/1980", "impossible_date"),
        ("month before day", "birth_date", "12/25/1981", "impossible_date"),
        ("two-digit year", "birth_date", "05/03/80", "undeclared_date_form"),
        ("date in words", "birth_date", "tháng ba năm 1980", "not_date"),
        ("born too early", "birth_date", "05/03/1890", "out_of_range"),
        ("unknown sex", "sex", "Nan", "unknown_code"),
        ("short phone number", "phone", "091234", "not_phone"),
        ("no class", "class_id", None, "blank"),
        ("district of another province", "district", "Châu Thành A", "unknown_place_code"),
        ("mistyped district", "district", "Rạch Gja", "unknown_place_code"),
        ("no district", "district", None, "blank"),
        ("commune of another district", "commune", "Dương Đông", "unknown_place_code"),
        ("class long ago", "class_date", date(2012, 3, 1), "out_of_range"),
        ("part of a session", "sessions", "3,5", "not_whole"),
        ("too many sessions", "sessions", 99, "out_of_range"),
        ("semicolon for comma", "pre_score", "7;5", "not_number"),
        ("score above ten", "pre_score", 11, "out_of_range"),
        ("score below zero", "pre_score", -1, "out_of_range"),
        ("thousands or decimals", "pre_score", "1,234", "ambiguous_number"),
        ("score became a date", "pre_score", date(2021, 5, 7), "number_became_date"),
        ("a phone number as score", "pre_score", "0912345678", "out_of_range"),
        ("error value", "post_score", "#N/A", "error_cell"),
        ("formula without result", "post_score", "=AVERAGE(N8:N9)", "formula_empty"),
        ("true for a score", "post_score", True, "not_number"),
        ("score in words", "post_score", "bảy rưỡi", "not_number"),
        ("score of ten", "post_score", "8/10", "not_number"),
        ("score with its unit", "post_score", "8 điểm", "not_number"),
        ("undeclared mark", "post_score", "VM", "not_number"),
        ("neither yes nor no", "certificate", "chờ xét", "not_yes_no"),
        ("accents apart", "unit", unicodedata.normalize("NFD", "Phòng Nội vụ"), "text_put_right"),
        ("no-break space", "position", "Chuyên\u00a0viên", "text_put_right"),
        ("zero-width space", "position", "Phó\u200b phòng", "text_put_right"),
        ("look-alike Đ", "unit", "Ðoàn thanh niên", "text_put_right"),
    )
)


def make_bad_class_list(folder: Path, rows: int = 10_000, seed: int = 324) -> tuple[Path, list[Planted]]:
    """Write the class list; what was planted where comes back.

    Parameters
    ----------
    folder : Path
    rows : int
        At least 200.
    seed : int

    Returns
    -------
    tuple of Path and list of Planted
        The list in order of row; each bad cell stands in a row of its own.
    """
    rng = random.Random(seed)
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    _titles(sheet)
    first, last = HEADER_ROW + 1, HEADER_ROW + rows
    # Bad cells stand in the second half, which has no merged cells, so that each address is one cell's.
    free = range(first + rows // 2, last)
    planted = [
        Planted(each.kind, each.column, each.value, each.code, row)
        for each, row in zip(KINDS, sorted(rng.sample(free, len(KINDS))), strict=True)
    ]
    bad = {each.row: each for each in planted}
    units = _units()
    for row in range(first, last + 1):
        cells = _good_row(rng, row - first + 1, units[(row - first) // MERGED_ROWS % len(units)])
        if row in bad:
            cells[bad[row].column] = bad[row].value
            if bad[row].column == "district":  # a commune's name alone may fit two districts
                cells["commune"] = None
        sheet.append(list(cells.values()))
    _merge(sheet, first, first + rows // 2)
    for row in HIDDEN_ROWS:
        sheet.row_dimensions[row].hidden = True
    sheet.append(["Tổng cộng", rows])
    lists = book.create_sheet("Danh mục")
    lists.append(["Chức vụ", "Mã"])
    lists.append(["Chuyên viên", "CV"])
    lists.sheet_state = "hidden"
    path = folder / "danh sách lớp.xlsx"
    book.save(path)
    return path, planted


def _titles(sheet) -> None:
    sheet.append(["SỞ NỘI VỤ TỈNH KIÊN GIANG"])
    sheet.append(["DANH SÁCH HỌC VIÊN (DỮ LIỆU MÔ PHỎNG)"])
    sheet.append(["Kèm theo Quyết định mô phỏng năm 2021"])
    sheet.append([])
    sheet.append(list(HEADINGS.values()))
    for row in (1, 2, 3):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(HEADINGS))


def _units() -> list[tuple[str, str, list[str]]]:
    """Unit, district, communes of it: what one merged block of rows shares."""
    places = read_places()
    found = []
    for code in places.districts_of("91"):
        inside = places.communes[places.communes["district"] == code]
        names = [f"{kind} {name}" for kind, name in zip(inside["kind_vi"], inside["name_vi"], strict=True)]
        found.append((f"Phòng Nội vụ {places.district(code).name}", places.district(code).full_name, names))
    return found


def _good_row(rng: random.Random, number: int, unit: tuple[str, str, list[str]]) -> dict[str, Any]:
    born = date(1965, 1, 1) + timedelta(days=rng.randrange(12_000))
    score = rng.randrange(0, 41) / 4
    name, district, communes = unit
    return {
        "order": number,
        "participant": f"HV{number:06d}",
        "full_name": f"{rng.choice(_FAMILY)} {rng.choice(_MIDDLE)} {rng.choice(_GIVEN)}",
        "birth_date": _date_written(rng, born),
        "sex": rng.choice(["Nam", "Nữ", "nữ", "NAM"]),
        "phone": rng.choice([f"0912{number:06d}", f"0912 {number // 1000:03d} {number % 1000:03d}", None]),
        "position": rng.choice(["Chuyên viên", "Phó phòng", "Công chức Văn phòng – Thống kê", None]),
        "unit": name,
        "district": district,
        "commune": rng.choice([*communes, None]),
        "class_id": f"K{number % 12 + 1:02d}",
        "class_date": date(2021, 4, 1) + timedelta(days=number % 12),
        "sessions": rng.choice([4, 5, 6, "6"]),
        "pre_score": rng.choice(
            [score, f"{score:g}".replace(".", ","), f"{score:.1f}", "v", "vắng", "P", None]
        ),
        "post_score": rng.choice([score, score, f"{score:g}".replace(".", ","), "K"]),
        "certificate": rng.choice(["Có", "Không", "có", None]),
        "note": None,
    }


def _date_written(rng: random.Random, born: date) -> Any:
    serial = (born - date(1899, 12, 30)).days
    return rng.choice([born, born, f"{born:%d/%m/%Y}", serial, born.year, None])


def _merge(sheet, first: int, end: int) -> None:
    """Merge unit and district over the rows that share them."""
    for top in range(first, end, MERGED_ROWS):
        bottom = min(top + MERGED_ROWS, end) - 1
        for name in ("unit", "district"):
            if bottom > top:
                sheet.merge_cells(f"{LETTERS[name]}{top}:{LETTERS[name]}{bottom}")
