import pandas as pd

from tests.training.records.typed_sheets import check, found, who


def sheet(**columns):
    return {"Lớp": ["K01", "K01", "K02"], "Mã HV": ["HV01", "HV02", "HV01"], **columns}


def test_a_certificate_is_a_yes_a_number_or_a_date_and_its_number_a_hash():
    own = sheet(
        **{
            "Chứng nhận": ["Có", "Không", None],
            "Số chứng nhận": [None, "002", "003"],
            "Ngày cấp": [None, None, "20/04/2021"],
        }
    )
    checked = check({"Chứng nhận": own})
    assert found(checked) == set()
    table = checked.records.certificates
    assert table["participant"].tolist() == [who(checked)["K01", 1], who(checked)["K02", 1]]
    assert table["number"].tolist()[0] == "" and len(table["number"].iloc[1]) == 20
    assert "003" not in table.to_csv().replace(table["number"].iloc[1], "")
    assert table["issued"].tolist()[1] == pd.Timestamp("2021-04-20")


def test_one_number_for_two_people_and_two_certificates_of_one_are_left_out():
    assert found(check({"Chứng nhận": sheet(**{"Số chứng nhận": ["001", "001", "003"]})})) == {
        ("certificate_twice", "Chứng nhận!C3")
    }
    twice = {"Lớp": ["K01", "K01"], "Mã HV": ["HV01", "HV01"], "Số chứng nhận": ["001", "002"]}
    checked = check({"Chứng nhận": twice})
    assert found(checked) == {("certificate_twice", "Chứng nhận!C3")}
    assert len(checked.records.certificates) == 1
    assert checked.records.left_out["measure"].tolist() == ["certificate"]


def test_a_certificate_before_the_class_is_a_note():
    assert found(check({"Chứng nhận": sheet(**{"Ngày cấp": ["01/04/2021", "20/04/2021", None]})})) == {
        ("issued_before_start", "Chứng nhận!C2")
    }
