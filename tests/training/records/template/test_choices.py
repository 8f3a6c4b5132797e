import pytest

from training.records.sheets.kinds import kind_named
from training.records.template.choices import spellings


@pytest.mark.parametrize(
    ("kind", "column", "vi", "en"),
    [
        ("attendance", "status", ["x", "P", "v"], ["present", "excused", "absent"]),
        ("answers", "test", ["trước", "sau", "theo dõi"], ["pre", "post", "follow up"]),
        ("classes", "topic", ["PAPI", "PARINDEX", "Khác"], ["PAPI", "PAR INDEX", "Other"]),
        ("certificates", "given", ["Có", "Không"], ["yes", "no"]),
    ],
)
def test_a_list_offers_one_spelling_a_code_in_its_language(kind, column, vi, en):
    declared = kind_named(kind).schema.column(column)
    assert spellings(declared, "vi") == vi
    assert spellings(declared, "en") == en
