"""Columns of numbers in which words stand for no answer -> numbers alone, the words read as codes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from analysis.scaffold.known import NO_ANSWER, meaning_of
from analysis.scaffold.profile import Profile
from analysis.scaffold.words import NO_ANSWER_CODES, Worded


def read_mixed(
    profiles: Mapping[str, Profile], left_out: Collection[str], personal: Collection[str]
) -> tuple[dict[str, Profile], dict[str, Worded]]:
    """Read the words of columns that hold numbers and words for no answer, and nothing else.

    Parameters
    ----------
    profiles : mapping of str to Profile
    left_out, personal : collection of str
        Columns that are not read, as for `words.word_columns`.

    Returns
    -------
    tuple of dict of str to Profile and dict of str to Worded
        Every profile, those columns' with codes and labels in the words' place; and their words.
    """
    made, worded = dict(profiles), {}
    for name, one in profiles.items():
        if name in left_out or name in personal or one.is_numeric or not np.isfinite(one.numbers).any():
            continue
        others = one.texts[np.isnan(one.numbers)].dropna().unique()
        kinds = {text: meaning_of(" ".join(text.split()), NO_ANSWER) for text in others}
        if all(kinds.values()):
            codes = {text: NO_ANSWER_CODES[kind] for text, kind in kinds.items()}
            made[name] = _with_codes(one, codes)
            worded[name] = Worded(
                {" ".join(text.split()): code for text, code in codes.items()},
                {codes[text]: kind for text, kind in kinds.items()},
            )
    return made, worded


def _with_codes(one: Profile, codes: Mapping[str, float]) -> Profile:
    texts = one.texts.map(lambda text: f"{codes[text]:.15g}" if text in codes else text)
    numbers = np.where(one.texts.isin(list(codes)), one.texts.map(codes).astype(float), one.numbers)
    return replace(one, texts=texts, numbers=numbers, labels={code: text for text, code in codes.items()})
