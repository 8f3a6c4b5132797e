"""Words that stand in cells of many lists and name nobody: numbers, units, marks for absence, common answers.

A value of these words alone may be shown; see `analysis.intake.persons.masks`. Numbers and units may stand
together in any order. Answers count as whole phrases only, for their words are in names too (Trung, Bình).
"""

from __future__ import annotations

from analysis.places.rows import fold

#: May stand together, and beside figures.
NUMBER_WORDS = frozenset(
    (
        "không", "một", "hai", "ba", "bốn", "tư", "năm", "lăm", "sáu", "bảy", "bẩy", "tám", "chín", "mười",
        "mươi", "linh", "lẻ", "rưỡi", "phẩy", "chấm", "phần", "trăm", "nghìn", "ngàn", "triệu", "tỷ",
        "điểm", "buổi", "tiết", "giờ", "phút", "ngày", "tháng", "tuổi", "lần", "câu", "đồng", "phiếu",
        "km", "m", "kg", "đ", "vnd",
    )
)  # fmt: skip
#: Count as they stand, capitals, accents and dots aside.
PHRASES = frozenset(
    fold(phrase)
    for phrase in (
        "vắng", "vắng mặt", "vắng có phép", "vắng không phép", "có phép", "không phép", "nghỉ", "bỏ thi",
        "không thi", "chưa thi", "hoãn thi", "miễn", "có mặt", "có", "không", "chưa", "đạt", "không đạt",
        "đúng", "sai", "nam", "nữ", "khác", "trống", "không có", "không rõ", "không biết", "không nhớ",
        "không ý kiến", "không có ý kiến", "từ chối", "từ chối trả lời", "không trả lời", "không áp dụng",
        "khá", "giỏi", "xuất sắc", "trung bình", "trung bình khá", "yếu", "kém", "tốt", "rất tốt",
        "hài lòng", "rất hài lòng", "không hài lòng", "rất không hài lòng", "bình thường",
        "đồng ý", "không đồng ý", "rất đồng ý", "thành thị", "nông thôn", "đô thị", "toàn tỉnh",
        "yes", "no", "male", "female", "absent", "present", "excused", "none", "null", "nan", "na", "n/a",
        "inf", "true", "false", "unknown", "missing", "other", "pass", "fail", "urban", "rural",
        "kb", "ktl", "tc", "dk", "ra", "cp", "kp",
    )
)  # fmt: skip
