"""The columns taken for sex, residence and age -> the breakdowns of a round, as lines of TOML."""

from __future__ import annotations

import json
from collections.abc import Mapping

from analysis.respondents.codebook import Codebook
from analysis.rounds import Group
from analysis.rounds.decisions import MARK
from analysis.scaffold.known import meaning_of
from analysis.scaffold.profile import Profile

#: Group -> the part its column plays, and the labels of its codes; none for bands.
_GROUPS = {
    "sex": ("sex", ("male", "female")),
    "residence": ("residence", ("urban", "rural")),
    "age_group": ("age", ()),
}


def group_lines(
    profiles: Mapping[str, Profile],
    roles: Mapping[str, str],
    codebook: Codebook | None,
    bands: Mapping[str, tuple[float, float]],
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
                _coded(name, profiles[column], meanings, codebook)
                if meanings
                else _banded(name, column, bands)
            ),
        ]
    return [*lines, ""]


def _coded(name: str, one: Profile, meanings: tuple[str, str], codebook: Codebook | None) -> list[str]:
    labels = {code: text for code, text in one.labels.items() if not isinstance(code, str)}
    told = "the file's labels / nhãn trong tệp"
    if not labels and codebook and one.name in codebook:
        labels, told = codebook.labels(one.name), f"codebook {codebook.name} / bảng mã"
    found = {meaning_of(text, meanings): code for code, text in labels.items()}
    header = [f"[groups.{name}]", f"variable = {json.dumps(one.name, ensure_ascii=False)}"]
    if all(meaning in found for meaning in meanings):
        codes = ", ".join(f"{meaning} = [{found[meaning]:.15g}]" for meaning in meanings)
        return [f"# by {told}", *header, f"codes = {{ {codes} }}"]
    seen = ", ".join(f"{code:.15g}" for code in one.values) or "words"
    empty = ", ".join(f"{meaning} = []" for meaning in meanings)
    wants = " và ".join(meanings), " and ".join(meanings)
    return [
        f"{MARK} groups.{name} — mã nào là {wants[0]}? tệp có: {seen}; hoặc xóa cả mục này / "
        f"which codes are {wants[1]}? the file has: {seen}; or delete this section",
        *header,
        f"codes = {{ {empty} }}",
    ]


def _banded(name: str, column: str, bands: Mapping[str, tuple[float, float]]) -> list[str]:
    pairs = (f"{json.dumps(label)} = [{low:.15g}, {high:.15g}]" for label, (low, high) in bands.items())
    variable = json.dumps(column, ensure_ascii=False)
    return [f"[groups.{name}]", f"variable = {variable}", f"bands = {{ {', '.join(pairs)} }}"]


def like_bands(groups: tuple[Group, ...]) -> dict[str, tuple[float, float]]:
    """The bands of a round's age groups, where it has any."""
    return next((group.bands for group in groups if group.name == "age_group" and group.bands), {})
