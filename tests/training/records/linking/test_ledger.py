from training.records.linking.ledger import MEASURE_OF, MEASURES, Ledger, without
from training.records.records import COLUMNS
from training.records.sheets.kinds import read_kinds


def test_every_kind_of_sheet_has_a_measure_that_goes_without_its_rows():
    assert {kind.name for kind in read_kinds()} == set(MEASURE_OF)
    assert set(MEASURE_OF.values()) <= set(MEASURES)


def test_what_is_left_out_says_so_in_both_languages():
    for measure in MEASURES:
        vi, en = without(measure)
        assert vi.startswith("Dòng này bị loại khỏi phép tính ") and en.startswith("The row is left out of ")


def test_nothing_found_is_an_empty_table_of_the_contract():
    assert list(Ledger().left_out().columns) == list(COLUMNS["left_out"])
    assert Ledger().findings_table().empty
