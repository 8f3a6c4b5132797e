from training.records.template.layout import template_sheets


def test_repeated_columns_are_as_many_as_asked_for_and_the_form_s_own():
    sheets = {sheet.kind.name: sheet for sheet in template_sheets("vi", False, "10/2017", 3, 4)}
    headings = {name: [column.heading for column in sheet.columns] for name, sheet in sheets.items()}
    assert headings["attendance"] == ["Mã lớp", "Mã học viên", "Buổi 1", "Buổi 2", "Buổi 3"]
    assert headings["answers"][-4:] == ["Câu 1", "Câu 2", "Câu 3", "Câu 4"]
    own = [column.about for column in sheets["forms"].columns if column.about]
    assert own[0] == "CT1.1" and own[-1] == "KH3.2" and not [code for code in own if code.startswith("HQ")]
    assert next(column.about for column in sheets["follow_up"].columns if column.about) == "HQ1.1"


def test_names_phones_and_notes_are_not_asked_for_but_where_a_person_is_made_a_hash():
    for sheet in template_sheets("vi", False, "10/2017", 1, 1):
        names = {column.column.name for column in sheet.columns}
        assert not names & {"phone", "email", "note", "sex", "ethnicity", "order"}
        assert ("full_name" in names) == (sheet.kind.name == "participants")


def test_letters_follow_the_columns_and_a_column_that_is_not_there_has_none():
    sheet = template_sheets("en", True, "10/2017", 1, 1)[3]
    assert sheet.title == "Participants" and sheet.letter("participant") == "A"
    assert sheet.letter("class_id") == ""
