from datetime import date

import pandas as pd
import pytest

from analysis.errors import BadRows, PacksFolderProblem
from analysis.keeping.removal_log import LOG_COLUMNS, REMOVED, STARTED, finish_log, log_file, write_log

TODAY = date(2029, 1, 1)


def line(state, name):
    return ["2028-12-31", state, name, "5", "", "test"]


def test_lines_are_added_below_one_header(tmp_path):
    log = log_file(tmp_path)
    write_log(log, [line(STARTED, "raw/ấp 1.dta")])
    write_log(log, [line(REMOVED, "raw/ấp 1.dta")])
    table = pd.read_csv(log, dtype=str)
    assert tuple(table.columns) == LOG_COLUMNS
    assert table["state"].tolist() == [STARTED, REMOVED]
    assert set(table["path"]) == {"raw/ấp 1.dta"}


def test_what_a_stopped_run_had_removed_is_logged_by_the_next(tmp_path):
    log = log_file(tmp_path)
    names = ("gone", "there", "done")
    write_log(log, [*(line(STARTED, name) for name in names), line(REMOVED, "done")])
    finish_log(log, TODAY, lambda name: name != "there")
    added = pd.read_csv(log, dtype=str).iloc[4:]
    assert added[["when", "state", "path", "bytes"]].to_numpy().tolist() == [
        ["2029-01-01", REMOVED, "gone", "5"]
    ]
    finish_log(log, TODAY, lambda name: name != "there")
    assert len(pd.read_csv(log)) == 5


def test_without_a_log_nothing_is_to_be_finished(tmp_path):
    finish_log(log_file(tmp_path), TODAY, lambda name: True)
    assert not log_file(tmp_path).exists()


def test_a_log_that_somebody_spoilt_or_that_cannot_be_written_stops(tmp_path):
    log = log_file(tmp_path)
    log.write_text("when,path\n2028-12-31,raw/x\n")
    with pytest.raises(BadRows):
        finish_log(log, TODAY, lambda name: True)
    with pytest.raises(PacksFolderProblem):
        write_log(tmp_path, [line(STARTED, "x")])
