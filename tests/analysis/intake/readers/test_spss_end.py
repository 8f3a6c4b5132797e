import struct

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from analysis.errors import UnreadableFile
from analysis.intake.readers.spss_end import end_of_rows
from analysis.intake.reading import read_tables

TABLE = pd.DataFrame({"q1": np.arange(200) * 1.5, "ten": ["Rạch Giá"] * 200, "q2": np.arange(200)})


def uncounted(path, packed=True):
    """A .sav whose header says -1 rows, as SPSS writes it where it does not know them yet."""
    labels = {"q2": {1: "một", 2: "hai"}}
    pyreadstat.write_sav(TABLE, str(path), variable_value_labels=labels, column_labels={"q1": "Câu 1"}, row_compress=packed,
                         missing_ranges={"q1": [{"lo": 1, "hi": 2}]}, note="ghi chú")  # fmt: skip
    raw = bytearray(path.read_bytes())
    raw[80:84] = struct.pack("<i", -1)
    path.write_bytes(bytes(raw))
    return bytes(raw)


def test_a_counted_file_is_left_to_its_reader(tmp_path):
    pyreadstat.write_sav(TABLE, str(tmp_path / "a.sav"))
    assert end_of_rows(tmp_path / "a.sav") == "counted"


def test_packed_rows_without_the_mark_of_their_end_are_cut(tmp_path):
    path = tmp_path / "a.sav"
    raw = uncounted(path) + bytes([252, 0, 0, 0, 0, 0, 0, 0])
    path.write_bytes(raw)
    assert end_of_rows(path) == "whole"
    assert len(read_tables(path)[0][0].rows) == 200
    for share in (0.5, 0.9, 0.99):
        path.write_bytes(raw[: int(len(raw) * share)])
        assert end_of_rows(path) == "cut"
        with pytest.raises(UnreadableFile, match="cut short"):
            read_tables(path)


def test_plain_rows_that_end_inside_a_row_are_cut_and_between_rows_are_told_of(tmp_path):
    path = tmp_path / "a.sav"
    raw = uncounted(path, packed=False)
    row = 8 * 4  # two numbers, and a text of two places
    assert end_of_rows(path) == "unsure"
    path.write_bytes(raw[: -row * 10 - 8])
    assert end_of_rows(path) == "cut"
    path.write_bytes(raw[: -row * 10])
    (table,), found = read_tables(path)
    assert len(table.rows) == 190
    assert "row_count_unknown" in set(found["code"])
