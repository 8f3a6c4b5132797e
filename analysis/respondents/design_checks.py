"""Design columns as stored -> findings: strata and PSUs that cannot carry a standard error.

Kept apart from the other checks because the same rules hold for both designs a round may declare:
the province's, and the one for figures about a single district.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.findings import Finding
from analysis.intake.table import RawTable
from analysis.respondents.identifiers import shown_codes, text_code
from analysis.respondents.survey_rows import SurveyRows
from analysis.rounds import Round


@dataclass(frozen=True)
class _Stage:
    """One stage: the file's columns of its strata, units and population, and each row's codes.

    `path` holds the codes that make a stratum one of its own: the units above it, then its own.
    """

    stratum: str
    psu: str
    population: str
    path: list[pd.Series]
    unit: pd.Series
    finite_above: bool

    @property
    def name(self) -> str:
        """The stratum's column, or those of the units it lies in."""
        return self.stratum or str(self.path[-1].name)

    def units(self) -> pd.Series:
        """Units of each stratum, indexed by the stratum's code (its path where it has several)."""
        return self.unit.groupby([codes.to_numpy() for codes in self.path]).nunique()


def check_design(table: pd.DataFrame, survey_round: Round, raw: RawTable | None = None) -> Iterator[Finding]:
    """Blank design codes, one PSU in two strata, strata with a single PSU, impossible populations."""
    design, rows = survey_round.design, SurveyRows(table, survey_round, raw)
    if not design.strata[0]:
        yield _one_stratum(survey_round)
    yield from _check_stages(rows, _stages(table, design.strata, design.psus, design.population))
    if design.has_district_design:
        columns = ((design.district_stratum,), (design.district_psu,), ())
        yield from _check_stages(rows, _stages(table, *columns))


def _one_stratum(survey_round: Round) -> Finding:
    return Finding(
        "one_stratum",
        "No column of strata is named: the whole sample counts as one stratum.",
        "Không khai báo cột tầng: cả mẫu được coi là một tầng. Hãy hỏi đơn vị chọn mẫu xem có phân tầng "
        "không.",
        where=f"{survey_round.shown_settings}, [design] stratum",
        expected="the column of strata, unless the sample was not stratified",
        got='stratum = ""',
        hint="Nothing to do where it was drawn without strata; else name the column.",
        kind="note",
    )


def _stages(
    table: pd.DataFrame, strata: Sequence[str], psus: Sequence[str], population: Sequence[str]
) -> list[_Stage]:
    stages, above = [], []
    for at, psu in enumerate(psus):
        stratum = strata[at] if at < len(strata) else ""
        path = above + ([text_code(table[stratum])] if stratum else [])
        path = path or [pd.Series("1", index=table.index, name="(one stratum)", dtype="str")]
        unit = text_code(table[psu])
        size = population[at] if at < len(population) else ""
        stages.append(_Stage(stratum, psu, size, path, unit, bool(population)))
        above = [*path, unit]
    return stages


def _check_stages(rows: SurveyRows, stages: list[_Stage]) -> Iterator[Finding]:
    table, survey_round = rows.table, rows.survey_round
    for at, stage in enumerate(stages):
        yield from _blank(rows, stage)
        if at == 0 and not survey_round.design.nest:
            yield from _in_two_strata(survey_round, stage)
        sizes = _sizes(table, stage)
        yield from _population(survey_round, stage, sizes)
        # A later stage adds to the variance only where the first is a finite population.
        if at == 0 or stage.finite_above:
            yield from _lone(survey_round, stage, sizes)


def _blank(rows: SurveyRows, stage: _Stage) -> Iterator[Finding]:
    columns = [("psu", stage.unit)]
    if stage.stratum:
        columns.insert(0, ("stratum", stage.path[-1]))
    for role, codes in columns:
        blank = codes.isna()
        count = int(blank.sum())
        if count:
            finding = Finding(
                "bad_design",
                f"Design column {codes.name} is blank in {count} rows.",
                f"Cột thiết kế mẫu {codes.name} bị trống ở {count} dòng. Hãy điền đủ mã.",
                where=f"{rows.survey_round.file}, column {codes.name}",
                expected=f"the {role} of every respondent",
                got=f"{count} of {len(codes)} rows blank",
                hint="Ask whoever drew the sample.",
            )
            yield from rows.at_cells(finding, blank, str(codes.name))


