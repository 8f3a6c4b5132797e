import pandas as pd
import pytest

from analysis.errors import UnreadableFile
from analysis.findings import stop_on
from analysis.intake.readers.delimited import find_delimiter
from analysis.intake.reading import read_tables


def read_one(path, content, **options):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (table,), found = read_tables(path, **options)
    return table, found


def one_of(found, code):
    rows = found[found["code"] == code].to_dict("records")
    assert len(rows) == 1, found["code"].tolist()
    return rows[0]


def test_a_csv_stays_text_with_zeros_and_blanks_and_nothing_is_said(tmp_path):
    table, found = read_one(tmp_path / "a.csv", "huyen,q1\n001,NA\n899,\n")
    assert table.cells["huyen"].tolist() == ["001", "899"]
    assert table.cells["q1"][0] == "NA" and pd.isna(table.cells["q1"][1])
    assert table.kinds["q1"].tolist() == ["text", "empty"]
    assert (table.delimiter, table.header_row, table.rows.tolist()) == (",", 1, [2, 3])
    assert found.empty


@pytest.mark.parametrize(
    ("delimiter", "word"), [(";", "dấu chấm phẩy"), ("\t", "dấu tab"), ("|", "dấu gạch đứng")]
)
def test_the_separator_is_found_and_reported(tmp_path, delimiter, word):
    content = "\n".join(
        delimiter.join(row)
        for row in (["huyen", "ten", "diem"], ["899", "Rạch Giá", "7,5"], ["900", "Hà Tiên", "8,0"])
    )
    table, found = read_one(tmp_path / "a.txt", content)
    assert table.cells["diem"].tolist() == ["7,5", "8,0"]
    assert table.delimiter == delimiter
    assert word in one_of(found, "delimiter_read")["vi"]


def test_commas_inside_values_do_not_make_a_comma_the_separator():
    assert find_delimiter("a;b\n1,5;2,5\n3,5;4,5\n") == ";"
    assert find_delimiter('a,b\n"x;y","1;2"\n"x;y","1;2"\n') == ","
    assert find_delimiter("a\n1\n2\n") == ","


def test_a_declared_separator_and_excel_s_own_line_are_obeyed(tmp_path):
    assert read_one(tmp_path / "a.csv", "a|b,c|d\n1|2,3|4\n", delimiter=",")[0].columns == ["a|b", "c|d"]
    table, _ = read_one(tmp_path / "b.csv", "sep=;\na;b\n1;2\n")
    assert table.columns == ["a", "b"] and table.rows.tolist() == [3] and table.header_row == 2


def test_lines_are_counted_right_after_a_value_over_several_lines(tmp_path):
    table, _ = read_one(tmp_path / "a.csv", 'ma,y_kien\n1,"một\nhai\nba"\n\n2,x\n')
    assert table.rows.tolist() == [2, 6]
    assert table.cells["y_kien"][0] == "một\nhai\nba"
    assert table.address(1, "ma") == "row 6, column ma"


def test_lines_may_end_as_windows_and_old_macs_end_them(tmp_path):
    assert read_one(tmp_path / "a.csv", b"a,b\r\n1,2\r\n3,4\r\n")[0].rows.tolist() == [2, 3]
    assert read_one(tmp_path / "b.csv", b"a,b\r1,2\r3,4")[0].rows.tolist() == [2, 3]


def test_lines_with_too_many_or_too_few_values_stop_with_their_number(tmp_path):
    table, found = read_one(tmp_path / "a.csv", "a,b,c\n1,2,3\n1,2,3,4\n1,2\n5,6,7\n8,9,0,\n")
    ragged = found[found["code"] == "ragged_row"]
    assert ragged["row"].tolist() == [3, 4] and set(ragged["kind"]) == {"stop"}
    assert ragged["got"].tolist() == ["4", "2"]
    assert pd.isna(table.cells["c"][2])
    with pytest.raises(UnreadableFile):
        stop_on(found)


def test_a_last_line_cut_in_the_middle_is_named(tmp_path):
    _, found = read_one(tmp_path / "a.csv", "a,b,c\n1,2,3\n4,5,6\n7,8")
    said = one_of(found, "last_row_cut")
    assert said["row"] == 4 and "cắt cụt" in said["vi"]


def test_a_quotation_mark_that_is_never_closed_is_named_by_its_line(tmp_path):
    _, found = read_one(tmp_path / "a.csv", 'a,b\n1,2\n3,"x\n4,5\n6,7\n')
    said = one_of(found, "open_quote")
    assert said["row"] == 3 and said["kind"] == "stop"


def test_headings_below_title_lines_are_found(tmp_path):
    table, found = read_one(tmp_path / "a.csv", "DANH SÁCH LỚP,,\n,,\nMã,Họ tên,Điểm\n001,An,7\n002,Bình,8\n")
    assert table.header_row == 3 and table.columns == ["Mã", "Họ tên", "Điểm"]
    assert one_of(found, "headings_taken")["row"] == 3


def test_repeated_and_blank_headings_are_named_and_blank_columns_left_aside(tmp_path):
    table, found = read_one(tmp_path / "a.csv", "q1,q1,,q2,\n1,2,x,4,\n1,2,y,4,\n")
    assert table.columns == ["q1", "q1 (2)", "(cột 3)", "q2"]
    assert one_of(found, "duplicate_heading")["kind"] == "stop"
    assert one_of(found, "blank_heading")["column"] == "(cột 3)"


def test_the_encoding_is_found_and_reported(tmp_path):
    table, found = read_one(tmp_path / "a.csv", "tên,số\nRạch Giá,1\n".encode("utf-16"))
    assert table.cells["tên"].tolist() == ["Rạch Giá"]
    assert "utf-16" in one_of(found, "encoding_read")["vi"]
    table, found = read_one(tmp_path / "b.csv", b"\xef\xbb\xbf" + "tên,số\nRạch Giá,1\n".encode())
    assert table.columns == ["tên", "số"] and "encoding_read" not in set(found["code"])


@pytest.mark.parametrize("content", ["a,b\n", "\n\n", "a,b\n,\n"])
def test_a_file_without_rows_is_refused(tmp_path, content):
    with pytest.raises(UnreadableFile, match="no rows"):
        read_one(tmp_path / "a.csv", content)


def test_a_very_long_value_is_read_whole(tmp_path):
    table, _ = read_one(tmp_path / "a.csv", "a,b\n1," + "x" * 300_000 + "\n")
    assert len(table.cells["b"][0]) == 300_000


@pytest.mark.parametrize("share", [0.001, 0.5, 0.99])
def test_a_csv_cut_inside_a_line_is_refused_or_its_last_line_is_named(tmp_path, share):
    content = "ma,huyen,diem\n" + "".join(f"{n},899,{n % 10}\n" for n in range(1, 200))
    cut = content[: int(share * len(content))].rpartition(",")[0] or "ma"
    if "\n" not in cut:
        with pytest.raises(UnreadableFile, match="no rows"):
            read_one(tmp_path / "a.csv", cut)
        return
    said = one_of(read_one(tmp_path / "a.csv", cut)[1], "last_row_cut")
    assert said["kind"] == "stop" and said["row"] == cut.count("\n") + 1
