"""A column of known districts or communes is known by its values, whatever it is called."""

from analysis.places import read_places
from analysis.scaffold.located import locate_columns
from analysis.scaffold.roles import propose_roles
from tests.analysis.scaffold.tables import profiles

PLACES = read_places()
DISTRICTS = ["TP. Rạch Giá", "H. An Biên", "Huyện An Minh", "Hòn Đất"]
ROWS = 40


def survey(labels=None, value_labels=None, **columns):
    long = {name: (list(values) * ROWS)[:ROWS] for name, values in columns.items()}
    return profiles(long, labels, value_labels)


def proposed(columns):
    return propose_roles(columns, {}, {}, locate_columns(columns, PLACES))


def test_names_of_columns_without_signs_are_known():
    found = proposed(survey(quanhuyen=DISTRICTS, phuongxa=["Xã Đông Thái", "Xã Tây Yên", "Xã Nam Thái"]))
    assert (found["district"].column, found["commune"].column) == ("quanhuyen", "phuongxa")


def test_values_speak_where_name_and_label_say_nothing():
    found = proposed(survey(labels={"v7": "Q7"}, v7=DISTRICTS, v8=["a", "b"]))
    assert found["district"].column == "v7"
    assert found["district"].reason.vi.endswith("100% giá trị là huyện đã biết")


def test_a_label_of_the_column_is_enough():
    found = proposed(survey(labels={"q2": "Tên huyện/thành phố"}, q2=["A", "B", "C"]))
    assert found["district"].column == "q2"


def test_own_numbers_with_names_for_labels_are_districts():
    found = proposed(survey(value_labels={"k1": dict(enumerate(DISTRICTS, 1))}, k1=[1, 2, 3, 4]))
    assert found["district"].column == "k1"


def test_of_code_and_name_the_code_is_taken():
    found = proposed(survey(ten=DISTRICTS, ma=[899, 908, 909, 903]))
    assert found["district"].column == "ma"


def test_communes_days_and_questions_are_no_candidates_for_the_district():
    columns = survey(
        labels={"q001": "Ông/Bà có hài lòng không?"},
        value_labels={"q001": {1: "Có", 2: "Không"}},
        phuongxa=["Xã Đông Thái", "Xã Tây Yên", "Xã Nam Thái"],
        ngaypv=["01/03/2023", "02/03/2023", "15/03/2023"],
        q001=[1, 2],
        vung=["Vùng A", "Vùng B"],
    )
    names = {name for name, _ in proposed(columns)["district"].candidates}
    assert names.isdisjoint({"phuongxa", "ngaypv", "q001"})
    assert "vung" in names


def test_a_personal_column_is_not_looked_up():
    columns = survey(ho_ten=DISTRICTS)
    assert "ho_ten" not in locate_columns(columns, PLACES).shares["district"]
