from analysis.intake.report.sheet_titles import sheet_titles
from tests.analysis.intake.raw_tables import raw_of


def test_sheet_names_are_usable_and_differ():
    tables = [raw_of({"a": [1]}, sheet=name) for name in ("History", "'x'", "x", "X", "")]
    assert sheet_titles(tables, taken=("x",)) == ["History_2", "x_2", "x_3", "X_4", "lop"]
