"""A bad cell's fault + its declared column -> what the finding says, Vietnamese and English.

Every message says what is wrong, what the cell must hold, and what happens to its row.
"""

from __future__ import annotations

from analysis.errors import shown
from analysis.intake.schemas.schema import Column

#: Fault -> why, Vietnamese and English; "" where the need alone says it.
_WHY = {
    "blank": ("Ô bị bỏ trống.", "The cell is empty."),
    "not_number": ("", ""),
    "not_whole": ("", ""),
    "out_of_range": ("", ""),
    "ambiguous_number": (
        "Không rõ dấu chấm, dấu phẩy là dấu thập phân hay dấu hàng nghìn.",
        "The point or comma may part decimals or thousands.",
    ),
    "other_decimal": (
        "Số dùng dấu thập phân khác với dấu đã khai báo cho cột.",
        "The number has another decimal sign than is declared for the column.",
    ),
    "number_became_date": (
        "Excel đã đổi số thành ngày; hãy định dạng ô là Văn bản rồi gõ lại số.",
        "Excel turned the number into a date; format the cell as text and type the number again.",
    ),
    "not_date": ("", ""),
    "impossible_date": ("Không có ngày này trong lịch.", "There is no such day."),
    "undeclared_date_form": (
        "Không nhận ngày viết cách này, để khỏi nhầm ngày với tháng hoặc nhầm thế kỷ.",
        "A date written this way is not read, lest day and month or the century be mixed up.",
    ),
    "not_year": ("", ""),
    "unknown_code": ("", ""),
    "not_yes_no": ("", ""),
    "unknown_place_code": ("", ""),
    "not_phone": ("", ""),
    "key_became_number": (
        "Excel đã đổi mã thành số hoặc ngày; hãy định dạng cột là Văn bản rồi gõ lại mã.",
        "Excel turned the code into a number or date; format the column as text and type the code again.",
    ),
    "no_key": ("", ""),
    "duplicate_value": ("", ""),
    "error_cell": (
        "Ô báo lỗi công thức (#N/A, #REF!…); hãy sửa công thức hoặc gõ giá trị.",
        "The cell shows a formula error (#N/A, #REF!…); mend the formula or type the value.",
    ),
    "formula_empty": (
        "Công thức chưa có kết quả; hãy mở tệp bằng Excel, để tính lại rồi lưu.",
        "The formula has no stored result; open the file in Excel, let it calculate, and save.",
    ),
}
#: What happens then, by `on_bad`.
THEN = {
    "stop": ("Hãy sửa ô này rồi chạy lại.", "Mend the cell and run again."),
    "left_out": (
        "Dòng này bị loại khỏi phép tính; hãy sửa ô để tính cả dòng.",
        "The row is left out; mend the cell to count it.",
    ),
    "note": ("Ô này được coi là trống; hãy sửa nếu cần.", "The cell counts as empty; mend it if it matters."),
}
_DATE_FORMS = {
    "dd/mm/yyyy": ("ngày/tháng/năm như 05/03/1980", "day/month/year such as 05/03/1980"),
    "iso": ("năm-tháng-ngày như 1980-03-05", "year-month-day such as 1980-03-05"),
    "excel_serial": ("", ""),
    "year": ("chỉ năm như 1980", "the year alone, 1980"),
    "dd/mm/yy": ("ngày/tháng/năm hai chữ số như 05/03/80", "day/month/two-digit year such as 05/03/80"),
    "cell": ("ô ngày của Excel", "a date cell of Excel"),
}


def say_fault(column: Column, fault: str, more: tuple[str, str] = ("", "")) -> tuple[str, str]:
    """The sentences of one bad cell.

    Parameters
    ----------
    column : Column
    fault : str
        A key of `typed_cells.Cell.fault`.
    more : tuple of str
        A sentence of its own, Vietnamese and English, such as a suggestion.

    Returns
    -------
    tuple of str
        Vietnamese, English.
    """
    why = _WHY.get(fault, ("", ""))
    need, then = say_need(column), THEN[column.on_bad]
    if fault in ("duplicate_value", "blank") and column.type in ("text", "key"):
        need = (f"{column.label_vi}: không được để trống.", f"{column.label_en}: must not be empty.")
        why = ("", "")
    if fault == "duplicate_value":
        need = (f"{column.label_vi} bị trùng.", f"{column.label_en} stands twice.")
    if fault == "unknown_place_code" and more[0]:
        need = (f"{column.label_vi}:", f"{column.label_en}:")
    vi, en = (
        " ".join(filter(None, (need[at], why[at], more[at], then[at]))).replace("..", ".") for at in (0, 1)
    )
    return vi, en


def say_need(column: Column) -> tuple[str, str]:
    """What a column's cells must hold, Vietnamese and English.

    Examples
    --------
    >>> from analysis.intake.schemas.schema import read_schema
    >>> say_need(read_schema("class_list").column("pre_score"))[0]
    'Điểm trước khóa học phải là số từ 0 đến 10, ví dụ 7,5.'
    """
    vi, en = _needs(column)
    return f"{column.label_vi} {vi}.", f"{column.label_en} {en}."


def _needs(column: Column) -> tuple[str, str]:
    between_vi, between_en = _between(column)
    if column.type in ("number", "score"):
        return f"phải là số{between_vi}, ví dụ 7,5", f"must be a number{between_en}, such as 7.5"
    if column.type == "whole":
        return f"phải là số nguyên{between_vi}", f"must be a whole number{between_en}"
    if column.type == "year":
        return f"phải là năm{between_vi}", f"must be a year{between_en}"
    if column.type == "date":
        forms = [_DATE_FORMS[form] for form in column.date_forms if _DATE_FORMS[form][0]]
        vi, en = (", hoặc ".join(f[0] for f in forms), ", or ".join(f[1] for f in forms))
        return f"phải là ngày{between_vi}: {vi}", f"must be a date{between_en}: {en}"
    if column.type in ("code", "yes_no") and column.codes:
        listed = shown(column.codes)
        return f"phải là một trong: {listed}", f"must be one of: {listed}"
    return _NEEDS[column.type]


def _between(column: Column) -> tuple[str, str]:
    """The bounds in words, with the day before the month in Vietnamese."""
    low, high = column.low, column.high
    vi = {"low": _in_vietnamese(low), "high": _in_vietnamese(high)}
    if low and high:
        return f" từ {vi['low']} đến {vi['high']}", f" from {low} to {high}"
    if low:
        return f" từ {vi['low']} trở lên", f" of at least {low}"
    return (f" không quá {vi['high']}", f" of at most {high}") if high else ("", "")


def _in_vietnamese(bound: str) -> str:
    year, *rest = bound.split("-") if bound.count("-") == 2 and not bound.startswith("-") else (bound,)
    return "/".join([*reversed(rest), year]) if rest else bound.replace(".", ",")


_NEEDS = {
    "text": ("phải là chữ", "must be text"),
    "yes_no": ("phải là Có hoặc Không", "must be yes or no"),
    "district": (
        "phải là tên hoặc mã một huyện, thị xã, thành phố",
        "must be the name or code of a district",
    ),
    "commune": (
        "phải là tên hoặc mã một xã, phường, thị trấn của huyện ghi cùng dòng",
        "must be the name or code of a commune of the row's district",
    ),
    "phone": (
        "phải là số điện thoại 10 chữ số, bắt đầu bằng 0",
        "must be a phone number of 10 digits, beginning with 0",
    ),
    "key": ("phải là mã, giữ nguyên số 0 ở đầu", "must be a code, with its leading zeros"),
}
