"""Headings, sentences and figures -> the blocks that the sections of every page are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from analysis.briefing.blocks import Definitions, Group, Listing, Paragraphs, Passage, Section, Title
from analysis.briefing.pack import Pack, RoundPage
from analysis.briefing.wording import language_of
from analysis.built import digest_parts, digest_table

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
    """What the page's numbers were made from: source, files and program with their hashes.

    Notes
    -----
    A district's page tells the hash of the rows it shows and not those of the whole files, which change with
    any other district's figures: the page would have to be made again although nothing on it is different.
    `manifest.json` beside the packs holds the files' own.
    """
    made = page.provenance
    said: dict[str, str | Passage] = {"made_round": page.survey_round.title(page.language)}
    said["made_source"] = as_written(page, page.survey_round.cited)
    if isinstance(page, Pack):
        said |= {"made_file_names": ", ".join(made["data"]), "made_rows": f"{rows_digest(page)[:12]}…"}
    else:
        said["made_files"] = say_files(made["data"])
    said |= {"made_version": made["version"], "made_code": made["code"][:12] + "…"}
    return Definitions(tuple((page.say(key), value) for key, value in said.items()))


def rows_digest(page: RoundPage) -> str:
    """The hash of the results rows that a page may show; a district's own with those that all packs share."""
    if not isinstance(page, Pack):
        return page.once("rows_digest", lambda: digest_table(page.results))
    around = page.surroundings
    own = page.results[~page.results["place_kind"].isin(set(around.results["place_kind"]))]
    return digest_parts({"own": digest_table(own), "around": rows_digest(around)})


def say_files(hashes: Mapping[str, str]) -> str:
    """Files with the first figures of their hashes.

    Examples
    --------
    >>> say_files({"a.xlsx": "0123456789abcdef"})
    'a.xlsx (0123456789ab…)'
    """
    return ", ".join(f"{name} ({value[:12]}…)" for name, value in hashes.items())
