"""One round's sample and answers -> its measures, groups and domains by name, with the nearest for a slip.

What every question to a round needs first: which columns there are, who is in a domain, which design
an estimate rests on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from copy import copy
from functools import cached_property
from itertools import product

import numpy as np
import pandas as pd

from analysis.errors import BadDesign, UnknownName, nearest, shown
from analysis.estimates.design import Design
from analysis.estimates.domains import Domains
from analysis.estimates.sample import Sample
from analysis.places import read_places
from analysis.respondents.answers import without_no_answers
from analysis.rounds import Round

#: Between the labels of a crossed cell.
CROSS = " × "
#: A column, or several to be crossed.
By = str | Sequence[str]


class OpenedRound:
    """A round's data, its names and its designs; `Survey` asks the questions.

    Parameters
    ----------
    sample : Sample
        Indicators and design.
    respondents : DataFrame
        The same rows with their answers as stored.
    """

    def __init__(self, sample: Sample, respondents: pd.DataFrame) -> None:
        self.sample = sample
        self._respondents = respondents
        self._designs: tuple[Design, Design] | None = None
        self._done = ""

    @property
    def survey_round(self) -> Round:
        return self.sample.survey_round

    @property
    def design(self) -> Design:
        """The design of figures about the province and its groups."""
        return self._designs[0] if self._designs else self.sample.main_design

    @property
    def district_design(self) -> Design:
        """The design of figures by district (METHODS.md, "Two designs")."""
        return self._designs[1] if self._designs else self.sample.district_design

    @property
    def is_own_design(self) -> bool:
        """Whether the designs are still the round's own, neither calibrated nor replicated here."""
        return not self._done

    @cached_property
    def data(self) -> pd.DataFrame:
        """Design, groups, indicators, and answers with every kind of no-answer as missing."""
        extra = [c for c in self._respondents.columns if c not in self.sample.indicators.columns]
        answers = without_no_answers(self._respondents[extra], self.survey_round.missing)
        return pd.concat([self.sample.indicators, answers], axis=1)

    @property
    def measures(self) -> list[str]:
        """Scores, then indicators, then numeric answers."""
        answers = [c for c in self.data.columns if c not in self.sample.indicators.columns]
        numeric = [c for c in answers if pd.api.types.is_numeric_dtype(self.data[c])]
        return [*self.sample.composites.measures, *self.sample.names, *numeric]

    @property
    def groups(self) -> list[str]:
        """Columns that `by` takes besides any answer."""
        return [*(group.name for group in self.survey_round.groups), "district", "stratum"]

    def __repr__(self) -> str:
        design = self.design
        text = (
            f"{self.survey_round.survey_round}: {len(self.data)} respondents, {design.n_psu} PSUs in "
            f"{design.n_strata} strata; {len(self.measures)} measures, groups {', '.join(self.groups)}"
        )
        simulated = "; SIMULATED DATA / DỮ LIỆU MÔ PHỎNG" if self.survey_round.simulated else ""
        return text + (f"; {self._done}" if self._done else "") + simulated

    def _with(self, done: str, **attributes: object):
        """This round with other designs or replicates, and what has been done to it."""
        other = copy(self)
        for name, value in attributes.items():
            setattr(other, name, value)
        other._done = f"{self._done}; {done}" if self._done else done
        return other

    def _design_by(self, by: By | None) -> Design:
        return self.district_design if "district" in names_of(by) else self.design

    def labels_of(self, by: By) -> list:
        """The groups of a column, in the order of the round's settings or of their codes.

        Of several columns crossed, the cells that hold anybody.

        Examples
        --------
        >>> s.labels_of("sex")
        ['male', 'female']
        """
        names = names_of(by)
        if len(names) != 1:
            found = set(self._cells(names).dropna())
            cells = (CROSS.join(map(label_text, cell)) for cell in product(*map(self.labels_of, names)))
            return [cell for cell in cells if cell in found]
        by = names[0]
        column = self.data[self._column(by)]
        group = next((g for g in self.survey_round.groups if g.name == by), None)
        if group:
            return group.labels
        if by == "district":
            return [c for c in self._districts() if c in set(column)]
        return sorted(column.dropna().unique())

    def _districts(self) -> list[str]:
        """Codes of all districts of the round's province, sampled or not."""
        return read_places(folder=self.survey_round.places).districts_of(self.survey_round.province)

    def _cells(self, names: Sequence[str]) -> pd.Series:
        """Each respondent's cell of several columns, missing where one is."""
        columns = [self.data[self._column(name)] for name in names]
        texts = [column.map(label_text, na_action="ignore").astype(object) for column in columns]
        joined = [
            None if any(pd.isna(each) for each in row) else CROSS.join(row)
            for row in zip(*texts, strict=True)
        ]
        return pd.Series(joined, index=self.data.index, dtype=object)

    def _domains(
        self, by: By | None, domain: str | np.ndarray | None, labels: Sequence | None = None
    ) -> tuple[str, Domains]:
        mask, names = self._mask(domain), names_of(by)
        if not names:
            return "all", Domains(("all",), np.where(mask, 0, -1))
        labels = self.labels_of(by) if labels is None else list(labels)
        column = self.data[self._column(names[0])] if len(names) == 1 else self._cells(names)
        domains = Domains.of(column, labels)
        return CROSS.join(names), Domains(domains.labels, np.where(mask, domains.code, -1))

    def _label(self, domains: Domains, kind: str, label: object) -> int:
        labels = [label_text(each) for each in domains.labels]
        wanted = CROSS.join(map(label_text, label)) if isinstance(label, tuple) else label_text(label)
        if wanted in labels:
            return labels.index(wanted)
        raise unknown_name(f'"{wanted}" is not a group of {kind}', wanted, labels)

    def _mask(self, domain: str | np.ndarray | None) -> np.ndarray:
        if domain is None:
            return np.ones(len(self.data), dtype=bool)
        if not isinstance(domain, str):
            return self._given_mask(np.asarray(domain))
        try:
            named = [name for name in self.data.columns if str(name) in domain]  # all would be made ready
            mask = self.data[named].eval(domain)
            if not (isinstance(mask, pd.Series) and pd.api.types.is_bool_dtype(mask)):
                raise TypeError("it is not true or false for each respondent")
            return mask.to_numpy(dtype=bool)
        except pd.errors.UndefinedVariableError as fault:
            name = str(fault).split("'")[1]
            raise unknown_name(
                f'the domain names a column "{name}" that is not there', name, self.data
            ) from fault
        except (SyntaxError, ValueError, TypeError) as fault:
            raise unknown_name(f"the domain cannot be read ({fault})", domain, []) from fault

    def _given_mask(self, domain: np.ndarray) -> np.ndarray:
        if domain.shape != (len(self.data),) or domain.dtype != bool:
            raise BadDesign(
                "A domain given as an array must say true or false for each respondent.",
                vi="Miền (domain) dạng mảng phải có đúng một giá trị đúng/sai cho mỗi người trả lời; "
                "hãy dùng biểu thức.",
                where="domain",
                expected=f"{len(self.data)} values, true or false",
                got=f"shape {domain.shape}, {domain.dtype}",
                hint="An expression such as \"sex == 'female'\" works in every round.",
            )
        return domain

    def _wanted(self, measures: str | Sequence[str], composites: bool = True) -> list[str]:
        """The measures asked for as a list, each known."""
        wanted = names_of(measures)
        valid = set(self.measures) - (set() if composites else set(self.sample.composites.kinds))
        if not wanted:
            raise no_name("measure")
        for name in wanted:
            if name not in valid:
                raise self._no_measure(name, valid)
        return wanted

    def _no_measure(self, name: str, valid: set[str]) -> UnknownName:
        if name in self.sample.composites.kinds:
            return unknown_name(f'"{name}" is a score, which nobody has alone', name, valid)
        if name in self.data.columns:
            return unknown_name(f'"{name}" holds words, not numbers', name, valid)
        return unknown_name(f'there is no measure "{name}"', name, valid)

    def _column(self, name: str) -> str:
        if isinstance(name, str) and name in self.data.columns:
            return name
        raise unknown_name(f'there is no column "{name}"', str(name), self.data.columns)


