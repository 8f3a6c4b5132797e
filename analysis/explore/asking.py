"""A question to a round (measures, place, breakdown, filter) -> its whole answer: estimates, tests, chart.

What the notebook `explore` shows, in one call. The numbers are those of `mean`, `share`, `compare` and
`trend`; what is added is the names, the tests adjusted for their number, and the rules for what may leave
the room.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.errors import UnknownName, shown
from analysis.estimates import quality
from analysis.estimates.domains import Domains
from analysis.estimates.families import adjust_holm
from analysis.estimates.level_cells import Asked, refused_option
from analysis.estimates.linearise import Scores
from analysis.estimates.results import SURVEYED_ONLY
from analysis.explore.answer import PREVIOUS, PROVINCE, Answer, Question
from analysis.explore.comparing import contrast_rows
from analysis.explore.districts import Districts
from analysis.explore.levels import COLUMNS
from analysis.explore.opened import By, label_text, names_of
from analysis.explore.release import withhold_for_release
from analysis.places import read_places

AGAINST = (PROVINCE, PREVIOUS)
MOST_MEASURES = 12
TEST_COLUMNS = [
    "measure", "group_kind", "group", "compared_with", "statistic", "estimate", "se", "ci_low", "ci_high",
    "level", "df", "p_value", "p_adjusted", "n", "n_psu", "quality", "note",
]  # fmt: skip


class Asking(Districts):
    """Whole answers: what an analyst shows somebody."""

    def ask(
        self,
        measures: str | Sequence[str],
        by: By | None = None,
        place: str | int | None = None,
        domain: str | None = None,
        against: str = PROVINCE,
    ) -> Answer:
        """Estimates with n, interval and flag, their chart, and the test against the province or last round.

        Parameters
        ----------
        measures : str or list of str
            Scores, indicators or questions, twelve at most. A question whose answers are codes gives the
            share of each answer.
        by : str or list of str, optional
            A group of the round, "district", or any coded variable.
        place : str or int, optional
            A district: code, name or slug. The whole province by default.
        domain : str, optional
            An expression over the columns, such as "sex == 'female'": a domain; no rows are dropped.
        against : {"province", "previous"}
            What is tested: the place (or each group) against the province, or this round against the one
            before.

        Returns
        -------
        Answer
            `.estimates` and `.tests` are tables, `.chart()` is the chart, `.line` the line that gives the
            same; `.to_excel(path)` and `.save_chart(path)` write files. A notebook shows it whole.

        Raises
        ------
        UnknownName
            A measure, place, group or option that is not there; the nearest are given.

        Notes
        -----
        With a breakdown, everybody's row stands beside the groups'. p is adjusted over the table (Holm).
        Besides what the round's rules withhold, what subtraction within the table would give back is
        withheld too (`release.withhold_for_release`).

        Examples
        --------
        >>> answer = s.ask("D2", by="sex", place="Rạch Giá")
        >>> answer.estimates[["group", "estimate", "ci_low", "ci_high", "n"]].round(2)
            group  estimate  ci_low  ci_high    n
        0              4.14    3.83     4.45  160
        1    male      4.07    3.55     4.60   80
        2  female      4.21    3.75     4.66   80
        >>> answer.line
        'open_round("example-2021").ask("D2", by="sex", place="899")'
        """
        wanted = self._asked(measures, by)
        if against not in AGAINST:
            raise refused_option("against", against, AGAINST)
        code = None if place is None else self._place(place)
        question = Question(tuple(wanted), tuple(names_of(by)), code, domain, against)
        levels = self._levels(question)
        tests = self._tests(question)
        levels, tests = withhold_for_release(self, levels, tests)
        return Answer(self, question, levels, adjusted(tests))

    def _asked(self, measures: str | Sequence[str], by: By | None) -> list[str]:
        """The measures, coded questions among them; each known, and not too many for one table."""
        wanted = names_of(measures)
        self._wanted([name for name in wanted if not self.labels.is_coded(name)] or wanted[:1] or [])
        for name in [*wanted, *names_of(by)]:
            if name not in self.sample.composites.kinds:
                self._column(name)
        if len(wanted) > MOST_MEASURES:
            raise UnknownName(
                f"{len(wanted)} measures are too many for one answer.",
                vi=f"{len(wanted)} chỉ tiêu là quá nhiều cho một bảng; hãy chọn nhiều nhất {MOST_MEASURES}.",
                expected=f"{MOST_MEASURES} measures or fewer",
                got=shown(wanted),
                hint="Ask several times, or call s.mean(…), which takes any number.",
            )
        return wanted

    def _place(self, place: str | int) -> str:
        """The code of a district by any of its names."""
        places = read_places(folder=self.survey_round.places)
        return places.resolve_district(place, self.survey_round.province).code

    def _inside(self, question: Question, anywhere: bool = False) -> np.ndarray:
        """Who is in the filter, and in the place unless anywhere counts."""
        mask = self._mask(question.domain)
        if question.place is None or anywhere:
            return mask
        return mask & (self.data["district"] == question.place).to_numpy()

    def _cut(self, question: Question, groups: bool, anywhere: bool = False) -> tuple[str, Domains]:
        """Groups, or everybody, of the place and filter; no group that the filter leaves out altogether."""
        inside = self._inside(question, anywhere)
        if not groups:
            return self._domains(None, inside)
        by = list(question.by)
        _, all_groups = self._domains(by, self._inside(question, anywhere=True))
        kept = [label for label, n in zip(all_groups.labels, all_groups.people, strict=True) if n]
        return self._domains(by, inside, kept or all_groups.labels)

    def _several(self, question: Question, domains: Domains, groups: bool) -> list[tuple[Scores, str]]:
        """Scores of measures, and of each answer of coded questions as shares."""
        names = ["district"] if question.place else list(question.by) if groups else []
        design = self._design_by(names)
        coded = [name for name in question.measures if self.labels.is_coded(name)]
        plain = [name for name in question.measures if name not in coded]
        out = [(scores, "") for scores in self._scores(plain, domains, design)] if plain else []
        if coded:
            out.append((self._means(self._flags(coded), design, domains), "share"))
        return out

    def _flags(self, names: list[str]) -> pd.DataFrame:
        """A 0-1 column for each value of coded columns, missing where there is no answer."""
        flags = {}
        for name in names:
            column = self.data[name]
            for label in self.labels_of(name):
                flags[f"{name}={label_text(label)}"] = (column == label).astype(float).where(column.notna())
        return pd.DataFrame(flags)

    def _order(self, question: Question, several: list[tuple[Scores, str]]) -> dict[str, int]:
        made = [measure for scores, _ in several for measure in scores.measures]
        at = {name: place for place, name in enumerate(question.measures)}
        return {name: at.get(name, at.get(name.partition("=")[0], 0)) for name in made}

    def _levels(self, question: Question) -> pd.DataFrame:
        """Rows of everybody, then of the groups; flagged, not yet linked."""
        rows = []
        for groups in (False, True) if question.by else (False,):
            kind, domains = self._cut(question, groups)
            several = self._several(question, domains, groups)
            order = self._order(question, several)
            for scores, statistic in several:
                part = self._shown([scores], kind, list(scores.measures), Asked(), True, statistic)
                people = pd.Series(domains.people, index=[label_text(each) for each in domains.labels])
                nobody = part["group"].map(people).fillna(people.sum()) == 0
                part["quality"] = part["quality"].mask(nobody, quality.NOT_SAMPLED)
                rows.append(part.assign(_measure=part["measure"].map(order), _groups=groups))
        table = pd.concat(rows, ignore_index=True)
        table["_within"] = table.groupby("measure", sort=False).ngroup()
        table = table.sort_values(["_measure", "_within", "_groups"], kind="stable")
        return table[COLUMNS].reset_index(drop=True)

    def _tests(self, question: Question) -> pd.DataFrame:
        rows = self._changes(question) if question.against == PREVIOUS else self._differences(question)
        if not rows:
            return pd.DataFrame(columns=TEST_COLUMNS)
        table = pd.concat(rows, ignore_index=True)
        return table.assign(p_adjusted=np.nan).reindex(columns=TEST_COLUMNS)

    def _differences(self, question: Question) -> list[pd.DataFrame]:
        """The place against the province, group by group; or each group against everybody."""
        if question.place is None and not question.by:
            return []
        groups = bool(question.by)
        kind, domains = self._cut(question, groups)
        same_group = question.place is not None
        _, others = self._cut(question, groups and same_group, anywhere=True)
        design = self._design_by(["district"] if same_group else list(question.by))
        surveyed = design is self.district_design and self.district_design is not self.design
        rows = []
        sides = [self._several(question, part, groups) for part in (domains, others)]
        for (scores, _), (whole, _) in zip(*sides, strict=True):
            for at, label in enumerate(domains.labels):
                beside = at if groups and same_group else 0
                if not domains.people[at] or not others.people[beside]:
                    continue
                part = contrast_rows(self._contrast(scores, at, whole, beside), self.survey_round.quality)
                rows.append(
                    part.assign(
                        group_kind=kind, group=label_text(label) if groups else "", compared_with=PROVINCE,
                        statistic="difference", note=SURVEYED_ONLY if surveyed else "",
                    )
                )  # fmt: skip
        return _in_order(rows, self._order(question, sides[0]))

    @cached_property
    def _alike(self) -> frozenset[str]:
        """Measures that the round before has in the same form."""
        from analysis.explore.trends import alike_measures

        return alike_measures(self, self.previous)

    def _changes(self, question: Question) -> list[pd.DataFrame]:
        """This round against the one before, group by group; empty where there is none."""
        before = self.previous
        if before is None:
            return []
        from analysis.explore.trends import not_comparable

        by, groups = list(question.by), bool(question.by)
        why_not = {
            name: not_comparable(name, self, before, by or None, self._alike) for name in question.measures
        }
        kind, now_cut = self._cut(question, groups)
        labels = now_cut.labels if groups else None
        sides = [now_cut, before._domains(by or None, before._inside(question), labels)[1]]
        here = [name for name in question.measures if not why_not[name]]
        asked = Question(tuple(here), question.by, question.place, question.domain, question.against)
        rows = []
        if here:
            several = [
                one._several(asked, side, groups) for one, side in zip((self, before), sides, strict=True)
            ]
            for (now, _), (last, _) in zip(*several, strict=True):
                for at, label in enumerate(sides[0].labels):
                    if not now.domains.people[at] or not last.domains.people[at]:
                        continue
                    part = contrast_rows(self._contrast(now, at, last, at), self.survey_round.quality)
                    rows.append(part.assign(group=label_text(label) if groups else "", note=""))
            rows = _in_order(rows, self._order(asked, several[0]))
        for name in (each for each in question.measures if each not in here):
            gap = {"measure": [name], "group": "", "quality": quality.NOT_ESTIMATED}
            rows.append(pd.DataFrame(gap).assign(note=f"not comparable: {why_not[name]}"))
        last_round = before.survey_round.survey_round
        return [part.assign(group_kind=kind, compared_with=last_round, statistic="change") for part in rows]


def adjusted(tests: pd.DataFrame) -> pd.DataFrame:
    """The tests with p adjusted over all of them that may be shown (Holm)."""
    known = tests["p_value"].notna()
    out = tests.copy()
    if known.any():
        out.loc[known, "p_adjusted"] = adjust_holm(tests.loc[known, "p_value"].to_numpy(dtype=float))
    return out


def _in_order(rows: list[pd.DataFrame], order: dict[str, int]) -> list[pd.DataFrame]:
    """All rows as one table, measures outermost in the order asked."""
    if not rows:
        return []
    table = pd.concat(rows, ignore_index=True)
    at = {name: place for place, name in enumerate(order)}
    table = table.assign(_measure=table["measure"].map(order), _within=table["measure"].map(at))
    table = table.sort_values(["_measure", "_within"], kind="stable")
    return [table.drop(columns=["_measure", "_within"])]
