"""Exercises of lesson 2: reading a score, its interval, weights, and “not enough evidence”."""

from __future__ import annotations

from analysis.briefing.findings import UNCLEAR, find_all
from training.lessons.checks.kinds import Choice, Kind, Number
from training.lessons.teaching.levels import THOUGHT
from training.lessons.teaching.opened import lesson_pack, lesson_page, lesson_survey
from training.lessons.teaching.published import TOTAL, dimensions_of, standing
from training.lessons.teaching.weighting import weighted_and_not

ROUND, DISTRICT, YEAR = "example-2021", "Giồng Riềng", 2021


def sum_of_dimensions() -> Kind:
    """The total, or the sum of the scores as they are printed, which may differ by a hundredth."""
    scores = [standing(code, YEAR).score for code in dimensions_of(YEAR)]
    total, printed = standing(TOTAL, YEAR).score, sum(round(score, 2) for score in scores)
    slips = {"mean": total / len(scores), "year_before": standing(TOTAL, YEAR - 1).score}
    slips |= {"year_after": standing(TOTAL, YEAR + 1).score, "one_missing": total - scores[-1]}
    return Number(total, decimals=2, also=(printed,), slips=slips)


def lowest_total() -> Kind:
    page = lesson_page(ROUND)
    low, high = (page.measures.at[page.total, side] for side in ("minimum", "maximum"))
    return Number(float(low), slips={"label": 10, "zero": 0, "highest": float(high), "one": 1})


def low_end() -> Kind:
    pack = lesson_pack(DISTRICT, ROUND)
    own, province = pack.by_measure("level"), pack.by_measure("level", place=pack.whole)
    slips = {
        "score": own.at["D1", "estimate"],
        "high": own.at["D1", "ci_high"],
        "province": province.at["D1", "ci_low"],
        "next_row": own.at["D2", "ci_low"],
    }
    return Number(own.at["D1", "ci_low"], decimals=2, slips=slips)


def which_sentence() -> Kind:
    pack = lesson_pack(DISTRICT, ROUND)
    (found,) = find_all(pack, "difference", ["D5"])
    return Choice("C" if found.answer == UNCLEAR else "A" if found.good else "B", near="A")


def weight_by_hand() -> Kind:
    survey = lesson_survey(ROUND)
    weighted, plain = weighted_and_not(survey, THOUGHT)
    groups = survey.mean(THOUGHT, by="residence").set_index("group")["estimate"]
    asked = survey.data["residence"].value_counts(normalize=True)
    slips = {
        "plain": plain,
        "halves": groups.mean(),
        "sample_parts": float((groups * asked.reindex(groups.index)).sum()),
        "urban": groups["urban"],
        "rural": groups["rural"],
    }
    return Number(
        100 * weighted, decimals=1, percent=True, slips={key: 100 * value for key, value in slips.items()}
    )


def may_be_ranked() -> Kind:
    return Choice("B", near="D")


EXERCISES = {
    "2.1": sum_of_dimensions,
    "2.2": lowest_total,
    "2.3": low_end,
    "2.4": which_sentence,
    "2.5": weight_by_hand,
    "2.6": may_be_ranked,
}
