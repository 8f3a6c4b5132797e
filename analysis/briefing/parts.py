"""Headings, sentences and figures -> the blocks that the sections of every page are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from analysis.briefing.blocks import Definitions, Group, Listing, Paragraphs, Passage, Section, Title
from analysis.briefing.pack import RoundPage
from analysis.briefing.wording import language_of

#: Separates the lines of the official head in its wording rows.
LINE = " · "


def title(page: RoundPage, heading: str, subtitle: str, audience: str) -> Title:
    """Band, official head, what the page is about and who it is for."""
    return Title(
        band=page.band,
        agency=tuple(page.say("agency").split(LINE)),
        motto=tuple(page.say("motto").split(LINE)),
        heading=heading,
        subtitle=subtitle,
        audience=audience,
    )


def section(page: RoundPage, anchor: str, heading: str, *parts: object, level: int = 2) -> Section:
    """One section; its heading is the wording row `h_<heading>`."""
    return Section(anchor=anchor, heading=page.say(f"h_{heading}"), parts=parts, level=level)


def sentences(*texts: str, kind: str = "") -> Paragraphs:
    """A paragraph each."""
    return Paragraphs(texts, kind)


def listing(texts: Iterable[str], tag: str = "ul", kind: str = "") -> Listing:
    return Listing(tuple(texts), tag, kind)


def group(*parts: object) -> Group:
    """Sections that one call displays."""
    return Group(parts)


def as_written(page: RoundPage, text: str) -> str | Passage:
    """A text that others wrote, marked where it is not in the page's language."""
    language = language_of(text)
    return Passage(text, language) if language not in ("", page.language) else text


def made_of(page: RoundPage) -> Definitions:
    """What the page's numbers were made from: source, files and program with their hashes."""
    made = page.provenance
    values = [
        page.survey_round.title(page.language),
        as_written(page, page.survey_round.cited),
        say_files(made["data"]),
        made["version"],
        made["code"][:12] + "…",
    ]
    keys = ["made_round", "made_source", "made_files", "made_version", "made_code"]
    return Definitions(tuple((page.say(key), value) for key, value in zip(keys, values, strict=True)))


def say_files(hashes: Mapping[str, str]) -> str:
    """Files with the first figures of their hashes.

    Examples
    --------
    >>> say_files({"a.xlsx": "0123456789abcdef"})
    'a.xlsx (0123456789ab…)'
    """
    return ", ".join(f"{name} ({value[:12]}…)" for name, value in hashes.items())
