"""What is wrong with a committed row, in English -> the same in Vietnamese.

Where a piece of the sentence changes (a column, a code, a year) it stands as {} in both.
"""

from __future__ import annotations

import re
from functools import lru_cache

#: Of rows of any kind.
_ANY = {
    "{} is empty": "cột {} để trống",
    "{} is unknown": "giá trị ở cột {} không có trong danh sách cho phép",
    "unknown {}": "giá trị ở cột {} không có trong danh sách cho phép",
    "{} is no date": "cột {} không phải ngày hợp lệ",
    "{} is no year": "cột {} không phải năm hợp lệ",
    "{} is no number": "cột {} không phải số",
    "{} stands twice": "cột {} có giá trị lặp lại",
    "{} cannot be read": "không đọc được cột {}",
    "the row stands twice": "dòng này bị lặp lại",
    "a name stands twice": "có tên bị lặp lại",
    "cells are empty": "có ô để trống",
}
_CODEBOOK = {
    "a code has two labels": "một mã có hai nhãn",
    "a code is not a number": "mã không phải số",
    "a label is empty": "thiếu nhãn tiếng Việt hoặc tiếng Anh",
    "a word has two codes": "một từ ứng với hai mã",
    "a variable is there twice": "biến bị lặp lại",
    "label_vi": "nhãn tiếng Việt trống hoặc quá dài",
    "code_set": "cột code_set không hợp với loại biến, hoặc bộ mã không có trong codes.csv",
    "battery": "cột battery chỉ dùng cho biến loại code",
    "low and high": "cột low và high phải là số, low nhỏ hơn high",
    "asked_if": "điều kiện hỏi (asked_if) viết sai",
    "asked_if names no variable": "điều kiện hỏi (asked_if) nêu biến không có trong bảng mã",
    "asked_if names unknown codes": "điều kiện hỏi (asked_if) nêu mã không có trong bộ mã của biến",
    "personal = keep without a reason": "personal = keep nhưng chưa ghi lý do ở personal_reason",
}
_FRAMEWORK = {
    "decimals": "cột decimals phải là số nguyên từ 0 đến 6 hoặc để trống",
    "minimum is not below maximum": "minimum không nhỏ hơn maximum",
    "minimum and maximum": "minimum và maximum không hợp với cách tính",
    "two rows are valid in one year": "hai dòng cùng có hiệu lực trong một năm",
    "its code is another measure's too": "mã trùng với mã của thước đo khác",
    "its code is the total's": "mã trùng với mã của điểm tổng",
    "{} {} is not valid in {}": "{} {} không có hiệu lực trong năm {}",
    "the weights of its indicators in {} do not sum to {}": "trọng số các chỉ tiêu trong năm {} không cộng "
    "bằng {}",
    "unknown recipe": "cách tính ở cột recipe không có trong danh sách",
    "variables not in the codebook": "biến không có trong bảng mã",
    "{} takes one variable": "cách tính {} chỉ dùng một biến",
    "variable of the wrong type": "loại biến không hợp với cách tính",
    "codes": "cột codes không hợp với cách tính",
    "codes not in the variable's code set": "mã không có trong bộ mã của biến",
    "{} has no answer that is not yes": "cách tính {} không phân biệt được câu trả lời là không",
}
_SCHEMAS = {
    "the schema has no columns": "lược đồ không có cột nào",
    "a heading fits two columns": "một tiêu đề khớp với hai cột",
    "the name is unusable": "tên không dùng được",
    "bounds for a type that has none": "loại này không có giới hạn nên low và high phải để trống",
    "a bound cannot be read": "không đọc được giới hạn ở low hoặc high",
    "low is above high": "low lớn hơn high",
    "type {} without bounds": "loại {} phải có cả low và high",
    "{} holds one spelling twice": "cột {} có một cách viết lặp lại",
    "type code without codes": "loại code phải có danh sách mã ở cột codes",
    "codes for a type that has none": "loại này không có mã nên cột codes phải để trống",
    "a date form is unknown": "dạng ngày ở cột date_forms không có trong danh sách",
    "type date without date_forms": "loại date phải nêu dạng ngày ở cột date_forms",
    "personal values would be kept": "dữ liệu cá nhân sẽ bị giữ lại; đặt keep là drop hoặc hash",
    "only a key is hashed": "chỉ cột loại key mới được mã hóa (hash)",
}
_KEEPING_AND_PLACES = {
    "the file does not lie in raw/": "tệp không nằm trong thư mục raw/",
    "round {} is made of another file": "vòng {} dùng tệp khác",
    "the file is a round's, and the row names another": "tệp thuộc một vòng nhưng dòng này ghi vòng khác",
    "a square is no whole number from 1": "vị trí ô không phải số nguyên từ 1",
    "two districts share a square": "hai huyện trùng một ô",
    "a district stands twice": "một huyện bị lặp lại",
}
_DIRECTIVE = {
    "levels": "cột levels chỉ ghi commune, hoặc province và district",
    "figure": "cột figure phải có, trừ khi when là always",
    "a level is unknown": "cấp không có trong danh sách",
    "a task of districts has no action": "nhiệm vụ của cấp huyện chưa có việc cần làm",
    "figure_value is no share": "cột figure_value phải là tỷ lệ từ 0 đến 1",
    "the agency is unknown": "cơ quan không có trong agencies.csv",
    "the field does not exist": "lĩnh vực không tồn tại",
    "the figure belongs to another task": "số liệu thuộc nhiệm vụ khác",
    "the figure is not of the task": "số liệu không thuộc nhiệm vụ này",
    "the figure is unknown": "số liệu không có trong figures.csv",
    "the figure stands twice": "số liệu bị lặp lại",
    "the measure does not exist": "thước đo không tồn tại",
    "the sentence names other values": "hai câu Việt, Anh nêu giá trị khác nhau hoặc giá trị không có",
    "the task has no link": "nhiệm vụ chưa gắn với thước đo hay lĩnh vực nào",
    "the task is not given to its lead": "cơ quan chủ trì không nằm trong các cơ quan được giao",
    "the task is unknown": "nhiệm vụ không có trong tasks.csv",
    "{}: no explanation stands here": "{}: chưa có dòng giải thích",
    "{}: its reason is gone, for a task bears on it ({})": "{}: lý do không còn, vì đã có nhiệm vụ tác động "
    "trực tiếp ({})",
}
_TRAINING = {
    "the objective is unknown": "mục tiêu không có trong objectives.csv",
    "the lesson is unknown": "bài học không có trong lessons.csv",
    "the lesson is not its objective's": "bài học không phải của mục tiêu này",
    "the key is no option": "đáp án không phải một phương án",
    "the year is unusable": "năm không dùng được",
    "two options are equal ({})": "hai phương án giống nhau ({})",
    "an option cannot be shuffled ({})": "có phương án không xáo trộn được ({})",
    "a respondent is unknown": "đối tượng trả lời không có trong danh sách",
    "the weight is no positive number": "trọng số không phải số dương",
    "an indicator's code stands twice": "mã chỉ tiêu bị lặp lại",
    "a criterion is in two objects": "một tiêu chí nằm ở hai nhóm nội dung",
    "rule {} lacks objects": "quy định {} thiếu nhóm nội dung",
    "an unknown object": "đối tượng không có trong danh sách",
    "an unknown rule": "quy định không có trong danh sách",
    "its classes leave a gap": "các mức xếp loại để hở khoảng điểm",
    "its minimum": "mức tối thiểu không hợp lệ",
    "rule and classes do not belong together": "quy định và các mức xếp loại không khớp nhau",
    "it does not end the day before {} begins": "không kết thúc vào ngày liền trước khi {} bắt đầu",
}
#: All of them; what a message says is found here, and a test looks that every one is.
FAULTS = _ANY | _CODEBOOK | _FRAMEWORK | _SCHEMAS | _KEEPING_AND_PLACES | _DIRECTIVE | _TRAINING
_PATTERNS = [
    (re.compile("(.+)".join(map(re.escape, english.split("{}")))), vietnamese)
    # the longest first: "round {} is made of another file" is no "{} is …"
    for english, vietnamese in sorted(FAULTS.items(), key=lambda item: -len(item[0].replace("{}", "")))
    if "{}" in english
]
_UNKNOWN = "dòng này sai"


@lru_cache(maxsize=4096)
def in_vietnamese(what: str) -> str:
    """The sentence in Vietnamese.

    Parameters
    ----------
    what : str
        As `analysis.findings.bad_row` takes it.

    Returns
    -------
    str
        "dòng này sai" for a sentence that is not here.

    Examples
    --------
    >>> in_vietnamese("a code has two labels"), in_vietnamese("unknown direction")
    ('một mã có hai nhãn', 'giá trị ở cột direction không có trong danh sách cho phép')
    """
    if what in FAULTS:
        return FAULTS[what]
    for pattern, vietnamese in _PATTERNS:
        match = pattern.fullmatch(what)
        if match:
            return vietnamese.format(*match.groups())
    return _UNKNOWN


def where_in_vietnamese(where: str) -> str:
    """A place in rows as a Vietnamese sentence says it.

    Examples
    --------
    >>> where_in_vietnamese("codes.csv, row 5"), where_in_vietnamese("P1.1 from 2016")
    ('codes.csv, dòng 5', 'P1.1 từ 2016')
    """
    return re.sub(r"\bfrom (?=\d{4}$)", "từ ", re.sub(r"\brow (?=\d)", "dòng ", where))
