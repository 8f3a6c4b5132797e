from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from analysis.findings import COLUMNS, describe_first
from analysis.intake.schemas.schema import Schema, read_schema
from analysis.intake.schemas.typed import type_table
from tests.analysis.intake.raw_tables import raw_of

GOOD = {
    "Mã học viên": ["HV1", "HV2", "HV3", "HV4"],
    "Họ và tên": ["Nguyễn Văn An", "Lê Bình", None, "Danh Hoa"],
    "Ngày sinh": ["05/03/1980", date(1981, 12, 25), 29285, "1979"],
    "Đơn vị": ["Phòng Nội vụ"] * 4,
    "Huyện": ["Rạch Giá", "899", "Huyện Kiên Hải", "hon dat"],
    "Lớp": ["K01"] * 4,
    "Điểm trước": ["7,5", 8, "v", None],
    "Điểm sau": [9.25, "8.0", "10", "0"],
}
LIST = read_schema("class_list")


def typed_of(changes=None, schema=LIST, **fields):
    return type_table(raw_of(GOOD | (changes or {})), schema, **fields)


def bad(typed):
    rows = typed.findings[typed.findings["cell"] != ""]
    return rows[["code", "cell", "kind"]].to_records(index=False).tolist()


def test_a_good_list_has_only_notes_and_leaves_no_row_out():
    typed = typed_of()
    assert list(typed.findings.columns) == list(COLUMNS)
    assert set(typed.findings["kind"]) == {"note"}
    assert not typed.left_out.any()
    assert typed.table["pre_score"].tolist()[:2] == [7.5, 8.0]
    assert typed.table["pre_score"].isna().tolist() == [False, False, True, True]
    assert typed.table["post_score"].tolist() == [9.25, 8, 10, 0]
    assert typed.table["district"].tolist() == ["899", "899", "912", "903"]


def test_an_absent_mark_keeps_its_meaning_apart_from_an_empty_cell():
    marks = typed_of().marks["pre_score"]
    assert marks.isna().tolist() == [True, True, False, True]
    assert marks.iloc[2] == "absent"


def test_personal_columns_are_checked_and_not_kept():
    typed = typed_of()
    assert not {"full_name", "birth_date", "participant"} & set(typed.table.columns)
    assert {"full_name", "birth_date", "participant"} <= set(typed.columns)


def test_headings_that_no_report_may_show_are_the_personal_and_the_undeclared():
    assert typed_of({"Tôn giáo": ["a"] * 4}).hidden == ("Mã học viên", "Họ và tên", "Ngày sinh", "Tôn giáo")


def test_a_date_column_says_how_many_of_each_form_were_read():
    note = typed_of().findings.query("code == 'forms_read' and column == 'Ngày sinh'").iloc[0]
    for part in ("1 × dd/mm/yyyy", "1 × ô ngày của Excel", "1 × số ngày của Excel", "1 × chỉ có năm"):
        assert part in note["vi"]


def test_numbers_are_told_of_only_when_both_decimal_signs_were_read():
    def said(cells):
        found = typed_of({"Điểm sau": cells}).findings
        return found.query("code == 'forms_read' and column == 'Điểm sau'")["vi"].tolist()

    assert said([9, "8", "7,5", "6,5"]) == []
    assert said([9, "8.5", "7,5", "6,5"]) == [
        "Điểm sau khóa học được đọc là: 1 × ô số; 1 × dấu chấm thập phân; 2 × dấu phẩy thập phân. Hãy báo nếu không đúng."
    ]


def test_years_alone_have_a_precision_of_their_own():
    columns = tuple(
        replace(each, personal=False, keep="yes") if each.name == "birth_date" else each
        for each in LIST.columns
    )
    table = typed_of(schema=Schema("own", columns)).table
    assert table["birth_date"].dt.date.tolist() == [
        date(1980, 3, 5),
        date(1981, 12, 25),
        date(1980, 3, 5),
        date(1979, 1, 1),
    ]
    assert table["birth_date_precision"].tolist() == ["day", "day", "day", "year"]


def test_a_key_is_hashed_by_what_is_given_and_each_text_once():
    asked = []
    typed = typed_of(
        {"Mã học viên": ["a", "b", "c", "d"]}, key_of=lambda text: asked.append(text) or f"#{text}"
    )
    assert typed.table["participant"].tolist() == ["#a", "#b", "#c", "#d"]
    assert asked == ["a", "b", "c", "d"]


def test_without_a_key_the_code_is_not_kept_and_a_note_says_so():
    assert "no_hash_key" in set(typed_of().findings["code"])


def test_bad_cells_are_found_with_their_addresses_and_kinds():
    typed = typed_of({"Điểm sau": [9.25, "7;5", "11", "0"], "Mã học viên": ["HV1", None, "HV3", "hv1"]})
    assert bad(typed) == [
        ("blank", "A3", "stop"),
        ("not_number", "H3", "left_out"),
        ("out_of_range", "H4", "left_out"),
        ("duplicate_value", "A5", "stop"),
    ]
    assert typed.left_out.tolist() == [False, True, True, False]
    assert typed.kept.index.tolist() == [0, 3]
    assert typed.table["post_score"].isna().tolist() == [False, True, True, False]


def test_rows_left_out_are_counted_with_their_cause():
    note = typed_of({"Điểm sau": [9, "x7", "11", 0]}).findings.query("code == 'rows_left_out'").iloc[0]
    assert note["vi"].startswith("2 trong 4 dòng bị loại, vì: Điểm sau khóa học (2 ô).")
    assert note["what"].startswith("2 of 4 rows are left out")


