"""An opened round + a language -> what may be chosen: (words, value) pairs for each control."""

from __future__ import annotations

from analysis.errors import WorkbenchError
from analysis.explore.asking import AGAINST, Asking
from analysis.explore.labels import QUESTION
from analysis.explore.opened import label_text
from analysis.explore.searching import find_names
from analysis.explore.words import Words
from analysis.places import read_places
from analysis.rounds import read_round, round_names

Options = list[tuple[str, str]]
#: The value of a choice that leaves something open.
NOTHING = ""
#: In front of a measure's name, by its place in the framework.
_INDENTS = {"dimension": "\N{EM SPACE}", "sub_dimension": "\N{EM SPACE}" * 2, "indicator": "\N{EM SPACE}" * 3}


def round_options(language: str) -> Options:
    """Rounds that can be read; a draft that is not filled in yet cannot be asked."""
    options = []
    for name in round_names():
        try:
            options.append((f"{read_round(name).title(language)} ({name})", name))
        except WorkbenchError:
            continue
    return options


def measure_options(survey: Asking, language: str, search: str = "") -> Options:
    """Measures and questions in the framework's order; of a search, those found, best first."""
    labels, valid = survey.labels, set(survey.measures)
    known = [name for name in labels.tree if name in valid or labels.is_coded(name)]
    if search.strip():
        found = set(known)
        known = [name for name in find_names(labels, search)["name"] if name in found]
    words = Words(survey.labels, language)
    return [(_measure_text(name, words, bool(search.strip())), name) for name in known]


def _measure_text(name: str, words: Words, flat: bool) -> str:
    kind = words.labels.table.at[name, "kind"]
    code = f"{name}. " if kind in ("dimension", "sub_dimension", QUESTION) else ""
    return ("" if flat else _INDENTS.get(kind, "")) + code + words.name(name)


def place_options(survey: Asking, language: str) -> Options:
    """The whole province, then its districts; those without a sample say so."""
    words = Words(survey.labels, language)
    places = read_places(folder=survey.survey_round.places)
    sampled = set(survey.labels_of("district"))
    options = [(words.whole, NOTHING)]
    for code in places.districts_of(survey.survey_round.province):
        name = words.labels.value("district", code, language)
        options.append((name if code in sampled else f"{name} ({words.say('no_sample')})", code))
    return options


def by_options(survey: Asking, language: str) -> Options:
    """What a table may be broken down by."""
    words = Words(survey.labels, language)
    names = [name for name in survey.groups if name != "stratum"]
    return [(words.say("by_none"), NOTHING), *((words.name(name), name) for name in names)]


def filter_options(survey: Asking, language: str) -> list[tuple[str, tuple[str, str]]]:
    """Values of the round's groups, such as ("giới tính: Nữ", ("sex", "female"))."""
    labels = survey.labels
    options = []
    for group in survey.survey_round.groups:
        title = labels.name_of(group.name, language)
        for label in map(label_text, survey.labels_of(group.name)):
            words = labels.value(group.name, label, language)
            options.append((f"{title}: {words}", (group.name, label)))
    return options


def against_options(survey: Asking, language: str) -> Options:
    words = Words(survey.labels, language)
    return [(words.say(f"against_{each}"), each) for each in AGAINST]
