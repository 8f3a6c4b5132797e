"""A survey's table + its raw cells -> findings with the address of every cell that they are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.findings import Finding
from analysis.intake.file_checks.check_findings import NAMED_ONE_BY_ONE, rows_of, rows_text
from analysis.intake.table import RawTable
from analysis.respondents.identifiers import respondents_in
from analysis.rounds import Round


@dataclass(frozen=True)
class SurveyRows:
    """The rows that the checks look at.

    Attributes
    ----------
    table : DataFrame
        Its index is the row of `raw`, so that rows dropped by a correction shift no address.
    survey_round : Round
    raw : RawTable, optional
        Without it findings name respondents alone.
    """

    table: pd.DataFrame
    survey_round: Round
    raw: RawTable | None = None

    def at_cells(
        self, finding: Finding, rows: np.ndarray | pd.Series, column: str = "", value: str = ""
    ) -> Iterator[Finding]:
        """A finding about several cells: one that stops once a cell; a note, and very many cells, once.

        Parameters
        ----------
        finding : Finding
            About all of them.
        rows : array of bool, one a row of the table
        column : str, optional
            Empty for what is about whole rows.
        value : str, optional
            What may be shown of the cells.

        Notes
        -----
        A finding that stops also names respondents' codes, by which a file is mended; notes are kept with
        what is built and give addresses alone. A finding that is said once holds all the rows.
        """
        rows = np.asarray(rows, dtype=bool)
        stops = finding.kind == "stop"
        if self.raw is None:
            who = f", {respondents_in(self.table, self.survey_round, rows)}" if stops else ""
            yield replace(finding, where=f"{finding.where}{who}")
            return
        places = self.table.index.to_numpy()[rows]
        about = {"file": self.raw.path.name, "sheet": self.raw.sheet, "column": column, "value": value}
        if len(places) > (NAMED_ONE_BY_ONE if stops else 1):
            where = f"{finding.where}, {rows_text(self.raw, places)}"
            yield replace(finding, where=where, rows=rows_of(self.raw, places), **about)
            return
        for at, place in zip(np.flatnonzero(rows), map(int, places), strict=True):
            one = np.zeros(len(rows), dtype=bool)
            one[at] = True
            who = f", {respondents_in(self.table, self.survey_round, one)}" if stops else ""
            where = f"{self.survey_round.file}, {self._address(place, column)}{who}"
            yield replace(finding, where=where, value=value, **self.raw.place_of(place, column))

    def about_column(self, finding: Finding, column: str, rows: np.ndarray | None = None) -> Finding:
        """A finding about a whole column, or about those of its rows that are true in `rows`."""
        if self.raw is None:
            return finding
        held = "" if rows is None else rows_of(self.raw, self.table.index.to_numpy()[rows])
        return replace(finding, file=self.raw.path.name, sheet=self.raw.sheet, column=column, rows=held)

    def row_numbers(self, rows: np.ndarray) -> str:
        """Rows of the file, at most five: "dòng/row 3, 4, … (+61)"; their count without a raw table."""
        rows = np.asarray(rows, dtype=bool)
        if self.raw is None:
            return f"{int(rows.sum())} dòng/rows"
        return rows_text(self.raw, self.table.index.to_numpy()[rows])

    def _address(self, place: int, column: str) -> str:
        if column:
            return self.raw.address(place, column)
        return f"row {int(self.raw.rows[place])}"
