from datetime import date

import pandas as pd
import pytest

from tests.training.records.typed_sheets import KEY, PEOPLE, check, found, who
from training.records.linking.persons import BY_CODE, BY_NAME, BY_NUMBER, hash_persons


def one(**row):
    given = {"class_id": "K01", "participant": "HV01", "official_code": None, "full_name": None, "birth_date": None,
             "birth_date_precision": None, **row}  # fmt: skip
    return hash_persons(pd.DataFrame([given], dtype=object), KEY).iloc[0]


def test_an_official_s_number_is_one_person_in_every_class_whatever_the_name():
    first = one(official_code="CC-12", full_name="Lê Thị Hoà")
    second = one(official_code="cc-12", class_id="K09", participant="HV33", full_name="Le Thi Hoa")
    assert first["participant"] == second["participant"] and first["known_by"] == BY_NUMBER


def test_a_name_with_a_whole_date_of_birth_is_one_person_whatever_the_spelling():
    born = {"birth_date": date(1980, 3, 5), "birth_date_precision": "day"}
    first = one(full_name="Lê Thị Hoà", **born)
    second = one(full_name="LÊ THỊ  HÒA", class_id="K09", participant="HV33", **born)
    third = one(full_name="Lê Thị Hoà", birth_date=date(1981, 3, 5), birth_date_precision="day")
    assert first["participant"] == second["participant"] != third["participant"]
    assert first["known_by"] == BY_NAME


def test_a_year_of_birth_alone_takes_no_namesakes_for_one():
    year = {"birth_date": date(1980, 1, 1), "birth_date_precision": "year", "full_name": "Lê Thị Hoà"}
    first, second = one(**year), one(class_id="K09", **year)
    assert first["participant"] != second["participant"] and first["known_by"] == BY_CODE


def test_another_key_gives_other_hashes_and_nothing_personal_goes_on():
    row = one(full_name="Lê Thị Hoà", birth_date=date(1980, 3, 5), birth_date_precision="day")
    assert not {"full_name", "birth_date", "official_code", "birth_date_precision"} & set(row.index)
    assert who(check({}, key=bytes(32)))["K01", 1] != who(check({}))["K01", 1]


def test_the_same_person_under_two_codes_of_a_class_is_a_stop_and_rows_under_the_second_are_quietly_left_out():
    people = PEOPLE | {"Số hiệu công chức": ["CC1", "CC1", "CC1"]}
    attendance = {"Lớp": ["K01", "K01", "K02"], "Mã HV": ["HV01", "HV02", "HV01"], "Buổi 1": ["x", "x", "x"]}
    checked = check({"Học viên": people, "Điểm danh": attendance})
    assert {one for one in found(checked) if one[0] != "periods_unknown"} == {
        ("duplicate_participant", "Học viên!B3")
    }
    assert len(checked.records.attendance) == 2
    assert ("attendance", "duplicate_participant") in set(
        zip(checked.records.left_out["measure"], checked.records.left_out["reason"], strict=True)
    )
    hashes = who(checked)
    assert hashes["K01", 1] == hashes["K02", 1]


@pytest.mark.parametrize(("code", "hint"), [("HV0l", "gần giống"), ("ZZ", ""), ("HV02", "có ở lớp K01")])
def test_a_code_that_nobody_has_is_left_out_with_what_it_may_be(code, hint):
    sheet = {"Lớp": ["K02", "K01"], "Mã HV": [code, "HV01"], "Điểm trước": [5, 6]}
    checked = check({"Điểm kiểm tra": sheet})
    row = checked.findings.query("code == 'unknown_participant'").iloc[0]
    assert (row["kind"], row["cell"], row["value"]) == ("left_out", "B2", "•••")
    assert hint in row["vi"]
    assert checked.records.scores["class_id"].tolist() == ["K01"]
