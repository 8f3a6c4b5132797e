import pandas as pd
import pytest

from analysis import paths
from analysis.context.parindex_rows import COLUMNS, read_parindex, read_regime, regime_of
from analysis.errors import BadRows, UnknownName


def test_fields_of_the_one_regime_with_known_maxima_add_up_to_100():
    fields = read_parindex("fields").query("regime == '2948'")
    assert fields["maximum"].tolist() == [10, 10, 14.5, 11, 16, 7, 16, 15.5]
    assert fields["maximum"].sum() == 100


def test_counts_of_2019_are_those_that_were_published():
    fields = read_parindex("fields").query("regime == '1150'")
    assert fields["criteria"].tolist() == [6, 4, 5, 4, 9, 4, 5, 6]
    assert (fields["criteria"].sum(), fields["components"].sum()) == (43, 95)


def test_what_was_not_found_is_empty_and_not_zero():
    fields = read_parindex("fields").query("regime != '2948'")
    assert fields["maximum"].isna().all()
    assert read_parindex("fields")[["survey_part", "self_part"]].isna().all(axis=None)
    assert read_parindex("criteria").empty


def test_published_ranks_of_kien_giang_are_those_of_the_province():
    rows = read_parindex("published").query(
        "province == '91' and index == 'PARINDEX' and statistic == 'rank'"
    )
    ranks = rows.set_index("year")["value"]
    assert ranks.loc[2012:2019].tolist() == [48, 33, 26, 50, 46, 47, 45, 54]
    assert ranks[2021] == 63 and ranks[[2020, 2022, 2023]].isna().all()
    assert set(rows.loc[rows["value"].notna(), "n"]) == {63}


def test_district_classes_of_2018_name_all_fifteen_districts_once():
    table = read_parindex("district_classes")
    assert table["district"].nunique() == len(table) == 15
    assert table["class"].value_counts().to_dict() == {"excellent": 2, "good": 15 - 2 - 1, "fair": 1}
    assert table.set_index("district").loc[["905", "903", "910"], "score"].tolist() == [91, 91, 86.5]
    assert table["score"].notna().sum() == 3


@pytest.mark.parametrize(
    ("year", "regime"), [(2018, "2948"), (2019, "1150"), (2020, "1149"), (2021, "1149"), (2022, "876")]
)
def test_a_year_has_the_regime_it_was_scored_under(year, regime):
    assert regime_of(year) == regime


@pytest.mark.parametrize("year", [2012, 2031])
def test_a_year_without_a_known_regime_is_refused(year):
    with pytest.raises(UnknownName, match=str(year)):
        regime_of(year)


def test_an_unknown_regime_is_refused_with_those_there_are():
    with pytest.raises(UnknownName) as caught:
        read_regime("1194")
    assert "1149" in caught.value.hint


def test_a_maximum_that_is_no_number_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    (tmp_path / "parindex").mkdir()
    row = dict.fromkeys(COLUMNS["criteria"], "") | {"maximum": "mười"}
    pd.DataFrame([row]).to_csv(paths.data_folder() / "parindex/criteria.csv", index=False)
    with pytest.raises(BadRows) as caught:
        read_parindex("criteria")
    assert caught.value.where.endswith("criteria.csv, maximum")
