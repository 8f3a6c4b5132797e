"""Seeds -> the committed example of training: two SIMULATED workbooks, one a course, and their truth.

Run from anywhere: `python data/example/simulate_training.py`. The same seeds give the same files, byte for
byte on one zlib. Twelve classes of 2021, 432 places taken by 420 officials of the province and its 15
districts, who do not exist; every class says that it is simulated.
"""

from __future__ import annotations

import re
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))  # so that the script runs without being installed

from data.example import training_records_of as of  # noqa: E402
from data.example.training_model import (  # noqa: E402
    COURSES,
    IN_BOTH,
    Course,
    simulate_items,
    simulate_officials,
)
from training.records.template.workbook import write_template  # noqa: E402

SEED = 20210319
#: What stands in the files in the place of the clock.
TIME_STAMP = "2021-12-31T00:00:00Z"
_ZIP_TIME = (2021, 12, 31, 0, 0, 0)


def file_of(course: Course, folder: Path = HERE) -> Path:
    return folder / f"training-{course.topic}-2021.xlsx"


def simulate_training() -> dict[str, tuple[dict[str, list], dict[str, pd.DataFrame]]]:
    """Course -> the rows of its workbook by kind of sheet, and its truth (items, classes)."""
    made, number, codes, again = {}, 1, _official_codes(), None
    for course, generator in zip(COURSES, np.random.SeedSequence(SEED).spawn(len(COURSES)), strict=True):
        rng = np.random.default_rng(generator)
        items = simulate_items(course, rng)
        people = simulate_officials(course, rng).assign(official_code=next(codes))
        people = of.who_sits(_same_in_both(people, again), rng)
        again = people
        papers = of.paper_rows(course, items, rng)
        answers, people = of.answer_rows(people, items, papers, rng)
        attendance = of.attendance_rows(people, rng)
        certificates = of.certificate_rows(course, people, attendance, number)
        number += len(certificates)
        rows = {
            "classes": of.class_rows(course),
            "sessions": of.session_rows(course),
            "lecturers": of.lecturer_rows(course),
            "participants": of.participant_rows(people),
            "attendance": attendance,
            "papers": papers,
            "answers": answers,
            "forms": of.form_rows(course, people, rng),
            "follow_up": of.follow_up_rows(people, rng),
            "certificates": certificates,
            "plan": of.plan_rows(course),
        }
        made[course.course] = (
            rows,
            {"items": _item_truth(course, items), "classes": _class_truth(people, items, rows)},
        )
    return made


def _official_codes():
    """Each course's officials' numbers; the first of the second course are those of the first."""
    count = 216
    first = [f"MP{number:04d}" for number in range(1, count + 1)]
    yield first
    yield first[:IN_BOTH] + [f"MP{number:04d}" for number in range(count + 1, 2 * count - IN_BOTH + 1)]


def _same_in_both(people: pd.DataFrame, earlier: pd.DataFrame | None) -> pd.DataFrame:
    """Who was in the earlier course too keeps the post and the office that they had there."""
    if earlier is None:
        return people
    own = earlier.set_index("official_code").loc[people["official_code"][:IN_BOTH]]
    for name in ("position", "rank", "unit"):
        people.loc[people.index[:IN_BOTH], name] = own[name].to_numpy()
    return people


def _item_truth(course: Course, items: pd.DataFrame) -> pd.DataFrame:
    kept = ["item", "objective", "key", "recorded_key", "fault", "a", "b"]
    return items[kept].assign(course=course.course)[["course", *kept]]


def _class_truth(people: pd.DataFrame, items: pd.DataFrame, rows: dict[str, list]) -> pd.DataFrame:
    """Each class's expected shares marked right, and counts that a reader of the files must find."""
    shares = of.expected_shares(people, items)
    people = people.assign(pre=shares["pre"], post=shares["post"])
    truth = people.groupby("class_id").agg(
        participants=("participant", "size"), pre_expected=("pre", "mean"), post_expected=("post", "mean"),
        without_post=("has_post", _how_many_lack), without_pre=("has_pre", _how_many_lack),
    )  # fmt: skip
    for name, counted in (
        ("second_attempts", [row for row in rows["answers"] if row.get("attempt")]),
        (
            "learner_forms",
            [row for row in rows["forms"] if row["respondent"] == "learner" and not row.get("lecturer")],
        ),
        ("certificates", rows["certificates"]),
    ):
        truth[name] = pd.Series([row["class_id"] for row in counted]).value_counts()
    truth["invalid_forms"] = _invalid_forms(rows["forms"])
    return truth.fillna(0).astype({"second_attempts": int, "invalid_forms": int}).reset_index()


def _how_many_lack(has: pd.Series) -> int:
    return int((~has).sum())


def _invalid_forms(forms: list[dict[str, object]]) -> pd.Series:
    """Learners' forms with more than 5 % of their scores open, by class."""
    open_scores: dict[tuple[str, str], list[bool]] = {}
    for row in forms:
        if row["respondent"] == "learner":
            scores = [value is None for name, value in row.items() if re.fullmatch(r"[A-Z]{2}\d\.\d", name)]
            open_scores.setdefault((row["class_id"], row["form"]), []).extend(scores)
    invalid = [class_id for (class_id, _), own in open_scores.items() if np.mean(own) > 0.05]
    return pd.Series(invalid, dtype="str").value_counts()


def write_workbook(course: Course, rows: dict[str, list], folder: Path = HERE) -> Path:
    """One course's workbook, written through the template that a department fills in."""
    path = file_of(course, folder)
    with tempfile.TemporaryDirectory() as made:
        draft = write_template(
            Path(made) / "draft.xlsx",
            topic=course.topic,
            sessions=of.SESSIONS,
            questions=len(course.items),
            rows=rows,
        )
        path.write_bytes(_without_clock(draft, Path(made) / "fixed.xlsx").read_bytes())
    return path


def _without_clock(draft: Path, path: Path) -> Path:
    """The same workbook with one time in the place of all times."""
    with (
        zipfile.ZipFile(draft) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", TIME_STAMP.encode(), content)
            member = zipfile.ZipInfo(name, _ZIP_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, content)
    return path


def write_truth(made: dict, folder: Path = HERE) -> list[Path]:
    """What the records were drawn from: items with their faults, and classes."""
    paths = []
    for name in ("items", "classes"):
        path = folder / "truth" / f"training-{name}-2021.csv"
        path.parent.mkdir(exist_ok=True)
        table = pd.concat([truth[name] for _, truth in made.values()], ignore_index=True)
        table.to_csv(path, index=False, float_format="%.6f", lineterminator="\n")
        paths.append(path)
    return paths


def main(folder: Path = HERE) -> None:
    made = simulate_training()
    for course in COURSES:
        rows, _ = made[course.course]
        path = write_workbook(course, rows, folder)
        print(f"{path.name}: {len(rows['participants'])} places, {path.stat().st_size:,} bytes")
    print(*(path.name for path in write_truth(made, folder)))


if __name__ == "__main__":
    main()
