"""A survey file + a name -> the drafted round: settings and, where needed, codebook, framework, places."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from analysis import paths
from analysis.built import sha256
from analysis.errors import UnknownName, WorkbenchError, nearest, shown
from analysis.indicators.framework import Framework, read_framework
from analysis.intake.persons.personal_columns import personal_columns
from analysis.intake.table import RawTable
from analysis.places import read_places
from analysis.respondents.codebook import Codebook, read_codebook
from analysis.rounds import Round, read_round, round_names
from analysis.scaffold.carried import carry_over
from analysis.scaffold.codebook_draft import Variable, codebook_files, describe_variables
from analysis.scaffold.facts import facts_of
from analysis.scaffold.groups import group_lines, like_bands
from analysis.scaffold.indicator_map import IndicatorMap, draft_indicators, is_whole
from analysis.scaffold.located import locate_columns
from analysis.scaffold.matching import LIKE, Match, match_variables
from analysis.scaffold.mixed import read_mixed
from analysis.scaffold.no_answer import Seen, find_no_answers
from analysis.scaffold.places_draft import draft_places
from analysis.scaffold.profile import Profile, profile_columns
from analysis.scaffold.proposals import Known, settings_fills
from analysis.scaffold.province import ProvinceChoice, choose_province, rows_of
from analysis.scaffold.roles import ROLES, Proposal, propose_roles
from analysis.scaffold.sampling import look_at_nesting
from analysis.scaffold.settings_draft import fill_template
from analysis.scaffold.words import Worded, word_columns, words_seen

#: With fewer of a framework's indicators in the file than this, it is a survey of another kind.
_LEAST_MATCHED = 0.1
#: Parts whose numbers are codes or weights, never answers.
_NO_ANSWERS_IN = tuple(role for role in ROLES if role not in ("sex", "age", "residence", "ethnicity"))


@dataclass(frozen=True)
class Wanted:
    """What the person asked for.

    Attributes
    ----------
    name : str
        Of the round.
    file : str
        From the data folder.
    year : int
    like, codebook, framework : str
        "" for none named; codebook and framework then come from `like`, else from the template.
    reading : dict
        How the file was to be read: sheet, header_row, encoding, legacy, delimiter.
    columns : dict
        Part -> column that the person named; "" says that the file has none.
    province : str
        Whose rows are taken of a file with several; "" for none named.
    words : tuple of str
        Columns whose words are to be read as codes.
    """

    name: str
    file: str
    year: int
    like: str = ""
    codebook: str = ""
    framework: str = ""
    reading: Mapping[str, object] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    province: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """Files to be written, by path from the data folder, and what was found out on the way."""

    files: dict[str, str]
    facts: list[str]


@dataclass(frozen=True)
class _Columns:
    """The file's columns, of the chosen province's rows alone, and what they seem to be."""

    profiles: dict[str, Profile]
    proposals: dict[str, Proposal]
    province: ProvinceChoice
    personal: dict[str, str]
    words: dict[str, Worded]
    seen: list[Seen]

    @property
    def roles(self) -> dict[str, str]:
        return {role: one.column for role, one in self.proposals.items()}

    def of(self, role: str) -> Profile | None:
        return self.profiles.get(self.roles[role])


def draft_round(raw: RawTable, path: Path, wanted: Wanted) -> Draft:
    """Draft a round from its file.

    Parameters
    ----------
    raw : RawTable
    path : Path
        Of the file, for its hash.
    wanted : Wanted

    Returns
    -------
    Draft

    Raises
    ------
    UnknownName
        No such round in `like`, no such codebook, framework, column or province.

    Notes
    -----
    Nothing is written here. Values stand in the settings where a name and the numbers agree; everything else
    has a line `# decide:` with its candidates (`analysis.rounds.decisions`).
    """
    template = paths.rows_file("rounds", "_template.toml").read_text(encoding="utf-8")
    defaults = tomllib.loads(template)
    like = read_round(wanted.like) if wanted.like else None
    names = {
        key: getattr(wanted, key) or (getattr(like, key) if like else "") or defaults[key]
        for key in ("codebook", "framework")
    }
    codebook, framework = _read_rows(names, wanted.year)
    columns = _look_at(raw, wanted, like, defaults["province"], codebook)
    roles, profiles = columns.roles, columns.profiles
    places = draft_places(
        columns.of("district"), columns.of("province"), wanted.name, path.name, columns.province.code
    )
    matches = _matches(codebook, columns)
    no_answer = [one.code for one in columns.seen]
    variables = describe_variables(profiles, roles, no_answer, columns.personal, columns.words)
    variables, carried = carry_over(variables, matches, codebook)
    rows = _own_rows(
        wanted, framework, matches, variables, path.name, _needs_words(codebook, columns, matches, wanted)
    )
    known = Known(
        wanted=wanted, raw=raw, profiles=profiles, proposals=columns.proposals, seen=columns.seen,
        places=places, like=like,
        nesting=look_at_nesting(profiles, roles["stratum"], roles["psu"], roles["district"]),
        rows=dict.fromkeys(names, wanted.name) if rows else names,
        alien=rows is not None and rows.matched == 0, simulated=_same_as_simulated(path),
        province=columns.province,
    )  # fmt: skip
    bands = like_bands(like.groups) if like else {}
    bands = bands or {label: tuple(band) for label, band in defaults["groups"]["age_group"]["bands"].items()}
    groups = group_lines(profiles, roles, codebook, bands, columns.words)
    text = fill_template(template, settings_fills(known), groups, _head(wanted, raw))
    files = {f"rounds/{wanted.name}.toml": text}
    if rows:
        kinds = {one.code: one.kind for one in columns.seen if not isinstance(one.code, str)}
        own = codebook_files(variables, kinds)
        files |= {f"codebook/{wanted.name}/{file}": body for file, body in own.items()}
        files |= {f"framework/{wanted.name}/{file}": body for file, body in rows.files.items()}
    files |= {f"places/{wanted.name}/{file}": body for file, body in places.files.items()}
    told = carried if rows else []
    return Draft(
        files, facts_of(raw, columns.proposals, columns.personal, variables, rows, names, places, told)
    )


def _look_at(
    raw: RawTable, wanted: Wanted, like: Round | None, usual: str, codebook: Codebook | None
) -> _Columns:
    """Profiles, parts, province, words and codes for no answer."""
    everywhere = profile_columns(raw)
    places, parts = read_places(), _parts_of(like)
    proposals = propose_roles(everywhere, parts, wanted.columns, locate_columns(everywhere, places))
    usual_provinces = [one for one in (like.province if like else "", usual) if one]
    province = choose_province(everywhere.get(proposals["province"].column), wanted.province, usual_provinces)
    profiles = rows_of(everywhere, province.rows)
    if province.rows is not None:
        proposals = propose_roles(profiles, parts, wanted.columns, locate_columns(profiles, places))
    roles = {role: one.column for role, one in proposals.items()}
    personal = personal_columns(raw)
    no_people = [roles[role] for role in _NO_ANSWERS_IN if roles[role]]
    profiles, mixed = read_mixed(profiles, no_people, personal)
    words = word_columns(profiles, no_people, personal, wanted.words, codebook)
    seen = words_seen(words, profiles, find_no_answers(profiles, no_people))
    return _Columns(profiles, proposals, province, personal, words | mixed, seen)


def _parts_of(like: Round | None) -> dict[str, str]:
    """Part -> column of another round."""
    if like is None:
        return {}
    columns, design = like.columns, like.design
    groups = {group.name: group.variable for group in like.groups}
    return {
        "respondent": columns.respondent, "district": columns.district, "commune": columns.commune,
        "village": columns.village,
        "weight": design.weight, "stratum": design.strata[0], "psu": design.psus[0],
        "sex": groups.get("sex", ""), "residence": groups.get("residence", ""),
        "age": groups.get("age_group", ""), "ethnicity": groups.get("ethnicity", ""),
    }  # fmt: skip


def _read_rows(names: Mapping[str, str], year: int) -> tuple[Codebook | None, Framework | None]:
    """The codebook and framework to match with; None for "none", or where no indicator is valid that year."""
    for key, name in names.items():
        known = paths.rows_names(key)
        if name not in (*known, "none"):
            close = nearest(name, known) or known
            raise UnknownName(
                f'There is no {key} "{name}".',
                vi=f'Không có {key} nào tên "{name}". Hiện có: {shown(known)}.',
                where=f"data/{key}",
                expected=f"one of {shown(known)}, or none for a survey of another kind",
                got=name,
                hint=f"Use {shown(close)}, or none.",
            )
    codebook = None if names["codebook"] == "none" else read_codebook(names["codebook"])
    if names["framework"] == "none" or codebook is None:
        return codebook, None
    try:
        return codebook, read_framework(names["framework"], year)
    except UnknownName:  # no indicators in that year: nothing to match
        return codebook, None


def _matches(codebook: Codebook | None, columns: _Columns) -> dict[str, Match]:
    """The file's column for each of the codebook's variables about people and questions."""
    if codebook is None:
        return {}
    asked = codebook.with_role("person", "question")
    labelled = {
        name: replace(columns.profiles[name], labels=one.answers)
        for name, one in columns.words.items()
        if one.answers
    }
    return match_variables(asked, codebook, columns.profiles | labelled, [one.code for one in columns.seen])


def _needs_words(
    codebook: Codebook | None, columns: _Columns, matches: Mapping[str, Match], wanted: Wanted
) -> bool:
    """Whether words stand in the file that the codebook as it is does not read."""
    return bool(wanted.words) or any(
        match.column in columns.words and match.score >= LIKE and not codebook.words(name)
        for name, match in matches.items()
    )


def _own_rows(
    wanted: Wanted,
    framework: Framework | None,
    matches: Mapping[str, Match],
    variables: list[Variable],
    source: str,
    worded: bool,
) -> IndicatorMap | None:
    """The framework of the round's own, None where the one named fits as it stands."""
    if framework and is_whole(framework, matches) and not worded:
        return None
    own = [one for one in variables if one.role == "question" and one.type != "text"]
    drafted = draft_indicators(framework, matches, own, wanted.year, source)
    if drafted.wanted and drafted.matched < _LEAST_MATCHED * drafted.wanted:
        return draft_indicators(None, {}, own, wanted.year, source)
    return drafted


def _same_as_simulated(path: Path) -> str:
    """The simulated round that has the very same file, "" where none has."""
    made = sha256(path)
    for name in round_names():
        try:
            other = read_round(name)
        except WorkbenchError:
            continue
        if other.simulated and other.data_file.is_file() and sha256(other.data_file) == made:
            return name
    return ""


def _head(wanted: Wanted, raw: RawTable) -> list[str]:
    return [
        f"# Drafted by `workbench round new` from {wanted.file}: {len(raw.rows)} rows, "
        f"{len(raw.columns)} columns.",
        "# A line `# decide: …` stops every build: fill in the key below it, then delete the line.",
        "# Bản thảo do `workbench round new` soạn. Mỗi dòng `# decide: …` là một điều phải quyết "
        "định: điền khóa",
        "# ngay dưới rồi xóa dòng đó. `workbench check --round …` nêu những điều còn lại.",
    ]
