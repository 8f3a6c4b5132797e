"""Who was reached: communes, posts, learners and periods by place, beside the plan; and the yearly quotas."""

import pandas as pd
import pytest

from analysis.places import read_places
from training.coverage import (
    check_quotas,
    communes_reached,
    compare_plan,
    learners_reached,
    posts_covered,
    quota_table,
    trained,
)

PLACES = read_places()
KIEN_HAI = [code for code, district in PLACES.communes_of("91").items() if district == "912"]  # four communes


def people(*rows):
    """Rows of (class, person, level, district, commune, position)."""
    return pd.DataFrame(rows, columns=["class_id", "participant", "level", "district", "commune", "position"])


LISTED = people(
    ("K1", "a", "commune", "912", KIEN_HAI[0], "Chủ tịch UBND"),
    ("K1", "b", "commune", "912", KIEN_HAI[0], "Văn phòng"),
    ("K1", "c", "commune", "912", KIEN_HAI[1], "Văn phòng"),
    ("K1", "d", "district", "912", "", "Chuyên viên"),
    ("K1", "e", "province", "", "", "Chuyên viên"),
    ("K2", "a", "commune", "912", KIEN_HAI[0], "Chủ tịch UBND"),
)


def seen(*rows):
    return pd.DataFrame(rows, columns=["class_id", "participant", "session", "status", "periods"]).astype(
        {"periods": "Int64"}
    )


EVERYBODY = seen(
    *[(c, p, s, "present", 4) for c, p in LISTED[["class_id", "participant"]].values for s in (1, 2)]
)


def of(table, place, **where):
    rows = table[table["place"] == place]
    for column, value in where.items():
        rows = rows[rows[column] == value]
    return rows.iloc[0]


def test_who_never_came_is_not_trained_and_where_no_attendance_was_kept_everybody_is():
    absent = EVERYBODY.copy()
    absent.loc[absent["participant"] == "c", "status"] = "absent"
    assert "c" not in set(trained(LISTED, absent)["participant"])
    came = trained(LISTED, absent[absent["class_id"] == "K1"])
    assert ((came["class_id"] == "K2") & (came["participant"] == "a")).any()
    assert came.loc[came["class_id"] == "K2", "periods"].isna().all()


def test_communes_are_reached_by_their_own_officials_alone():
    reached = communes_reached(trained(LISTED, EVERYBODY), PLACES, "91")
    assert of(reached, "912")[["reached", "communes"]].tolist() == [2, 4]
    assert of(reached, "91")[["reached", "communes"]].tolist() == [2, 144]
    assert of(reached, "Biển đảo")["reached"] == 2
    assert len(reached) == 15 + 4 + 1
    assert of(reached, "899")["reached"] == 0


def test_a_post_is_covered_where_its_holder_was_trained():
    posts = posts_covered(trained(LISTED, EVERYBODY), PLACES, "91")
    assert of(posts, "912", position="Văn phòng")["covered"] == 2
    assert of(posts, "912", position="Chủ tịch UBND")["covered"] == 1
    assert "Chuyên viên" not in set(posts["position"])
    assert posts_covered(LISTED.iloc[:0], PLACES, "91").empty


def test_a_person_of_two_classes_counts_once_with_the_periods_of_both():
    table = learners_reached(trained(LISTED, EVERYBODY), PLACES, "91")
    here = of(table, "912", level="")
    assert here[["learners", "attended", "periods"]].tolist() == [4, 4, 16 + 3 * 8]
    assert here["periods_mean"] == 10.0
    assert of(table, "91", level="province")["learners"] == 1
    assert of(table, "912", level="commune")["learners"] == 3
    assert of(table, "899", level="")["learners"] == 0


def test_an_excused_session_is_no_period_attended():
    some = EVERYBODY.copy()
    some.loc[(some["participant"] == "c") & (some["session"] == 2), "status"] = "excused"
    assert of(learners_reached(trained(LISTED, some), PLACES, "91"), "912", level="")["periods"] == 36


def test_periods_that_were_not_recorded_leave_people_but_no_number():
    table = learners_reached(trained(LISTED, EVERYBODY.iloc[:0]), PLACES, "91")
    here = of(table, "912", level="")
    assert here[["learners", "attended", "periods"]].tolist() == [4, 0, 0]
    assert pd.isna(here["periods_mean"])


