"""Districts + what became of their packs -> `index.html`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import jinja2

from analysis.batch.render import page_style
from analysis.briefing.numbers import say_count
from analysis.briefing.pack import Pack

#: What may have become of a district's pack; the wording row `index_<state>` says it.
#: built: the page is of this run, or of an earlier one from the same results and notebook
#: old: the page is of an earlier run, and results or notebook have changed since
#: failed: it failed in this run, and there is no page; failed_old: there is one of an earlier run
#: not_built: there is no page, and this run did not come to it or was not asked to make it
STATES = ("built", "old", "failed", "failed_old", "not_built")


@dataclass(frozen=True)
class IndexRow:
    """One district on the index.

    Attributes
    ----------
    pack : Pack
    state : str
        One of `STATES`.
    href : str
        The page to open, relative to the index; empty where there is none.
    """

    pack: Pack
    state: str
    href: str

    @property
    def name(self) -> str:
        district = self.pack.district
        return district.full_name if self.pack.language == "vi" else district.name_en

    @property
    def sample(self) -> str:
        if not self.pack.sampled:
            return self.pack.say("index_not_sampled")
        total = self.pack.by_measure("level").loc["PAPI"]
        counts = {name: say_count(total[name], self.pack.language) for name in ("n", "n_psu")}
        return self.pack.say("index_sampled", **counts)


def render_index(rows: list[IndexRow]) -> str:
    """The index page, districts in the order given."""
    first = rows[0].pack
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    listed = [
        {
            "name": row.name,
            "href": row.href,
            "sample": row.sample,
            "state": row.pack.say(f"index_{row.state}"),
            "kind": "built" if row.state == "built" else "failed",
        }
        for row in rows
    ]
    built = sum(row.state == "built" for row in rows)
    return environment.get_template("index.html").render(
        language=first.language,
        simulated=first.survey_round.simulated,
        style=jinja2.utils.markupsafe.Markup(page_style()),
        say=first.say,
        rows=listed,
        built=str(built),
        all=str(len(rows)),
    )
