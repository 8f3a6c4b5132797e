"""Columns typed in a test -> the raw table that a reader would have made of them."""

from pathlib import Path

import numpy as np
import pandas as pd

from analysis.intake.table import RawTable
from analysis.scaffold.profile import profile_columns


def raw_table(columns, labels=None, value_labels=None, **more):
    stored = pd.DataFrame(columns)
    return RawTable(
        path=Path("typed.dta"),
        sheet="",
        rows=np.arange(1, len(stored) + 1),
        letters=dict.fromkeys(stored.columns, ""),
        stored=stored,
        variable_labels=labels or {},
        value_labels=value_labels or {},
        header_row=0,
        **more,
    )


def profiles(columns, labels=None, value_labels=None, **more):
    return profile_columns(raw_table(columns, labels, value_labels, **more))
