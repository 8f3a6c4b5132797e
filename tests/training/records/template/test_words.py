import re
from pathlib import Path

import pytest

from analysis import paths
from analysis.briefing.wording import check_wording, placeholders
from analysis.rows import read_rows
from training.records.sheets.kinds import read_kinds
from training.records.template import words

ROWS = read_rows(paths.rows_file("wording", "training", "template.csv"), ("key", "vi", "en"))


def test_the_rows_have_no_fault():
    assert check_wording(ROWS).empty


def test_every_row_is_used():
    code = "\n".join(path.read_text("utf-8") for path in Path(words.__file__).parent.glob("*.py"))
    quoted = set(re.findall(r'"([a-z_]+)"', code))
    columns = {column.name for kind in read_kinds() for column in kind.schema.columns}
    made = {f"hint_{name}" for name in columns} | {f"about_{kind.name}" for kind in read_kinds()}
    made |= {f"guide_{number}" for number in range(1, 12)}
    assert [key for key in ROWS["key"] if key not in quoted | made] == []


def test_a_value_that_is_not_given_is_an_error():
    key = next(row.key for row in ROWS.itertuples() if placeholders(row.vi))
    with pytest.raises(KeyError):
        words.say(key, "vi")
