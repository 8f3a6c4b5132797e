"""A raw table -> which of its columns look like data about one person, by their headings or values."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.intake.persons.masks import is_name
from analysis.intake.schemas.column_values import ColumnValues, column_values
from analysis.intake.table import RawTable
from analysis.personal import personal_name, personal_values

#: A column is taken for names when this share of its cells look like names, and at least three different do.
_SHARE_OF_NAMES, _LEAST_NAMES = 0.5, 3
#: … and for phone numbers, e-mails, identity numbers when this share of its cells does: one alone is a slip.
_SHARE_OF_VALUES = 0.1


def personal_columns(raw: RawTable) -> dict[str, str]:
    """Heading -> kind of personal data (a key of `analysis.personal.KINDS`), for the columns that look so.

    Notes
    -----
    Only form is known: a column that is not named here may still tell who somebody is.
    """
    kinds = {name: _kind(raw, name) for name in raw.columns}
    return {name: kind for name, kind in kinds.items() if kind}


def _kind(raw: RawTable, name: str) -> str:
    label = raw.variable_labels.get(name, "")
    kind = personal_name(name) or (personal_name(label) if label else "")
    if kind:
        return kind
    values = column_values(raw, name)
    chosen = values.filled & (values.kinds != "date")
    # A labelled variable holds codes, whatever their length.
    texts = pd.Series(values.texts[chosen], dtype="str")
    found, count = personal_values(texts, figures=not raw.value_labels.get(name))
    if found and count >= _SHARE_OF_VALUES * values.counts[chosen].sum():
        return found
    return "name" if _mostly_names(values) else ""


def _mostly_names(values: ColumnValues) -> bool:
    """Whether most cells hold names, of several people: one name may also be a place's."""
    chosen = values.filled & (values.kinds != "date")
    names = [
        text for text in values.texts[chosen & (values.kinds == "text")] if is_name(" ".join(text.split()))
    ]
    if len(names) < _LEAST_NAMES:
        return False
    return values.counts[np.isin(values.texts, names)].sum() >= _SHARE_OF_NAMES * values.counts[chosen].sum()
