from analysis.intake.file_checks.check_findings import NAMED_ONE_BY_ONE, each_cell, rows_text
from tests.analysis.intake.raw_tables import raw_of

RAW = raw_of({"Điểm": list(range(100))}, header_row=5)


def found(rows, **fields):
    return list(each_cell(RAW, rows, "Điểm", "x", "Sai.", "Wrong.", **fields))


def test_few_cells_are_named_each_with_its_address_and_value():
    one, two = found([0, 3], value=lambda at: f"v{at}", kind="stop")
    assert (one.cell, one.row, one.value, one.kind) == ("A6", 6, "v0", "stop")
    assert (two.cell, two.where) == ("A9", "Sheet1!A9")


def test_as_many_as_are_named_and_one_more():
    assert len(found(range(NAMED_ONE_BY_ONE))) == NAMED_ONE_BY_ONE
    (one,) = found(range(NAMED_ONE_BY_ONE + 1), value=lambda at: "K")
    assert one.vi == 'Sai. (51 ô của cột "Điểm": "K"; dòng/row 6, 7, 8, 9, 10, … (+46))'
    assert (one.cell, one.row, one.column) == ("", 0, "Điểm")
    assert one.rows == "6-56"


def test_no_cell_is_no_finding():
    assert found([]) == []


def test_rows_are_numbered_as_in_the_sheet():
    assert rows_text(RAW, [0, 1]) == "dòng/row 6, 7"
