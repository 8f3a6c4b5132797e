import pytest

from analysis.intake.schemas.headings import match_headings
from analysis.intake.schemas.schema import read_schema
from analysis.intake.schemas.typed import type_table
from tests.analysis.intake.raw_tables import raw_of

LIST = read_schema("class_list")
ROWS = {
    "STT": [1, 2], "Mã học viên": ["HV1", "HV2"], "Đơn vị": ["A", "B"], "Huyện": ["899", "900"], "Lớp": ["K1", "K1"],
    "Điểm sau": [7, 8],
}  # fmt: skip


def typed_with(last, merged=()):
    columns = {name: [*cells, value] for (name, cells), value in zip(ROWS.items(), last, strict=True)}
    kinds = {(2, name): "merged" for name in merged}
    return type_table(raw_of(columns, kinds=kinds), LIST)


@pytest.mark.parametrize(
    ("last", "merged"),
    [
        (["Tổng cộng", None, None, None, None, 15], ()),
        (["Tổng số", "Tổng số", "Tổng số", None, None, None], ("Mã học viên", "Đơn vị")),
        ([None, "Cộng", None, None, None, 2], ()),
        (["I. Huyện"] * 6, ("Mã học viên", "Đơn vị", "Huyện", "Lớp", "Điểm sau")),
        ([None, None, None, None, None, "Người lập biểu"], ()),
        (["STT", "MÃ HỌC VIÊN", "Đơn vị", "Huyện", "Lớp", "Điểm sau"], ()),
    ],
)
def test_a_row_that_is_no_entry_is_left_out_and_named_once(last, merged):
    typed = typed_with(last, merged)
    assert typed.left_out.tolist() == [False, False, True]
    found = typed.findings[typed.findings["row"] == 4]
    assert found[["kind", "code", "cell"]].to_records(index=False).tolist() == [
        ("left_out", "row_without_entry", "")
    ]
    assert typed.table.iloc[2].isna().all()
    assert "rows_left_out" not in set(typed.findings["code"])


@pytest.mark.parametrize(
    "last",
    [
        [3, None, "Tổng cục Thuế", "899", "K1", 7],  # a person without a code
        [3, "HV3", None, None, None, 7],
        ["Tổng cộng", "HV3", "B", "899", "K1", 7],
    ],
)
def test_a_person_s_row_with_gaps_is_an_entry(last):
    typed = typed_with(last)
    assert "row_without_entry" not in set(typed.findings["code"])


def test_the_rule_needs_a_required_column_of_the_file():
    raw = raw_of({"Điểm sau": [7, None, 8]})
    matched, _ = match_headings(raw, LIST)
    assert list(matched) == ["post_score"]
    assert not type_table(raw, LIST).left_out.any()
