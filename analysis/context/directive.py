"""data/directive -> one frozen `Directive`: who is to do what, by when, and which measures it bears on.

The letter's tasks are rows; which PAPI measure and PARINDEX field a task bears on is our mapping, unless a
link's status says that the letter names the measure itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.context.directive_rows import LEVELS, read_directive_rows
from analysis.errors import UnknownName, nearest, shown
from analysis.rounds import Round

#: How a task bears on a measure: what it says is what the measure is about; it helps whatever measure; the
#: letter names the measure, though what the task is about is measured elsewhere.
DIRECT, ENABLING, NAMED = "direct", "enabling", "named"


@dataclass(frozen=True)
class Directive:
    """The letter's rows, all cells text; columns as in `directive_rows.COLUMNS`.

    Attributes
    ----------
    letter : dict
    agencies, tasks, targets, links, measure_leads, explanations, actions : DataFrame
    """

    letter: dict[str, str]
    agencies: pd.DataFrame
    tasks: pd.DataFrame
    targets: pd.DataFrame
    links: pd.DataFrame
    measure_leads: pd.DataFrame
    explanations: pd.DataFrame
    actions: pd.DataFrame

    @property
    def framework(self) -> str:
        """Name of the framework whose measures the links name."""
        return self.letter["framework"]

    def task(self, task: str) -> dict[str, str]:
        """One task's row.

        Raises
        ------
        UnknownName
            The letter has no such task.
        """
        rows = self.tasks[self.tasks["task"] == task]
        if rows.empty:
            known = list(self.tasks["task"])
            raise UnknownName(
                f'The letter has no task "{task}".',
                vi=f'Công văn không có nhiệm vụ "{task}". Các nhiệm vụ: {", ".join(known)}.',
                where="data/directive/tasks.csv",
                expected=", ".join(known),
                got=task,
                hint=f"Use {shown(nearest(task, known) or known)}.",
            )
        return rows.iloc[0].to_dict()

    def lead(self, task: str) -> dict[str, str] | None:
        """The agency that the letter makes the lead of a task, as its row; None where it names none."""
        agency = self.task(task)["lead"]
        return self.agency(agency) if agency else None

    def given_to(self, task: str) -> list[dict[str, str]]:
        """The agencies that the letter gives a task to, as rows."""
        return [self.agency(agency) for agency in self.task(task)["given_to"].split()]

    def supporting(self, task: str) -> list[dict[str, str]]:
        """The agencies that the letter names as working with the one the task is given to."""
        return [self.agency(agency) for agency in self.task(task)["supporting"].split()]

    def measure_lead(self, measure: str, kind: str = "papi") -> dict[str, str] | None:
        """The agency that a plan makes answer for a measure; None where none is known."""
        rows = self.measure_leads
        rows = rows[(rows["kind"] == kind) & (rows["code"] == measure)]
        return self.agency(rows.iloc[0]["agency"]) if len(rows) else None

    def tasks_for_level(self, level: str) -> pd.DataFrame:
        """The tasks in which the letter names this level, in its order; headings are no tasks.

        Parameters
        ----------
        level : {"province", "district", "commune"}

        Raises
        ------
        UnknownName
        """
        if level not in LEVELS:
            raise UnknownName(
                f'There is no level "{level}".',
                vi=f'Không có cấp "{level}". Hãy dùng một trong: {", ".join(LEVELS)}.',
                expected=", ".join(LEVELS),
                got=level,
            )
        named = [level in levels.split() for levels in self.tasks["levels"]]
        return self.tasks[named].reset_index(drop=True)

    def tasks_for(
        self, measure: str, measures: pd.DataFrame, bearing: Sequence[str] = (DIRECT,)
    ) -> pd.DataFrame:
        """The tasks that bear on a measure, on what it is added into, or on one of its parts.

        Parameters
        ----------
        measure : str
            Total, dimension, sub-dimension or indicator.
        measures : DataFrame
            Indexed by measure with a column `parent`, as `estimates.results.read_measures` gives it.
        bearing : sequence of {"direct", "enabling", "named"}

        Returns
        -------
        DataFrame
            The tasks' columns and the link's: code, bearing, why_vi, why_en, status; in the letter's order,
            one row a link.
        """
        family = {measure, *_ancestors(measure, measures), *_descendants(measure, measures)}
        links = self.links[(self.links["kind"] == "papi") & self.links["code"].isin(family)]
        return self._with_tasks(links[links["bearing"].isin(list(bearing))])

    def tasks_for_field(self, field: str) -> pd.DataFrame:
        """The tasks that bear on a PARINDEX field, by its number ("1" to "8"); columns as `tasks_for`."""
        links = self.links[(self.links["kind"] == "parindex") & (self.links["code"] == str(field))]
        return self._with_tasks(links)

    def uncovered_measures(self, measures: pd.DataFrame) -> pd.DataFrame:
        """Dimensions and sub-dimensions on which no task bears directly.

        Parameters
        ----------
        measures : DataFrame
            Indexed by measure with columns measure_kind and parent.

        Returns
        -------
        DataFrame
            Columns measure, measure_kind, text_vi, text_en, in the framework's order. A dimension stands
            alone where none of its parts is covered; else its uncovered sub-dimensions. The text is that
            of the measure's explanation, empty where it has none.
        """
        direct = self.links[(self.links["kind"] == "papi") & (self.links["bearing"] == DIRECT)]
        linked = set(direct["code"])
        composites = measures[measures["measure_kind"].isin(["dimension", "sub_dimension"])]
        bare = [code for code in composites.index if not _covered(code, linked, measures)]
        tops = [code for code in bare if composites.at[code, "parent"] not in bare]
        said = self.explanations[self.explanations["kind"] == "uncovered_measure"]
        table = composites.loc[tops, ["measure_kind"]].rename_axis("measure").reset_index()
        return table.merge(said[["measure", "text_vi", "text_en"]], on="measure", how="left").fillna("")

    def uncovered_tasks(self) -> pd.DataFrame:
        """Tasks that bear directly on no PAPI measure: columns of tasks, text_vi, text_en."""
        direct = self.links[(self.links["kind"] == "papi") & (self.links["bearing"] == DIRECT)]
        real = self.tasks[self.tasks["kind"] != "heading"]
        said = self.explanations[self.explanations["kind"] == "uncovered_task"]
        rows = real[~real["task"].isin(direct["task"])]
        return rows.merge(said[["task", "text_vi", "text_en"]], on="task", how="left").fillna("")

    def _with_tasks(self, links: pd.DataFrame) -> pd.DataFrame:
        about = links[["task", "code", "bearing", "why_vi", "why_en", "status"]]
        return self.tasks.merge(about, on="task", how="inner")

    def agency(self, agency: str) -> dict[str, str]:
        """One agency's row."""
        return self.agencies[self.agencies["agency"] == agency].iloc[0].to_dict()


