"""A regime's fields and criteria -> an empty scoring sheet (.xlsx) to fill in, with a guide in Vietnamese."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from analysis.context.parindex_rows import read_parindex, read_regime
from analysis.context.parindex_sheet import SCHEMA, code_order
from analysis.intake.report.saved_book import save_book
from analysis.intake.schemas.schema import read_schema

SHEET, GUIDE = "Phiếu chấm điểm", "Hướng dẫn"
#: What the lists offer; each is a spelling that the schema reads.
METHODS = {"self": "Tự đánh giá", "survey": "Điều tra xã hội học", "both": "Cả hai"}
_WIDTHS = {"criterion": 12, "name": 60, "method": 22, "lead_agency": 32, "reason": 44}
#: Rows that can be typed into below those that are given.
_SPARE_ROWS = 200
_HEAD = PatternFill("solid", start_color="DDEBF7")


def write_sheet_template(regime: str, path: Path | str) -> Path:
    """Write the empty scoring sheet of a regime.

    Parameters
    ----------
    regime : str
        Such as "1149": a row of data/parindex/regimes.csv.
    path : Path or str
        The .xlsx to write; replaced whole or left as it was.

    Returns
    -------
    Path

    Raises
    ------
    UnknownName
        No such regime.
    PacksFolderProblem
        The file cannot be written, for one because it is open in Excel.

    Notes
    -----
    Given are the regime's criteria where they are known, else its fields, with codes for as many criteria as
    the field has where that is known. Codes are text cells, so that 3.10 stays 3.10; scores take 0 to the
    row's maximum.
    """
    own = read_regime(regime)
    book = Workbook()
    guide = book.active
    guide.title = GUIDE
    _write_guide(guide, own)
    _write_sheet(book.create_sheet(SHEET), template_rows(regime))
    return save_book(book, Path(path), "The scoring sheet")


def template_rows(regime: str) -> list[dict[str, object]]:
    """Rows that a template gives: criterion, name, maximum (None where not known), method, lead_agency."""
    fields, criteria = read_parindex("fields"), read_parindex("criteria")
    rows = []
    for field in fields[fields["regime"] == regime].sort_values("field").itertuples():
        rows.append({"criterion": str(field.field), "name": field.name_vi, "maximum": _number(field.maximum)})
        inside = criteria[(criteria["regime"] == regime) & (criteria["field"] == field.field)]
        if len(inside):
            rows += [
                {
                    "criterion": row.criterion,
                    "name": row.name_vi,
                    "maximum": _number(row.maximum),
                    "method": METHODS.get(row.method),
                    "lead_agency": row.lead_agency,
                }
                for row in sorted(inside.itertuples(), key=lambda row: code_order(row.criterion))
            ]
        elif pd.notna(field.criteria):
            rows += [{"criterion": f"{field.field}.{number}"} for number in range(1, int(field.criteria) + 1)]
    return rows


def _number(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def _write_sheet(sheet: Worksheet, rows: list[dict[str, object]]) -> None:
    columns = [column for column in read_schema(SCHEMA).columns if column.name != "simulated"]
    for at, column in enumerate(columns, 1):
        cell = sheet.cell(1, at, column.label_vi)
        cell.font, cell.fill = Font(bold=True), _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(at)].width = _WIDTHS.get(column.name, 14)
    last = len(rows) + 1 + _SPARE_ROWS
    letters = {column.name: get_column_letter(at) for at, column in enumerate(columns, 1)}
    for number, row in enumerate(rows, 2):
        for name, value in row.items():
            cell = sheet[f"{letters[name]}{number}"]
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula
            cell.font = Font(bold="." not in str(row["criterion"]))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for number in range(2, last + 1):
        sheet[f"{letters['criterion']}{number}"].number_format = "@"
    sheet.freeze_panes = "C2"
    _add_lists(sheet, letters, last)


def _add_lists(sheet: Worksheet, letters: dict[str, str], last: int) -> None:
    """The list of methods, and the bounds of points."""
    method = DataValidation(type="list", formula1=f'"{",".join(METHODS.values())}"', allow_blank=True)
    method.error = "Hãy chọn một cách đánh giá trong danh sách."
    most = DataValidation(type="decimal", operator="between", formula1="0", formula2="100", allow_blank=True)
    most.error = "Điểm tối đa phải là số từ 0 đến 100."
    limit = f"${letters['maximum']}2"
    score = DataValidation(type="decimal", operator="between", formula1="0", formula2=limit, allow_blank=True)
    score.error = "Điểm phải là số từ 0 đến điểm tối đa của tiêu chí."
    for rule, names in (
        (method, ("method",)),
        (most, ("maximum",)),
        (score, ("self_score", "appraised_score", "survey_score")),
    ):
        rule.showErrorMessage = True
        sheet.add_data_validation(rule)
        for name in names:
            rule.add(f"{letters[name]}2:{letters[name]}{last}")


def _write_guide(sheet: Worksheet, regime: pd.Series) -> None:
    lines = [
        f"PHIẾU CHẤM ĐIỂM CHỈ SỐ CẢI CÁCH HÀNH CHÍNH THEO {regime['decision']}",
        f"1. Nhập điểm ở trang “{SHEET}”. Mỗi dòng là một tiêu chí; tiêu chí có tiêu chí thành phần "
        f"thì nhập điểm ở "
        "dòng thành phần.",
        "2. Mã tiêu chí viết như trong quyết định: 3, 3.2, 3.2.1. Cột mã đã định dạng Văn bản; xin "
        "giữ nguyên, để "
        "3.10 không thành 3.1.",
        "3. Dòng lĩnh vực và dòng tiêu chí có thành phần chỉ để cộng: được kiểm tra, không tính hai "
        "lần. Có thể để "
        "trống điểm.",
        "4. Tự đánh giá: nhập điểm tự đánh giá và điểm thẩm định. Điều tra xã hội học: chỉ nhập điểm "
        "điều tra. Cả "
        "hai: nhập đủ ba cột điểm.",
        "5. Chưa có điểm thì để trống. Ô trống không phải là 0 điểm.",
        "6. Điểm không được cao hơn điểm tối đa. Số thập phân viết 7,5 hoặc 7.5.",
        "7. Ghi cơ quan chủ trì và lý do mất điểm, để biết ai cần làm gì. Không ghi tên cá nhân.",
        f'8. Kiểm tra từng ô trước khi gửi: workbench check TỆP --schema parindex_sheet --sheet "{SHEET}"',
    ]
    if pd.isna(regime["survey_total"]):
        lines.append("Phần điểm điều tra xã hội học của bộ chỉ số này: chưa tìm được số liệu.")
    if not len(read_parindex("criteria").query("regime == @regime.regime")):
        lines.append(
            "Danh mục tiêu chí của bộ chỉ số này chưa có trong phần mềm; hãy điền tên và điểm tối đa "
            "theo phụ lục "
            "của quyết định."
        )
    sheet.column_dimensions["A"].width = 110
    for number, line in enumerate(lines, 1):
        cell = sheet.cell(number, 1, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=number == 1)
