"""Districts and pages of the round + what became of each -> `index.html`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import jinja2

from analysis.batch.render import page_style
from analysis.batch.targets import Target
from analysis.briefing.pack import RoundPage

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
    """

    target: Target
    state: str
    href: str


def render_index(about: RoundPage, rows: list[IndexRow]) -> str:
    """The index page: districts, then pages of the round, each in the order given."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    districts = [row for row in rows if row.target.is_district]
    pages = [row for row in rows if not row.target.is_district]
    return environment.get_template("index.html").render(
        language=about.language,
        band=about.band,
        style=jinja2.utils.markupsafe.Markup(page_style()),
        say=about.say,
        districts=[_listed(about, row) for row in districts],
        pages=[_listed(about, row) for row in pages],
        built=str(sum(row.state == "built" for row in districts)),
        all=str(len(districts)),
    )


def _listed(about: RoundPage, row: IndexRow) -> dict[str, str]:
    return {
        "name": row.target.name,
        "href": row.href,
        "about": row.target.about,
        "state": about.say(f"index_{row.state}"),
        "kind": "built" if row.state == "built" else "failed",
    }
