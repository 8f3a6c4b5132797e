"""Known districts are recognised by code, name or label; others get a folder of their own."""

import io

import pandas as pd

from analysis.scaffold.places_draft import draft_places
from tests.analysis.scaffold.tables import profiles


def draft(values, labels=None, province=None):
    columns = {"d": values} | ({"p": province} if province else {})
    made = profiles(columns, value_labels={"d": labels} if labels else {})
    return draft_places(made["d"], made.get("p"), "mine-2023", "mine.dta")


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
