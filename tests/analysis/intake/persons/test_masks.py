import pytest

from analysis.intake.persons.masks import HIDDEN, LONGEST, looks_personal, mask, show, show_word


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
    [
        "7;5", "vắng", "Vắng mặt", "bảy rưỡi", "8 điểm", "05/03/80", "-999999", "1,234", "0.30000000000000004",
        "HV001", "KG-12/A", "#N/A", "2023-05-01T08:00:00", "1e-06", "v", "Không biết", "Trung bình", "mười",
    ],
)  # fmt: skip
def test_numbers_codes_dates_and_common_answers_are_shown(text):
    assert show(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "bà Lê Thị Bình", "ông Trần Văn Tám", "Neáng Sóc Kha", "Nguyễn Thanh Hương", "Giang Tuấn Kiệt", "Cổ Tấn Lộc",
        "Tiêu Minh Phụng", "Ong Thị Bé", "Chau Sóc Kim", "Bành Thị Út", "Công Tằng Tôn Nữ Thị Hồng Ngọc",
        "Nguyễn Văn An (Tổ 3)", "TRƯỞNG PHÒNG Phạm Quốc Việt", "Ama H'Wen Niê", "Rmah Hùng", "Y Phôn Ksor",
        "Kpă Klơng", "Út Trọc", "Hoàng Anh Tuấn, phó phòng", "DAUVET", "con bà Sáu", "Maria Nguyen", "Lan1990", "làm việc",
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", [True, False])
def test_whatever_else_stands_there_is_hidden_known_name_or_not(text, place):
    assert show(text, place=place) == HIDDEN


PLACES = [
    "Dương Đông", "Tp. Rach Gia", "Kiên Lươn", "Giồng Giềng", "Châu Thành A", "X. Bình An - H. Kiên Lương",
    "Rạch Giá, tỉnh Kiên Giang", "Thứ 11", "An Biện", "Huyện An Biên(cũ)",
]  # fmt: skip


@pytest.mark.parametrize("text", PLACES[:-1])
def test_places_and_slips_of_them_are_shown_where_places_are_expected(text):
    assert show(text, place=True) == text
    assert show(text) == HIDDEN or any(sign.isdigit() for sign in text)


@pytest.mark.parametrize("text", ["Hồ Bình", "Lê Minh", "Cao Tuấn Anh", "Bình", PLACES[-1]])
def test_a_name_near_a_place_s_is_hidden_all_the_same(text):
    """Hòa Bình, An Minh: one letter apart from names of people."""
    assert show(text, place=True) == HIDDEN


def test_a_declared_value_is_shown():
    assert show("Phòng Nội vụ") == HIDDEN
    assert show("Phòng Nội vụ", known={"phong noi vu"}) == "Phòng Nội vụ"


def test_a_long_text_is_hidden():
    assert show("một " * LONGEST) == HIDDEN


def test_a_word_out_of_a_text_shows_its_letters_and_no_figures():
    assert (show_word("Thµnh"), show_word("0912345678"), show_word("a@b.vn")) == ("Thµnh", HIDDEN, HIDDEN)