def _ancestors(measure: str, measures: pd.DataFrame) -> list[str]:
    """What a measure is added into, the nearest first."""
    return _chain(measure, measures["parent"].to_dict())


def _chain(measure: str, parents: dict[str, str]) -> list[str]:
    found: list[str] = []
    while parents.get(measure):
        measure = str(parents[measure])
        if measure in found:
            break
        found.append(measure)
    return found


def _descendants(measure: str, measures: pd.DataFrame) -> list[str]:
    parents = measures["parent"].to_dict()
    return [code for code in parents if measure in _chain(code, parents)]


def _covered(measure: str, linked: set[str], measures: pd.DataFrame) -> bool:
    family = {measure, *_ancestors(measure, measures), *_descendants(measure, measures)}
    return bool(family & linked)


def directive_of_round(survey_round: Round) -> Directive | None:
    """The letter, where it is about the round's province and its framework; else None."""
    directive = read_directive()
    same = (directive.framework, directive.letter["province"]) == (
        survey_round.framework, survey_round.province,
    )  # fmt: skip
    return directive if same and not survey_round.places else None


def read_directive(folder: Path | None = None) -> Directive:
    """Read the letter's rows, unchecked but for their columns; `check_directive` finds what is wrong.

    Parameters
    ----------
    folder : Path, optional
        data/directive by default.

    Raises
    ------
    BadRows
        A file is not there or not usable.
    """
    tables = read_directive_rows(folder)
    letter = tables.pop("letter").iloc[0].to_dict()
    return Directive(letter=letter, **tables)
