"""Known districts are recognised by code, name or label; others get a folder of their own."""

import io

import pandas as pd

from analysis.scaffold.places_draft import draft_places
from tests.analysis.scaffold.tables import profiles


def draft(values, labels=None, province=None, code=""):
    columns = {"d": values} | ({"p": province} if province else {})
    made = profiles(columns, value_labels={"d": labels} if labels else {})
    return draft_places(made["d"], made.get("p"), "mine-2023", "mine.dta", code)


def rows(found, name):
    return pd.read_csv(io.StringIO(found.files[f"{name}.csv"]), dtype=str, keep_default_na=False)


def test_codes_names_and_labels_of_known_districts_give_the_province():
    for found in (
        draft([899, 903]),
        draft(["Tp. Rạch Giá", "H. Hòn Đất"]),
        draft([1, 2], {1: "Rạch Giá", 2: "Hòn Đất"}),
    ):
        assert (found.folder, found.province, found.decide) == ("", "91", None)


def test_an_unknown_value_among_known_ones_is_to_be_decided():
    found = draft(["Rạch Giá", "Hòn Đất", "Rạch Gía 2"])
    assert found.province == "91"
    assert "Rạch Gía 2" in found.decide.en


def test_districts_of_a_province_that_was_named_are_none_of_another():
    found = draft(["Châu Thành", "An Minh", "Chợ Mới"], code="89")
    assert (found.folder, found.province) == ("mine-2023", "89")
    assert rows(found, "provinces")["name_vi"].tolist() == ["An Giang"]
    assert draft(["Châu Thành", "An Minh"], code="91").folder == ""


def test_a_name_of_a_person_in_the_column_is_masked():
    assert "Lê Thị Bình" not in draft(["Rạch Giá", "Hòn Đất", "Lê Thị Bình"]).decide.en


def test_other_districts_get_a_folder_with_kinds_apart_from_names():
    found = draft(["TP. Vị Thanh", "H. Vị Thủy"])
    assert (found.folder, found.province) == ("mine-2023", "T1")
    districts = rows(found, "districts")
    assert districts[["code", "kind_vi", "name_vi"]].values.tolist() == [
        ["1", "Huyện", "Vị Thủy"], ["2", "Thành phố", "Vị Thanh"],
    ]  # fmt: skip
    assert "prefixes.csv" in found.files


def test_labelled_codes_stay_codes_and_a_known_province_is_named():
    found = draft([930, 931], {930: "Vị Thanh", 931: "Ngã Bảy"}, province=[93, 93])
    assert rows(found, "districts")["code"].tolist() == ["930", "931"]
    assert rows(found, "provinces")[["code", "name_vi"]].values.tolist() == [["93", "Hậu Giang"]]


def test_no_column_is_a_decision():
    assert "--column district=" in draft_places(None, None, "mine", "mine.dta").decide.en


def test_spellings_of_a_district_are_joined_and_counted():
    """Known spellings do not outnumber what is unknown by being many."""
    found = draft(["TP. Vị Thanh", "Vị Thanh", "TP.VỊ THANH", "H. Vị Thủy", "Huyện Vị Thuỷ"])
    districts = rows(found, "districts")
    assert districts["name_vi"].tolist() == ["Vị Thủy", "Vị Thanh"]
    assert "5 spellings were joined to 2 districts" in found.decide.en


def test_known_districts_in_several_spellings_stay_the_known_ones():
    found = draft(["An Biên", "H. An Biên", "Huyện An Biên", "An Minh", "H. An Minh", "HUYỆN AN MINH"])
    assert (found.folder, found.province, found.decide) == ("", "91", None)
    assert "2 known districts, written in 6 ways" in found.reason.en


def test_a_bare_name_of_two_kinds_is_to_be_mended_in_the_file():
    found = draft(["Cao Xanh", "H. Cao Xanh", "TP. Cao Xanh"])
    assert len(rows(found, "districts")) == 2
    assert "names without a kind may be several districts, mend them in the file: Cao Xanh" in found.decide.en


def test_a_province_never_has_a_district_s_code():
    found = draft([1, 2, 3, 4], {1: "North", 2: "East", 3: "South", 4: "West"})
    assert found.province == "T1"
    assert rows(found, "provinces")["code"].tolist() == ["T1"]
    assert set(rows(found, "districts")["province"]) == {"T1"}
    assert "mã tỉnh là T1 vì mã 1 cũng là mã một huyện" in found.decide.vi
    assert "aliases.csv" not in found.files


def test_a_file_s_own_province_code_that_is_a_district_s_too_is_understood():
    found = draft([1, 2], {1: "North", 2: "East"}, province=[1, 1])
    assert found.province == "T1"
    aliases = rows(found, "aliases")
    assert aliases[["level", "code", "alias"]].values.tolist() == [["province", "T1", "1"]]


def test_spellings_with_other_accents_are_to_be_looked_at():
    decide = draft(["H. Châu Thạnh Xa", "Châu Thành Xa", "Vị Thủy"]).decide
    assert "được gộp dù khác dấu" in decide.vi
    assert "Châu Thành Xa ~ H. Châu Thạnh Xa" in decide.vi
