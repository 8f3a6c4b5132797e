"""Design columns as stored -> findings: strata and PSUs that cannot carry a standard error.

Kept apart from the other checks because the same rules hold for both designs a round may declare:
the province's, and the one for figures about a single district.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding
from analysis.respondents.identifiers import text_code
from analysis.rounds import Round


def check_design(table: pd.DataFrame, survey_round: Round) -> Iterator[Finding]:
    """Blank design codes, one PSU in two strata, strata with a single PSU."""
    design = survey_round.design
    pairs = [(design.stratum, design.psu)]
    if design.has_district_design:
        pairs.append((design.district_stratum, design.district_psu))
    for stratum, psu in pairs:
        codes = pd.DataFrame({"stratum": text_code(table[stratum]), "psu": text_code(table[psu])})
        yield from _blank(survey_round, codes, stratum, psu)
        yield from _in_two_strata(survey_round, codes, stratum, psu)
        yield from _lone(survey_round, codes, stratum, psu)


def _blank(survey_round: Round, codes: pd.DataFrame, stratum: str, psu: str) -> Iterator[Finding]:
    for role, column in (("stratum", stratum), ("psu", psu)):
        count = int(codes[role].isna().sum())
        if count:
            yield Finding(
                "bad_design",
                f"Design column {column} is blank in {count} rows.",
                f"Cột thiết kế mẫu {column} bị trống ở {count} dòng. Hãy điền đủ mã.",
                where=f"{survey_round.file}, column {column}",
                expected=f"the {role} of every respondent",
                got=f"{count} of {len(codes)} rows blank",
                hint="Ask whoever drew the sample.",
            )


def _in_two_strata(survey_round: Round, codes: pd.DataFrame, stratum: str, psu: str) -> Iterator[Finding]:
    strata = codes.groupby("psu")["stratum"].nunique()
    torn = list(strata.index[strata > 1])
    if torn:
        yield Finding(
            "bad_design",
            f"{len(torn)} PSUs of {psu} lie in more than one stratum of {stratum}: {shown(torn)}.",
            f"{len(torn)} đơn vị chọn mẫu nằm ở hai tầng. Hãy sửa mã tầng hoặc mã đơn vị chọn mẫu.",
            where=f"{survey_round.file}, columns {stratum} and {psu}",
            expected="each PSU in one stratum",
            got=shown(torn),
            hint="If PSU numbers start again in each stratum, make them different before exporting.",
        )


def _lone(survey_round: Round, codes: pd.DataFrame, stratum: str, psu: str) -> Iterator[Finding]:
    psus = codes.groupby("stratum")["psu"].nunique()
    lone = list(psus.index[psus == 1])
    if not lone:
        return
    policy = survey_round.design.lone_psu
    setting = f"data/rounds/{survey_round.survey_round}.toml, [design] lone_psu"
    yield Finding(
        "lone_psu",
        f"Strata with a single PSU: {shown(lone)} (columns {stratum}, {psu}).",
        f"Tầng chỉ có một đơn vị chọn mẫu: {shown(lone)}. Không thể tính sai số nếu không chọn cách xử lý.",
        where=f"{survey_round.file}, columns {stratum} and {psu}",
        expected="two or more PSUs in each stratum",
        got=f"one PSU in {shown(lone)}",
        hint=f"Join the stratum to a like one, or choose adjust, average, certainty or remove in {setting}."
        if policy == "stop"
        else f"The round's policy is {policy} ({setting}).",
        kind="stop" if policy == "stop" else "note",
    )
