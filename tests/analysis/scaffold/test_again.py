"""A draft made again keeps what the person changed, asks what is still open, and nothing twice."""

import tomllib

import pytest

from analysis.errors import BadRows
from analysis.scaffold.again import merge_file

BEFORE = """# head
survey_round = "r"
# decide: title_vi — tên / name
title_vi = ""                         # shown
# decide: province — tỉnh nào / which
province = ""

[columns]
# decide: columns.district — cột nào / which
district = ""

[groups.sex]
variable = "s"
codes = { male = [1], female = [2] }

[quality]
level = 0.95
"""


@pytest.fixture
def merged(tmp_path):
    def merge(mine, new=BEFORE, before=BEFORE, name="r.toml"):
        path = tmp_path / name
        path.write_bytes(mine if isinstance(mine, bytes) else mine.encode("utf-8"))
        return merge_file(path, before, new)

    return merge


def test_an_untouched_draft_is_drafted_anew(merged):
    new = BEFORE.replace('district = ""', 'district = "huyen"')
    assert merged(BEFORE, new) == new


def test_what_was_filled_in_stays_and_is_not_asked_again(merged):
    mine = BEFORE.replace('# decide: title_vi — tên / name\ntitle_vi = ""', 'title_vi = "Thử"')
    new = BEFORE.replace('district = ""', 'district = "huyen"').replace(
        "# decide: columns.district — cột nào / which\n", ""
    )
    made = merged(mine, new)
    read = tomllib.loads(made)
    assert (read["title_vi"], read["columns"]["district"]) == ("Thử", "huyen")
    assert "decide: title_vi" not in made
    assert "# decide: province" in made
    assert "# shown" in made


def test_an_empty_answer_that_was_decided_counts_too(merged):
    mine = BEFORE.replace("# decide: province — tỉnh nào / which\n", "")
    assert "decide: province" not in merged(mine)


def test_a_key_and_a_section_that_were_added_stay(merged):
    mine = BEFORE.replace("[quality]\n", "[quality]\nmin_n = 40\n") + '\n[design]\nfpc = "N"\n'
    read = tomllib.loads(merged(mine))
    assert (read["quality"], read["design"]) == ({"level": 0.95, "min_n": 40}, {"fpc": "N"})


def test_groups_that_were_changed_stay_as_the_person_has_them(merged):
    mine = BEFORE.replace("[groups.sex]", "[groups.gender]")
    new = BEFORE.replace("female = [2]", "female = [3]")
    assert tomllib.loads(merged(mine, new))["groups"] == tomllib.loads(mine)["groups"]
    assert tomllib.loads(merged(BEFORE, new))["groups"]["sex"]["codes"]["female"] == [3]


def test_a_file_saved_by_notepad_is_the_same_file(merged):
    assert (
        merged(b"\xef\xbb\xbf" + BEFORE.replace("\n", "\r\n").encode("utf-8"), BEFORE + "# new\n")
        == BEFORE + "# new\n"
    )


def test_settings_that_cannot_be_read_are_not_written_over(merged):
    with pytest.raises(BadRows, match="not valid TOML"):
        merged(BEFORE + "level = = 3\n")


ROWS = "code,name_vi,kind_vi\n1,A,\n2,B,\n"


def test_cells_rows_and_deletions_of_a_file_of_rows_stay(merged):
    mine = "code,name_vi,kind_vi\n1,An Biên,Huyện\n9,Mới,\n"
    new = "code,name_vi,kind_vi\n1,A,\n2,B,\n3,C,\n"
    assert merged(mine, new, ROWS, "districts.csv").splitlines() == [
        "code,name_vi,kind_vi", "1,An Biên,Huyện", "3,C,", "9,Mới,",
    ]  # fmt: skip


def test_a_row_that_the_new_draft_lacks_goes_unless_the_person_changed_it(merged):
    new = "code,name_vi,kind_vi\n3,C,\n"
    mine = ROWS.replace("2,B,", "2,Bình,")
    assert merged(mine, new, ROWS, "districts.csv").splitlines()[1:] == ["3,C,", "2,Bình,"]


def test_rows_saved_by_a_vietnamese_excel_are_read(merged):
    mine = "code;name_vi;kind_vi\r\n1;An Biên;\r\n2;B;\r\n".encode("utf-8-sig")
    assert "1,An Biên," in merged(mine, ROWS, ROWS, "districts.csv")


def test_a_file_of_another_kind_stays_as_the_person_left_it(merged):
    assert merged("mine", "new", "before", "notes.txt") == "mine"
