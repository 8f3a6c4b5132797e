import pytest

from analysis.context.parindex_sheet import check_sheet
from analysis.findings import exit_code_of
from tests.analysis.context.scoring_sheets import HEADINGS, SIX, changed, write_regime, write_sheet
from tests.analysis.intake.written_books import write_book


def found(path, regime="2948", kind="stop"):
    findings = check_sheet(path, regime).findings
    return findings[findings["kind"] == kind]


def test_a_right_sheet_has_no_stop_and_says_what_cannot_be_checked(tmp_path):
    path = write_sheet(tmp_path / "p.csv")
    assert found(path).empty
    notes = set(found(path, kind="note")["code"])
    assert {"regime_without_criteria", "maxima_below_regime"} <= notes
    assert not {"no_result", "no_lead_agency", "sum_differs"} & notes


@pytest.mark.parametrize(
    ("rows", "code", "column"),
    [
        (changed("6.1.1", c4="2"), "score_above_maximum", "Điểm tự đánh giá"),
        (changed("6.1.1", c5="1,75"), "score_above_maximum", "Điểm thẩm định"),
        (changed("6.2", c6="3,5"), "score_above_maximum", "Điểm điều tra xã hội học"),
        (changed("6.2", c3="Cả hai", c5="2"), "score_above_maximum", "Điểm điều tra xã hội học"),
        (changed("6.2", c5="1"), "method_unclear", "Cách đánh giá"),
        (changed("6.1.1", c6="1"), "method_unclear", "Cách đánh giá"),
        (changed("6.1.1", c3="", c6="1"), "method_unclear", "Cách đánh giá"),
        (changed("6.1", c2="4,5"), "sum_differs", "Điểm tối đa"),
        (changed("6", c2="6"), "sum_differs", "Điểm tối đa"),
        (changed("6.2", c0="VI.2"), "unknown_criterion", "Mã tiêu chí"),
        (changed("6.1.1", c5="một"), "not_number", "Điểm thẩm định"),
        (changed("6.1.1", c5="-1"), "out_of_range", "Điểm thẩm định"),
        (changed("6.1.1", c3="Đoán"), "unknown_code", "Cách đánh giá"),
    ],
)
def test_a_planted_fault_stops_at_its_cell(tmp_path, rows, code, column):
    stops = found(write_sheet(tmp_path / "p.csv", rows))
    assert (code, column) in set(zip(stops["code"], stops["column"], strict=True)), stops["code"].tolist()
    row = stops[stops["code"] == code].iloc[0]
    assert row["row"] > 1 and row["file"] == "p.csv"


def test_a_field_the_regime_does_not_have_stops(tmp_path):
    rows = [("9.1", "Lạ", "1", *[""] * 5)]
    assert found(write_sheet(tmp_path / "p.csv", rows))["code"].tolist() == ["unknown_criterion"]


def test_a_criterion_twice_stops_and_names_the_first(tmp_path):
    stops = found(write_sheet(tmp_path / "p.csv", [*SIX, SIX[-1]]))
    assert "duplicate_value" in set(stops["code"])
    assert exit_code_of(stops) != 0


def test_a_criterion_without_a_maximum_stops_but_a_heading_row_may_lack_it(tmp_path):
    stops = found(write_sheet(tmp_path / "p.csv", changed("6.1.1", changed("6", c2=""), c2="")))
    assert stops["code"].tolist().count("no_maximum") == 1
    assert "6.1.1" in stops.loc[stops["code"] == "no_maximum", "vi"].iloc[0]


def test_more_points_than_the_field_has_stop(tmp_path):
    rows = [("6.1", "Quá nhiều", "7,5", *[""] * 5)]
    stops = found(write_sheet(tmp_path / "p.csv", rows))
    assert stops["code"].tolist() == ["maxima_above_regime"]
    assert (stops["expected"].iloc[0], stops["got"].iloc[0]) == ("7", "7.5")


def test_a_score_of_a_summing_row_that_differs_is_a_note(tmp_path):
    path = write_sheet(tmp_path / "p.csv", changed("6.1", c5="3,5"))
    note = found(path, kind="note").set_index("code").loc["sum_differs"]
    assert (note["expected"], note["got"]) == ("3", "3.5")  # 1 + 2
    assert found(path).empty


def test_codes_stored_as_numbers_are_a_note(tmp_path):
    book = write_book(tmp_path / "p.xlsx", HEADINGS, [6.1, "Tiêu chí", 4, *[None] * 5])
    assert "codes_are_numbers" in set(found(book, kind="note")["code"])
    text = write_book(tmp_path / "q.xlsx", HEADINGS, ["6.1", "Tiêu chí", 4, *[None] * 5])
    assert "codes_are_numbers" not in set(found(text, kind="note")["code"])


def test_a_code_that_excel_made_a_date_stops(tmp_path):
    from datetime import date

    book = write_book(tmp_path / "p.xlsx", HEADINGS, [date(2001, 2, 3), "Tiêu chí", 4, *[None] * 5])
    assert found(book)["code"].tolist() == ["unknown_criterion"]


def test_known_criteria_tell_what_is_missing_unknown_or_of_another_maximum(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    write_regime(tmp_path, (6, "6.1", 4, "self", ""), (6, "6.2", 2, "survey", ""), (6, "6.3", 1, "self", ""))
    rows = [("6.1", "", "5", *[""] * 5), ("6.2", "", "2", *[""] * 5), ("6.4", "", "1", *[""] * 5)]
    stops = found(write_sheet(tmp_path / "p.csv", rows)).set_index("code")
    assert stops.at["unknown_criterion", "got"] == "6.4"
    assert stops.at["missing_criterion", "got"] == "6.3"
    assert (stops.at["maximum_differs", "expected"], stops.at["maximum_differs", "got"]) == ("4", "5")


def test_criteria_that_nobody_leads_are_counted(tmp_path):
    note = found(write_sheet(tmp_path / "p.csv", changed("6.2", c7="")), kind="note").set_index("code")
    assert note.at["no_lead_agency", "vi"].startswith("1 tiêu chí")
