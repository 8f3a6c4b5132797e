"""Districts and pages of the round + what became of each -> `index.html`."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.batch.render import PageHead, fill_page
from analysis.batch.targets import Target, is_class
from analysis.briefing.blocks import Column, Group, Link, Links, Table
from analysis.briefing.pack import RoundPage
from analysis.briefing.parts import group, sentences, title
from analysis.briefing.province.sample_map import sample_map
from analysis.briefing.tables import table

#: What may have become of a page; the wording row `index_<state>` says it.
#: built: the page is of this run, or of an earlier one from the same results and notebook
#: old: the page is of an earlier run, and results or notebook have changed since
#: failed: it failed in this run, and there is no page; failed_old: there is one of an earlier run
#: not_built: there is no page, and this run did not come to it or was not asked to make it
STATES = ("built", "old", "failed", "failed_old", "not_built")


@dataclass(frozen=True)
class IndexRow:
    """One page on the index.

    Attributes
    ----------
    target : Target
    state : str
        One of `STATES`.
    href : str
        The page to open, relative to the index; empty where there is none.
    files : dict of str to str
        Kind (`formats.names`) -> file beside the page, relative to the index.
    """

    target: Target
    state: str
    href: str
    files: dict[str, str] = field(default_factory=dict, hash=False)


def render_index(about: RoundPage, rows: list[IndexRow]) -> str:
    """The index page: the tile map, districts in the order of their codes, then pages of the round."""
    head = PageHead(about.say("index_heading"), about.language)
    return fill_page(head, index_blocks(about, rows).markup)


def render_class_index(about: RoundPage, rows: list[IndexRow]) -> str:
    """The index of training classes' reports: the page of all of them, then each in the order of its code.

    Parameters
    ----------
    about : RoundPage or page of training
        What has `say`, `band` and `language`.
    """
    heading = about.say("index_classes_heading")
    classes = [row for row in rows if is_class(row.target.code)]
    pages = [row for row in rows if not is_class(row.target.code)]
    built = str(sum(row.state == "built" for row in classes))
    lead = about.say("index_classes_lead", built=built, all=str(len(classes)))
    shown: list[object] = [title(about, heading, lead, "")]
    if pages:
        shown.append(_listing(about, "index_caption_overview", "index_col_page", "index_col_about", pages))
    if classes:
        shown.append(_listing(about, "index_caption_classes", "index_col_class", "index_col_course", classes))
        shown.append(sentences(about.say("index_classes_no_rank"), kind="note"))
    return fill_page(PageHead(heading, about.language), group(*shown).markup)


def index_blocks(about: RoundPage, rows: list[IndexRow]) -> Group:
    """What the index shows, in order; no ranking and nothing to search in."""
    districts = [row for row in rows if row.target.is_district]
    pages = [row for row in rows if not row.target.is_district]
    built = str(sum(row.state == "built" for row in districts))
    lead = about.say("index_lead", built=built, all=str(len(districts))) if districts else None
    shown = [title(about, about.say("index_heading"), lead or about.say("index_lead_pages"), "")]
    if districts:
        hrefs = {row.target.code: row.href for row in districts}
        shown += [one for one in [sample_map(about, hrefs)] if one is not None]
        shown += [_listing(about, "index_caption", "index_col_place", "index_col_sample", districts)]
        shown += [sentences(about.say("index_no_rank"), kind="note")]
    if pages:
        shown += [_listing(about, "index_caption_pages", "index_col_page", "index_col_about", pages)]
    return group(*shown)


def _listing(about: RoundPage, caption: str, first: str, second: str, rows: list[IndexRow]) -> Table:
    keys = [first, second, "index_col_state"]
    cells = [
        [Link(row.target.name, row.href), row.target.about, about.say(f"index_{row.state}")] for row in rows
    ]
    if any(row.files for row in rows):
        keys.append("index_col_files")
        cells = [[*row_cells, _files(about, row)] for row_cells, row in zip(cells, rows, strict=True)]
    head = [Column(about.say(key)) for key in keys]
    return table(about.say(caption), head, cells, [], kind="stacked index")


def _files(about: RoundPage, row: IndexRow) -> Links | str:
    """Links to the files beside a page; each says whose it is to those who do not see the row."""
    named = ((about.say(f"index_file_{kind}"), href) for kind, href in row.files.items())
    links = tuple(Link(name, href, f"{name}: {row.target.name}") for name, href in named)
    return Links(links) if links else "–"
