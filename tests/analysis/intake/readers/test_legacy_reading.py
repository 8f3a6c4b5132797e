from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.intake.readers.legacy_reading import settle_legacy
from analysis.intake.table import RawTable

# "Thành phố", "Vợ chồng", "Nữ", "Không" as TCVN3 bytes look in cp1252 (seen in a real .dta).
TEXTS = ["Thµnh phè", "Vî chång", "N÷", "Kh«ng"]


def survey():
    stored = pd.DataFrame(
        {"noi": TEXTS, "ten": ["Rạch Giá", "Phú Quốc", "Hà Tiên", "Nga"], "n": [1, 2, 3, 4]}
    )
    return RawTable(
        path=Path("a.dta"), sheet="", rows=np.arange(1, 5), letters={}, stored=stored, header_row=0,
        variable_labels={"noi": "Thµnh phè"}, value_labels={"n": {1: "Kh«ng"}},
    )  # fmt: skip


def test_legacy_letters_stop_with_one_word_as_a_sample_and_nothing_is_changed():
    table, (said,) = settle_legacy(survey())
    assert table.stored["noi"].tolist() == TEXTS
    assert (said.code, said.kind) == ("legacy_encoding", "stop")
    assert "TCVN3" in said.vi and said.got == "tcvn3"
    assert '(ví dụ "Vî" nghĩa là "Vợ")' in said.vi and "ở các cột noi" in said.vi


def test_legacy_letters_are_converted_on_request_and_unicode_is_left():
    table, (said,) = settle_legacy(survey(), "tcvn3")
    assert table.stored["noi"].tolist() == ["Thành phố", "Vợ chồng", "Nữ", "Không"]
    assert table.stored["ten"].tolist() == ["Rạch Giá", "Phú Quốc", "Hà Tiên", "Nga"]
    assert table.cells["noi"][0] == "Thành phố"
    assert table.variable_labels == {"noi": "Thành phố"} and table.value_labels == {"n": {1: "Không"}}
    assert (said.code, said.kind, said.got) == (
        "legacy_converted",
        "note",
        "1 columns, 2 headings and labels",
    )


def test_legacy_letters_are_kept_on_request_without_a_word():
    table, said = settle_legacy(survey(), "keep")
    assert said == [] and table.stored["noi"].tolist() == TEXTS


def test_headings_and_cells_of_a_sheet_are_converted_with_their_addresses():
    table = RawTable(
        path=Path("a.xlsx"), sheet="S", cells=pd.DataFrame({"Kh«ng": ["N÷"]}, dtype="str"), rows=np.array([2]),
        letters={"Kh«ng": "B"}, kinds=pd.DataFrame({"Kh«ng": ["text"]}),
    )  # fmt: skip
    made, _ = settle_legacy(table, "tcvn3")
    assert made.cells.to_dict("list") == {"Không": ["Nữ"]}
    assert made.address(0, "Không") == "S!B2" and made.kinds["Không"].tolist() == ["text"]


def test_a_column_with_both_encodings_is_refused_by_name_and_left_as_it_is():
    """One Unicode cell once left the whole column unconverted, with only a note of 0 columns."""
    table = survey()
    mixed = [*TEXTS[:3], "Kiên Lương"]
    table = RawTable(
        path=table.path, sheet="", rows=table.rows, letters={}, header_row=0,
        stored=pd.DataFrame({"noi": mixed, "n": [1, 2, 3, 4]}),
    )  # fmt: skip
    made, (_, refused) = settle_legacy(table, "tcvn3")
    assert made.stored["noi"].tolist() == mixed
    assert (refused.code, refused.kind) == ("legacy_encoding", "stop") and "noi" in refused.vi


@pytest.mark.parametrize("asked", ["vni", "mojibake"])
def test_another_conversion_than_the_letters_need_stops_and_names_the_right_one(asked):
    table, (said,) = settle_legacy(survey(), asked)
    assert table.stored["noi"].tolist() == TEXTS
    assert (said.code, said.kind, said.expected, said.got) == ("legacy_encoding", "stop", asked, "tcvn3")
    assert "--legacy tcvn3" in said.vi and "--legacy tcvn3" in said.what


def test_labels_that_are_half_converted_stop():
    half = replace(survey(), value_labels={"n": {1: "Kh«ng", 2: "Nữ", 3: "Vî chång", 4: "Thµnh phè"}})
    _, (_, said) = settle_legacy(half, "tcvn3")
    assert (said.code, said.kind) == ("legacy_encoding", "stop") and "nhãn" in said.vi


def test_a_file_with_nothing_to_convert_says_so():
    plain = replace(survey(), stored=pd.DataFrame({"n": [1, 2, 3, 4]}), variable_labels={}, value_labels={})
    _, (said,) = settle_legacy(plain, "tcvn3")
    assert said.kind == "note" and "không thấy chữ nào cần chuyển" in said.vi
