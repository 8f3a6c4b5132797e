import datetime

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from analysis.errors import UnreadableFile
from analysis.intake.reading import read_tables

TABLE = pd.DataFrame({"huyen": [899, 911], "q1": [1, 888], "ten": ["Rạch Giá", "Phú Quốc"]})
LABELS = {"q1": {1: "Có", 888: "Không biết"}}


def write(path, table=TABLE):
    if path.suffix == ".dta":
        table.to_stata(
            path,
            version=118,
            write_index=False,
            variable_labels={"q1": "Có biết không?"},
            value_labels=LABELS,
        )
    elif path.suffix == ".parquet":
        table.to_parquet(path)
    else:
        pyreadstat.write_sav(
            table,
            str(path),
            variable_value_labels=LABELS,
            column_labels={"q1": "Có biết không?"},
            compress=path.suffix == ".zsav",
        )
    return path


def read_one(path, **options):
    (table,), found = read_tables(path, **options)
    return table, found


@pytest.mark.parametrize("name", ["a.dta", "a.sav", "a.zsav"])
def test_a_labelled_file_keeps_codes_and_brings_its_labels(tmp_path, name):
    table, found = read_one(write(tmp_path / name))
    assert table.stored["q1"].tolist() == [1, 888]
    assert table.cells["q1"].tolist() == ["1", "888"]
    assert table.cells["ten"].tolist() == ["Rạch Giá", "Phú Quốc"]
    assert table.variable_labels == {"q1": "Có biết không?"}
    assert table.value_labels == LABELS
    assert table.place_of(1, "q1")["row"] == 2
    assert found.empty


def test_values_and_ranges_that_spss_marks_as_missing_stay_and_are_named(tmp_path):
    table = pd.DataFrame({"q1": [1.0, 888.0, 999.0], "q2": [1.0, -5.0, 2.0]})
    ranges = {"q1": [888, 999], "q2": [{"lo": -99, "hi": -1}]}
    pyreadstat.write_sav(table, str(tmp_path / "a.sav"), missing_ranges=ranges)
    read, found = read_one(tmp_path / "a.sav")
    assert read.stored["q1"].tolist() == [1, 888, 999] and read.stored["q2"].tolist() == [1, -5, 2]
    assert read.missing_ranges == {"q1": [(888, 888), (999, 999)], "q2": [(-99, -1)]}
    assert found["code"].tolist() == ["user_missing"]


def test_tagged_missings_of_stata_are_kept_apart_from_the_plain_one(tmp_path):
    table = pd.DataFrame({"q1": [1.0, "a", np.nan, "z"], "q2": [1.0, 2.0, 3.0, 4.0]})
    pyreadstat.write_dta(
        table, str(tmp_path / "a.dta"), version=15, missing_user_values={"q1": ["a", "z"]},
        variable_value_labels={"q1": {1: "Có", "a": "Từ chối"}},
    )  # fmt: skip
    read, found = read_one(tmp_path / "a.dta")
    assert read.tagged == {"q1": {1: ".a", 3: ".z"}}
    assert read.stored["q1"].dtype == float and read.stored["q1"].isna().tolist() == [False, True, True, True]
    assert read.cells["q1"].fillna("none").tolist() == ["1", ".a", "none", ".z"]
    assert read.value_labels["q1"] == {1: "Có", ".a": "Từ chối"}
    assert ".a, .z" in found.set_index("code").loc["tagged_missing", "vi"]


def test_dates_of_a_stata_file_are_iso_text(tmp_path):
    table = pd.DataFrame({"ngay": [datetime.date(1980, 3, 5), None], "n": [1, 2]})
    pyreadstat.write_dta(table, str(tmp_path / "a.dta"), version=15)
    read, _ = read_one(tmp_path / "a.dta")
    assert read.cells["ngay"][0] == "1980-03-05" and read.kinds["ngay"].tolist() == ["date", "empty"]


def test_a_parquet_file_is_read_as_stored_and_its_index_is_a_column(tmp_path):
    pd.testing.assert_frame_equal(read_one(write(tmp_path / "a.parquet"))[0].stored, TABLE)
    TABLE.set_index("huyen").to_parquet(tmp_path / "b.parquet")
    assert read_one(tmp_path / "b.parquet")[0].columns == ["huyen", "q1", "ten"]


def test_an_old_stata_file_with_other_letters_than_it_says_is_read_and_said(tmp_path):
    path = tmp_path / "a.dta"
    pd.DataFrame({"ten": ["Paris", "Cafe Orient"]}).to_stata(path, version=118, write_index=False)
    content = path.read_bytes().replace(b"Cafe", "Café".encode("cp1252"))
    path.write_bytes(content)
    read, found = read_one(path)
    assert read.stored["ten"][1] == "Café Orient"
    assert found["code"].tolist() == ["encoding_read"]
    with pytest.raises(UnreadableFile, match="declared encoding"):
        read_tables(path, encoding="UTF-8")


@pytest.mark.parametrize("name", ["a.dta", "a.sav", "a.parquet"])
@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.99])
def test_a_file_cut_short_is_refused(tmp_path, name, share):
    rows = 500
    table = pd.DataFrame({"huyen": [899] * rows, "q1": range(rows), "ten": ["Rạch Giá"] * rows})
    content = write(tmp_path / name, table).read_bytes()
    (tmp_path / name).write_bytes(content[: int(share * len(content))])
    with pytest.raises(UnreadableFile) as caught:
        read_tables(tmp_path / name)
    assert caught.value.exit_code == 11 and name in caught.value.vi


@pytest.mark.parametrize("name", ["a.dta", "a.sav", "a.parquet"])
def test_a_file_without_rows_and_one_of_rubbish_are_refused(tmp_path, name):
    write(tmp_path / name, TABLE.iloc[:0])
    with pytest.raises(UnreadableFile, match=r"no rows|damaged"):
        read_tables(tmp_path / name)
    (tmp_path / name).write_bytes(b"\x00not a survey")
    with pytest.raises(UnreadableFile, match="damaged"):
        read_tables(tmp_path / name)
