import unicodedata

from analysis.intake.file_checks.check_findings import NAMED_ONE_BY_ONE
from analysis.intake.file_checks.file_checks import check_table
from tests.analysis.intake.raw_tables import raw_of


def test_odd_letters_are_named_with_what_is_odd():
    found = check_table(
        raw_of({"Xã": ["Vĩnh Hòa", "Vi\u0303nh Ho\u0300a", "Hòn\u00a0Tre", "Lại\u200b Sơn", "Ðông Hồ"]})
    )
    assert found["cell"].tolist() == ["A3", "A4", "A5", "A6"]
    assert set(found["code"]) == {"text_put_right"}
    for row, part in enumerate(("NFC", "dấu cách lạ", "ký tự ẩn", "không phải Đ")):
        assert part in found["vi"].iloc[row]


def test_a_column_full_of_them_is_counted():
    many = NAMED_ONE_BY_ONE + 1
    found = check_table(raw_of({"Xã": [f"Xã\u00a0{number}" for number in range(many)]}))
    assert found["code"].tolist() == ["text_put_right"]
    assert f"{many} ô có dấu cách lạ ({many})" in found["vi"].iloc[0]


def test_stray_spaces_alone_are_counted():
    found = check_table(raw_of({"Xã": ["Vĩnh Hòa ", " Hòn Tre", "Lại  Sơn", "An Sơn"]}))
    assert found["cell"].tolist() == [""]
    assert "3 ô có dấu cách thừa (3)" in found["vi"].iloc[0]


def test_a_file_written_so_throughout_has_one_note():
    decomposed = unicodedata.normalize("NFD", "Vĩnh Hòa")
    found = check_table(
        raw_of({f"Cột {at}": [f"{decomposed} {row}" for row in range(20)] for at in range(8)})
    )
    assert found["code"].tolist() == ["text_put_right"]
    assert "8 cột, 160 ô có chữ có dấu rời" in found["vi"].iloc[0]


def test_a_column_of_them_holds_its_rows_for_the_workbook():
    found = check_table(raw_of({"Xã": ["Hòn  Tre", "An Sơn", "Lại  Sơn"]}))
    assert found["rows"].tolist() == ["2, 4"]
