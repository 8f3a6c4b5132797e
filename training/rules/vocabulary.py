"""data/training/vocabulary.csv, states.csv -> what a row of training results is called and what it notes."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.errors import UnknownName, nearest, shown
from training.rules.rows import read_training_rows


@dataclass(frozen=True)
class Statistic:
    """One statistic.

    Attributes
    ----------
    unit : str
        A key of `analysis.briefing.numbers.DECIMALS`.
    direction : {"higher", "lower", ""}
    interval : str
        Code of what its interval stands for, "" where it has none.
    name_vi, name_en : str
    part : str
        What a name that ends in * stands for: the option's letter, the class's code; "" else.
    """

    unit: str
    direction: str
    interval: str
    name_vi: str
    name_en: str
    part: str = ""


def describe_statistic(
    measure_kind: str, measure: str, statistic: str, rows: pd.DataFrame | None = None
) -> Statistic:
    """What a result row's statistic is.

    Parameters
    ----------
    measure_kind, measure, statistic : str
        Of the row.
    rows : DataFrame, optional
        Rows of vocabulary.csv; an empty measure there stands for any.

    Raises
    ------
    UnknownName
        The vocabulary does not hold it.

    Examples
    --------
    >>> describe_statistic("item", "PAPI-01", "chosen_B").part
    'B'
    """
    rows = read_training_rows("vocabulary") if rows is None else rows
    own = rows[(rows["measure_kind"] == measure_kind) & rows["measure"].isin([measure, ""])]
    for row in own.sort_values("measure", ascending=False).to_dict("records"):
        stem = row["statistic"].removesuffix("*")
        whole = stem == row["statistic"]
        if statistic == stem if whole else statistic.startswith(stem):
            named = {name: row[name] for name in ("unit", "direction", "interval", "name_vi", "name_en")}
            return Statistic(**named, part="" if whole else statistic.removeprefix(stem))
    asked = f"{measure_kind}/{measure}/{statistic}"
    raise UnknownName(
        f"The training vocabulary does not hold {asked}.",
        vi=f"Bảng thuật ngữ bồi dưỡng chưa có {asked}; hãy thêm một dòng vào vocabulary.csv.",
        where="data/training/vocabulary.csv",
        expected=shown(nearest(statistic, own["statistic"])) or "a row",
        got=asked,
        hint="Add the row with its name in both languages.",
    )


def say_states(codes: str, language: str, rows: pd.DataFrame | None = None) -> list[str]:
    """What the codes of a result row's note say, in one language.

    Parameters
    ----------
    codes : str
        Joined by ";". A code with a value ("rule=01/2018", "bh:12") is said with it.
    language : {"vi", "en"}
    rows : DataFrame, optional
        Rows of states.csv.

    Raises
    ------
    UnknownName
        states.csv does not hold a code.

    Examples
    --------
    >>> say_states("not_reliable;rule=01/2018", "en")
    ['the first test is not reliable', 'rule in force: 01/2018']
    """
    rows = read_training_rows("states") if rows is None else rows
    texts = dict(zip(rows["state"], rows[language], strict=True))
    said = []
    for code in filter(None, codes.split(";")):
        stem = next((code[: at + 1] for at, sign in enumerate(code) if sign in "=:"), code)
        if stem not in texts:
            raise UnknownName(
                f'The training notes do not hold "{stem}".',
                vi=f'Bảng ghi chú bồi dưỡng chưa có "{stem}"; hãy thêm một dòng vào states.csv.',
                where="data/training/states.csv",
                expected=shown(nearest(stem, texts)) or "a row",
                got=code,
                hint="Add the row with its text in both languages.",
            )
        value = code.removeprefix(stem)
        said.append(f"{texts[stem]}: {value}" if value else texts[stem])
    return said
