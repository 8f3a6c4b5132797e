"""One course's items and officials -> the rows that its workbook holds, and the expected shares."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from analysis.places import read_places
from data.example.training_model import (
    PER_CLASS,
    PROVINCE,
    Course,
    chance_of_knowing,
    chance_of_mark,
)
from training.records.form_indicators import read_form_indicators

SESSIONS, PERIODS = 4, 4
#: Exactly this share has no test after the course, the weaker the likelier; so many missed the first one.
WITHOUT_POST, WITHOUT_PRE = 0.12, 3
#: Answers left open before and after the course, and the pass mark for another attempt.
OMITTED, PASS = {"pre": 0.02, "post": 0.01}, 0.5
#: Share of learners who hand in a form, chance that a score is left open, forms left half empty a class.
FORMS, OPEN_SCORE, TORN_A_CLASS = 0.86, 0.006, 2
RULE = "10/2017"
#: Each class's lecturers; GV07 has one class only, so that nothing about them may be shown.
LECTURERS = {
    "K01": ("GV01", "GV02"), "K02": ("GV01", "GV03"), "K03": ("GV02", "GV03"), "K04": ("GV04", "GV02"),
    "K05": ("GV01", "GV04"), "K06": ("GV03", "GV04"), "K07": ("GV05", "GV06"), "K08": ("GV05", "GV01"),
    "K09": ("GV06", "GV03"), "K10": ("GV05", "GV06"), "K11": ("GV06", "GV01"), "K12": ("GV05", "GV07"),
}  # fmt: skip
GROUPS = {
    "GV01": "internal", "GV02": "internal", "GV03": "concurrent", "GV04": "invited", "GV05": "internal",
    "GV06": "concurrent", "GV07": "invited",
}  # fmt: skip
_QUALITY = {"GV01": 0.5, "GV02": 0.2, "GV03": 0.0, "GV04": -1.6, "GV05": 0.4, "GV06": 0.0, "GV07": 0.3}
_OBJECT_MEAN = {
    "programme": 8.0,
    "learners": 7.6,
    "lecturers": 8.3,
    "facilities": 6.4,
    "course": 7.9,
    "effectiveness": 7.2,
}


def class_rows(course: Course) -> list[dict[str, object]]:
    """The sheet of classes."""
    rows = []
    for at, class_id in enumerate(course.classes):
        start = course.first_day + timedelta(days=7 * at)
        rows.append(
            {
                "class_id": class_id, "course": course.course, "topic": course.topic,
                "name_vi": course.name_vi, "name_en": course.name_en, "decision": "Quyết định mô phỏng",
                "start": start,
                "end": start + timedelta(days=1), "periods": SESSIONS * PERIODS,
                "venue": "Rạch Giá (mô phỏng)", "host": "Sở Nội vụ",
                "budget_source": "Ngân sách tỉnh (mô phỏng)", "planned": PER_CLASS,
                "simulated": True,
            }
        )  # fmt: skip
    return rows


def session_rows(course: Course) -> list[dict[str, object]]:
    """The timetable: two sessions a day."""
    return [
        {
            "class_id": row["class_id"],
            "session": number,
            "date": row["start"] + timedelta(days=(number - 1) // 2),
            "periods": PERIODS,
        }
        for row in class_rows(course)
        for number in range(1, SESSIONS + 1)
    ]


def lecturer_rows(course: Course) -> list[dict[str, object]]:
    return [
        {
            "class_id": class_id,
            "lecturer": code,
            "lecturer_group": GROUPS[code],
            "periods": SESSIONS * PERIODS // 2,
        }
        for class_id in course.classes
        for code in LECTURERS[class_id]
    ]


def participant_rows(people: pd.DataFrame) -> list[dict[str, object]]:
    """The sheet of participants; places by their full names."""
    places, rows = read_places(), []
    for row in people.to_dict("records"):
        row["district"] = places.district(row["district"]).full_name if row["district"] else ""
        row["commune"] = places.commune(row["commune"]).full_name if row["commune"] else ""
        rows.append({name: row[name] for name in _OF_PARTICIPANT})
    return rows


_OF_PARTICIPANT = (
    "class_id", "participant", "official_code", "position", "rank", "unit", "level", "district", "commune",
)  # fmt: skip


def paper_rows(course: Course, items: pd.DataFrame, rng: np.random.Generator) -> list[dict[str, object]]:
    """Version A as in the bank, version B in another order with shuffled options; the wrong key in both."""
    order = rng.permutation(len(items))
    rows = []
    for version, places in (("A", np.arange(len(items))), ("B", order)):
        for number, at in enumerate(places, 1):
            item = items.iloc[at]
            letters = "ABCD" if version == "A" else "".join(rng.permutation(list("ABCD")))
            planted = item["recorded_key"] != item["key"]
            printed = "ABCD"[letters.index(item["recorded_key"])] if planted else ""
            rows.append(
                {
                    "course": course.course, "version": version, "question": number, "item": item["item"],
                    "option_order": "" if version == "A" else letters, "key": printed,
                }
            )  # fmt: skip
    return rows


def who_sits(people: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Officials with `has_pre` and `has_post`."""
    count = round(WITHOUT_POST * len(people))
    pull = 1 / (1 + np.exp(people["before"].to_numpy()))
    gone = rng.choice(len(people), size=count, replace=False, p=pull / pull.sum())
    late = rng.choice(np.setdiff1d(np.arange(len(people)), gone), size=WITHOUT_PRE, replace=False)
    at = np.arange(len(people))
    return people.assign(has_pre=~np.isin(at, late), has_post=~np.isin(at, gone))


