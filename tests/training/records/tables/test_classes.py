import pandas as pd

from tests.training.records.typed_sheets import CLASSES, PEOPLE, check, found


def test_classes_and_courses_are_read_and_a_course_stands_once():
    sheets = {
        "Lớp": CLASSES
        | {
            "Mã khóa": ["PAPI-2021", "papi-2021"],
            "Chuyên đề": ["PAPI", "PAPI"],
            "Tên khóa": ["Bồi dưỡng", None],
        }
    }
    records = check(sheets).records
    assert records.classes["class_id"].tolist() == ["K01", "K02"]
    assert records.classes["start"].tolist() == [pd.Timestamp("2021-04-05"), pd.Timestamp("2021-04-12")]
    assert records.courses.to_dict("records") == [
        {"course": "PAPI-2021", "topic": "papi", "name_vi": "Bồi dưỡng", "name_en": ""}
    ]
    assert records.classes["simulated"].tolist() == [False, False]


def test_two_topics_of_one_course_are_a_stop_and_two_names_a_note():
    checked = check({"Lớp": CLASSES | {"Mã khóa": ["A", "A"], "Tên khóa": ["một", "hai"]}})
    rows = checked.findings.query("code == 'course_contradiction'")
    assert dict(zip(rows["cell"], rows["kind"], strict=True)) == {"C3": "stop", "E3": "note"}


def test_a_class_twice_a_name_as_class_and_an_end_before_the_start_stop():
    assert ("duplicate_value", "Lớp!A3") in found(check({"Lớp": CLASSES | {"Mã lớp": ["K01", "k01"]}}))
    named = check({"Lớp": CLASSES | {"Mã lớp": ["K01", "Trần Văn Lớp"]}})
    assert ("name_as_code", "Lớp!A3") in found(named)
    assert "Trần Văn Lớp" not in named.findings.to_csv()
    ended = CLASSES | {"Ngày bế giảng": ["06/04/2021", "11/04/2021"]}
    assert ("end_before_start", "Lớp!E3") in found(check({"Lớp": ended}))


def test_files_without_a_class_say_so_once_and_the_rest_is_checked_all_the_same():
    assert found(check({"Lớp": {}})) == {("no_class", "Học viên!")}
    bad = PEOPLE | {"Mã HV": ["HV01", "HV01", "HV01"]}
    assert found(check({"Lớp": {}, "Học viên": bad})) == {
        ("no_class", "Học viên!"),
        ("duplicate_participant", "Học viên!B3"),
    }


def test_a_class_is_the_file_s_only_one_where_rows_do_not_say_and_a_stop_where_there_are_two():
    one = {heading: cells[:1] for heading, cells in CLASSES.items()}
    people = {"Mã HV": ["HV01"], "Đơn vị": ["Sở Nội vụ"], "Cấp": ["tỉnh"]}
    alone = check({"Lớp": one, "Học viên": people})
    assert alone.findings.query("kind == 'stop'").empty
    assert alone.records.participants["class_id"].tolist() == ["K01"]
    assert ("class_missing", "Học viên!") in found(check({"Học viên": people}))


def test_a_class_nobody_declared_is_a_stop_with_the_nearest():
    checked = check({"Học viên": {"Lớp": ["K 01", "K03"], "Mã HV": ["HV01", "HV02"], "Cấp": ["tỉnh"] * 2}})
    rows = checked.findings.query("code == 'unknown_class'")
    assert rows["cell"].tolist() == ["A2", "A3"]
    assert 'Có phải là "K01"?' in rows["vi"].iloc[0]


def test_lecturers_are_codes_once_a_class():
    sheet = {
        "Lớp": ["K01", "K01", "K01", "K02"], "Mã GV": ["GV01", "gv01", "Lê Thị Dạy", "GV01"],
        "Họ "
        "tên": ["Lê Thị Dạy", None, None, None], "Nhóm giảng viên": ["cơ hữu", "cơ hữu", "thỉnh giảng", "kiêm chức"],
        "Số tiết": [4, 4, 4, 8],
    }  # fmt: skip
    checked = check({"Giảng viên": sheet})
    assert {("lecturer_twice", "Giảng viên!B3"), ("name_as_code", "Giảng viên!B4")} <= found(checked)
    own = checked.records.lecturers.query("lecturer == 'GV01'")
    assert own["lecturer_group"].tolist() == ["internal", "concurrent"]
    assert own["periods"].tolist() == [4, 8]
