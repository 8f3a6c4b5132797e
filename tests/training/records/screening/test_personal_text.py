import pytest

from tests.training.records.typed_sheets import PEOPLE, check, found


@pytest.mark.parametrize(
    "unit",
    [
        "Phòng Nội vụ, gặp ĐÀO MỐC", "0912 345 678", "a.b@example.org", "Lê Thị Bình", "CMND 371204561",
    ],
)  # fmt: skip
def test_a_unit_that_names_somebody_is_emptied_and_its_cell_named(unit):
    people = PEOPLE | {"Họ và tên": ["Đào Mốc", None, None], "Đơn vị": ["Sở Nội vụ", unit, "Sở Nội vụ"]}
    checked = check({"Học viên": people})
    assert ("personal_text_dropped", "Học viên!C3") in found(checked)
    assert checked.records.participants["unit"].tolist() == ["Sở Nội vụ", "", "Sở Nội vụ"]
    assert unit not in checked.findings.to_csv()


@pytest.mark.parametrize(
    "unit", ["Đoàn Thanh niên", "UBND xã Hồ Thị Kỷ", "Ban Dân tộc 2021", "Thái Bình", "Lưu trữ"]
)
def test_a_usual_unit_stays_though_it_begins_as_a_family_name_does(unit):
    checked = check({"Học viên": PEOPLE | {"Đơn vị": [unit] * 3}})
    assert found(checked) == set()
    assert set(checked.records.participants["unit"]) == {unit}


def test_a_short_name_is_not_looked_for_inside_words():
    people = PEOPLE | {"Họ và tên": ["An", None, None], "Đơn vị": ["Thanh tra", "Công an", "Văn phòng"]}
    assert found(check({"Học viên": people})) == set()


def test_texts_of_classes_are_looked_at_too():
    classes = {
        "Mã lớp": ["K01"], "Mã khóa": ["A"], "Chuyên đề": ["PAPI"], "Ngày khai giảng": ["05/04/2021"],
        "Địa điểm": ["Nhà bà Đào Thị Mốc"], "Cơ quan tổ chức": ["Sở Nội vụ"],
    }  # fmt: skip
    people = {"Mã HV": ["HV01"], "Cấp": ["tỉnh"], "Họ tên": ["Đào Thị Mốc"]}
    checked = check({"Lớp": classes, "Học viên": people})
    assert found(checked) == {("personal_text_dropped", "Lớp!E2")}
    assert checked.records.classes[["venue", "host"]].values.tolist() == [["", "Sở Nội vụ"]]
