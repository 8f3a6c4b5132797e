"""A kind of exercise of its own: an action in words, with what, who and when; only its form is judged."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.places import fold
from training.lessons.checks.kinds import NEAR, RIGHT, WRONG, Judgement, Kind
from training.lessons.checks.typed import is_empty

#: The parts as learners name them, with and without accents.
PARTS = ("viec", "ai", "han")
#: Words behind which an action hides; alone they say nothing that can be seen when it is done.
VAGUE = ("tang cuong", "day manh", "nang cao", "quan triet", "quan tam", "tiep tuc trien khai", "phat huy")
NOBODY = ("cac don vi", "cac co quan", "cac cap", "moi nguoi", "toan the", "cac nganh", "don vi lien quan")
_DATE = re.compile(
    r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|\bngay\s+\d{1,2}\s+thang\s+\d{1,2}\s+nam\s+\d{4}|\d{4}-\d{2}-\d{2}"
)
_PERIOD = re.compile(r"\b(quy|thang|nam)\s*\d|\b20\d\d\b")
_FEWEST_WORDS = 5


@dataclass(frozen=True)
class Action(Kind):
    """What is to be done, by whom, by when."""

    def own_keys(self) -> set[str]:
        return {"right", "wrong", "vague", "short", "nobody", "no_date", "period", "missing"}

    def _judge(self, answer: object) -> Judgement:
        if not isinstance(answer, Mapping):
            return WRONG, "any.pairs", {}
        given = {fold(str(key)): str(value) for key, value in answer.items() if not is_empty(value)}
        lacking = [part for part in PARTS if part not in given]
        if lacking:
            return (NEAR if len(lacking) == 1 else WRONG), "missing", {"count": str(len(lacking))}
        what, who, when = (fold(given[part]) for part in PARTS)
        if any(what.startswith(word) for word in VAGUE):
            return NEAR, "vague", {}
        if len(what.split()) < _FEWEST_WORDS:
            return NEAR, "short", {}
        if any(word in who for word in NOBODY):
            return NEAR, "nobody", {}
        if _DATE.search(when):
            return RIGHT, "right", {}
        return (NEAR, "period", {}) if _PERIOD.search(when) else (WRONG, "no_date", {})
