import pytest

from analysis.errors import MissingFile
from analysis.intake.persons.participant_keys import VARIABLE, new_key
from tests.training.records.class_book import change, good_rows, write_book
from training.records.store.importing import EXAMPLE_KEY, check_for_import, example_files, read_example


def nameless():
    rows = good_rows()
    for row in rows["participants"]:
        row.pop("full_name"), row.pop("birth_date")
    return rows


def test_simulated_records_that_name_nobody_need_no_key(tmp_path, monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    checked, key = check_for_import([write_book(tmp_path / "lop.xlsx", nameless())])
    assert key == EXAMPLE_KEY and len(checked.records.participants) == 24


@pytest.mark.parametrize("cells", [{"Lớp!N3": "Không"}, {"Lớp!N3": None}, {"Học viên!D9": "Lê Thị Ai"}])
def test_a_real_class_or_a_name_needs_the_key(tmp_path, monkeypatch, cells):
    monkeypatch.delenv(VARIABLE, raising=False)
    path = change(write_book(tmp_path / "lop.xlsx", nameless()), cells)
    with pytest.raises(MissingFile) as fault:
        check_for_import([path])
    assert VARIABLE in str(fault.value)
    monkeypatch.setenv(VARIABLE, str(new_key(tmp_path / "key")))
    _, key = check_for_import([path])
    assert key != EXAMPLE_KEY


def test_the_example_is_read_without_a_key(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    assert [path.name for path in example_files()] == [
        "training-papi-2021.xlsx",
        "training-parindex-2021.xlsx",
    ]
    records = read_example()
    assert len(records.classes) == 12 and records.classes["simulated"].all()
