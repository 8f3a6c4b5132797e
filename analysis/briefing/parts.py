"""Headings, sentences and fragments -> the parts that the sections of every page are made of."""

from __future__ import annotations

from analysis.briefing.html import Html, fill
from analysis.briefing.pack import RoundPage


def title(page: RoundPage, heading: str, subtitle: str, audience: str) -> Html:
    """Band, official head, what the page is about and who it is for."""
    return fill(
        "title.html",
        band=page.band,
        agency=page.say("agency"),
        motto=page.say("motto"),
        heading=heading,
        subtitle=subtitle,
        audience=audience,
    )


def section(page: RoundPage, anchor: str, heading: str, *parts: Html) -> Html:
    """One section; its heading is the wording row `h_<heading>`."""
    return fill("section.html", kind=anchor, anchor=anchor, heading=page.say(f"h_{heading}"), parts=parts)


def sentences(*texts: str, kind: str = "") -> Html:
    """A paragraph each."""
    return fill("sentences.html", sentences=texts, kind=kind)


def listing(texts: list[str], tag: str = "ul", kind: str = "") -> Html:
    return fill("listing.html", tag=tag, kind=kind, items=texts)


def made_of(page: RoundPage) -> Html:
    """What the page's numbers were made from: source, files and program with their hashes."""
    made = page.provenance
    values = [
        page.survey_round.title(page.language),
        page.survey_round.cited,
        ", ".join(f"{name} ({digest[:12]}…)" for name, digest in made["data"].items()),
        made["version"],
        made["code"][:12] + "…",
    ]
    keys = ["made_round", "made_source", "made_files", "made_version", "made_code"]
    return fill(
        "definitions.html", items=[(page.say(key), value) for key, value in zip(keys, values, strict=True)]
    )