def answer_rows(
    people: pd.DataFrame, items: pd.DataFrame, papers: list[dict[str, object]], rng: np.random.Generator
) -> tuple[list[dict[str, object]], pd.DataFrame]:
    """The sheet of answers, and each official's share marked right in the last test after the course."""
    paper = {version: [row for row in papers if row["version"] == version] for version in "AB"}
    before, after = people["before"].to_numpy(), (people["before"] + people["gain"]).to_numpy()
    knowing = {"pre": chance_of_knowing(items, before), "post": chance_of_knowing(items, after, before)}
    rows, best = [], np.full(len(people), np.nan)
    for at, person in enumerate(people.to_dict("records")):
        for test, version in (("pre", "A"), ("post", "B")):
            if not person[f"has_{test}"]:
                continue
            for attempt in (1, 2):
                letters = _ticked(items, knowing[test][at], OMITTED[test], rng)
                share = float(np.mean(letters == items["recorded_key"].to_numpy()))
                rows.append(
                    _as_printed(
                        person, test, attempt, paper[version], dict(zip(items["item"], letters, strict=True))
                    )
                )
                best[at] = np.fmax(best[at], share) if test == "post" else best[at]
                if test == "pre" or share >= PASS or rng.uniform() < 0.3:
                    break
    return rows, people.assign(best=best)


def _ticked(items: pd.DataFrame, knowing: np.ndarray, omitted: float, rng: np.random.Generator) -> np.ndarray:
    """One official's letters, "" where nothing was ticked."""
    chances = items[["p_A", "p_B", "p_C", "p_D"]].to_numpy()
    letters = np.array([rng.choice(list("ABCD"), p=own / own.sum()) for own in chances], dtype=object)
    letters = np.where(rng.uniform(size=len(items)) < knowing, items["key"].to_numpy(), letters)
    return np.where(rng.uniform(size=len(items)) < omitted, "", letters)


def _as_printed(
    person: dict[str, object],
    test: str,
    attempt: int,
    paper: list[dict[str, object]],
    letters: dict[str, str],
) -> dict[str, object]:
    row = {
        "class_id": person["class_id"],
        "participant": person["participant"],
        "test": test,
        "version": paper[0]["version"],
    }
    row |= {"attempt": attempt} if attempt > 1 else {}
    for question in paper:
        own, order = letters[question["item"]], question["option_order"] or "ABCD"
        row[str(question["question"])] = "ABCD"[order.index(own)] if own else ""
    return row


def attendance_rows(people: pd.DataFrame, rng: np.random.Generator) -> list[dict[str, object]]:
    """Who was there; who has no test after the course was not there in the last session."""
    rows = []
    for person in people.to_dict("records"):
        row = {"class_id": person["class_id"], "participant": person["participant"]}
        for number in range(1, SESSIONS + 1):
            missing = rng.uniform() < 0.03 or (number == SESSIONS and not person["has_post"])
            missing = missing or (number == 1 and not person["has_pre"])
            row[str(number)] = ("excused" if rng.uniform() < 0.6 else "absent") if missing else "present"
        rows.append(row)
    return rows