CLASSES = pd.DataFrame(
    {
        "class_id": ["K1", "K2"],
        "course": ["PAPI", "PARINDEX"],
        "end": pd.to_datetime(["2021-05-13", "2021-06-10"]),
    }
)


def test_the_plan_stands_beside_what_was_reached():
    plan = pd.DataFrame(
        [
            (2021, "PAPI", "912", 4, 8),
            (2021, "PARINDEX", "912", 2, 0),
            (2021, "PAPI", "899", 5, 10),
            (2020, "PAPI", "912", 1, 1),
        ],
        columns=["year", "course", "district", "communes", "learners"],
    )
    table = compare_plan(plan, CLASSES, trained(LISTED, EVERYBODY)).set_index(["year", "course", "district"])
    assert table.loc[(2021, "PAPI", "912"), ["communes_reached", "learners_reached"]].tolist() == [2, 4]
    assert table.at[(2021, "PAPI", "912"), "communes_share"] == 0.5
    assert table.at[(2021, "PARINDEX", "912"), "communes_share"] == 0.5
    assert pd.isna(table.at[(2021, "PARINDEX", "912"), "learners_share"])  # nothing was planned
    assert table.at[(2021, "PAPI", "899"), "learners_share"] == 0.0
    assert table.at[(2020, "PAPI", "912"), "communes_reached"] == 0  # no class of that year


def year_of_classes(count, evaluated, year=2021):
    classes = pd.DataFrame({"class_id": [f"K{i}" for i in range(count)], "end": pd.Timestamp(year, 5, 13)})
    rows = [(f"K{i}", "1", "learner", "", "", kind, kind, 8)
            for kind, number in evaluated.items() for i in range(number)]  # fmt: skip
    columns = ["class_id", "form", "respondent", "lecturer", "learner_group", "object", "indicator", "score"]
    return classes, pd.DataFrame(rows, columns=columns).astype({"score": "Int64"})


FOUR = ("programme", "learners", "lecturers", "facilities")


@pytest.mark.parametrize(
    ("count", "four", "course", "missed"),
    [
        (10, 2, 1, []),
        (10, 1, 1, ["classroom"]),
        (11, 2, 2, ["classroom"]),
        (10, 2, 0, ["course"]),
        (3, 1, 1, []),
        (1, 0, 0, ["classroom", "course"]),
    ],
)
def test_a_fifth_of_the_courses_and_a_tenth_are_to_be_evaluated(count, four, course, missed):
    classes, forms = year_of_classes(count, dict.fromkeys(FOUR, four) | {"course": course})
    table = quota_table(classes, forms, 2021).set_index("quota")
    assert [name for name in ("classroom", "course") if not table.at[name, "met"]] == missed
    found = check_quotas(classes, forms, 2021)
    assert len(found) == len(missed)
    assert (found["kind"] == "note").all()


def test_three_of_the_four_objects_are_not_the_four():
    classes, forms = year_of_classes(5, dict.fromkeys(FOUR[:3], 5) | {"course": 1})
    assert quota_table(classes, forms, 2021).set_index("quota").at["classroom", "evaluated"] == 0


def test_effect_after_training_is_due_only_with_a_rank_or_leadership_class():
    classes, forms = year_of_classes(5, dict.fromkeys(FOUR, 1) | {"course": 1})
    assert not quota_table(classes, forms, 2021).set_index("quota").at["effectiveness", "due"]
    due = quota_table(classes, forms, 2021, rank_classes=["K0"]).set_index("quota")
    assert (due.at["effectiveness", "due"], due.at["effectiveness", "met"]) == (True, False)
    classes, forms = year_of_classes(5, {"effectiveness": 1})
    assert (
        quota_table(classes, forms, 2021, rank_classes=["K0"]).set_index("quota").at["effectiveness", "met"]
    )


def test_a_form_that_is_invalid_evaluates_nothing():
    classes, forms = year_of_classes(4, {"course": 1})
    assert quota_table(classes, forms, 2021).set_index("quota").at["course", "evaluated"] == 1
    empty = forms.assign(score=pd.array([pd.NA], dtype="Int64"))
    assert quota_table(classes, empty, 2021).set_index("quota").at["course", "evaluated"] == 0


def test_quotas_of_a_rule_that_are_not_known_are_said_to_be_unknown():
    classes, forms = year_of_classes(4, {"course": 1}, year=2024)
    assert check_quotas(classes, forms, 2024)["code"].tolist() == ["quota_unknown"]
    assert check_quotas(classes, forms, 2021).empty  # no class ended in that year
