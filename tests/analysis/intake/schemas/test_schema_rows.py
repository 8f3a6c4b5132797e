import pandas as pd
import pytest

from analysis.intake.schemas.schema_rows import COLUMNS, check_rows, heading_key, pairs, parts

GOOD = dict.fromkeys(COLUMNS, "") | {
    "name": "post", "label_vi": "Điểm sau", "label_en": "Score after", "headings": "Điểm sau|Post",
    "type": "score", "required": "no", "low": "0", "high": "10", "on_bad": "left_out", "personal": "no",
    "keep": "yes", "unique": "no", "source": "us",
}  # fmt: skip


def check(*changes):
    return check_rows(pd.DataFrame([GOOD | change for change in changes]), "own.csv")


def test_a_good_row_has_no_findings():
    assert check({}).empty


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"name": "Điểm"}, "the name is unusable"),
        ({"type": "colour", "low": "", "high": ""}, "type is unknown"),
        ({"on_bad": "ignore"}, "on_bad is unknown"),
        ({"keep": ""}, "keep is unknown"),
        ({"required": "true"}, "required is unknown"),
        ({"decimal": "both"}, "decimal is unknown"),
        ({"label_vi": ""}, "label_vi is empty"),
        ({"source": ""}, "source is empty"),
        ({"low": "ten"}, "a bound cannot be read"),
        ({"low": "11"}, "low is above high"),
        ({"high": ""}, "type score without bounds"),
        ({"type": "text"}, "bounds for a type that has none"),
        ({"type": "date", "date_forms": "iso", "low": "1/1/2020"}, "a bound cannot be read"),
        ({"type": "date", "low": "", "high": ""}, "type date without date_forms"),
        ({"date_forms": "mm/dd/yyyy"}, "a date form is unknown"),
        ({"type": "code", "low": "", "high": ""}, "type code without codes"),
        ({"codes": "Nam=1"}, "codes for a type that has none"),
        ({"absent_marks": "v"}, "absent_marks cannot be read"),
        ({"absent_marks": "v=absent|V=excused"}, "absent_marks holds one spelling twice"),
        ({"personal": "yes"}, "personal values would be kept"),
        ({"keep": "hash"}, "only a key is hashed"),
    ],
)
def test_a_planted_fault_is_found_by_its_row(change, what):
    found = check(change)
    assert [what in text for text in found["what"]] == [True]
    assert found["where"].str.startswith("own.csv row 2").all()


def test_a_heading_that_fits_two_columns_is_found():
    found = check({}, {"name": "final", "headings": "POST"})
    assert "a heading fits two columns" in found["what"].iloc[0]
    assert found["got"].iloc[0] == "post (final, post)"


def test_a_name_twice_and_an_empty_schema_are_found():
    assert "a name stands twice" in check({}, {"headings": ""})["what"].iloc[0]
    assert "has no columns" in check_rows(pd.DataFrame(columns=COLUMNS), "own.csv")["what"].iloc[0]


def test_lists_in_a_cell_are_read():
    assert parts(" a | b||") == ("a", "b")
    assert pairs("3=ba|x = = y") == {"3": "ba", "x =": "y"}


@pytest.mark.parametrize("typed", ["ĐIỂM SAU", "Điểm  sau", "Điểm sau (*)", "điểm_sau:"])
def test_spellings_of_a_heading_share_a_key(typed):
    assert heading_key(typed) == heading_key("Điểm sau")
