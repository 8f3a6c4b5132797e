"""data/wording/training/template.csv -> the fixed words of the template, Vietnamese and English."""

from __future__ import annotations

from training.words import LANGUAGES, Words

__all__ = ["LANGUAGES", "has", "say"]

_WORDS = Words("template.csv")
say, has = _WORDS.say, _WORDS.has
