import pandas as pd

from training.records.sheets.kinds import kind_named
from training.records.sheets.repeated import in_rows, with_repeated


def test_a_schema_gets_a_column_for_each_repeated_one_in_the_place_of_the_two_they_stand_for():
    kind = kind_named("attendance")
    schema, columns = with_repeated(kind, {"Buổi 1": "1", "Buổi 2": "2"})
    names = [column.name for column in schema.columns]
    assert columns == {"status_1": "1", "status_2": "2"}
    assert "session" not in names and "status" not in names and names[-2:] == ["status_1", "status_2"]
    assert schema.column("status_2").headings == ("Buổi 2",)
    assert schema.column("status_2").codes == kind.schema.column("status").codes
    assert "(Buổi 2)" in schema.column("status_2").label_vi


def test_without_repeated_columns_the_schema_is_the_kind_s_own():
    kind = kind_named("answers")
    assert with_repeated(kind, {}) == (kind.schema, {})


def test_columns_become_rows_that_stay_together():
    table = pd.DataFrame(
        {"participant": ["a", "b"], "status_1": ["present", None], "status_2": ["absent", "present"]}
    )
    long = in_rows(table, kind_named("attendance"), {"status_1": "1", "status_2": "2"})
    assert long[["participant", "session"]].values.tolist() == [
        ["a", "1"],
        ["a", "2"],
        ["b", "1"],
        ["b", "2"],
    ]
    assert long["status"].fillna("-").tolist() == ["present", "absent", "-", "present"]
    assert long["_column"].tolist() == ["status_1", "status_2"] * 2
