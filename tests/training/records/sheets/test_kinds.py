import pytest

from analysis import paths
from analysis.intake.schemas.schema import check_schema
from tests.analysis.intake.raw_tables import raw_of
from tests.training.records.class_book import change, write_book
from training.records.checking import check_files, heading_codes
from training.records.sheets.kinds import is_passed_over, kind_named, kinds_of, read_kinds, repeated_columns


def table(*headings, sheet="Sheet1"):
    return raw_of({heading: ["x"] for heading in headings}, sheet=sheet)


def names(*headings, sheet="Sheet1"):
    return [kind.name for kind in kinds_of(table(*headings, sheet=sheet), heading_codes())]


@pytest.mark.parametrize("kind", read_kinds(), ids=lambda kind: kind.name)
def test_every_kind_s_schema_is_right_and_has_the_columns_that_the_kind_names(kind):
    assert check_schema(kind.schema.name).empty
    declared = {column.name for column in kind.schema.columns}
    assert {*kind.needs, *kind.any_of} - {"*"} <= declared
    assert not kind.value or {kind.index, kind.value} <= declared


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("Mã lớp", "Mã khóa", "Chuyên đề", "Ngày khai giảng"), ["classes"]),
        (("Lớp", "Buổi", "Ngày", "Số tiết"), ["sessions"]),
        (("Mã GV", "Nhóm giảng viên"), ["lecturers"]),
        (("STT", "Mã học viên", "Họ và tên", "Đơn vị", "Huyện"), ["participants"]),
        (("Mã HV", "Buổi 1", "Buổi 2"), ["attendance"]),
        (("MÃ HỌC VIÊN", "buoi 1", "BUỔI 2"), ["attendance"]),
        (("Mã HV", "Buổi", "Điểm danh", "Số tiết"), ["attendance"]),
        (("Câu", "Mã câu hỏi", "Đáp án"), ["papers"]),
        (("Mã HV", "Bài", "Câu 1", "Câu 2"), ["answers"]),
        (("Mã HV", "Bài", "PAPI-01", "PAPI-02"), ["answers"]),
        (("Mã HV", "Điểm trước", "Điểm sau"), ["scores"]),
        (("Số phiếu", "CT1.1", "CT1.2"), ["forms"]),
        (("Số phiếu", "CT1.1. Mục tiêu rõ ràng", "KH1.1 Thông báo"), ["forms"]),
        (("Mã HV", "Người trả lời", "Số tháng", "HQ1.1"), ["follow_up"]),
        (("Mã HV", "Số chứng nhận", "Ngày cấp"), ["certificates"]),
        (("Năm", "Khóa", "Huyện", "Số xã"), ["plan"]),
    ],
)
def test_a_sheet_is_known_by_its_headings(headings, expected):
    assert names(*headings) == expected


def test_one_list_may_be_several_kinds_at_once():
    found = names(
        "STT", "Mã học viên", "Đơn vị", "Huyện", "Lớp", "Buổi 1", "Điểm trước", "Điểm sau", "Chứng nhận"
    )
    assert found == ["participants", "attendance", "scores", "certificates"]


def test_a_sheet_that_bears_a_kind_s_name_is_read_as_it_so_that_it_is_told_what_lacks():
    assert names("Tên", "Ghi chú", sheet="Học viên") == ["participants"]
    assert names("Tên", "Ghi chú", sheet="DIEM DANH") == ["attendance"]
    assert names("Tên", "Ghi chú", sheet="Sheet3") == []


@pytest.mark.parametrize("sheet", ["Hướng dẫn", "Guide", "VÍ DỤ", "Danh mục"])
def test_the_template_s_own_sheets_are_passed_over(sheet):
    assert is_passed_over(table("Mã HV", "Buổi 1", sheet=sheet))
    assert names("Mã HV", "Buổi 1", sheet=sheet) == []


def test_a_database_s_table_is_known_by_its_name():
    assert names("class_id", "participant", "session", "status", "periods", sheet="training_attendance") == [
        "attendance"
    ]


def test_repeated_columns_give_their_number_or_code():
    raw = table("Mã HV", "Câu 1", "Câu hỏi 02", "Q3", "PARI-04", "Câu", "Ghi chú")
    found = repeated_columns(raw, kind_named("answers"), heading_codes())
    assert found == {"Câu 1": "1", "Câu hỏi 02": "2", "Q3": "3", "PARI-04": "PARI-04"}


def test_a_department_s_own_marks_stand_in_its_data_folder(tmp_path, monkeypatch):
    """An overlay of the schema: here x means absent."""
    path = change(write_book(tmp_path / "lop.xlsx"), {"Điểm danh!C2": "x", "Điểm danh!D2": "o"})
    before = check_files([path])
    assert "unknown_code" in set(before.findings["code"])
    text = paths.rows_file("schemas", "training_attendance.csv").read_text("utf-8")
    (tmp_path / "data/schemas").mkdir(parents=True)
    own = text.replace("x=present|", "x=absent|o=present|")
    (tmp_path / "data/schemas/training_attendance.csv").write_text(own, "utf-8")
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path / "data"))
    after = check_files([path])
    assert "unknown_code" not in set(after.findings["code"])
    assert after.records.attendance["status"].tolist()[:2] == ["absent", "present"]
