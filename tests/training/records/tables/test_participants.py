from tests.training.records.typed_sheets import PEOPLE, check, found, who


def test_participants_are_hashes_with_their_places():
    people = check({}).records.participants
    assert people["participant"].str.fullmatch(r"[0-9a-f]{20}").all() and people["participant"].is_unique
    assert people["level"].tolist() == ["district", "commune", "province"]
    assert people["district"].tolist() == ["907", "905", ""]
    assert people["commune"].tolist() == ["", "30901", ""]


def test_a_level_follows_from_the_place_where_it_is_not_given():
    people = {heading: cells for heading, cells in PEOPLE.items() if heading != "Cấp"}
    checked = check({"Học viên": people})
    assert checked.records.participants["level"].tolist() == ["district", "commune", ""]
    assert ("level_missing", "Học viên!") in found(checked)
    left = checked.records.left_out
    assert left[["measure", "reason", "row"]].values.tolist() == [["coverage", "level_missing", 4]]


def test_an_official_whose_place_cannot_be_read_stays_but_for_coverage():
    checked = check(
        {"Học viên": PEOPLE | {"Huyện": ["Gò Quao", "Châu Thành A", None], "Xã": [None, None, None]}}
    )
    assert {("unknown_place_code", "Học viên!E3")} == found(checked)
    assert len(checked.records.participants) == 3
    assert checked.records.participants["district"].tolist() == ["907", "", ""]
    assert set(checked.records.left_out["measure"]) == {"coverage"}


def test_a_commune_s_official_without_a_commune_is_left_out_of_coverage():
    checked = check({"Học viên": PEOPLE | {"Xã": [None, None, None]}})
    assert found(checked) == {("place_missing", "Học viên!F3")}


def test_a_commune_s_district_need_not_be_written():
    people = {heading: cells for heading, cells in PEOPLE.items() if heading != "Huyện"} | {
        "Cấp": ["tỉnh", "xã", "tỉnh"],
        "Xã": [None, "An Sơn", None],
    }
    checked = check({"Học viên": people})
    assert found(checked) == set()
    assert checked.records.participants["district"].tolist() == ["", "912", ""]


def test_a_level_that_the_place_contradicts_is_a_note():
    checked = check({"Học viên": PEOPLE | {"Cấp": ["huyện", "tỉnh", "tỉnh"]}})
    assert found(checked) == {("level_contradicts_place", "Học viên!D3")}


def test_one_code_in_two_classes_is_two_persons_and_twice_in_one_class_a_stop():
    hashes = who(check({}))
    assert hashes["K01", 1] != hashes["K02", 1]
    checked = check({"Học viên": PEOPLE | {"Mã HV": ["HV01", "hv01", "HV01"]}})
    assert ("duplicate_participant", "Học viên!B3") in found(checked)
    assert len(checked.records.participants) == 2


def test_some_known_by_code_only_is_a_note_and_all_of_them_is_none():
    numbers = PEOPLE | {"Số hiệu công chức": ["CC1", None, "CC3"]}
    assert ("known_by_code_only", "Học viên!") in found(check({"Học viên": numbers}))
    assert found(check({})) == set()
