"""annex.csv: what programs and Excel read back is what the results hold, and nothing that runs."""

import csv
import io

import pandas as pd
import pytest

from analysis.batch.formats.results_rows import ANNEX_COLUMNS
from analysis.batch.formats.rows_file import rows_csv
from analysis.estimates.results import COUNT_COLUMNS
from analysis.inert import FORMULA_STARTS
from tests.analysis.batch.formats.made_page import CODES, as_annex, made_page


@pytest.mark.parametrize("code", CODES)
def test_what_is_read_back_is_what_was_written(code):
    made = made_page(code, "vi")
    read = pd.read_csv(
        io.BytesIO(made.csv), encoding="utf-8-sig", dtype={"place": "str"}, keep_default_na=False
    )
    assert list(read.columns) == list(ANNEX_COLUMNS)
    assert len(read) == len(made.rows)
    for column in ANNEX_COLUMNS:
        own = made.rows[column]
        if column in COUNT_COLUMNS or own.dtype.kind == "f":
            number = pd.to_numeric(read[column], errors="coerce")
            pd.testing.assert_series_equal(
                number, own.astype("float64"), check_names=False, check_dtype=False
            )
        else:
            assert list(read[column]) == list(own)


def test_file_begins_with_the_mark_by_which_excel_knows_utf_8():
    raw = made_page("899", "vi").csv
    assert raw.startswith(b"\xef\xbb\xbfsurvey_round,")
    assert "Kiên Giang" in raw.decode("utf-8-sig")


def test_same_rows_give_the_same_bytes():
    made = made_page("899", "vi")
    assert rows_csv(as_annex(made.rows.copy())) == made.csv


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "-2+3", "+cmd|' /C calc'!A0", "\t=1", "\r=1"])
def test_text_like_a_formula_gets_an_apostrophe_and_numbers_do_not(text):
    rows = made_page("899", "vi").rows.head(3).assign(measure_vi=text, estimate=-0.5)
    read = list(csv.DictReader(io.StringIO(rows_csv(as_annex(rows)).decode("utf-8-sig"), newline="")))
    assert {row["measure_vi"] for row in read} == {f"'{text}"}
    assert {row["estimate"] for row in read} == {"-0.5"}


@pytest.mark.parametrize("code", CODES)
def test_no_cell_of_the_example_can_run(code):
    """A cell that begins like a formula is a negative number."""
    for row in csv.reader(io.StringIO(made_page(code, "vi").csv.decode("utf-8-sig"))):
        for cell in row:
            assert not cell.startswith(FORMULA_STARTS) or float(cell) < 0
