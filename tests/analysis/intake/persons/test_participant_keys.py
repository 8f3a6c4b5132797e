import os
import unicodedata

import pytest

from analysis.errors import MissingFile, UnreadableFile
from analysis.intake.persons.participant_keys import (
    HASH_FIGURES,
    KEY_BYTES,
    VARIABLE,
    key_name,
    new_key,
    participant_key,
    read_key,
)

KEY = bytes(range(KEY_BYTES))


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """A checkout, a data folder and a safe place, beside each other."""
    for name in ("checkout", "data", "safe"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "checkout"))
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path / "data"))
    monkeypatch.delenv(VARIABLE, raising=False)
    return tmp_path


def test_one_person_written_in_usual_ways_has_one_hash():
    written = ["Nguyễn Thị Hòa", "NGUYỄN THỊ HÒA", "  nguyễn  thị hòa ", "Nguyễn Thị Hoà"]
    written += [unicodedata.normalize("NFD", text) for text in written]
    assert len({participant_key(text, KEY) for text in written}) == 1


def test_other_people_have_other_hashes():
    others = ["Nguyễn Thị Hòa", "Nguyễn Thị Hoa", "Nguyễn Thị Hóa", "Nguyen Thi Hoa", "Nguyễn Thị Hòa 2"]
    assert len({participant_key(text, KEY) for text in others}) == len(others)


def test_the_parts_of_who_somebody_is_stay_apart():
    hashes = {
        participant_key(who, KEY)
        for who in (("Lê An", "1980"), ("Lê", "An 1980"), ("Lê An 1980",), ("1980", "Lê An"))
    }
    assert len(hashes) == 4
    assert participant_key("Lê An", KEY) == participant_key(["Lê An"], KEY)


def test_figures_and_phones_ignore_marks_between_them():
    assert participant_key("091 085 101235", KEY, "figures") == participant_key(
        "091085101235", KEY, "figures"
    )
    phones = ["0912345678", "+84 912 345 678", "84912345678", "912345678", "0912.345.678"]
    assert len({participant_key(phone, KEY, "phone") for phone in phones}) == 1
    kinds = {participant_key("0912345678", KEY, kind) for kind in ("text", "figures", "phone")}
    assert len(kinds) == 3


@pytest.mark.parametrize(
    ("who", "kind"), [("", "text"), ("  ", "text"), (["An", ""], "text"), ([], "text"), ("-", "phone")]
)
def test_a_blank_is_nobody(who, kind):
    assert participant_key(who, KEY, kind) == ""


def test_the_hash_is_the_declared_one_so_that_years_can_be_linked():
    # printf 'text\0lê an\0371980' | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102…1f
    assert participant_key(("Lê An", "1980"), KEY) == "4c5c876cab026ad53387"
    assert len(participant_key("Lê An", KEY)) == HASH_FIGURES
    assert participant_key("Lê An", KEY) != participant_key("Lê An", KEY[::-1])


def test_a_short_key_and_an_unknown_kind_are_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        participant_key("Lê An", KEY[:-1])
    with pytest.raises(ValueError, match="kind"):
        participant_key("Lê An", KEY, "name")


def test_a_key_has_a_name_that_does_not_give_it_away():
    assert key_name(KEY) != key_name(KEY[::-1]) and len(key_name(KEY)) == 8
    assert key_name(KEY) not in KEY.hex()


def test_a_new_key_is_read_back_and_only_its_owner_may_read_it(folders, monkeypatch):
    path = new_key(folders / "safe" / "key.txt")
    monkeypatch.setenv(VARIABLE, str(path))
    assert len(read_key()) == KEY_BYTES
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600
    assert new_key(folders / "safe" / "other.txt").read_text() != path.read_text()


def test_a_key_that_is_there_is_never_written_over(folders):
    path = new_key(folders / "safe" / "key.txt")
    before = path.read_text()
    with pytest.raises(UnreadableFile, match="is there already") as caught:
        new_key(path)
    assert caught.value.where == str(path) and str(path) in caught.value.vi
    assert path.read_text() == before
    with pytest.raises(UnreadableFile, match="cannot be made"):
        new_key(folders / "nowhere" / "key.txt")


def test_a_key_in_a_data_folder_that_is_not_in_use_is_refused_too(folders):
    for name in ("raw", "rounds", "safe"):
        (folders / "other" / name).mkdir(parents=True)
    for path in (folders / "other" / "key.txt", folders / "other" / "safe" / "key.txt"):
        with pytest.raises(UnreadableFile, match="the data folder"):
            new_key(path)
        assert not path.exists()


def test_without_a_key_the_message_says_how_to_make_one(folders, monkeypatch):
    with pytest.raises(MissingFile) as caught:
        read_key()
    assert "workbench key new" in caught.value.vi and "workbench key new" in caught.value.hint
    assert caught.value.got == "it is not set"
    monkeypatch.setenv(VARIABLE, str(folders / "safe" / "none.txt"))
    with pytest.raises(MissingFile) as caught:
        read_key()
    assert caught.value.got == "it names no file"


@pytest.mark.parametrize("inside", ["checkout", "data", "checkout/packs", "data/raw"])
def test_a_key_beside_the_data_or_the_code_is_refused(folders, monkeypatch, inside):
    (folders / inside).mkdir(exist_ok=True)
    with pytest.raises(UnreadableFile, match="checkout or the data folder"):
        new_key(folders / inside / "key.txt")
    assert not (folders / inside / "key.txt").exists()
    safe = new_key(folders / "safe" / "key.txt")
    safe.replace(folders / inside / "key.txt")
    monkeypatch.setenv(VARIABLE, str(folders / inside / "key.txt"))
    with pytest.raises(UnreadableFile, match="checkout or the data folder"):
        read_key()


def test_a_link_from_or_into_the_data_folder_is_refused(folders, monkeypatch):
    safe = new_key(folders / "safe" / "key.txt")
    (folders / "data" / "link.txt").symlink_to(safe)
    inside = folders / "data" / "key.txt"
    inside.write_text(safe.read_text())
    (folders / "safe" / "link.txt").symlink_to(inside)
    for link in ("data/link.txt", "safe/link.txt"):
        monkeypatch.setenv(VARIABLE, str(folders / link))
        with pytest.raises(UnreadableFile, match="checkout or the data folder"):
            read_key()


@pytest.mark.skipif(os.name != "posix", reason="rights of files are POSIX")
def test_a_key_that_others_may_read_is_refused(folders, monkeypatch):
    path = new_key(folders / "safe" / "key.txt")
    path.chmod(0o640)
    monkeypatch.setenv(VARIABLE, str(path))
    with pytest.raises(UnreadableFile, match="others may read it"):
        read_key()


@pytest.mark.parametrize("text", ["", "00" * (KEY_BYTES - 1), "0" * (2 * KEY_BYTES + 1), "khóa bí mật " * 10])
def test_a_short_or_spoilt_key_is_refused_and_not_shown(folders, monkeypatch, text):
    path = new_key(folders / "safe" / "key.txt")
    path.write_text(text, encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(path))
    with pytest.raises(UnreadableFile, match="no whole key") as caught:
        read_key()
    assert not text.strip() or text not in str(caught.value)