def no_name(what: str) -> UnknownName:
    """The error for a call that names nothing."""
    return UnknownName(
        f"No {what} was named.",
        vi="Chưa nêu chỉ tiêu hoặc biến nào; hãy nêu ít nhất một tên.",
        expected=f"at least one {what}",
        got="none",
        hint="See .measures and .groups.",
    )


def names_of(given: By | None) -> list[str]:
    """One name or several as a list.

    Raises
    ------
    UnknownName
        Something among them is no name.
    """
    one = isinstance(given, str) or not isinstance(given, Iterable)
    names = [] if given is None else [given] if one else list(given)
    for name in names:
        if not isinstance(name, str):
            raise unknown_name(f"a name was expected, not {type(name).__name__}", str(name), [])
    return list(dict.fromkeys(names))


def label_text(label: object) -> str:
    """A group's label as text: a code 2.0 as "2"."""
    return str(int(label)) if isinstance(label, float) and label.is_integer() else str(label)


def unknown_name(what: str, got: str, valid: Collection) -> UnknownName:
    """The error for a name that a round does not have, with those most like it."""
    close = nearest(got, list(valid)) if len(valid) else []
    return UnknownName(
        what[0].upper() + what[1:] + ".",
        vi=f'Không có "{got}" trong vòng khảo sát này'
        + (f"; gần giống nhất: {shown(close)}." if close else ". Hãy kiểm tra lại."),
        got=got,
        hint=f"Perhaps {shown(close)}." if close else "See .measures and .groups.",
    )
