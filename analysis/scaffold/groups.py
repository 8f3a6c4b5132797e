"""The columns taken for sex, residence and age -> the breakdowns of a round, as lines of TOML."""

from __future__ import annotations

import json
from collections.abc import Mapping

from analysis.errors import shown
from analysis.intake.persons.masks import show
from analysis.respondents.codebook import Codebook
from analysis.rounds import Group
from analysis.rounds.decisions import MARK
from analysis.scaffold.known import NO_ANSWER, meaning_of
from analysis.scaffold.profile import Profile
from analysis.scaffold.settings_draft import toml_value
from analysis.scaffold.words import Worded

#: Group -> the part its column plays, and the labels of its codes; none for bands.
_GROUPS = {
    "sex": ("sex", ("male", "female")),
    "residence": ("residence", ("urban", "rural")),
    "age_group": ("age", ()),
    "ethnicity": ("ethnicity", ("kinh", "other")),
}
_VIETNAMESE = {
    "male": "nam",
    "female": "nữ",
    "urban": "thành thị",
    "rural": "nông thôn",
    "kinh": "Kinh",
    "other": "các dân tộc khác",
}


def group_lines(
    profiles: Mapping[str, Profile],
    roles: Mapping[str, str],
    codebook: Codebook | None,
    bands: Mapping[str, tuple[float, float]],
    words: Mapping[str, Worded],
) -> list[str]:
    """The sections [groups.…].

    Parameters
    ----------
    profiles : mapping of str to Profile
    roles : mapping of str to str
        Part -> column, "" where none is known: then the file has no such group.
    codebook : Codebook or None
        Gives the labels of codes that the file does not label.
    bands : mapping of str to (low, high)
        Of age.
    words : mapping of str to Worded
        Columns whose words are read as codes.
    """
    lines = [
        "# One section a breakdown: a variable, and either codes or bands. Add or delete as the survey needs."
    ]
    for name, (part, meanings) in _GROUPS.items():
        column = roles.get(part, "")
        if not column:
            lines += ["", f"# no column was recognised for {name} / không nhận ra cột cho {name}"]
            continue
        lines += [
            "",
            *(
                _coded(name, profiles[column], meanings, codebook, words.get(column))
                if meanings
                else _banded(name, column, bands)
            ),
        ]
    return [*lines, ""]


def _coded(
    name: str, one: Profile, meanings: tuple[str, str], codebook: Codebook | None, words: Worded | None
) -> list[str]:
    labels = {code: text for code, text in one.labels.items() if not isinstance(code, str)}
    told = "the file's labels / nhãn trong tệp"
    if words:
        labels, told = words.answers, "the file's words, read as codes / chữ trong tệp, đọc thành mã"
    elif not labels and codebook and one.name in codebook:
        labels, told = codebook.labels(one.name), f"codebook {codebook.name} / bảng mã"
    found = _by_meaning(labels, meanings)
    header = [f"[groups.{name}]", f"variable = {json.dumps(one.name, ensure_ascii=False)}"]
    if all(meaning in found for meaning in meanings):
        codes = ", ".join(f"{meaning} = {toml_value(found[meaning])}" for meaning in meanings)
        return [f"# by {told}", *header, f"codes = {{ {codes} }}"]
    empty = ", ".join(f"{meaning} = []" for meaning in meanings)
    wants = " và ".join(_VIETNAMESE[meaning] for meaning in meanings), " and ".join(meanings)
    seen_vi, seen = _seen(one, labels)
    return [
        f"{MARK} groups.{name} — mã nào là {wants[0]}? {seen_vi}; hoặc xóa cả mục này / "
        f"which codes are {wants[1]}? {seen}; or delete this section",
        *header,
        f"codes = {{ {empty} }}",
    ]


def _by_meaning(labels: Mapping[float, str], meanings: tuple[str, ...]) -> dict[str, list[float]]:
    """Meaning -> its codes; "other" has all that mean something else."""
    found: dict[str, list[float]] = {}
    for code, text in labels.items():
        if not meaning_of(text, NO_ANSWER):
            meaning = meaning_of(text, meanings) or ("other" if "other" in meanings else "")
            found.setdefault(meaning, []).append(code)
    return found


def _seen(one: Profile, labels: Mapping[float, str]) -> tuple[str, str]:
    """What the column holds, Vietnamese and English."""
    if not one.is_numeric and not labels:
        listed = shown(dict.fromkeys(show(text) for text in one.texts.dropna().unique()))
        again = f"--again --words {one.name}"
        return (
            f"cột ghi chữ: {listed}; chạy lại với {again} để đọc thành mã",
            f"it holds words: {listed}; run again with {again} to read them as codes",
        )
    codes = labels or one.values
    listed = shown(f"{code:.15g} = {labels[code]}" if code in labels else f"{code:.15g}" for code in codes)
    return f"tệp có: {listed.replace(' / ', ', ')}", f"the file has: {listed}"


def _banded(name: str, column: str, bands: Mapping[str, tuple[float, float]]) -> list[str]:
    pairs = (f"{json.dumps(label)} = [{low:.15g}, {high:.15g}]" for label, (low, high) in bands.items())
    variable = json.dumps(column, ensure_ascii=False)
    return [f"[groups.{name}]", f"variable = {variable}", f"bands = {{ {', '.join(pairs)} }}"]


def like_bands(groups: tuple[Group, ...]) -> dict[str, tuple[float, float]]:
    """The bands of a round's age groups, where it has any."""
    return next((group.bands for group in groups if group.name == "age_group" and group.bands), {})
