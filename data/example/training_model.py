"""Seeds -> what the example's classes are made of: items with their faults, classes, officials and abilities.

Everything here is invented but the places, the items of the question bank and the shape of a form. The sizes
of effects are chosen so that an analysis has something to find, not to look like any class that was held.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analysis.places import read_places
from training.question_bank.bank_rows import read_bank

PROVINCE = "91"
PER_CLASS = 36
#: Chance of guessing right, and standard deviation of ability within a class.
GUESS, SPREAD = 0.2, 1.0
#: Ability by level, gain of the course in standard deviations, and how classes and persons differ in it.
LEVEL_ABILITY = {"province": 0.4, "district": 0.1, "commune": -0.2}
GAIN, CLASS_GAIN_SD, PERSON_GAIN_SD = 1.1, 0.3, 0.4

NO_FAULT, WRONG_KEY, FLAT, CEILING, NOT_TAUGHT = (
    "",
    "wrong_key",
    "non_discriminating",
    "ceiling",
    "not_taught",
)


@dataclass(frozen=True)
class Course:
    """One course of the example.

    Attributes
    ----------
    course, topic, name_vi, name_en : str
    classes : tuple of str
    first_day : date
        Of its first class; the others follow a week apart.
    items : tuple of str
        Of the question bank, in the order of version A.
    faults : dict
        Item -> what is planted.
    not_taught : str
        An objective in which nobody gains; "" for none.
    """

    course: str
    topic: str
    name_vi: str
    name_en: str
    classes: tuple[str, ...]
    first_day: date
    items: tuple[str, ...]
    faults: dict[str, str]
    not_taught: str


def _codes(prefix: str, numbers: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(f"{prefix}-{number:02d}" for number in numbers)


COURSES = (
    Course(
        "PAPI-2021", "papi", "Bồi dưỡng về Chỉ số PAPI (mô phỏng)", "Training on PAPI (simulated)",
        ("K01", "K02", "K03", "K04", "K05", "K06"), date(2021, 4, 5),
        _codes("PAPI", (1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 14, 15, 16, 17, 19, 20, 21, 22, 25)),
        {"PAPI-08": WRONG_KEY, "PAPI-12": FLAT, "PAPI-05": CEILING}, "O2.2",
    ),
    Course(
        "PAR-2021", "parindex", "Bồi dưỡng về PARINDEX và Công văn 324 (mô phỏng)",
        "Training on PARINDEX and Letter 324 (simulated)",
        ("K07", "K08", "K09", "K10", "K11", "K12"), date(2021, 5, 17),
        _codes("PARI", (1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 15, 16, 17, 19, 20, 22, 23, 24, 25)),
        {}, "",
    ),
)  # fmt: skip
#: Which districts each class of a course takes in; "" is the province's own agencies.
DISTRICTS = (
    ("", "899"), ("900", "902", "914"), ("903", "904", "905"), ("906", "907"), ("908", "909", "913", "910"),
    ("911", "912"),
)  # fmt: skip
#: Officials of the province who are in both courses.
IN_BOTH = 12
#: Class -> gain below that of the others, so that one class is plainly weaker.
WEAK_CLASS, WEAK_GAIN = "K04", -0.9


def simulate_items(course: Course, rng: np.random.Generator) -> pd.DataFrame:
    """The items of a course's test.

    Returns
    -------
    DataFrame
        item, objective, key (the bank's), recorded_key (what the class is marked with), fault, a
        (discrimination), b (difficulty), p_A … p_D (chance of each letter among those who do not know; 0 for
        the key).
    """
    bank = read_bank().items.set_index("item")
    rows = []
    for item in course.items:
        fault = course.faults.get(item, NO_FAULT)
        objective, key = bank.loc[item, "objective"], bank.loc[item, "key"]
        if not fault and objective == course.not_taught:
            fault = NOT_TAUGHT
        a, b = rng.uniform(0.9, 1.7), rng.uniform(-1.3, 1.1)
        if fault == FLAT:
            a = 0.0
        elif fault == CEILING:
            a, b = 1.0, -6.0
        elif fault == NOT_TAUGHT:
            b = 1.2
        wrong = [letter for letter in "ABCD" if letter != key]
        chances = rng.dirichlet((6.0, 4.0, 1.0))
        chosen = dict(zip(wrong, chances, strict=True))
        recorded = max(chosen, key=chosen.get) if fault == WRONG_KEY else key
        letters = {f"p_{letter}": chosen.get(letter, 0.0) for letter in "ABCD"}
        rows.append(
            {
                "item": item, "objective": objective, "key": key, "recorded_key": recorded, "fault": fault,
                "a": a, "b": b, **letters,
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def chance_of_knowing(
    items: pd.DataFrame, ability: np.ndarray, taught: np.ndarray | None = None
) -> np.ndarray:
    """Chance of the right option, shape (people, items), by a three-parameter logistic model.

    Parameters
    ----------
    items : DataFrame
        From `simulate_items`.
    ability : array, shape (people,)
    taught : array, shape (people,), optional
        Ability before the course, which stays that of items nobody was taught.

    Notes
    -----
    P = c + (1 - c) / (1 + exp(-a (θ - b))), c = `GUESS` (Birnbaum 1968).
    """
    theta = np.repeat(ability[:, None], len(items), axis=1)
    if taught is not None:
        untaught = (items["fault"] == NOT_TAUGHT).to_numpy()
        theta[:, untaught] = taught[:, None]
    slope, difficulty = items["a"].to_numpy(), items["b"].to_numpy()
    return GUESS + (1 - GUESS) / (1 + np.exp(-slope * (theta - difficulty)))


def chance_of_mark(items: pd.DataFrame, knowing: np.ndarray) -> np.ndarray:
    """Chance that an answer is marked right, which for a wrong key is that of the letter it names."""
    right = (items["recorded_key"] == items["key"]).to_numpy()
    named = np.array([row[f"p_{row['recorded_key']}"] for row in items.to_dict("records")])
    return np.where(right, knowing, (1 - knowing) * named)


def simulate_officials(course: Course, rng: np.random.Generator) -> pd.DataFrame:
    """The participants of a course's classes.

    Returns
    -------
    DataFrame
        class_id, participant (code within the class), position, rank, unit, level, district, commune (codes),
        before (ability), gain.
    """
    places = read_places()
    rows = []
    for class_id, districts in zip(course.classes, DISTRICTS, strict=True):
        own_gain = GAIN + rng.normal(0, CLASS_GAIN_SD) + (WEAK_GAIN if class_id == WEAK_CLASS else 0.0)
        number = 0
        for at, district in enumerate(districts):
            count = PER_CLASS // len(districts) + (at < PER_CLASS % len(districts))
            if not district:
                count = 20
            elif "" in districts:
                count = PER_CLASS - 20
            for _ in range(count):
                number += 1
                about = _official(district, places, rng)
                ability = LEVEL_ABILITY[about["level"]] + rng.normal(0, SPREAD)
                gain = own_gain + rng.normal(0, PERSON_GAIN_SD)
                rows.append(
                    {
                        "class_id": class_id,
                        "participant": f"HV{number:02d}",
                        **about,
                        "before": ability,
                        "gain": gain,
                    }
                )
    return pd.DataFrame(rows)


_DEPARTMENTS = (
    "Sở Nội vụ", "Sở Tư pháp", "Sở Tài chính", "Sở Thông tin và Truyền thông", "Sở Tài nguyên và Môi trường",
    "Văn phòng UBND tỉnh", "Thanh tra tỉnh", "Sở Y tế",
)  # fmt: skip
_OFFICES = ("Phòng Nội vụ", "Phòng Tư pháp", "Văn phòng HĐND và UBND", "Phòng Tài nguyên và Môi trường")
_POSTS = (
    "Công chức Văn phòng – Thống kê", "Công chức Tư pháp – Hộ tịch", "Công chức Địa chính – Xây dựng",
    "Phó Chủ tịch UBND",
)  # fmt: skip


def _official(district: str, places, rng: np.random.Generator) -> dict[str, str]:
    if not district:
        return {
            "position": "Chuyên viên", "rank": "Chuyên viên", "unit": str(rng.choice(_DEPARTMENTS)),
            "level": "province", "district": "", "commune": "",
        }  # fmt: skip
    if rng.uniform() < 0.3:
        office = str(rng.choice(_OFFICES))
        return {
            "position": str(rng.choice(("Chuyên viên", "Phó Trưởng phòng"))), "rank": "Chuyên viên",
            "unit": f"{office} {places.district(district).full_name}", "level": "district",
            "district": district, "commune": "",
        }  # fmt: skip
    communes = sorted(code for code, own in places.communes_of(PROVINCE).items() if own == district)
    commune = str(rng.choice(communes))
    return {
        "position": str(rng.choice(_POSTS)), "rank": "Cán sự",
        "unit": f"UBND {places.commune(commune).full_name}",
        "level": "commune", "district": district, "commune": commune,
    }  # fmt: skip