def test_a_repeat_names_the_first_and_hides_the_code():
    row = (
        typed_of({"Mã học viên": ["HV1", "HV2", "HV3", "HV1"]})
        .findings.query("code == 'duplicate_value'")
        .iloc[0]
    )
    assert "Trùng với Sheet1!A2." in row["vi"]
    assert row["value"] == "•••"


def test_a_blank_is_no_repeat_of_a_blank():
    schema = Schema("own", tuple(replace(each, required=False) for each in LIST.columns))
    assert bad(typed_of({"Mã học viên": [None, None, "HV3", "HV4"]}, schema)) == []


def test_values_are_shown_but_personal_ones_never():
    typed = typed_of(
        {"Điểm sau": ["7;5", "Nguyễn Văn An", "0912345678", 9], "Ngày sinh": ["45/45/1980", None, None, None]}
    )
    values = dict(zip(typed.findings["cell"], typed.findings["value"], strict=True))
    assert (values["H2"], values["H3"], values["H4"], values["C2"]) == ("7;5", "•••", "•••", "•••")
    said = typed.findings.astype(str).to_csv()
    assert not [secret for secret in ("Nguyễn Văn An", "0912345678", "45/45/1980") if secret in said]


def test_a_place_of_another_province_is_refused_and_a_commune_needs_its_own_district():
    typed = typed_of(
        {
            "Huyện": ["Châu Thành A", "Rạch Giá", "Phú Quốc", "Giồng Riềng"],
            "Xã": ["Minh Lương", "Vĩnh Thanh", "Vĩnh Thanh", "Thạnh Lộc"],
        }
    )
    assert [(code, cell) for code, cell, _ in bad(typed) if code == "unknown_place_code"] == [
        ("unknown_place_code", "E2"),
        ("unknown_place_code", "I4"),
    ]
    assert typed.left_out.tolist() == [True, False, False, False]
    assert typed.table["commune"].iloc[[1, 3]].tolist() == ["30733", "30913"]


def test_odd_letters_are_read_as_ordinary_ones_and_reported():
    typed = typed_of(
        {"Đơn vị": ["Pho\u0300ng No\u0323\u0302i vu\u0323", "Phòng\u00a0Nội vụ", "Ðoàn", "Phòng Nội vụ"]}
    )
    assert typed.table["unit"].tolist() == ["Phòng Nội vụ", "Phòng Nội vụ", "Đoàn", "Phòng Nội vụ"]
    assert [cell for code, cell, _ in bad(typed) if code == "text_put_right"] == ["D2", "D3", "D4"]


def test_many_odd_cells_of_a_column_are_counted_instead():
    raw = raw_of(
        {
            "Mã học viên": [f"HV{n}" for n in range(60)],
            "Đơn vị": ["Phòng\u00a0A"] * 60,
            "Huyện": ["899"] * 60,
            "Lớp": ["K1"] * 60,
        }
    )
    odd = type_table(raw, LIST).findings.query("code == 'text_put_right'")
    assert len(odd) == 1
    assert "60 ô" in odd["vi"].iloc[0]


def test_a_file_without_letters_has_its_row_and_column():
    found = type_table(
        raw_of(GOOD | {"Điểm sau": [1, 2, 3, "7;5"]}, letters=False, sheet="", file="lop.csv"), LIST
    ).findings
    row = found[found["kind"] == "left_out"].iloc[0]
    assert (row["cell"], row["row"], row["column"], row["where"]) == (
        "",
        5,
        "Điểm sau",
        "row 5, column Điểm sau",
    )


def test_a_missing_column_stops_and_the_others_are_typed():
    raw = raw_of({name: cells for name, cells in GOOD.items() if name != "Lớp"})
    typed = type_table(raw, LIST)
    assert "missing_column" in set(typed.findings.query("kind == 'stop'")["code"])
    assert "pre_score" in typed.table


def test_an_empty_table_is_typed_to_no_rows():
    typed = type_table(raw_of({name: [] for name in GOOD}), LIST)
    assert len(typed.table) == 0
    assert typed.table["post_score"].dtype == "float64"
    assert bad(typed) == []


def test_the_raw_table_is_left_as_it_was():
    raw = raw_of(GOOD)
    before = raw.cells.copy(deep=True)
    type_table(raw, LIST)
    pd.testing.assert_frame_equal(raw.cells, before)


@pytest.mark.parametrize("on_bad", ["stop", "left_out", "note"])
def test_what_a_bad_cell_does_is_declared(on_bad):
    columns = tuple(
        replace(each, on_bad=on_bad) if each.name == "post_score" else each for each in LIST.columns
    )
    typed = typed_of({"Điểm sau": ["7;5", 1, 2, 3]}, Schema("own", columns))
    assert bad(typed) == [("not_number", "H2", on_bad)]
    assert typed.left_out.any() == (on_bad == "left_out")


def test_the_message_on_the_screen_is_one_line_with_address_value_and_both_languages():
    found = typed_of({"Điểm sau": ["7;5", 1, 2, 3]}).findings
    first = describe_first(found[found["kind"] == "left_out"]).splitlines()[0]
    assert first == (
        '  Sheet1!H2 "7;5" — Điểm sau khóa học phải là số từ 0 đến 10, ví dụ 7,5. Dòng này bị loại khỏi phép tính; '
        "hãy sửa ô để tính cả dòng. / Score after the course must be a number from 0 to 10, such as 7.5. "
        "The row is left out; mend the cell to count it."
    )
