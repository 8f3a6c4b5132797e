"""Columns of districts and communes, by code or by name -> codes, with a note on every spelling understood.

A name in any usual spelling becomes the code of exactly one place, or stays and the checks refuse it.
A file's own numbers for places (1 … 15) are understood by their value labels.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding, findings_table
from analysis.intake.table import RawTable
from analysis.places import Places
from analysis.respondents.identifiers import place_code, text_code
from analysis.respondents.microdata import Microdata
from analysis.rounds import Round


def locate(
    table: pd.DataFrame, microdata: Microdata, survey_round: Round, places: Places
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Turn the names in the round's columns of districts and communes into codes.

    Parameters
    ----------
    table : DataFrame
        The kept columns; the index is the row of the raw table.
    microdata : Microdata
        Its value labels tell what a file's own numbers stand for.
    survey_round : Round
    places : Places

    Returns
    -------
    tuple of DataFrame and DataFrame
        The table; a column of codes alone stays as stored. Findings: a note a spelling understood, a stop
        where a code and its own label are different places.
    """
    columns, province = survey_round.columns, survey_round.province
    found = []
    districts = pd.Series(province, index=table.index)
    levels = (
        ("district", columns.district, places.districts_of(province)),
        ("commune", columns.commune, places.communes_of(province)),
    )
    for level, name, known in levels:
        if not name or name not in table.columns or not known:
            continue
        codes = _codes(table[name], microdata.raw, known)
        labels = label_codes(microdata.value_labels.get(name, {}), known)
        changed = not codes.equals(place_code(table[name], known))
        if not codes.dropna().isin(list(known)).all():
            parents = districts if level == "commune" else province
            typed = codes.map(labels).astype("str").fillna(codes) if labels else codes
            resolved = places.resolve_column(
                typed.mask(codes.isin(list(known)) & typed.eq(codes)), level, parents
            )
            codes_in_file, codes = codes, resolved.codes.fillna(typed)
            changed = True
            said = resolved.findings(name, file=microdata.path.name)
            found.append(said[said["code"] == "place_understood"])
            found.append(_say_by_labels(codes_in_file, codes, labels, name, microdata, places, level))
        elif labels:
            found.append(_contradictions(codes, labels, level, name, survey_round, places))
        if changed:
            table = table.assign(**{name: codes})
        if level == "district":
            districts = codes.where(codes.isin(list(known)), "")
    return table, pd.concat([findings_table([]), *found], ignore_index=True)


def _say_by_labels(
    before: pd.Series,
    after: pd.Series,
    labels: Mapping[str, str],
    name: str,
    microdata: Microdata,
    places: Places,
    level: str,
) -> pd.DataFrame:
    """A note on numbers of the file's own that were read by their labels, each with what it was taken for."""
    pairs = pd.DataFrame({"number": before, "code": after})[before.isin(list(labels)) & (before != after)]
    counted = pairs.dropna().value_counts().reset_index(name="count").sort_values("number", key=_in_order)
    units = places.names.units[level]
    counted = counted[counted["code"].isin(list(units))]
    if counted.empty:
        return findings_table([])
    counted["number"] = counted["number"].str.replace(r"^0+(?=\d)", "", regex=True)
    listed = shown(f"{row.number} → {row.code} {units[row.code].full_name}" for row in counted.itertuples())
    rows = int(counted["count"].sum())
    note = Finding(
        "numbers_read_by_labels",
        f"The file's own numbers in {name} were read by their labels, in {rows} rows: {listed}. Look whether "
        "each is right.",
        f"Số riêng của tệp ở cột {name} được hiểu theo nhãn, {rows} dòng: {listed}. Hãy xem có đúng không.",
        kind="note",
        file=microdata.path.name,
        column=name,
        got=listed,
    )
    return findings_table([note])


def _in_order(numbers: pd.Series) -> pd.Series:
    """2 before 10, words behind numbers."""
    return pd.to_numeric(numbers, errors="coerce")


def _codes(stored: pd.Series, raw: RawTable | None, known: Collection[str]) -> pd.Series:
    """Codes as text; number cells among text get their leading zeros back, as a column of numbers does."""
    codes = place_code(stored, known)
    lengths = {len(code) for code in known}
    if raw is None or raw.stored is not None or pd.api.types.is_numeric_dtype(stored) or len(lengths) != 1:
        return codes
    is_number = (raw.kinds[str(stored.name)].iloc[stored.index] == "number").to_numpy(dtype=bool)
    return codes.where(~is_number, codes.str.zfill(lengths.pop()))


def label_codes(labels: Mapping[float | str, str], known: Collection[str]) -> dict[str, str]:
    """Code as text -> label, for the labels that a column of places has."""
    if not labels:
        return {}
    numbers = pd.Series([code for code in labels if not isinstance(code, str)], dtype=float)
    padded, plain = place_code(numbers, known), text_code(numbers)
    texts = [labels[number] for number in numbers]
    return dict(zip(plain, texts, strict=True)) | dict(zip(padded, texts, strict=True))


def _contradictions(
    codes: pd.Series, labels: dict[str, str], level: str, name: str, survey_round: Round, places: Places
) -> pd.DataFrame:
    """Codes of places whose own label in the file is the name of another place."""
    used = [code for code in codes.dropna().unique() if code in labels]
    # A commune's name alone may fit several districts: only a label that is exactly one place speaks.
    meant = places.resolve_column(pd.Series([labels[code] for code in used], dtype="str"), level, None).codes
    wrong = np.flatnonzero((meant.notna() & (meant != pd.Series(used, dtype="str"))).to_numpy(dtype=bool))
    if not len(wrong):
        return findings_table([])
    listed = shown(f'{used[at]} "{labels[used[at]]}"' for at in wrong)
    return findings_table(
        [
            Finding(
                "unknown_place_code",
                f"Codes in {name} carry the names of other places in the file's own labels: {listed}.",
                f"Mã ở cột {name} mang nhãn là tên của địa bàn khác: {listed}. Hãy hỏi đơn vị làm tệp "
                "xem mã hay nhãn đúng.",
                where=f"{survey_round.file}, column {name}",
                expected=f"codes of {survey_round.shown_places}, or numbers of the file's own with labels",
                got=listed,
                hint="Ask who made the file whether the codes or the labels are right.",
                column=name,
            )
        ]
    )
