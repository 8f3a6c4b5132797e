import pytest

from analysis.errors import BadWeight, LonePsu, MissingFile, UnknownCode, WorkbenchError
from analysis.findings import (
    COLUMNS,
    ERROR_OF_CODE,
    Finding,
    describe_findings,
    exit_code_of,
    finding_of,
    findings_table,
    notes_of,
    stop_on,
)


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
    assert caught.value.what.startswith("First. Second. Also:")
    assert caught.value.vi.startswith("Thứ nhất. Thứ hai. Cũng còn:")
    assert caught.value.where == "column w"
    assert caught.value.got == "2 rows; 3 rows"


def test_at_most_five_are_spelt_out():
    found = [Finding("lone_psu", f"Fault {at}.", f"Lỗi {at}.") for at in range(7)]
    with pytest.raises(LonePsu, match=r"Fault 4\. and 2 more$") as caught:
        stop_on(findings_table(found))
    assert "Fault 5" not in str(caught.value)


def test_stops_of_other_kinds_are_counted_in_both_languages():
    found = [Finding("unknown_code", "First.", "Thứ nhất.")]
    found += [Finding("unknown_place_code", "Place.", "Địa bàn.")]
    found += [Finding("lone_psu", f"Stratum {at}.", f"Tầng {at}.") for at in range(2)]
    found += [Finding("empty_group", "Nobody.", "Không ai."), Finding("half_empty", "Half.", "Nửa.")]
    with pytest.raises(UnknownCode) as caught:
        stop_on(findings_table(found))
    assert "Also: 1 unknown place code, 2 lone-PSU faults, 2 other faults;" in caught.value.what
    assert "Cũng còn: 1 mã địa bàn lạ, 2 lỗi tầng chỉ có một đơn vị chọn mẫu, 2 lỗi khác;" in caught.value.vi


def test_stops_of_one_kind_say_nothing_of_others():
    with pytest.raises(UnknownCode) as caught:
        stop_on(findings_table([Finding("unknown_code", "One.", "Một.")] * 2))
    assert caught.value.what == "One."
    assert caught.value.vi == "Một."


def test_an_error_becomes_the_finding_that_raises_it_again():
    fault = MissingFile("It is gone.", vi="Không còn.", where="here", got="nothing")
    table = findings_table([finding_of(fault)])
    assert exit_code_of(table) == 10
    with pytest.raises(MissingFile) as caught:
        stop_on(table)
    assert str(caught.value) == str(fault)


def test_the_exit_code_is_the_first_stops():
    note = Finding("lone_psu", "A note.", "Ghi chú.", kind="note")
    stops = [Finding("unknown_code", "One.", "Một."), Finding("bad_weight", "Two.", "Hai.")]
    assert exit_code_of(findings_table([note])) == 0
    assert exit_code_of(findings_table([note, *stops])) == 16
    assert exit_code_of(findings_table([Finding("any other", "Three.", "Ba.")])) == 18


def test_every_code_has_an_error_of_its_own():
    assert len(set(ERROR_OF_CODE.values())) == len(ERROR_OF_CODE)
    assert all(issubclass(error, WorkbenchError) for error in ERROR_OF_CODE.values())


def test_findings_are_described_in_both_languages_and_cut_after_the_number_asked_for():
    found = [Finding("skip", f"Fault {at}.", f"Lỗi {at}.", got=f"{at} rows", kind="note") for at in range(7)]
    lines = describe_findings(findings_table(found), 5).splitlines()
    assert lines[0] == "Lưu ý / note: skip (7)"
    assert lines[1:4] == ["  - Lỗi 0.", "    Fault 0.", "      đang có / got: 0 rows"]
    assert lines[-1] == "  - … (+2)"
    assert "Fault 5." not in "\n".join(lines)
    assert "Fault 6." in describe_findings(findings_table(found))
    assert describe_findings(findings_table([])) == ""


def test_notes_keep_their_form_through_a_sidecar():
    found = findings_table(
        [Finding("a", "Stop.", "Dừng."), *[Finding("b", "Note.", "Ghi chú.", kind="note")] * 2]
    )
    notes = notes_of(found)
    assert [note["what"] for note in notes] == ["Note."]
    assert describe_findings(notes) == describe_findings(found[found["kind"] == "note"].drop_duplicates())
