"""The committed rows of data/scaffold can be read and say where they come from."""

import pandas as pd

from analysis import paths
from analysis.scaffold.known import NO_ANSWER, meaning_of, read_missing_codes, read_patterns
from analysis.scaffold.roles import ROLES


def test_every_row_has_a_source_and_a_known_role():
    patterns = read_patterns()
    assert {row["role"] for row in patterns} == set(ROLES)
    for name in ("patterns", "words", "missing_codes"):
        rows = pd.read_csv(paths.rows_folder("scaffold") / f"{name}.csv", dtype=str, keep_default_na=False)
        assert (rows["source"] != "").all()


def test_kinds_of_missing_codes_are_those_of_the_rounds():
    assert set(read_missing_codes().values()) <= {*NO_ANSWER, ""}


def test_words_are_found_without_accents_and_at_the_beginning():
    assert meaning_of("KHÔNG BIẾT (không đọc)", NO_ANSWER) == "dont_know"
    assert meaning_of("Nam", ("male", "female")) == "male"
    assert meaning_of("Nam bộ", ("male", "female")) == ""
