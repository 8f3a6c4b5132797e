import pandas as pd
import pyreadstat
import pytest

from analysis.errors import UnreadableFile
from analysis.intake.readers.stata_6_to_12 import is_cut
from analysis.intake.reading import read_tables

TABLE = pd.DataFrame({"q1": [1.0, 2.0, 3.0], "ten": ["x", "yy", "zzz"], "q2": [1, 2, 3]})
LABELS = {"q1": {1: "co", 2: "khong"}, "q2": {1: "mot", 3: "ba"}}


def write(path, version, labels=LABELS):
    pyreadstat.write_dta(TABLE, str(path), version=version, variable_value_labels=labels)
    return path.read_bytes()


@pytest.mark.parametrize("version", [8, 10, 12])
@pytest.mark.parametrize("labels", [{}, LABELS])
def test_a_whole_file_is_whole_and_every_shorter_one_is_not_or_tells_of_absent_labels(
    tmp_path, version, labels
):
    path = tmp_path / "a.dta"
    raw = write(path, version, labels)
    assert not is_cut(path)
    whole = []
    for length in range(1, len(raw)):
        path.write_bytes(raw[:length])
        if not is_cut(path):
            whole.append(length)
    # Between two sets of labels, and before the first, nothing is cut in two.
    assert len(whole) == len(labels)
    for length in whole:
        path.write_bytes(raw[:length])
        _, found = read_tables(path)
        assert found["code"].tolist() == ["labels_not_in_file"]


@pytest.mark.parametrize("version", [8, 10, 12])
def test_a_file_cut_in_its_labels_is_refused(tmp_path, version):
    path = tmp_path / "a.dta"
    path.write_bytes(write(path, version)[:-20])
    with pytest.raises(UnreadableFile, match="cut short"):
        read_tables(path)


def test_a_newer_file_is_left_to_its_own_mark(tmp_path):
    raw = write(tmp_path / "a.dta", 15)
    assert not is_cut(tmp_path / "a.dta")
    (tmp_path / "a.dta").write_bytes(raw[:-5])
    with pytest.raises(UnreadableFile, match="cut short"):
        read_tables(tmp_path / "a.dta")
