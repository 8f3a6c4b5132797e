"""A column of places -> codes, and one row a different spelling for the findings."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest

from analysis.findings import exit_code_of
from analysis.places import read_places
from analysis.places.column import MOST_SUGGESTED


@pytest.fixture
def places():
    return read_places()


@pytest.fixture
def typed():
    return pd.Series(
        ["Tp. Rach Gia", "Thành phố Rạch Giá", None, "H. Rạch Giá", "Tp. Rach Gia", "", "899", "Cà Mau"],
        index=list("abcdefgh"),
        name="huyen",
    )


def test_codes_stand_on_the_columns_own_index(places, typed):
    found = places.resolve_column(typed, "district")
    assert found.codes.index.tolist() == list("abcdefgh")
    assert found.codes.fillna("").tolist() == ["899", "899", "", "", "899", "", "899", ""]
    assert found.refused.tolist() == [False, False, False, True, False, False, False, True]


def test_each_different_spelling_stands_once_with_its_count(places, typed):
    rows = places.resolve_column(typed, "district").spellings.set_index("value")
    assert rows["count"].to_dict() == {
        "Tp. Rach Gia": 2, "Thành phố Rạch Giá": 1, "H. Rạch Giá": 1, "899": 1, "Cà Mau": 1,
    }  # fmt: skip
    assert rows["official"].to_dict() == {
        "Tp. Rach Gia": False, "Thành phố Rạch Giá": True, "H. Rạch Giá": False, "899": True, "Cà Mau": False,
    }  # fmt: skip
    assert rows.at["H. Rạch Giá", "suggestion"] == "899 Thành phố Rạch Giá"
    assert rows.at["H. Rạch Giá", "reason"] == "kind"


def test_a_spelling_that_was_understood_is_a_note_in_both_languages(places, typed):
    found = places.resolve_column(typed, "district").findings("Huyện", file="lop.xlsx")
    notes = found[found["kind"] == "note"]
    assert notes["vi"].tolist() == [
        '"Tp. Rach Gia" → hiểu là "Thành phố Rạch Giá" (mã 899), 2 ô. Hãy sửa ô nếu không đúng.'
    ]
    assert (
        notes["what"].str.startswith('"Tp. Rach Gia" → understood as "Thành phố Rạch Giá" (code 899)').all()
    )
    assert (notes["file"].item(), notes["column"].item(), notes["code"].item()) == (
        "lop.xlsx", "Huyện", "place_understood",
    )  # fmt: skip


def test_a_spelling_that_was_refused_is_a_finding_with_its_suggestion(places, typed):
    found = places.resolve_column(typed, "district").findings("Huyện")
    stops = found[found["kind"] == "stop"]
    assert stops["value"].tolist() == ["H. Rạch Giá", "Cà Mau"]
    assert "899 Thành phố Rạch Giá" in stops["vi"].iloc[0]
    assert exit_code_of(found) == 15
    left_out = places.resolve_column(typed, "district").findings("Huyện", kind="left_out")
    assert left_out["kind"].tolist() == ["left_out", "left_out", "note"]


def test_what_is_said_of_a_row_is_what_the_finding_says(places, typed):
    found = places.resolve_column(typed, "district")
    vi, en = found.say(int(found.at[3]))
    assert "loại đơn vị" in vi
    assert "Perhaps you mean 899 Thành phố Rạch Giá." in en


def test_a_commune_is_looked_up_inside_its_rows_district(places):
    names = pd.Series(["Bình An", "Bình An", "Bình An", "X. Bình An", "Minh Lương", "Minh Lương"])
    districts = pd.Series(["902", "905", None, 905, "905", "902"])
    found = places.resolve_column(names, "commune", districts)
    assert found.codes.fillna("").tolist() == ["30808", "30898", "", "30898", "30880", ""]
    assert found.spellings["reason"].tolist() == ["", "", "several", "", "", "parent"]
    assert places.resolve_column(names[:2], "commune", "902").codes.tolist() == ["30808", "30808"]


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        (pd.Series([899, 905]), ["899", "905"]),
        (pd.Series([899.0, np.nan, 905.5]), ["899", "", ""]),
        (pd.Series([899, "Rạch Giá", 905.0, True, None]), ["899", "899", "905", "", ""]),
        (pd.Series([" 899 ", "  ", pd.NA], dtype="str"), ["899", "", ""]),
        (pd.Series(["Rạch Giá", "tp Rạch Giá"], dtype="category"), ["899", "899"]),
        (pd.Series([], dtype="str"), []),
        (pd.Series([None, None]), []),
    ],
)
def test_a_column_of_any_type_is_read(places, values, codes):
    found = places.resolve_column(values, "district")
    assert found.codes.dropna().tolist() == [code for code in codes if code]
    assert len(found.codes) == len(found.at) == len(found.refused) == len(values)
    assert len(found.findings()) == (~found.spellings["official"]).sum()


def test_the_wrong_column_is_refused_without_a_suggestion_for_each_cell(places):
    names = pd.Series([f"Nguyễn Văn {number}" for number in range(MOST_SUGGESTED + 20)])
    found = places.resolve_column(names, "commune")
    assert found.refused.all()
    assert (found.spellings["suggestion"].iloc[MOST_SUGGESTED:] == "").all()


def test_ten_thousand_rows_take_no_longer_than_their_different_spellings(places):
    spellings = [f"{kind}{name}" for name in places.communes["name_vi"] for kind in ("", "X. ", "xã ")]
    rows = pd.Series([spellings[at % len(spellings)] for at in range(10_000)])
    districts = pd.Series(
        [places.communes["district"].iloc[at % len(spellings) // 3] for at in range(10_000)]
    )
    places.names.find("Rạch Giá", "district")
    started = time.process_time()
    found = places.resolve_column(rows, "commune", districts)
    assert time.process_time() - started < 0.5  # about 0.03 s on an idle machine
    assert len(found.spellings) == (144 - 1) * 3  # two are named Vĩnh Thuận in one district
    assert found.spellings["count"].sum() == 10_000
