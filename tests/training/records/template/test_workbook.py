from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from analysis.errors import PacksFolderProblem, UnknownName
from tests.training.records.class_book import found, good_rows, write_book
from training.records.checking import check_files
from training.records.sheets.kinds import read_kinds
from training.records.template.workbook import write_template


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    folder = tmp_path_factory.mktemp("templates")
    return {
        language: load_workbook(write_template(folder / f"{language}.xlsx", language=language))
        for language in ("vi", "en")
    }


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_filled_template_reads_back_without_a_finding(tmp_path, language):
    checked = check_files([write_book(tmp_path / "lop.xlsx", language=language)])
    assert checked.findings["what"].tolist() == []
    sizes = {name: len(table) for name, table in checked.records.tables().items()}
    assert {name for name, size in sizes.items() if not size} == {"left_out"}
    assert (sizes["participants"], sizes["attendance"], sizes["answers"], sizes["forms"]) == (
        24,
        48,
        240,
        600,
    )


def test_both_languages_give_the_same_records(tmp_path):
    key = bytes(range(32))
    vi, en = (
        check_files([write_book(tmp_path / f"{language}.xlsx", language=language)], key)
        for language in ("vi", "en")
    )
    for name, table in vi.records.tables().items():
        assert table.equals(getattr(en.records, name)), name


def test_a_workbook_for_one_class_needs_no_column_for_it(tmp_path):
    rows = {
        name: [row for row in own if row.get("class_id", "K01") == "K01"] for name, own in good_rows().items()
    }
    path = write_book(tmp_path / "k01.xlsx", rows, class_id="K01")
    book = load_workbook(path)
    assert "Mã lớp" not in [cell.value for cell in book["Học viên"][1]]
    checked = check_files([path])
    assert checked.findings["what"].tolist() == []
    assert set(checked.records.answers["class_id"]) == {"K01"}


def test_an_empty_template_for_a_class_holds_its_class_and_asks_for_the_rest(tmp_path):
    path = write_template(tmp_path / "new/k07.xlsx", class_id="K07", topic="parindex")
    book = load_workbook(path)
    assert [book["Lớp"]["A2"].value, book["Lớp"]["C2"].value] == ["K07", "PARINDEX"]
    assert found(check_files([path])) == {("blank", "Lớp!B2"), ("blank", "Lớp!G2")}


def test_every_kind_has_a_sheet_and_there_are_a_guide_examples_and_lists(books):
    for language, book in books.items():
        kinds = [kind.sheet(language) for kind in read_kinds()]
        first, *middle, example, lists = book.sheetnames
        assert middle == kinds
        assert (first, example, lists) == (
            ("Hướng dẫn", "Ví dụ", "Danh mục") if language == "vi" else ("Guide", "Example", "Lists")
        )


def test_examples_are_marked_on_every_block(books):
    for book, band in ((books["vi"], "VÍ DỤ"), (books["en"], "EXAMPLE")):
        sheet = book.worksheets[-2]
        bands = [row[0].value for row in sheet.iter_rows() if row[0].value and band in str(row[0].value)]
        assert len(bands) == len(read_kinds()) + 1


def test_headings_are_locked_and_what_is_below_is_open_and_text_where_zeros_matter(books):
    for sheet in books["vi"].worksheets[1:-2]:
        assert sheet.protection.sheet and not sheet.protection.insertRows and not sheet.protection.password
        assert all(cell.protection.locked for cell in sheet[1])
        assert all(cell.comment and cell.comment.text for cell in sheet[1])
    people = books["vi"]["Học viên"]
    assert people.column_dimensions["B"].protection.locked is False
    assert people.column_dimensions["B"].number_format == "@"
    assert people.column_dimensions["E"].number_format == "dd/mm/yyyy"


def rules(sheet):
    return {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}


def test_lists_are_chosen_from(books):
    book = books["vi"]
    people = rules(book["Học viên"])
    assert people["I2"].formula1 == '"tỉnh,huyện,xã"'
    assert people["J2"].formula1 == "'Danh mục'!$A$2:$A$16"
    assert people["K2"].formula1.startswith("OFFSET('Danh mục'!$C$1,MATCH($J2,")
    assert people["B2"].formula1 == "COUNTIFS($A$2:$A$1001,A2,$B$2:$B$1001,B2)=1"
    assert rules(book["Điểm danh"])["A2"].formula1 == "'Lớp'!$A$2:$A$61"
    assert rules(book["Điểm danh"])["B2"].formula1 == "'Học viên'!$B$2:$B$1001"
    assert rules(book["Phiếu đánh giá"])["D2"].formula1 == "'Giảng viên'!$B$2:$B$201"
    assert (rules(book["Phiếu đánh giá"])["F2"].formula1, rules(book["Phiếu đánh giá"])["F2"].formula2) == (
        "1",
        "10",
    )
    assert rules(books["en"]["Participants"])["I2"].formula1 == '"province,district,commune"'


def test_every_choice_of_a_list_is_read_by_the_schema(books):
    for language, book in books.items():
        for kind in read_kinds():
            columns = {
                column.label_vi if language == "vi" else column.label_en: column
                for column in kind.schema.columns
            }
            sheet = book[kind.sheet(language)]
            for where, rule in rules(sheet).items():
                heading = sheet[f"{where.rstrip('0123456789')}1"].value
                column = columns.get(heading)
                if (
                    rule.type == "list"
                    and rule.formula1.startswith('"')
                    and column is not None
                    and column.codes
                ):
                    assert set(rule.formula1.strip('"').split(",")) <= set(column.codes), heading


def test_the_lists_hold_the_districts_the_communes_by_district_and_the_items(books):
    sheet = books["vi"]["Danh mục"]
    columns = {letter: [cell.value for cell in sheet[letter] if cell.value] for letter in "ABCDEFG"}
    assert len(columns["A"]) == 15 + 1 and len(columns["C"]) == len(columns["B"]) == 144 + 1
    assert columns["B"][1:] == sorted(columns["B"][1:])
    assert len(columns["D"]) == len(columns["E"]) == 56 + 1
    assert len(columns["F"]) == len(columns["G"]) == 35 + 1


def test_no_cell_is_a_formula(tmp_path):
    rows = good_rows()
    rows["classes"][0]["venue"] = "=1+1"
    with ZipFile(write_book(tmp_path / "lop.xlsx", rows)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert [name for name in sheets if b"<f>" in archive.read(name)] == []


@pytest.mark.parametrize("how", [{"language": "fr"}, {"topic": "pci"}, {"rule": "99/2030"}])
def test_an_unknown_language_topic_or_rule_is_refused(tmp_path, how):
    with pytest.raises(UnknownName):
        write_template(tmp_path / "x.xlsx", **how)
    assert list(tmp_path.iterdir()) == []


def test_more_rows_than_a_sheet_has_are_refused(tmp_path):
    with pytest.raises(UnknownName) as fault:
        write_template(tmp_path / "x.xlsx", rows={"classes": [{"class_id": str(n)} for n in range(61)]})
    assert "60" in str(fault.value)


def test_a_path_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(PacksFolderProblem):
        write_template(tmp_path / "folder.xlsx")
