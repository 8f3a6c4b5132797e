"""A seed -> the committed example of a PARINDEX scoring sheet: SIMULATED, as every row of it says.

`python data/example/simulate_parindex.py` writes parindex-2020.csv, from anywhere. Real are the names of the
fields and that a sheet has 100 points. Invented is all else: criteria, maxima, methods, agencies, scores.
Kiên Giang's points and rank of 2020 were not found; the total says nothing about them.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))  # so that the script runs without being installed

from analysis.context.parindex_rows import read_parindex  # noqa: E402

SEED = 324
REGIME = "1149"
FILE = HERE / "parindex-2020.csv"
#: Points of the fields are those of QĐ 2948, numbers of criteria those of QĐ 1150: QĐ 1149's are not known.
POINTS_OF, COUNTS_OF = "2948", "1150"
STEP = 0.25
HEADINGS = (
    "Mã tiêu chí", "Tên tiêu chí", "Điểm tối đa", "Cách đánh giá", "Điểm tự đánh giá", "Điểm thẩm định",
    "Điểm điều tra xã hội học", "Cơ quan chủ trì", "Lý do mất điểm", "Mô phỏng",
)  # fmt: skip
#: Field -> a lead agency, invented for the example.
AGENCIES = {
    1: "Sở Nội vụ", 2: "Sở Tư pháp", 3: "Văn phòng UBND tỉnh", 4: "Sở Nội vụ", 5: "Sở Nội vụ",
    6: "Sở Tài chính",
    7: "Sở Thông tin và Truyền thông", 8: "Sở Nội vụ",
}  # fmt: skip
REASONS = {
    "not_claimed": "Chưa hoàn thành nhiệm vụ (mô phỏng)",
    "not_accepted": "Tài liệu kiểm chứng chưa được chấp nhận (mô phỏng)",
    "survey": "Kết quả điều tra (mô phỏng)",
}


def simulate_sheet(seed: int = SEED) -> list[list[str]]:
    """Rows of the sheet under `HEADINGS`: 8 fields that sum their criteria, and 43 criteria."""
    rng = np.random.default_rng(seed)
    fields = read_parindex("fields").astype({"field": int})
    names = fields[fields["regime"] == REGIME].set_index("field")["name_vi"]
    points = fields[fields["regime"] == POINTS_OF].set_index("field")["maximum"]
    counts = fields[fields["regime"] == COUNTS_OF].set_index("field")["criteria"]
    rows = []
    for field, name in names.items():
        maxima = _split(rng, float(points[field]), int(counts[field]))
        rows.append([str(field), f"{name} (mô phỏng)", _text(sum(maxima)), *[""] * 6, "có"])
        for number, most in enumerate(maxima, 1):
            # The last criterion of a field is surveyed, and all but two of the field of effects.
            surveyed = number == len(maxima) or (field == 8 and number > 2)
            rows.append(_criterion(rng, field, number, most, surveyed))
    return rows


def _split(rng: np.random.Generator, points: float, count: int) -> list[float]:
    """Maxima of `count` criteria, multiples of half a point of at least one half, that sum to `points`."""
    spare = int(points * 2) - count
    extra = rng.multinomial(spare, np.full(count, 1 / count))
    return [0.5 * (1 + int(more)) for more in extra]


def _criterion(rng: np.random.Generator, field: int, number: int, most: float, surveyed: bool) -> list[str]:
    steps = int(most / STEP)
    head = [f"{field}.{number}", f"Tiêu chí {field}.{number} (mô phỏng)", _text(most)]
    tail = [AGENCIES[field]]
    if surveyed:
        score = STEP * rng.binomial(steps, 0.75)
        reason = REASONS["survey"] if score < most else ""
        return [*head, "Điều tra xã hội học", "", "", _text(score), *tail, reason, "có"]
    claimed = STEP * rng.binomial(steps, 0.93)
    given = claimed - min(claimed, STEP * int(rng.choice(3, p=(0.7, 0.2, 0.1))))
    reason = "not_accepted" if given < claimed else "not_claimed"
    why = REASONS[reason] if given < most else ""
    return [*head, "Tự đánh giá", _text(claimed), _text(given), "", *tail, why, "có"]


def _text(points: float) -> str:
    """As a Vietnamese sheet writes it, with a decimal comma."""
    return f"{points:g}".replace(".", ",")


def write_sheet(path: Path = FILE) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADINGS)
        writer.writerows(simulate_sheet())
    return path


if __name__ == "__main__":
    print(write_sheet().name)
