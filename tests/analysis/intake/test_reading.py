import openpyxl
import pandas as pd
import pytest

from analysis.errors import MissingFile, UnknownName, UnreadableFile
from analysis.findings import COLUMNS, join_findings
from analysis.intake.file_checks.file_checks import check_table
from analysis.intake.reading import read_tables, table_files
from analysis.intake.schemas.schema import Schema, read_schema
from analysis.intake.schemas.typed import type_table
from tests.analysis.intake.written_books import PEOPLE, write_book


def test_every_format_gives_the_same_table(tmp_path):
    table = pd.DataFrame({"ma": ["a1", "a2"], "diem": [7.5, 8.0]})
    table.to_csv(tmp_path / "a.csv", index=False)
    table.to_csv(tmp_path / "a.tsv", index=False, sep="\t")
    table.to_excel(tmp_path / "a.xlsx", index=False)
    table.to_parquet(tmp_path / "a.parquet")
    table.to_stata(tmp_path / "a.dta", write_index=False, version=118)
    for path in table_files(tmp_path):
        (read,), found = read_tables(path)
        assert read.columns == ["ma", "diem"]
        assert read.cells["ma"].tolist() == ["a1", "a2"]
        assert [float(text) for text in read.cells["diem"]] == [7.5, 8.0]
        assert tuple(found.columns) == COLUMNS


def test_the_files_of_a_folder_leave_out_lock_files_and_what_is_no_table(tmp_path):
    for name in ("b.xlsx", "a.CSV", "~$b.xlsx", ".an.csv", "ghi-chu.docx"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "c.csv").mkdir()
    assert [path.name for path in table_files(tmp_path)] == ["a.CSV", "b.xlsx"]


def test_a_missing_file_and_an_unknown_legacy_encoding_are_named(tmp_path):
    with pytest.raises(MissingFile):
        read_tables(tmp_path / "a.csv")
    with pytest.raises(UnknownName, match="viscii"):
        read_tables(tmp_path / "a.csv", legacy="viscii")


def test_a_library_s_own_error_becomes_one_fault_without_the_value_it_quotes(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.active.append([1, 2])
    book.save(tmp_path / "a.xlsx")
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(
        b"<v>1</v>", b"<v>0912345678x</v>"
    )
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(UnreadableFile, match="damaged") as caught:
        read_tables(tmp_path / "a.xlsx")
    assert "0912345678" not in str(caught.value)


def test_an_error_cell_stops_unless_the_schema_says_that_its_row_is_left_out(tmp_path):
    rows = [["Mã", "Đơn vị", "Điểm sau"], *PEOPLE, ["004", "UBND", "#N/A"]]
    (table,), read = read_tables(write_book(tmp_path / "a.xlsx", *rows))
    checked = join_findings([read, check_table(table)])
    assert checked.loc[checked["cell"] == "C5", ["kind", "vi"]].to_numpy().tolist() == [
        ["stop", read["vi"].iloc[0]]
    ]
    schema = Schema("scores", (read_schema("class_list").column("post_score"),))
    typed = join_findings([read, check_table(table)], type_table(table, schema).findings)
    assert typed.loc[typed["cell"] == "C5", ["kind", "code"]].to_numpy().tolist() == [
        ["left_out", "error_cell"]
    ]


def test_a_legacy_encoding_is_said_once_a_file(tmp_path):
    def another(sheet):
        second = sheet.parent.create_sheet("Hai")
        for row in rows:
            second.append(row)

    # "Thành phố", "Vợ chồng", "Nữ", "Không" as TCVN3 bytes look in cp1252.
    rows = [["ma", "noi"], ["1", "Thµnh phè"], ["2", "Vî chång"], ["3", "N÷"], ["4", "Kh«ng"]]
    tables, found = read_tables(write_book(tmp_path / "a.xlsx", *rows, change=another))
    assert len(tables) == 2
    assert found["code"].tolist().count("legacy_encoding") == 1