def _in_two_strata(survey_round: Round, stage: _Stage) -> Iterator[Finding]:
    strata = stage.path[0].groupby(stage.unit.to_numpy()).nunique()
    torn = list(strata.index[strata > 1])
    if torn:
        yield Finding(
            "bad_design",
            f"{len(torn)} PSUs of {stage.psu} lie in more than one stratum of {stage.stratum}: "
            f"{shown_codes(torn)}.",
            f"{len(torn)} đơn vị chọn mẫu nằm ở hai tầng. Hãy sửa mã tầng hoặc mã đơn vị chọn mẫu.",
            where=f"{survey_round.file}, columns {stage.stratum} and {stage.psu}",
            expected="each PSU in one stratum",
            got=shown_codes(torn),
            hint="Mend the codes; or, where PSU numbers start again in each stratum, set nest = true in "
            f"{survey_round.shown_settings}, [design].",
        )


def _sizes(table: pd.DataFrame, stage: _Stage) -> pd.DataFrame | None:
    """Least and largest population count of each stratum, or None where the stage declares none."""
    if not stage.population:
        return None
    counts = pd.to_numeric(table[stage.population], errors="coerce").astype(float)
    counts = counts.replace([np.inf, -np.inf], np.nan).fillna(-1.0)  # a blank fails as below the sample
    return counts.groupby([codes.to_numpy() for codes in stage.path]).agg(["min", "max"])


def _population(survey_round: Round, stage: _Stage, sizes: pd.DataFrame | None) -> Iterator[Finding]:
    if sizes is None:
        return
    units = stage.units()
    faults = {
        "missing or not a number": ("bị trống hoặc không phải số", sizes["min"] < 0),
        "not one number in": ("không thống nhất trong", (sizes["min"] >= 0) & (sizes["min"] != sizes["max"])),
        "below the units sampled in": (
            "nhỏ hơn số đơn vị đã chọn ở",
            (sizes["min"] >= 0) & (sizes["min"] == sizes["max"]) & (sizes["max"] < units),
        ),
    }
    for fault, (fault_vi, bad) in faults.items():
        strata = _names(bad.index[bad.to_numpy()])
        if strata:
            yield Finding(
                "bad_design",
                f"Population counts of {stage.population} are {fault} strata {shown_codes(strata)}."
                if not fault.startswith("missing")
                else f"Population counts of {stage.population} are {fault}: strata {shown_codes(strata)}.",
                f"Cột quy mô {stage.population} {fault_vi} tầng {shown_codes(strata)}. "
                "Hãy sửa số đơn vị của tầng.",
                where=f"{survey_round.file}, column {stage.population}",
                expected=f"one count a stratum of {stage.name}: the units of {stage.psu} in its population",
                got=f"{fault} {len(strata)} strata" if not fault.startswith("missing") else fault,
                hint="Ask whoever drew the sample, or leave `population` out: drawn with replacement.",
            )


def _lone(survey_round: Round, stage: _Stage, sizes: pd.DataFrame | None) -> Iterator[Finding]:
    psus = stage.units()
    alone = psus == 1
    if sizes is not None:
        alone &= sizes["max"] != 1  # the one unit there is: taken with certainty, not by chance
    lone = _names(psus.index[alone.to_numpy()])
    if not lone:
        return
    policy = survey_round.design.lone_psu
    setting = f"{survey_round.shown_settings}, [design] lone_psu"
    columns = f"{stage.name}, {stage.psu}"
    yield Finding(
        "lone_psu",
        f"Strata with a single PSU: {shown_codes(lone)} (columns {columns}).",
        f"Tầng chỉ có một đơn vị chọn mẫu: {shown_codes(lone)}. "
        "Không thể tính sai số nếu không chọn cách xử lý.",
        where=f"{survey_round.file}, columns {stage.name} and {stage.psu}",
        expected="two or more PSUs in each stratum",
        got=f"one PSU in {shown_codes(lone)}",
        hint=f"Join the stratum to a like one, or choose adjust, average, certainty or remove in {setting}."
        if policy == "stop"
        else f"The round's policy is {policy} ({setting}).",
        kind="stop" if policy == "stop" else "note",
    )


def _names(strata: pd.Index) -> list[str]:
    """Strata as a message names them: their codes, from the first stage on."""
    return [" / ".join(code) if isinstance(code, tuple) else str(code) for code in strata]
