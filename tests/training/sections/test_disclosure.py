"""Pages together: no cell that counts fewer than ten people, and nothing that a hidden row stood for."""

import re

import pandas as pd
import pytest

from analysis.context.built_training import read_training
from analysis.estimates import quality
from tests.training.sections.pages import LANGUAGES, NAMES, ROUND, page_of, tables_of

LEVEL = {"province": "cấp tỉnh", "district": "cấp huyện", "commune": "cấp xã"}
#: Heads of columns that count people or forms.
COUNTS = {
    "vi": re.compile(r"^(Số (người|phiếu|học viên)|Người học|Danh sách|Đủ hai bài)", re.IGNORECASE),
    "en": re.compile(r"^(People|Forms|Learners|Listed|Both tests|On the list)", re.IGNORECASE),
}
#: Rows whose n counts districts, communes, courses or classes.
NO_PEOPLE = [
    ("coverage", "reached"), ("coverage", "share_of_plan"), ("learning", "icc"), ("quota", "evaluated"),
    ("quota", "evaluated_count"), ("transfer", "attainable_p"), ("transfer", "attainable_p_two_sided"),
    ("transfer", "attainable_p_sign_flip"),
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_column_of_people_counts_fewer_than_ten(language):
    looked_at = 0
    for name in NAMES:
        for caption, heads, rows in tables_of(page_of(name, language)):
            for at in [at for at, head in enumerate(heads) if COUNTS[language].match(head)]:
                for row in rows:
                    for number in re.findall(r"\d+", row[at].replace(".", "").replace(",", "")):
                        looked_at += 1
                        assert int(number) == 0 or int(number) >= 10, (name, caption, row)
    assert looked_at > 500


def test_built_rows_show_nothing_of_fewer_than_ten():
    rows = read_training(ROUND).rows
    keys = pd.MultiIndex.from_frame(rows[["measure_kind", "statistic"]])
    people = rows[~keys.isin(NO_PEOPLE)]
    assert people[(people["n"] > 0) & (people["n"] < 10)].empty
    hidden = rows[rows["quality"] == quality.SUPPRESSED]
    assert len(hidden) > 100
    assert hidden[["estimate", "ci_low", "ci_high", "n"]].isna().all(axis=None)


def test_a_hidden_row_is_a_star_where_it_stands():
    """People of a level of office in a class: the row is there, its number is not."""
    rows = read_training(ROUND).rows
    hidden = rows[
        (rows["place_kind"] == "class")
        & (rows["group_kind"] == "level")
        & (rows["statistic"] == "listed")
        & (rows["quality"] == quality.SUPPRESSED)
    ]
    assert len(hidden) > 0
    for row in hidden.itertuples():
        level = LEVEL[row.group]
        lines = [line for _, _, lines in tables_of(page_of(row.place, "vi")) for line in lines]
        assert [line[1] for line in lines if line[0].endswith(f": {level}")] == ["*"], (row.place, level)
