"""A round's file -> its declared columns, corrected and with places as codes; and all that was found.

In this order: read, drop what is not declared, empty what is marked as blank, keep the round's province,
settle what the file marks as missing, read decimal commas, apply the declared corrections, turn words and
names of places into codes, check. Each step tells what it did.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from analysis.findings import findings_table
from analysis.intake.file_checks.text_checks import named, odd_text
from analysis.intake.schemas.column_values import column_values
from analysis.places import Places
from analysis.respondents.answer_counts import count_answers
from analysis.respondents.blanks import read_blanks
from analysis.respondents.checks import check_respondents
from analysis.respondents.codebook import Codebook
from analysis.respondents.corrections import apply_corrections, read_corrections
from analysis.respondents.decimals import read_decimals
from analysis.respondents.file_missing import SAID_AGAIN, settle_missing
from analysis.respondents.headings import name_variables
from analysis.respondents.kept import check_personal, keep_columns, keep_declared
from analysis.respondents.locating import locate
from analysis.respondents.microdata import Microdata, read_with_findings
from analysis.respondents.province_rows import keep_province
from analysis.respondents.survey_rows import SurveyRows
from analysis.respondents.worded import read_words
from analysis.rounds import Round


@dataclass(frozen=True)
class OpenedFile:
    """A round's file, ready to be built.

    Attributes
    ----------
    microdata : Microdata
        Its table holds the declared columns alone.
    findings : DataFrame
        Of reading, of what was done, and of the checks.
    hidden : tuple of str
        Columns whose values no report may show: those that were dropped, interviewers, kept free text.
    facts : dict
        How the file was read: name, format, sheet, encoding, delimiter, rows and columns read and kept; and
        `answers`, the counts of `answer_counts`.
    """

    microdata: Microdata
    findings: pd.DataFrame
    hidden: tuple[str, ...]
    facts: dict[str, object]


def open_file(survey_round: Round, codebook: Codebook, places: Places) -> OpenedFile:
    """Read, settle and check one round's file.

    Parameters
    ----------
    survey_round : Round
    codebook : Codebook
    places : Places
        The round's own.

    Raises
    ------
    MissingFile, UnreadableFile
        When there is no table to look at.
    """
    microdata = read_with_findings(survey_round.data_file, **survey_round.file_format.reading())
    microdata = name_variables(microdata, codebook)
    kept, hidden = keep_columns(microdata.table.columns, survey_round, codebook)
    unshown = [*hidden, *_unshown(survey_round, codebook, kept)]
    found = [_about_kept(microdata.findings, hidden)]
    if (microdata.findings["kind"] == "stop").any():  # headings or letters are in doubt, and so is all else
        return _opened(microdata, microdata.table[kept], found, unshown)
    table, said = keep_declared(microdata.table, survey_round, codebook)
    found += [said, _odd_letters(microdata, kept)]
    table, said = read_blanks(table, survey_round)
    found.append(said)
    table, said = keep_province(table, microdata, survey_round, places)
    found.append(said)
    table, said = settle_missing(table, microdata, survey_round, codebook)
    found.append(said)
    table, said = read_decimals(SurveyRows(table, survey_round, microdata.raw), codebook)
    found.append(said)
    corrections = read_corrections(survey_round.survey_round)
    table, said = apply_corrections(table, corrections, survey_round.columns.respondent)
    found += [said, check_personal(table, survey_round, codebook, microdata.variable_labels)]
    table, said = read_words(table, survey_round, codebook)
    found.append(said)
    table, said = locate(table, microdata, survey_round, places)
    found.append(said)
    province = survey_round.province
    codes = places.districts_of(province), places.communes_of(province)
    raw = microdata.raw
    found.append(
        check_respondents(table, survey_round, codebook, *codes, places=places, raw=raw, dropped=hidden)
    )
    opened = _opened(microdata, table, found, unshown)
    opened.facts["answers"] = count_answers(table, survey_round, codebook)
    return opened


def _unshown(survey_round: Round, codebook: Codebook, kept: list[str]) -> list[str]:
    """Kept columns whose values no report may show: interviewers, and text that people wrote."""
    texts = [name for name in kept if name in codebook and codebook.row(name).get("personal") == "keep"]
    return [*texts, *filter(None, [survey_round.fieldwork.interviewer])]


def _opened(
    microdata: Microdata, table: pd.DataFrame, found: list[pd.DataFrame], hidden: list[str]
) -> OpenedFile:
    raw = microdata.raw
    facts = {
        "file": microdata.path.name,
        "format": microdata.path.suffix.lower().removeprefix("."),
        "sheet": raw.sheet,
        "encoding": raw.encoding,
        "delimiter": raw.delimiter,
        "rows": len(microdata.table),
        "rows_kept": len(table),
        "columns": len(microdata.table.columns),
        "columns_kept": len(table.columns),
    }
    findings = pd.concat(found, ignore_index=True).drop_duplicates(ignore_index=True)
    return OpenedFile(replace(microdata, table=table), findings, tuple(hidden), facts)


def _about_kept(findings: pd.DataFrame, hidden: list[str]) -> pd.DataFrame:
    """What the reader said, without single cells of columns that are dropped, and what is said again here."""
    in_dropped = findings["column"].isin(hidden) & (findings["cell"] != "")
    return findings[~in_dropped & ~findings["code"].isin(SAID_AGAIN)]


def _odd_letters(microdata: Microdata, kept: list[str]) -> pd.DataFrame:
    """Which texts of the kept columns were put right on reading."""
    raw, table = microdata.raw, microdata.table
    texts = [name for name in kept if not pd.api.types.is_numeric_dtype(table[name])]
    return findings_table(odd_text(raw, (named(column_values(raw, name)) for name in texts)))
