import pandas as pd
import pytest

from analysis.personal import KINDS, personal_name, personal_values, shown_name
from analysis.respondents.codebook import read_codebook

PERSONAL_NAMES = {
    "Họ và tên": "name", "HO TEN": "name", "hoten": "name", "HoTen": "name", "ten": "name", "Tên": "name",
    "tennguoitraloi": "name", "ten_dtv": "name", "respondent_name": "name", "full name": "name", "name2": "name",
    "dien_thoai": "phone", "Số điện thoại": "phone", "ĐIỆN THOẠI": "phone", "SĐT": "phone", "sdt1": "phone",
    "phone_number": "phone", "mobile": "phone",
    "CCCD": "identity", "So CMND": "identity", "socancuoc": "", "can_cuoc": "identity", "passport_no": "identity",
    "địa chỉ": "address", "diachinha": "address", "Address": "address", "so_nha": "address",
    "gps": "position", "gps_latitude": "position", "GPSLat": "position", "lat": "position", "long": "position",
    "kinh_do": "position", "kinhdo": "position", "vĩ độ": "position", "toado": "position",
    "ngày sinh": "birth_date", "NgaySinh": "birth_date", "dob": "birth_date", "date_of_birth": "birth_date",
    "email": "contact", "E-mail": "contact", "zalo": "contact", "so_tai_khoan": "account",
    "chu_ky": "image", "ghi_chu": "free_text", "Nhận xét": "free_text", "interviewer_notes": "free_text",
}  # fmt: skip


@pytest.mark.parametrize("name", PERSONAL_NAMES)
def test_a_column_that_names_a_person_is_recognised_however_it_is_written(name):
    assert personal_name(name) == PERSONAL_NAMES[name]


@pytest.mark.parametrize(
    "name",
    [
        "tenhuyen", "tentinh", "tenxa", "Tên huyện", "tên xã/phường", "kinhdoanh", "kinh doanh", "video", "a002",
        "Tuổi", "nam_sinh", "idcode0", "PSW_STRATA", "longitudinal_weight", "plate", "template", "ethnicity",
        "commune_name", "d505", "diem", "stratum", "village", "thon", "khuvuc",
    ],
)  # fmt: skip
def test_names_of_places_trades_and_questions_are_no_persons(name):
    assert personal_name(name) == ""


def test_no_variable_of_the_papi_codebook_has_a_personal_name():
    names = list(read_codebook("papi").variables["variable"])
    assert len(names) > 100
    assert [name for name in names if personal_name(name)] == []


def test_every_kind_has_words_for_it_in_both_languages():
    assert set(PERSONAL_NAMES.values()) - {""} == set(KINDS)
    assert all(vi and en for vi, en in KINDS.values())


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (["ấp 1", "0912345678", "ấp 2"], ("phone", 1)),
        (["gọi 0912.345.678", "gọi +84 91 234 56 78"], ("phone", 2)),
        (["lan@example.vn", "ấp 1"], ("contact", 1)),
        (
            ["091234567890123", "2021", "1.5", "0212345678"],
            ("", 0),
        ),  # too long; no mobile number begins with 02
        (["371204561", "370914530", "12"], ("", 0)),  # 2 of 3 is a half, but fewer than three
        (["371204561", "370914530", "371588002", "12"], ("identity", 3)),
        (["371204561", "370914530", "371588002", *"1234"], ("", 0)),  # 3 of 7
        (["091185001234", "091085101235", "091285201236"], ("identity", 3)),
        (["097185001234"] * 3, ("", 0)),  # there is no province 097
        ([91185001234.0, 91085101235.0, 91285201236.0], ("identity", 3)),  # 0 lost by storing numbers
        ([1001.0, 2001.0, 3001.0], ("", 0)),
        (["307300101", "307300102", "307300201", "307300202"], ("", 0)),  # a survey's codes, two a village
        ([0.5123, 1.25, 2.0], ("", 0)),
        ([None, None], ("", 0)),
    ],
)
def test_values_are_recognised_by_their_form(values, found):
    assert personal_values(pd.Series(values)) == found


def test_nine_figures_in_a_column_of_amounts_are_amounts():
    incomes = pd.Series([120_000_000.0, 350_000_000.0, 900_000_000.0])
    assert personal_values(incomes) == ("identity", 3)
    assert personal_values(incomes, figures=False) == ("", 0)


def test_a_header_that_is_a_person_s_data_is_not_shown():
    assert shown_name("d505") == "d505"
    assert shown_name("0912 345 678") == shown_name("lan@example.vn") == shown_name("371234567") == "•••"


def test_weights_with_decimals_are_no_phone_numbers():
    """84 532 772 006 would be a mobile number from abroad."""
    assert personal_values(pd.Series(["84532.772006", "84912.345678", "10.0356789123"])) == ("", 0)
    assert personal_values(pd.Series(["0912.345.678", "0912.345678"])) == ("phone", 2)
