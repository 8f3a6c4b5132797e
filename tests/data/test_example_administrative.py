"""The committed administrative example: is it what the script makes, and does it say that it is simulated?"""

from __future__ import annotations

import pandas as pd

from analysis import paths
from data.example.administrative import simulate_administrative


def test_the_seed_gives_the_committed_table_and_every_row_says_simulated():
    text = paths.rows_file("example", "administrative-2021.csv").read_text(encoding="utf-8")
    assert text == simulate_administrative().to_csv(index=False, lineterminator="\n")
    committed = pd.read_csv(paths.rows_file("example", "administrative-2021.csv"))
    assert set(committed["simulated"]) == {"yes"}
    assert set(committed["source"]) == {"DỮ LIỆU MÔ PHỎNG / SIMULATED DATA"}
