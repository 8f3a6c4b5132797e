"""A round -> everything on its pages that is not the survey: rows of the results table, and findings.

Published scores and how the province stands among others, published ranks and classes of the reform index
(PARINDEX), and, where the round's settings name them, administrative counts and a scoring sheet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.context.administrative import check_administrative, read_administrative
from analysis.context.administrative_results import administrative_results
from analysis.context.breaks import read_breaks
from analysis.context.compared import compared_results, with_total_breaks
from analysis.context.parindex import parindex_results
from analysis.context.parindex_points import criteria_of, sheet_results
from analysis.context.parindex_rows import regime_of
from analysis.context.parindex_sheet import check_sheet
from analysis.context.published import published_results
from analysis.errors import MissingFile
from analysis.estimates.results import arrange
from analysis.findings import Finding, findings_table, join_findings, stop_on
from analysis.places import fold, read_places
from analysis.rounds import Round

#: The settings of `[context]` that name a file.
FILES = ("administrative", "parindex_sheet")


@dataclass(frozen=True)
class Around:
    """What stands beside one round's survey.

    Attributes
    ----------
    results : DataFrame in the columns of `estimates.results.COLUMNS`
    criteria : DataFrame
        Of the scoring sheet: measure, name, method, lead_agency, reason, cause; empty without a sheet.
    findings : DataFrame
        Notes about the files: how cells were read, which places sent nothing.
    """

    results: pd.DataFrame
    criteria: pd.DataFrame
    findings: pd.DataFrame = field(default_factory=lambda: findings_table([]))


def read_around(survey_round: Round, published: bool) -> Around:
    """Everything that stands beside a round's survey.

    Parameters
    ----------
    published : bool
        Whether the round's framework is that of the published scores.

    Raises
    ------
    MissingFile, UnreadableFile, MissingColumn, BadRows, UnknownPlaceCode
        A file of `[context]` is not there, or `check_around` finds a stop.
    """
    found = check_around(survey_round)
    stop_on(found)
    tables, criteria = [], criteria_of(None)
    if published and is_known_province(survey_round):
        breaks = with_total_breaks(read_breaks(survey_round.framework))
        tables.append(published_results(survey_round.province))
        tables.append(compared_results(survey_round.province, breaks))
        tables.append(parindex_results(survey_round.province))
    if path := survey_round.context_file("administrative"):
        tables.append(administrative_results(read_administrative(path, survey_round.province)))
    if path := survey_round.context_file("parindex_sheet"):
        year = survey_round.context.parindex_year
        sheet = check_sheet(path, regime_of(year))
        tables.append(sheet_results(sheet, year, survey_round.province))
        criteria = criteria_of(sheet)
    return Around(arrange(tables) if tables else arrange(pd.DataFrame()), criteria, found)


def check_around(survey_round: Round) -> pd.DataFrame:
    """Find what is wrong with the files that a round's `[context]` names; changes nothing.

    Raises
    ------
    MissingFile
        One of them is not there.
    """
    found, files = [findings_table([])], context_files(survey_round)
    if "administrative" in files:
        path, province = files["administrative"], survey_round.province
        found.append(check_administrative(path, province))
        if not (found[-1]["kind"] == "stop").any():
            simulated = read_administrative(path, province).is_simulated
            found.append(check_simulated(survey_round, path, simulated))
    if "parindex_sheet" in files:
        path = files["parindex_sheet"]
        sheet = check_sheet(path, regime_of(survey_round.context.parindex_year))
        found += [sheet.findings, check_simulated(survey_round, path, sheet.simulated)]
    return join_findings(found)


def context_files(survey_round: Round) -> dict[str, Path]:
    """The files that a round's `[context]` names, by the name of the setting.

    Raises
    ------
    MissingFile
        One of them is not there.
    """
    files = {name: path for name in FILES if (path := survey_round.context_file(name))}
    for name, path in files.items():
        if not path.is_file():
            raise MissingFile(
                f"A file of figures that round {survey_round.survey_round} names is not there.",
                vi=f"Không tìm thấy tệp số liệu kèm theo ({name}) của vòng {survey_round.survey_round}.",
                where=paths.short(path),
                expected=f"the file named by [context] {name} in {paths.short(survey_round.settings_file)}",
                hint=f'Put the file there, or set {name} = "".',
            )
    return files


def is_known_province(survey_round: Round) -> bool:
    """Whether the round's province is one of the country's: figures by its code are about it.

    Notes
    -----
    A survey's own places have codes of their own, and 01 need not be Hà Nội there: the figures are those
    of the code only under the same name.
    """
    own = read_places(folder=survey_round.places).province(survey_round.province)
    known = read_places().provinces.set_index("code")["name_vi"]
    return fold(known.get(own.code, "")) == fold(own.name_vi)


def check_simulated(survey_round: Round, path: Path, simulated: bool) -> pd.DataFrame:
    """Stop where simulated and real figures would stand on one page: no band could tell them apart."""
    if simulated == survey_round.simulated:
        return findings_table([])
    real, made = ("tệp", "vòng khảo sát") if survey_round.simulated else ("vòng khảo sát", "tệp")
    finding = Finding(
        "simulated_beside_real",
        "Simulated and real figures would stand on one page.",
        f"Không được để số liệu thật ({real}) và dữ liệu mô phỏng ({made}) trên cùng một trang.",
        where=paths.short(path),
        expected="a file that is simulated where the round is, and real where it is real",
        got=f"simulated: file {simulated}, round {survey_round.simulated}",
        hint="Name another file under [context], or none.",
        kind="stop",
    )
    return findings_table([finding])
