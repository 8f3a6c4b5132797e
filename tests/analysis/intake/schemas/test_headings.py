import pytest

from analysis.intake.schemas.headings import match_headings
from analysis.intake.schemas.schema import read_schema
from tests.analysis.intake.raw_tables import raw_of

NEEDED = ("Mã học viên", "Đơn vị", "Huyện", "Lớp")


@pytest.fixture
def match():
    schema = read_schema("class_list")
    return lambda *names, **fields: match_headings(raw_of({name: ["1"] for name in names}, **fields), schema)


def test_declared_spellings_are_matched_with_and_without_accents_and_capitals(match):
    columns, found = match("MÃ HV", "Don vi", "HUYỆN/TP", "class_id", "Họ và tên (*)")
    assert columns == {
        "participant": "MÃ HV",
        "full_name": "Họ và tên (*)",
        "unit": "Don vi",
        "district": "HUYỆN/TP",
        "class_id": "class_id",
    }
    assert "stop" not in set(found["kind"])


def test_a_missing_required_column_stops_with_the_nearest_heading(match):
    _, found = match("Mã học viên", "Đơn vị", "Huyện", "Mã lớp học")
    stop = found[found["kind"] == "stop"].iloc[0]
    assert stop["code"] == "missing_column"
    assert 'Thiếu cột "Mã lớp". Có phải là cột "Mã lớp học"?' in stop["vi"]
    assert stop["expected"] == "Lớp, Mã lớp, Class"


def test_part_of_a_heading_is_not_a_match(match):
    columns, _ = match(*NEEDED, "Điểm trước đây")
    assert "pre_score" not in columns


def test_two_columns_for_one_name_stop(match):
    columns, found = match(*NEEDED, "Điểm trước", "Pre-test", header_row=5)
    stop = found[found["kind"] == "stop"].iloc[0]
    assert (stop["code"], stop["got"], stop["row"]) == ("ambiguous_heading", "Điểm trước, Pre-test", 5)
    assert columns["pre_score"] == "Điểm trước"


def test_columns_nobody_declared_are_named_and_not_read(match):
    columns, found = match(*NEEDED, "Tôn giáo", "0912345678")
    unread = found[found["code"] == "column_not_read"].iloc[0]
    assert unread["kind"] == "note"
    assert "Tôn giáo, •••" in unread["vi"]
    assert set(columns) == {"participant", "unit", "district", "class_id"}


def test_optional_columns_that_are_missing_are_one_note(match):
    _, found = match(*NEEDED)
    optional = found[found["code"] == "optional_column_missing"]
    assert optional["kind"].tolist() == ["note"]
    assert "Họ và tên" in optional["vi"].iloc[0]
