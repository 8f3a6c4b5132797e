"""A round -> the CSV files that example.R reads: `python tests/reference/export_example.py FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from analysis.estimates.composites import composite_map
from analysis.pipeline import prepare
from analysis.rounds import read_round


def export(folder: Path, name: str = "example-2021") -> None:
    """Write indicators and composite weights of a round and of the round before it."""
    folder.mkdir(parents=True, exist_ok=True)
    survey_round = read_round(name)
    for prefix, one in (("", survey_round), ("previous", read_round(survey_round.previous))):
        sample = prepare(one)
        design = ["respondent", "weight", "stratum", "psu", "district", *(g.name for g in one.groups)]
        table = sample.indicators[design + sample.names]
        table.to_csv(
            folder / f"{prefix or 'indicators'}.csv", index=False, float_format="%.17g", lineterminator="\n"
        )
        mapping = composite_map(sample.framework)
        weights = pd.concat([mapping.weights, mapping.constants.to_frame("constant").T])
        weights.to_csv(
            folder / f"{prefix + '_' if prefix else ''}weights.csv", float_format="%.17g", lineterminator="\n"
        )


if __name__ == "__main__":
    export(Path(sys.argv[1]), *sys.argv[2:3])
