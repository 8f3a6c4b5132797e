import pytest

from analysis.intake.schemas.schema import read_schema
from analysis.intake.schemas.typed import type_table
from tests.analysis.intake.raw_tables import raw_of

LIST = read_schema("class_list")


def typed(districts, communes=None):
    rows = len(districts)
    columns = {
        "Mã HV": [f"H{at}" for at in range(rows)],
        "Đơn vị": ["A"] * rows,
        "Lớp": ["K1"] * rows,
        "Huyện": districts,
    }
    return type_table(raw_of(columns | ({"Xã": communes} if communes else {})), LIST)


def test_a_spelling_that_is_understood_is_one_note_with_its_count():
    found = typed(["Tp. Rach Gia", "Tp. Rach Gia", "Rạch Giá"])
    assert found.table["district"].tolist() == ["899"] * 3
    notes = found.findings.query("code == 'place_understood'")
    assert notes["vi"].tolist() == [
        '"Tp. Rach Gia" → hiểu là "Thành phố Rạch Giá" (mã 899), 2 ô. Hãy sửa ô nếu không đúng.'
    ]
    assert notes["column"].tolist() == ["Huyện"]


def test_a_refused_place_has_the_nearest_in_its_sentence():
    row = typed(["Rạch Giá", "Rạch Gja"]).findings.query("code == 'unknown_place_code'").iloc[0]
    assert (row["cell"], row["kind"], row["value"]) == ("D3", "left_out", "Rạch Gja")
    assert row["vi"].startswith(
        'Huyện, thành phố: "Rạch Gja" không phải là một huyện/thành phố. Có phải là: 899 Thành phố Rạch Giá?'
    )
    assert row["vi"].endswith("Dòng này bị loại khỏi phép tính; hãy sửa ô để tính cả dòng.")


def test_a_person_in_the_column_of_places_is_not_repeated():
    found = typed(["Nguyễn Văn An", "091204561234"]).findings
    assert found.query("code == 'unknown_place_code'")["value"].tolist() == ["•••", "•••"]
    assert "Nguyễn" not in found.to_csv()
    assert "091204561234" not in found.to_csv()


@pytest.mark.parametrize(("district", "code"), [("Châu Thành", "30901"), ("Giồng Riềng", "30913")])
def test_a_commune_is_looked_up_in_its_row_s_district(district, code):
    assert typed([district], ["Thạnh Lộc"]).table["commune"].tolist() == [code]


def test_a_name_of_two_communes_without_a_district_is_refused():
    found = typed([None], ["Thạnh Lộc"]).findings
    assert "unknown_place_code" in set(found.query("column == 'Xã'")["code"])


def test_an_empty_commune_is_no_fault():
    found = typed(["Châu Thành", "900"], [None, ""])
    assert found.table["commune"].isna().all()
    assert not found.left_out.any()
