import pytest

from analysis.errors import (
    BadWeight,
    LonePsu,
    MissingFile,
    UnknownCode,
    UnreadableFile,
    WorkbenchError,
)
from analysis.findings import (
    COLUMNS,
    ERROR_OF_CODE,
    Finding,
    describe_findings,
    describe_first,
    exit_code_of,
    finding_of,
    findings_table,
    join_findings,
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


@pytest.mark.parametrize("error", dict.fromkeys(ERROR_OF_CODE.values()))
def test_an_error_class_is_known_by_the_first_code_that_has_it(error):
    assert issubclass(error, WorkbenchError)
    table = findings_table([finding_of(error("It is so.", vi="Như thế."))])
    assert table["code"].iloc[0] == next(code for code, cls in ERROR_OF_CODE.items() if cls is error)
    assert exit_code_of(table) == error.exit_code


def test_findings_are_described_in_both_languages_and_cut_after_the_number_asked_for():
    found = [Finding("skip", f"Fault {at}.", f"Lỗi {at}.", got=f"{at} rows", kind="note") for at in range(7)]
    lines = describe_findings(findings_table(found), 5).splitlines()
    assert lines[0] == "Lưu ý / note: skip (7)"
    assert lines[1:4] == ["  - Lỗi 0.", "    Fault 0.", "      đang có / got: 0 rows"]
    assert lines[-1] == "  - … (+2)"
    assert "Fault 5." not in "\n".join(lines)
    assert "Fault 6." in describe_findings(findings_table(found))
    assert describe_findings(findings_table([])) == ""


def test_an_address_stands_for_where_nothing_says_where():
    table = findings_table([Finding("ragged_row", "3 values.", "3 giá trị.", file="a.csv", row=3)])
    with pytest.raises(UnreadableFile) as caught:
        stop_on(table)
    assert caught.value.where == "a.csv, dòng 3 / row 3"
    assert "ở đâu / where: a.csv, dòng 3 / row 3" in describe_findings(table)


def _cell(kind, cell, row, **fields):
    base = {
        "what": "Must be a number.",
        "vi": "Phải là số.",
        "file": "lop.xlsx",
        "sheet": "Sheet1",
        "column": "Điểm",
        "code": "not_number",
    }
    return Finding(kind=kind, cell=cell, row=row, **(base | fields))


def test_rows_left_out_are_described_with_address_and_value_and_stop_nothing():
    table = findings_table([_cell("left_out", "E14", 14, value="7;5", where="Sheet1!E14")])
    stop_on(table)
    assert exit_code_of(table) == 0
    assert describe_findings(table).splitlines() == [
        "Dòng bị loại / row left out: not_number (1)",
        '  - Sheet1!E14 "7;5" — Phải là số.',
        "    Must be a number.",
    ]


def test_notes_of_a_sidecar_from_before_addresses_are_described():
    old = [
        {
            "kind": "note",
            "code": "b",
            "what": "Note.",
            "vi": "Ghi chú.",
            "where": "w",
            "expected": "",
            "got": "",
            "hint": "",
        }
    ]
    assert describe_findings(old).splitlines()[1:] == ["  - Ghi chú.", "    Note.", "      ở đâu / where: w"]


def test_the_first_are_one_line_each_gravest_first_then_in_order_of_cell():
    found = [
        _cell("note", "B3", 3),
        _cell("left_out", "AA5", 5),
        _cell("left_out", "E5", 5, value="7;5"),
        _cell("left_out", "E14", 14),
        _cell("stop", "A9", 9),
    ]
    lines = describe_first(findings_table(found), 4).splitlines()
    assert lines[:2] == [
        "  Sheet1!A9 — Phải là số. / Must be a number.",
        '  Sheet1!E5 "7;5" — Phải là số. / Must be a number.',
    ]
    assert [line.split(" — ")[0].strip() for line in lines[2:4]] == ["Sheet1!AA5", "Sheet1!E14"]
    assert lines[4:] == [
        "  … và 1 điều nữa / and 1 more",
        "Lỗi / stop: 1 (not_number 1)",
        "Dòng bị loại / row left out: 3 (not_number 3)",
        "Lưu ý / note: 1 (not_number 1)",
    ]
    assert describe_first(findings_table([])) == ""


def test_of_one_code_some_are_shown_before_others_of_its_kind_and_the_rest_follow():
    flood = [_cell("note", f"B{row}", row) for row in range(2, 102)]
    other = [_cell("note", "C200", 200, code="odd")]
    lines = describe_first(findings_table([*flood, *other]), 8).splitlines()
    shown = [line.split(" — ")[0].strip() for line in lines[:8]]
    assert shown == [*(f"Sheet1!B{row}" for row in range(2, 9)), "Sheet1!C200"]
    assert lines[8] == "  … và 93 điều nữa / and 93 more"


def test_what_stops_is_followed_by_what_was_expected_each_said_once():
    found = [_cell("stop", f"B{row}", row, expected="7,5", hint="Mend.", got=str(row)) for row in (2, 3)]
    lines = describe_first(findings_table(found)).splitlines()
    assert [line.strip() for line in lines if line.startswith("      ")] == [
        "cần có / expected: 7,5", "đang có / got: 2", "làm gì / next step: Mend.", "đang có / got: 3",
    ]  # fmt: skip


def test_files_are_named_when_there_are_several_and_rows_where_there_are_no_cells():
    found = [_cell("stop", "", 7, file="a.csv", sheet=""), _cell("stop", "B2", 2, file="b.xlsx")]
    lines = describe_first(findings_table(found)).splitlines()
    assert lines[0].startswith("  a.csv dòng 7 / row 7, Điểm — ")
    assert lines[1].startswith("  b.xlsx Sheet1!B2 — ")


def kinds_and_cells(joined):
    return joined[["kind", "cell"]].to_records(index=False).tolist()


def test_what_reader_and_schema_say_of_one_cell_stands_once_and_the_schema_is_kept():
    hidden = Finding("hidden", "H.", "Ẩn.", kind="note")
    reader = findings_table([_cell("stop", "E5", 5), hidden])
    typed = findings_table([_cell("left_out", "E5", 5), _cell("left_out", "E6", 6), hidden])
    assert kinds_and_cells(join_findings([reader], typed)) == [
        ("note", ""), ("left_out", "E5"), ("left_out", "E6"),
    ]  # fmt: skip
    assert join_findings([]).empty and join_findings([findings_table([])], findings_table([])).empty


def test_a_check_without_a_schema_never_wins_over_the_reader():
    reader = findings_table([_cell("stop", "E5", 5)])
    check = findings_table(
        [_cell("note", "E5", 5), _cell("note", "E6", 6), _cell("note", "E5", 5, sheet="B")]
    )
    assert kinds_and_cells(join_findings([reader, check])) == [("stop", "E5"), ("note", "E6"), ("note", "E5")]


def test_cells_that_are_named_one_by_one_are_not_counted_again_for_their_column():
    reader = findings_table([_cell("stop", f"E{row}", row) for row in range(2, 60)])
    check = findings_table([_cell("stop", "", 0), _cell("stop", "", 0, column="Tuổi")])
    joined = join_findings([reader, check])
    assert len(joined) == 58 + 1 and joined["column"].iloc[-1] == "Tuổi"


def test_findings_of_one_table_about_one_row_or_cell_all_stay():
    several = [_cell("stop", "E5", 5), _cell("stop", "E5", 5, what="Must be whole.")]
    several += [_cell("note", "", 5, column="", what=what) for what in ("One.", "Two.")]
    assert len(join_findings([findings_table(several)])) == 4


def test_a_legacy_encoding_is_one_finding_a_file_for_all_its_sheets():
    found = [
        Finding("legacy_encoding", f"In {sheet}.", f"Ở {sheet}.", got=kind, file=file, sheet=sheet)
        for file, sheet, kind in (
            ("a", "S1", "tcvn3"),
            ("a", "S2", "tcvn3"),
            ("a", "S3", "vni"),
            ("b", "S1", "vni"),
        )
    ]
    joined = join_findings([findings_table(found[:1]), findings_table(found[1:])])
    assert joined[["file", "sheet"]].to_numpy().tolist() == [["a", "S1"], ["a", "S3"], ["b", "S1"]]
