"""Rows typed in a test -> a scoring sheet on disk, as an office would hand it in."""

import csv

import pandas as pd

from analysis.context.parindex_rows import COLUMNS
from analysis.paths import home_data

HEADINGS = (
    "Mã tiêu chí", "Tên tiêu chí", "Điểm tối đa", "Cách đánh giá", "Điểm tự đánh giá", "Điểm thẩm định",
    "Điểm điều tra xã hội học", "Cơ quan chủ trì",
)  # fmt: skip
#: A field of 7 points: self-scored 4, in two components of 1.5 and 2.5; surveyed 3.
SIX = (
    ("6", "Cải cách tài chính công", "7", "", "", "", "", ""),
    ("6.1", "Thực hiện", "4", "", "", "", "", ""),
    ("6.1.1", "Ngân sách", "1,5", "Tự đánh giá", "1,5", "1", "", "Sở Tài chính"),
    ("6.1.2", "Tài sản công", "2,5", "Tự đánh giá", "2", "2", "", "Sở Tài chính"),
    ("6.2", "Đánh giá của người dân", "3", "Điều tra", "", "", "1,75", "Sở Nội vụ"),
)


def write_sheet(path, rows=SIX, headings=HEADINGS):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings, *rows])
    return path


def changed(code, rows=SIX, **cells):
    """The rows with some cells of one criterion replaced; columns by their number, as c2="9"."""
    places = {int(name[1:]): value for name, value in cells.items()}
    return [
        tuple(places.get(at, cell) for at, cell in enumerate(row)) if row[0] == code else row for row in rows
    ]


def write_regime(folder, *criteria):
    """data/parindex in a folder, with criteria of regime 2948: (field, criterion, maximum, method, lead)."""
    own = folder / "parindex"
    own.mkdir(parents=True)
    for file in (home_data() / "parindex").glob("*.csv"):
        (own / file.name).write_bytes(file.read_bytes())
    names = ("field", "criterion", "maximum", "method", "lead_agency")
    base = dict.fromkeys(COLUMNS["criteria"], "") | {
        "regime": "2948", "name_vi": "Tiêu chí", "status": "known", "source": "the test",
    }  # fmt: skip
    rows = [base | dict(zip(names, row, strict=True)) for row in criteria]
    pd.DataFrame(rows).to_csv(own / "criteria.csv", index=False)
