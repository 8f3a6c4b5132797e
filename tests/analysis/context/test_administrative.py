"""Files of administrative counts: what is read, what is refused, and what is missing."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis import paths
from analysis.context.administrative import check_administrative, read_administrative
from analysis.errors import BadRows, MissingColumn, UnknownPlaceCode

HEADINGS = ["Năm", "Quý", "Cấp", "Huyện", "Xã", "Mã số liệu", "Tử số", "Mẫu số", "Mô phỏng", "Nguồn"]
DISTRICT = [2021, 4, "huyện", "Châu Thành", None, "files_on_time", 1180, 1204, "không", "Báo cáo quý IV"]
COMMUNE = [2021, 4, "xã", "Châu Thành", "Vĩnh Hòa Hiệp", "budget_published", 1, 1, "không", "Báo cáo quý IV"]


def write(folder: Path, *rows: list) -> Path:
    path = folder / "bao-cao.xlsx"
    pd.DataFrame(list(rows), columns=HEADINGS).to_excel(path, index=False)
    return path


def changed(row: list, **cells: object) -> list:
    return [cells.get(f"c{at}", value) for at, value in enumerate(row)]


def test_names_typed_by_hand_become_codes(tmp_path):
    counts = read_administrative(write(tmp_path, DISTRICT, COMMUNE)).counts
    assert counts[["period", "level", "place", "district"]].to_numpy().tolist() == [
        ["2021-Q4", "district", "905", "905"],
        ["2021-Q4", "commune", "30892", "905"],
    ]
    assert list(counts["numerator"]) == [1180, 1]
    assert not counts["simulated"].any()


@pytest.mark.parametrize(
    ("row", "cells", "code", "cell"),
    [
        (DISTRICT, {"c6": 1205}, "above_denominator", "G2"),
        (DISTRICT, {"c5": "files"}, "unknown_figure", "F2"),
        (DISTRICT, {"c5": "budget_published"}, "wrong_level", "C2"),
        (DISTRICT, {"c3": None}, "wrong_place", "C2"),
        (DISTRICT, {"c4": "Vĩnh Hòa Hiệp"}, "wrong_place", "C2"),
        (DISTRICT, {"c3": "Bến Lức"}, "unknown_place_code", "D2"),
        (COMMUNE, {"c3": "Kiên Lương"}, "unknown_place_code", "E2"),
        (COMMUNE, {"c7": 2}, "not_one_commune", "H2"),
    ],
)
def test_a_row_that_does_not_fit_stops_with_its_cell(tmp_path, row, cells, code, cell):
    path = write(tmp_path, changed(row, **cells))
    stops = check_administrative(path).query("kind == 'stop'")
    assert stops[["code", "cell"]].to_numpy().tolist() == [[code, cell]]
    with pytest.raises((BadRows, UnknownPlaceCode)):
        read_administrative(path)


@pytest.mark.parametrize("cells", [{"c1": 5}, {"c1": None}, {"c6": "97%"}, {"c6": -1}, {"c9": None}])
def test_an_unknown_quarter_a_percentage_and_an_empty_cell_stop(tmp_path, cells):
    stops = check_administrative(write(tmp_path, changed(DISTRICT, **cells))).query("kind == 'stop'")
    assert len(stops) == 1


def test_a_figure_that_stands_twice_for_a_place_and_quarter_stops(tmp_path):
    path = write(tmp_path, DISTRICT, changed(DISTRICT, c3="905", c6=1))
    stops = check_administrative(path).query("kind == 'stop'")
    assert stops[["code", "cell"]].to_numpy().tolist() == [["repeated_figure", "F3"]]


def test_simulated_beside_real_figures_stop(tmp_path):
    path = write(tmp_path, DISTRICT, changed(COMMUNE, c8="có"))
    assert list(check_administrative(path).query("kind == 'stop'")["code"]) == ["mixed_simulated"]


def test_a_file_without_a_needed_column_stops(tmp_path):
    path = tmp_path / "bao-cao.xlsx"
    pd.DataFrame([DISTRICT], columns=HEADINGS).drop(columns="Mẫu số").to_excel(path, index=False)
    with pytest.raises(MissingColumn):
        read_administrative(path)


def test_places_without_a_figure_are_named_and_do_not_stop(tmp_path):
    notes = read_administrative(write(tmp_path, DISTRICT)).findings
    said = notes[notes["code"] == "missing_figure"]
    of_files = said[said["what"].str.startswith("Files settled on time")].iloc[0]
    assert of_files["got"] == "1/15"
    assert "Thành phố Rạch Giá" in of_files["vi"] and "Châu Thành" not in of_files["vi"]
    # nine figures, one of them given by the province and the districts
    assert len(said) == 9 + 1


def test_the_example_has_the_gaps_that_its_readme_tells_of():
    read = read_administrative(paths.rows_file("example", "administrative-2021.csv"))
    assert read.is_simulated
    assert read.periods == ["2021-Q1", "2021-Q2", "2021-Q3", "2021-Q4"]
    assert set(read.findings["kind"]) == {"note"}
    said = " ".join(read.findings["vi"])
    assert len(read.findings) == 1 + 5  # Kiên Hải's files; five figures of one commune
    assert "Huyện Kiên Hải" in said and "Thị trấn Gò Quao" in said
