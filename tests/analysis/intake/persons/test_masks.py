import pytest

from analysis.intake.persons.masks import HIDDEN, LONGEST, looks_personal, mask, show


@pytest.mark.parametrize("value", ["Nguyễn Văn An", "0912345678", "a@b.vn", "x"])
def test_every_personal_value_becomes_the_same_three_dots(value):
    assert mask(value, "name") == HIDDEN


def test_an_empty_cell_stays_empty():
    assert mask("  ", "phone") == ""
    assert show("", personal=True) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Văn An", "nguyễn văn an", "NGUYEN VAN AN", "Lê Bình", "Danh Thị Hoa", "0912 345 678", "+84912345678",
        "091.234.5678", "091234567890", "371234567", "hỏi chị Lan 0912345678", "lan.nguyen@kiengiang.gov.vn",
    ],
)  # fmt: skip
def test_values_that_look_personal_are_hidden_in_any_column(text):
    assert looks_personal(text)
    assert show(text) == HIDDEN


@pytest.mark.parametrize(
    "text",
    ["7;5", "vắng", "bảy rưỡi", "8 điểm", "05/03/80", "-999999", "1,234", "0.30000000000000004", "làm việc"],
)
def test_values_of_other_forms_are_shown(text):
    assert show(text) == text


def test_names_of_places_are_shown_where_places_are_expected():
    assert show("Dương Đông") == HIDDEN
    assert show("Dương Đông", place=True) == "Dương Đông"
    assert show("Châu Thành A", place=True) == "Châu Thành A"
    assert show("Nguyễn Văn An", place=True) == HIDDEN


def test_a_long_text_is_cut():
    assert len(show("chữ " * 50)) == LONGEST
