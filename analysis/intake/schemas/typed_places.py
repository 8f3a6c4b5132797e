"""A typed column of districts or communes + the places -> codes, and a fault where it is not one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.findings import Finding
from analysis.intake.persons.masks import is_harmless
from analysis.intake.table import RawTable
from analysis.places import Places

if TYPE_CHECKING:
    from analysis.intake.schemas.typed import TypedColumn


def resolve_places(
    raw: RawTable, one: TypedColumn, places: Places, districts: pd.Series | None = None
) -> None:
    """Turn the texts of a typed column into codes, in place.

    Parameters
    ----------
    raw : RawTable
    one : TypedColumn
        Of type `district` or `commune`; its values are texts.
    places : Places
    districts : Series of str, optional
        Code of each row's district, inside which a commune is looked up.

    Notes
    -----
    What is not exactly one place gets the fault `unknown_place_code` and a sentence of its own, with the
    nearest places; what was understood though written in another way is a note, once a spelling.
    """
    found = places.resolve_column(one.values, one.column.type, districts)
    said: dict[int, tuple[str, str]] = {}
    for at in map(int, np.flatnonzero(found.refused)):
        one.faults[at] = "unknown_place_code"
        spelling = int(found.at[at])
        if spelling not in said:
            # A person's name in the wrong column must not be repeated by the sentence that refuses it.
            hidden = not is_harmless(" ".join(str(one.values.iat[at]).split()), place=True)
            said[spelling] = ("", "") if hidden else found.say(spelling)
        one.more[at] = said[spelling]
    one.values = found.codes
    notes = found.findings(one.heading, "note", file=raw.path.name, sheet=raw.sheet)
    one.notes += [Finding(**row) for row in notes[notes["code"] == "place_understood"].to_dict("records")]
