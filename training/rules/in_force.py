"""A date + the rules' rows -> the rule that was in force that day; an index -> its class."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd

from analysis.errors import UnknownName, shown
from training.rules.rows import read_training_rows

_NAMES = {
    "certificate_rules": ("certificate rule", "quy định cấp chứng chỉ"),
    "evaluation_rules": ("evaluation rule", "quy định đánh giá chất lượng bồi dưỡng"),
}


def certificate_rule_on(day: date | datetime | str, rules: pd.DataFrame | None = None) -> pd.Series:
    """The certificate rule in force on a day, one row of certificate_rules.csv.

    Raises
    ------
    UnknownName
        No rule of the rows was in force that day.

    Examples
    --------
    >>> certificate_rule_on("2021-09-30")["rule"]
    '01/2018'
    """
    return _in_force("certificate_rules", day, rules)


def evaluation_rule_on(day: date | datetime | str, rules: pd.DataFrame | None = None) -> pd.Series:
    """The rule of quality evaluation in force on a day, one row of evaluation_rules.csv.

    Raises
    ------
    UnknownName
        No rule of the rows was in force that day.

    Examples
    --------
    >>> evaluation_rule_on("2023-12-01")["index_maximum"]
    np.float64(100.0)
    """
    return _in_force("evaluation_rules", day, rules)


def _in_force(name: str, day: date | datetime | str, rules: pd.DataFrame | None) -> pd.Series:
    rules = read_training_rows(name) if rules is None else rules
    wanted = "" if pd.isna(day) else pd.Timestamp(day).date().isoformat()
    holds = (rules["valid_from"] <= wanted) & ((rules["valid_to"] == "") | (rules["valid_to"] >= wanted))
    if holds.any():
        return rules[holds].iloc[0]
    what, what_vi = _NAMES[name]
    raise UnknownName(
        f"No {what} is known for {wanted or 'a class without a date'}.",
        vi=f"Chưa khai báo {what_vi} áp dụng ngày {wanted or '(không rõ)'}; hãy bổ sung vào {name}.csv.",
        where=f"data/training/{name}.csv",
        expected=shown(
            f"{row['rule']}: {row['valid_from']} – {row['valid_to'] or '…'}" for _, row in rules.iterrows()
        ),
        got=wanted or "(no date)",
        hint="Add the rule with its dates and source, or mend the class's dates.",
    )


def class_of_index(index: float, rule: str, classes: pd.DataFrame | None = None) -> pd.Series:
    """The class that an overall index falls in: [low, high), the last one closed.

    Parameters
    ----------
    index : float
        On the rule's own scale (0 to `index_maximum`).
    rule : str
        Such as "10/2017".
    classes : DataFrame, optional
        Rows of evaluation_classes.csv.

    Raises
    ------
    UnknownName
        The rule has no classes, or the index lies outside them.

    Examples
    --------
    >>> [class_of_index(x, "10/2017")["class"] for x in (0, 7.99, 8, 10)]
    ['poor', 'good', 'excellent', 'excellent']
    """
    rows = read_training_rows("evaluation_classes") if classes is None else classes
    rows = rows[rows["rule"] == rule].sort_values("step")
    inside = (rows["low"] <= index) & ((index < rows["high"]) | (index == rows["high"].max()))
    if inside.any():
        return rows[inside].iloc[-1]
    raise UnknownName(
        f"No class of rule {rule} holds the index {index}.",
        vi=f"Chỉ số {index} không thuộc mức nào của quy định {rule}; hãy xem lại evaluation_classes.csv.",
        where="data/training/evaluation_classes.csv",
        expected=f"{rows['low'].min()} – {rows['high'].max()}" if len(rows) else "a rule with classes",
        got=f"{index}",
        hint="Compare the index's scale with the rule's.",
    )
