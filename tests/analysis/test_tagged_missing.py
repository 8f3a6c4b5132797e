import struct

import pytest

from analysis.rounds.reading import read_missing
from analysis.tagged_missing import CODE_OF_TAG, TAG_OF_CODE, shown_code


@pytest.mark.parametrize(("tag", "stored"), [(".a", "7fe0010000000000"), (".z", "7fe01a0000000000")])
def test_a_tag_has_the_number_by_which_stata_stores_it(tag, stored):
    assert struct.pack(">d", CODE_OF_TAG[tag]).hex() == stored


def test_every_letter_has_a_number_of_its_own():
    assert len(CODE_OF_TAG) == len(TAG_OF_CODE) == 26


def test_a_round_declares_tags_beside_codes(tmp_path):
    missing = read_missing({"refused": [".a", 999], "dont_know": [888]}, tmp_path / "r.toml")
    assert missing.refused == (CODE_OF_TAG[".a"], 999)
    assert [shown_code(code) for code in missing.refused] == [".a", "999"]


@pytest.mark.parametrize("given", [[".A"], [".aa"], ["999"]])
def test_other_texts_are_no_codes(tmp_path, given):
    with pytest.raises(Exception, match="refused"):
        read_missing({"refused": given}, tmp_path / "r.toml")


def test_a_tag_in_two_kinds_is_refused_by_its_name(tmp_path):
    with pytest.raises(Exception, match="missing") as caught:
        read_missing({"refused": [".a"], "dont_know": [".a"]}, tmp_path / "r.toml")
    assert ".a" in caught.value.got
