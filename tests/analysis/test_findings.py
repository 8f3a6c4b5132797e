import pytest

from analysis.errors import BadWeight, LonePsu
from analysis.findings import COLUMNS, Finding, findings_table, stop_on


def test_an_empty_table_has_all_columns_and_stops_nothing():
    table = findings_table([])
    assert list(table.columns) == list(COLUMNS)
    stop_on(table)


def test_notes_never_stop():
    stop_on(findings_table([Finding("lone_psu", "One.", "Một.", kind="note")]))


def test_the_first_stop_decides_the_error_and_brings_all_of_its_kind():
    found = [
        Finding("lone_psu", "A note.", "Ghi chú.", kind="note"),
        Finding("bad_weight", "First.", "Thứ nhất.", where="column w", got="2 rows"),
        Finding("lone_psu", "Other.", "Khác."),
        Finding("bad_weight", "Second.", "Thứ hai.", where="column w", got="3 rows"),
    ]
    with pytest.raises(BadWeight) as caught:
        stop_on(findings_table(found))
    assert caught.value.what == "First. Second."
    assert caught.value.vi == "Thứ nhất. Thứ hai."
    assert caught.value.where == "column w"
    assert caught.value.got == "2 rows; 3 rows"


def test_at_most_five_are_spelt_out():
    found = [Finding("lone_psu", f"Fault {at}.", f"Lỗi {at}.") for at in range(7)]
    with pytest.raises(LonePsu, match=r"Fault 4\. and 2 more$") as caught:
        stop_on(findings_table(found))
    assert "Fault 5" not in str(caught.value)
