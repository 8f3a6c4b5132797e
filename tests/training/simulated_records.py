"""A seed -> training records of twelve classes with planted faults, and the truth they were made from.

For tests of the measures alone; nobody's records. Two courses of six classes, officials of all districts and of
the province, 20 items a test (four of every five discriminate, see `Truth`), one learner in eight without the test after.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.places import read_places
from training.tables import Tables

LETTERS = "ABCD"
POSITIONS = ("Chủ tịch UBND", "Văn phòng - Thống kê", "Tư pháp - Hộ tịch")
INDICATORS = {
    "programme": ("clear", "useful"),
    "learners": ("takes_part",),
    "lecturers": ("knows", "explains"),
    "facilities": ("hall",),
    "course": ("well_run",),
    "effectiveness": ("applies",),
}


@dataclass(frozen=True)
class Truth:
    """What the records were made from."""

    wrong_key: str = "PA05"
    flat_item: str = "PA09"
    easy_item: str = "PA13"
    #: Items of this objective are far too hard after the class too.
    weak_objective: str = "PA-O2"
    weak_items: tuple[str, ...] = ("PA06", "PA07", "PA08")
    gain: float = 0.9
    leave: float = 0.12
    class_sd: float = 0.25
    right_keys: dict[str, str] = field(default_factory=dict)


def simulate_records(seed: int = 324, classes: int = 12, size: int = 36) -> tuple[Tables, Truth]:
    """The tables of 2021 and their truth; equal seeds give equal tables."""
    rng = np.random.default_rng(seed)
    people, class_rows = _people(rng, classes, size)
    items, truth = _items(rng)
    answers, scores = _tests(rng, people, class_rows, items, truth)
    tables = {
        "courses": pd.DataFrame(
            [("PAPI", "papi", "Chỉ số PAPI", "PAPI"), ("PARINDEX", "parindex", "Chỉ số CCHC", "PAR INDEX")],
            columns=["course", "topic", "name_vi", "name_en"],
        ),
        "classes": class_rows,
        "participants": people.drop(columns=["ability"]),
        "items": items,
        "answers": answers,
        "scores": scores,
        "certificates": pd.DataFrame(columns=["class_id", "participant", "number", "issued"], dtype=str),
        "plan": _plan(),
        **_forms(rng, people, class_rows),
        **_attendance(rng, people),
        "follow_up": _follow_up(rng, people),
    }
    return Tables(**tables), truth


def _people(rng: np.random.Generator, classes: int, size: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    places = read_places()
    districts = places.districts_of("91")
    communes = {d: [c for c, own in places.communes_of("91").items() if own == d] for d in districts}
    # Large districts send many, islands few.
    weights = np.array([3, 1, 2, 3, 3, 3, 4, 3, 3, 3, 2, 4, 0.3, 2, 0.4])
    rows, class_rows = [], []
    for c in range(classes):
        class_id, course = f"K{c + 1:02d}", "PAPI" if c < classes / 2 else "PARINDEX"
        shift = rng.normal(0, 0.25)
        for p in range(size + int(rng.integers(-3, 4))):
            level = rng.choice(["province", "district", "commune"], p=[0.08, 0.17, 0.75])
            district = "" if level == "province" else str(rng.choice(districts, p=weights / weights.sum()))
            commune = str(rng.choice(communes[district])) if level == "commune" else ""
            position = str(rng.choice(POSITIONS)) if level == "commune" else "Chuyên viên"
            rows.append((class_id, f"{c:02d}{p:014x}", position, "Chuyên viên", "UBND", level, district, commune,
                         rng.normal(shift, 1)))  # fmt: skip
        day = pd.Timestamp(2021, 4 + c // 2, 12)
        class_rows.append((class_id, course, f"{100 + c}/QĐ-SNV", day, day + pd.Timedelta(days=1), 16,
                           "Hội trường", "Sở Nội vụ", "Ngân sách tỉnh", size, True))  # fmt: skip
    names = ["class_id", "participant", "position", "rank", "unit", "level", "district", "commune", "ability"]
    class_names = ["class_id", "course", "decision", "start", "end", "periods", "venue", "host",
                   "budget_source", "planned", "simulated"]  # fmt: skip
    return pd.DataFrame(rows, columns=names), pd.DataFrame(class_rows, columns=class_names)


def _items(rng: np.random.Generator) -> tuple[pd.DataFrame, Truth]:
    rows, keys = [], {}
    for prefix, topic in (("PA", "papi"), ("PI", "parindex")):
        for i in range(20):
            item = f"{prefix}{i + 1:02d}"
            keys[item] = str(rng.choice(list(LETTERS)))
            objective = f"{prefix}-O{2 if item in Truth.weak_items else 1 + 2 * (i // 10)}"
            rows.append((item, topic, keys[item], LETTERS, objective, f"L{1 + i // 7}"))
    items = pd.DataFrame(rows, columns=["item", "topic", "key", "options", "objective", "lesson"])
    truth = Truth(right_keys=keys)
    wrong = next(letter for letter in LETTERS if letter != keys[truth.wrong_key])
    items.loc[items["item"] == truth.wrong_key, "key"] = wrong
    return items, truth


def _tests(rng, people, class_rows, items, truth) -> tuple[pd.DataFrame, pd.DataFrame]:
    course = class_rows.set_index("class_id")["course"]
    topic = {"PAPI": "papi", "PARINDEX": "parindex"}
    difficulty = {
        item: float(d) for item, d in zip(items["item"], rng.normal(0, 0.8, len(items)), strict=True)
    }
    shifts = {c: rng.normal(0, truth.class_sd) for c in class_rows["class_id"]}
    rows = []
    leavers = set(rng.choice(people["participant"], round(truth.leave * len(people)), replace=False))
    for person in people.itertuples(index=False):
        own = items[items["topic"] == topic[course[person.class_id]]]
        for test in ("pre", "post"):
            if test == "post" and person.participant in leavers:
                continue
            ability = person.ability + (truth.gain + shifts[person.class_id] if test == "post" else 0)
            for item in own.itertuples(index=False):
                rows.append((person.class_id, person.participant, test, 1, item.item,
                             _response(rng, ability, item.item, difficulty, truth)))  # fmt: skip
    columns = ["class_id", "participant", "test", "attempt", "item", "response"]
    answers = pd.DataFrame(rows, columns=columns)
    key = items.set_index("item")["key"]
    right = answers["response"] == answers["item"].map(key)
    scores = right.groupby([answers[c] for c in columns[:4]]).agg(["sum", "size"]).reset_index()
    scores.columns = [*columns[:4], "score", "maximum"]
    return answers, scores.astype({"score": float, "maximum": float})


def _response(rng, ability, item, difficulty, truth) -> str:
    right = truth.right_keys[item]
    if rng.random() < 0.02:
        return ""
    if item == truth.flat_item:
        return str(rng.choice(list(LETTERS)))
    at = {truth.easy_item: -5.5}.get(item, difficulty[item] + (3.0 if item in truth.weak_items else 0.0))
    knows = rng.random() < 1 / (1 + np.exp(-1.4 * (ability - at)))
    if knows:
        return right
    return str(rng.choice([letter for letter in LETTERS if letter != right], p=[0.6, 0.37, 0.03]))


def _forms(rng, people, class_rows) -> dict[str, pd.DataFrame]:
    rows, lecturers = [], []
    for number, class_id in enumerate(class_rows["class_id"]):
        pool = [f"GV{number % 3 + 1:02d}", "GV09" if number == 0 else "GV04"]
        for code in pool:
            lecturers.append((class_id, code, "invited" if code in ("GV04", "GV09") else "internal", 8))
        learners = people[people["class_id"] == class_id]
        for form, person in enumerate(learners.itertuples(index=False), start=1):
            if rng.random() < 0.15:
                continue
            mood = rng.normal(7.6, 1.0)
            empty = 0.5 if rng.random() < 0.04 else 0.0
            for kind, indicators in INDICATORS.items():
                if kind == "learners":
                    continue
                for lecturer in pool if kind == "lecturers" else [""]:
                    for indicator in indicators:
                        score = int(np.clip(round(mood + rng.normal(0, 0.9)), 1, 10))
                        value = pd.NA if rng.random() < empty else score
                        rows.append(
                            (class_id, str(form), "learner", lecturer, person.level, kind, indicator, value)
                        )
        for form in range(1, len(pool) + 1):
            rows.append(
                (class_id, str(form), "lecturer", "", "", "learners", "takes_part", int(rng.integers(6, 10)))
            )
    columns = ["class_id", "form", "respondent", "lecturer", "learner_group", "object", "indicator", "score"]
    forms = pd.DataFrame(rows, columns=columns).astype({"score": "Int64"})
    about = [("10/2017", kind, f"{kind}_criterion", indicator, indicator, indicator, 1.0)
             for kind, own in INDICATORS.items() for indicator in own]  # fmt: skip
    names = ["rule", "object", "criterion", "indicator", "name_vi", "name_en", "weight"]
    return {
        "forms": forms,
        "form_indicators": pd.DataFrame(about, columns=names),
        "lecturers": pd.DataFrame(lecturers, columns=["class_id", "lecturer", "lecturer_group", "periods"]),
    }


def _attendance(rng, people) -> dict[str, pd.DataFrame]:
    rows = []
    for person in people.itertuples(index=False):
        for session in range(1, 5):
            status = str(rng.choice(["present", "excused", "absent"], p=[0.97, 0.02, 0.01]))
            rows.append((person.class_id, person.participant, session, status, 4))
    columns = ["class_id", "participant", "session", "status", "periods"]
    return {"attendance": pd.DataFrame(rows, columns=columns)}


def _follow_up(rng, people) -> pd.DataFrame:
    rows = []
    for person in people.itertuples(index=False):
        used = rng.normal(6.8, 1.3)
        for source, rate in (("learner", 0.6), ("manager", 0.4)):
            if rng.random() < rate:
                months = int(rng.integers(2, 8))
                for indicator in ("applies_at_work", "shares"):
                    score = int(np.clip(round(used + rng.normal(0, 1)), 1, 10))
                    rows.append((person.class_id, person.participant, months, source, indicator, score))
    columns = ["class_id", "participant", "months", "source", "indicator", "score"]
    return pd.DataFrame(rows, columns=columns).astype({"score": "Int64"})


def _plan() -> pd.DataFrame:
    rows = [(2021, course, district, 5, 14) for course in ("PAPI", "PARINDEX")
            for district in read_places().districts_of("91")]  # fmt: skip
    return pd.DataFrame(rows, columns=["year", "course", "district", "communes", "learners"])
