import pytest

from analysis.errors import BadRows, MissingFile
from analysis.intake.schemas.schema import check_schema, read_schema, schema_names


def test_every_committed_schema_keeps_its_rules():
    assert "class_list" in schema_names()
    assert [check_schema(name).empty for name in schema_names()] == [True] * len(schema_names())


def test_a_schema_is_read_with_its_columns_in_order():
    schema = read_schema("class_list")
    assert [column.name for column in schema.columns][:3] == ["order", "participant", "full_name"]
    score = schema.column("pre_score")
    assert (score.type, score.low, score.high, score.on_bad) == ("score", "0", "10", "left_out")
    assert score.absent_marks["vắng"] == "absent"
    assert schema.column("sex").codes["Nữ"] == "female"
    assert schema.first("district").name == "district"
    assert schema.first("number") is None


def test_no_personal_column_of_a_committed_schema_is_kept_as_it_is():
    columns = [column for name in schema_names() for column in read_schema(name).columns]
    assert {column.keep for column in columns if column.personal} <= {"drop", "hash"}
    assert {"full_name", "phone", "email", "birth_date"} <= {each.name for each in columns if each.personal}


def test_an_unknown_schema_is_refused_with_those_that_are_there():
    with pytest.raises(MissingFile, match='no schema "danh_sach"') as caught:
        read_schema("danh_sach")
    assert "class_list" in caught.value.hint


def test_a_schema_outside_the_folder_is_not_reached():
    with pytest.raises(MissingFile):
        read_schema("../places/districts")


def test_a_schema_that_breaks_a_rule_stops(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    (tmp_path / "schemas").mkdir()
    header = "name,label_vi,label_en,headings,type,required,low,high,codes,date_forms,decimal,absent_marks,on_bad,personal,keep,unique,source"
    (tmp_path / "schemas" / "own.csv").write_text(
        f"{header}\nx,X,X,,colour,no,,,,,,,note,no,yes,no,us\n", "utf-8"
    )
    assert check_schema("own")["expected"].iloc[0].startswith("text, whole")
    with pytest.raises(BadRows, match="type is unknown"):
        read_schema("own")
