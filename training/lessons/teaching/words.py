"""data/wording/training/lessons.csv -> the fixed words of figures, slides, hand-outs and notebooks."""

from __future__ import annotations

from training.words import Words

WORDS = Words("lessons.csv")
say = WORDS.say
