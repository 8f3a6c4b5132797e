import shutil
from pathlib import Path

import pytest

from analysis.errors import BadRows
from analysis.paths import bank_folder
from training.question_bank import bank_rows
from training.question_bank.bank_rows import check_bank, read_bank

COMMITTED = Path(bank_rows.__file__).parent


def test_the_committed_bank_has_no_fault():
    assert check_bank(COMMITTED).empty


def test_there_are_enough_items_of_both_topics_for_a_test_of_twenty_in_2021():
    bank = read_bank()
    for topic in ("papi", "parindex"):
        assert len(bank.of_topic(topic)) >= 24
        assert len(bank.of_topic(topic, 2021)) >= 20


def test_every_lesson_for_officials_is_tested_and_every_item_says_its_source():
    bank = read_bank()
    officials = set(bank.lessons.loc[bank.lessons["audience"] == "officials", "lesson"])
    assert officials == {"1", "2", "3", "4", "5", "6"}
    assert officials <= set(bank.items["lesson"])
    assert bank.items["source"].ne("").all()


def test_facts_of_later_years_are_not_asked_in_2021():
    bank = read_bank()
    later = set(bank.items["item"]) - {
        item for t in ("papi", "parindex") for item in bank.of_topic(t, 2021)["item"]
    }
    rows = bank.items[bank.items["item"].isin(later)]
    assert rows["year_from"].astype(int).gt(2021).all() and len(rows) >= 3
    asked = bank.items[~bank.items["item"].isin(later)]
    stems = " ".join(asked["stem_vi"] + asked["a_vi"] + asked["b_vi"] + asked["c_vi"] + asked["d_vi"])
    assert "năm 2023" not in stems and "năm 2024" not in stems


def test_the_interviews_item_s_key_is_the_product_it_names():
    bank = read_bank()
    key = bank.items.set_index("item").loc["PAPI-13", "key"]
    assert bank.options("PAPI-13")[key] == str(3 * 2 * 2 * 16)


def test_options_come_in_the_bank_s_order_in_both_languages():
    bank = read_bank()
    assert list(bank.options("PAPI-04").values()) == ["2009", "2010", "2011", "2018"]
    assert bank.options("PARI-01", "en")["A"] == "The Ministry of Home Affairs"
    with pytest.raises(KeyError):
        bank.options("PAPI-99")


def test_a_data_folder_s_own_bank_is_taken_whole_in_the_place_of_the_program_s(tmp_path, monkeypatch):
    own = tmp_path / "question_bank"
    own.mkdir()
    for name in ("items", "objectives", "lessons"):
        shutil.copy(COMMITTED / f"{name}.csv", own)
    text = (own / "items.csv").read_text("utf-8").replace("PAPI-01,", "SNV-01,")
    (own / "items.csv").write_text(text, "utf-8")
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    assert bank_folder() == own.resolve()
    assert "SNV-01" in set(read_bank().items["item"]) and "PAPI-01" not in set(read_bank().items["item"])


def test_a_bank_with_a_bad_row_is_not_read(tmp_path, monkeypatch):
    own = tmp_path / "question_bank"
    own.mkdir()
    for name in ("items", "objectives", "lessons"):
        shutil.copy(COMMITTED / f"{name}.csv", own)
    text = (own / "objectives.csv").read_text("utf-8").replace("O1.1,1,", "O1.1,9,")
    (own / "objectives.csv").write_text(text, "utf-8")
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    with pytest.raises(BadRows):
        read_bank()
