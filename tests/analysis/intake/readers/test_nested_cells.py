from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.intake.file_checks.checked_file import check_file
from analysis.intake.readers.nested_cells import plain_cells
from analysis.intake.reading import read_tables

NESTED = {
    "danh sách": [[1, 2], [], None],
    "bản ghi": [{"a": 1, "b": [{"c": "đ"}]}, None, {"a": 2, "b": None}],
    "byte": [b"abc", b"\xff", None],
    "số": [Decimal("1.50"), None, Decimal("2")],
    "mã": [1, 2, 3],
    "ngày": [pd.Timestamp("2023-05-01").date(), None, None],
}


def test_each_cell_becomes_one_plain_value():
    table, nested = plain_cells(pd.DataFrame(NESTED))
    assert table["danh sách"].tolist() == ["[1, 2]", "[]", None]
    assert table["bản ghi"].iloc[0] == '{"a": 1, "b": [{"c": "đ"}]}'
    assert table["byte"].tolist() == ["abc", "�", None]
    np.testing.assert_array_equal(table["số"], [1.5, np.nan, 2.0])
    assert nested == {"danh sách": "lists", "bản ghi": "records", "byte": "bytes"}


def test_a_parquet_with_nested_columns_is_read_and_says_so(tmp_path):
    pq.write_table(pa.table(NESTED), tmp_path / "a.parquet")
    (table,), found = read_tables(tmp_path / "a.parquet")
    assert len(table.rows) == 3 and found["code"].tolist() == ["nested_cells"]
    assert "danh sách (lists)" in found["vi"].iloc[0]
    checked = check_file(tmp_path / "a.parquet")
    assert not (checked.findings["kind"] == "stop").any()