def form_rows(course: Course, people: pd.DataFrame, rng: np.random.Generator) -> list[dict[str, object]]:
    """The sheet of forms: learners' with a row a lecturer, and one of each lecturer."""
    indicators = read_form_indicators()
    indicators = indicators[indicators["rule"] == RULE]
    rows = []
    for class_id in course.classes:
        own = people[(people["class_id"] == class_id) & (rng.uniform(size=len(people)) < FORMS)]
        torn = set(rng.choice(len(own), size=TORN_A_CLASS, replace=False).tolist())
        mood = rng.normal(0, 0.25)
        for number, level in enumerate(own["level"], 1):
            about = {
                "class_id": class_id,
                "form": str(number),
                "respondent": "learner",
                "learner_group": level,
            }
            taste = mood + rng.normal(0, 0.7)
            open_share = 0.2 if number - 1 in torn else OPEN_SCORE
            rows.append({**about, **_scores(indicators, "learner", False, taste, open_share, rng)})
            for code in LECTURERS[class_id]:
                scores = _scores(indicators, "learner", True, taste + _QUALITY[code], open_share, rng)
                rows.append({**about, "lecturer": code, **scores})
        for number, _ in enumerate(LECTURERS[class_id], 1):
            about = {"class_id": class_id, "form": f"G{number}", "respondent": "lecturer"}
            rows.append({**about, **_scores(indicators, "lecturer", False, mood, 0.0, rng)})
    return rows


def _scores(
    indicators: pd.DataFrame, respondent: str, of_lecturer: bool, taste: float, open_share: float,
    rng: np.random.Generator,
) -> dict[str, object]:  # fmt: skip
    scores = {}
    for row in indicators.to_dict("records"):
        asked = respondent in row["respondents"].split() and row["object"] != "effectiveness"
        if asked and (row["object"] == "lecturers") == of_lecturer:
            drawn = _OBJECT_MEAN[row["object"]] + taste + rng.normal(0, 0.9)
            scores[row["indicator"]] = (
                None if rng.uniform() < open_share else int(np.clip(round(drawn), 1, 10))
            )
    return scores


def follow_up_rows(people: pd.DataFrame, rng: np.random.Generator) -> list[dict[str, object]]:
    """Forms after three to six months, by the learner and by the manager, who is a little less pleased."""
    indicators = read_form_indicators()
    own = indicators[(indicators["rule"] == RULE) & (indicators["object"] == "effectiveness")]["indicator"]
    rows = []
    for person in people.to_dict("records"):
        months = int(rng.integers(3, 7))
        for source, share, shift in (("learner", 0.62, 0.0), ("manager", 0.45, -0.4)):
            if rng.uniform() > share:
                continue
            base = _OBJECT_MEAN["effectiveness"] + shift + 0.3 * person["gain"] + rng.normal(0, 0.6)
            scores = {code: int(np.clip(round(base + rng.normal(0, 0.8)), 1, 10)) for code in own}
            about = {"class_id": person["class_id"], "participant": person["participant"]}
            rows.append({**about, "months": months, "source": source, **scores})
    return rows


def certificate_rows(
    course: Course, people: pd.DataFrame, attendance: list[dict[str, object]], first_number: int
) -> list[dict[str, object]]:
    """Full attendance and at least half right: the rule of 2021 (Circular 01/2018)."""
    full = {
        (row["class_id"], row["participant"])
        for row in attendance
        if all(row[str(number)] == "present" for number in range(1, SESSIONS + 1))
    }
    ends = {row["class_id"]: row["end"] for row in class_rows(course)}
    rows = []
    for person in people.to_dict("records"):
        if (person["class_id"], person["participant"]) in full and person["best"] >= PASS:
            number = f"{first_number + len(rows):03d}/MP-2021"
            issued: date = ends[person["class_id"]] + timedelta(days=7)
            rows.append(
                {
                    "class_id": person["class_id"], "participant": person["participant"], "given": True,
                    "number": number, "issued": issued,
                }
            )  # fmt: skip
    return rows


def plan_rows(course: Course) -> list[dict[str, object]]:
    """Every commune of every district was to send somebody."""
    places = read_places()
    communes = places.communes_of(PROVINCE)
    rows = []
    for district in places.districts_of(PROVINCE):
        count = sum(own == district for own in communes.values())
        rows.append(
            {
                "year": 2021, "course": course.course, "district": places.district(district).full_name,
                "communes": count, "learners": count + 4,
            }
        )  # fmt: skip
    return rows


def expected_shares(people: pd.DataFrame, items: pd.DataFrame) -> dict[str, np.ndarray]:
    """Each official's expected share marked right before and after, omissions counted as wrong."""
    before, after = people["before"].to_numpy(), (people["before"] + people["gain"]).to_numpy()
    shares = {}
    for test, knowing in (
        ("pre", chance_of_knowing(items, before)),
        ("post", chance_of_knowing(items, after, before)),
    ):
        shares[test] = chance_of_mark(items, knowing).mean(axis=1) * (1 - OMITTED[test])
    return shares
