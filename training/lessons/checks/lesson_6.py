"""Exercises of lesson 6: reading a district's pack, sampled or not."""

from __future__ import annotations

from analysis.briefing.findings import UNCLEAR, find_all
from analysis.estimates import quality
from training.lessons.checks.kinds import Choice, Kind, Number, Pairs, Several
from training.lessons.teaching.opened import lesson_pack
from training.lessons.teaching.reading import broken_dimensions, count_signs

ROUND, DISTRICT, UNSAMPLED = "example-2021", "An Minh", "Kiên Hải"
#: The letters of exercise 6.6: sign -> what it stands for.
SIGN_LETTERS = {quality.SUPPRESSED: "A", quality.CAUTION: "B", quality.NOT_ESTIMATED: "C"}
_SIGN_NAMES = {
    quality.SUPPRESSED: "Dấu sao",
    quality.CAUTION: "Số trong ngoặc đơn",
    quality.NOT_ESTIMATED: "Dấu gạch ngang",
}


def which_sentence() -> Kind:
    pack = lesson_pack(DISTRICT, ROUND)
    unclear = all(one.answer == UNCLEAR for one in find_all(pack, "difference", pack.dimensions))
    return Choice("C" if unclear else "B", near="A")


def change_of_one() -> Kind:
    pack = lesson_pack(DISTRICT, ROUND)
    own = pack.by_measure("change").loc["D2"]
    province = pack.by_measure("change", place=pack.whole).at["D2", "estimate"]
    slips = {
        "low": own["ci_low"],
        "high": own["ci_high"],
        "province": province,
        "level": pack.by_measure("level").at["D2", "estimate"],
    }
    return Number(own["estimate"], decimals=2, slips=slips)


def withheld() -> Kind:
    signs = count_signs(lesson_pack(DISTRICT, ROUND))
    held = signs[quality.SUPPRESSED]
    slips = {
        "caution": signs[quality.CAUTION],
        "not_estimated": signs[quality.NOT_ESTIMATED],
        "all": sum(signs.values()),
        "all_signs": sum(count for flag, count in signs.items() if flag != quality.GOOD),
    }
    return Number(held, slips={key: value for key, value in slips.items() if value != held})


def without_sample() -> Kind:
    return Choice("D" if lesson_pack(UNSAMPLED, ROUND).sampled else "B", near="C")


def not_comparable() -> Kind:
    pack = lesson_pack(DISTRICT, ROUND)
    right = frozenset(broken_dimensions(pack))
    traps = {"unclear": "D8", "fell": "D2"}
    return Several(
        right, frozenset(pack.dimensions), {key: code for key, code in traps.items() if code not in right}
    )


def signs() -> Kind:
    right = {_SIGN_NAMES[flag]: letter for flag, letter in SIGN_LETTERS.items()}
    star, dash = _SIGN_NAMES[quality.SUPPRESSED], _SIGN_NAMES[quality.NOT_ESTIMATED]
    return Pairs(right, {"star_dash": (star, right[dash]), "brackets": (_SIGN_NAMES[quality.CAUTION], "A")})


EXERCISES = {
    "6.1": which_sentence,
    "6.2": change_of_one,
    "6.3": withheld,
    "6.4": without_sample,
    "6.5": not_comparable,
    "6.6": signs,
}
