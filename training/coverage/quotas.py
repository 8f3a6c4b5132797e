"""A year's classes + their evaluation forms -> whether the Ministry's yearly evaluation quotas are met."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from analysis.findings import Finding, findings_table
from training.rules import read_training_rows
from training.satisfaction.forms import judge_forms, rules_of_classes, valid_rows

QUOTA_COLUMNS = ("rule", "quota", "due", "evaluated", "classes", "share", "minimum", "kind", "met")


def quota_table(
    classes: pd.DataFrame, forms: pd.DataFrame, year: int, quotas: pd.DataFrame | None = None,
    rank_classes: Collection[str] = (),
) -> pd.DataFrame:  # fmt: skip
    """Each quota of the rules with what was done in a year.

    Parameters
    ----------
    classes, forms : DataFrame
        Tables of `Records`; a class belongs to the year in which it ended.
    year : int
    quotas : DataFrame, optional
        Rows of quotas.csv.
    rank_classes : collection of str
        Classes that taught a rank or leadership standard; the records do not say which.

    Returns
    -------
    DataFrame
        Columns `QUOTA_COLUMNS`: due says whether the quota asks for anything (the one about rank and
        leadership classes does not where there was none); evaluated counts classes with a valid form about
        every object that the quota names; met is NA where it is not due.
    """
    quotas = read_training_rows("quotas") if quotas is None else quotas
    held = classes[pd.to_datetime(classes["end"]).dt.year == year]
    rule_of = {name: rule["rule"] for name, rule in rules_of_classes(held).items()}
    own = forms[forms["class_id"].isin(held["class_id"])]
    valid = valid_rows(own, judge_forms(own, held)) if len(own) else own
    judged = valid.groupby("class_id")["object"].agg(set).to_dict()
    rows = []
    for quota in quotas.to_dict("records"):
        under = [name for name in held["class_id"] if rule_of[name] == quota["rule"]]
        if quota["courses"] != "all":
            under = [name for name in under if name in set(rank_classes)]
        wanted = set(quota["objects"].split())
        done = sum(wanted <= judged.get(name, set()) for name in under)
        share = done / len(under) if under else float("nan")
        reached = share >= quota["minimum"] if quota["kind"] == "share" else done >= quota["minimum"]
        found = (bool(under), done, len(under), share, quota["minimum"], quota["kind"])
        rows.append((quota["rule"], quota["quota"], *found, bool(reached) if under else pd.NA))
    return pd.DataFrame(rows, columns=list(QUOTA_COLUMNS)).astype({"met": "boolean"})


def check_quotas(
    classes: pd.DataFrame, forms: pd.DataFrame, year: int, quotas: pd.DataFrame | None = None,
    rank_classes: Collection[str] = (),
) -> pd.DataFrame:  # fmt: skip
    """Find evaluation quotas that a year's classes do not meet.

    Parameters
    ----------
    classes, forms, year, quotas, rank_classes
        As for `quota_table`.

    Returns
    -------
    DataFrame of findings, kind note: "quota_missed" for each that is due and not met; "quota_unknown" where
    classes fall under a rule whose quotas are not in quotas.csv.
    """
    quotas = read_training_rows("quotas") if quotas is None else quotas
    table = quota_table(classes, forms, year, quotas, rank_classes)
    names = quotas.set_index(["rule", "quota"])
    found = []
    for row in table[table["due"] & ~table["met"].fillna(True)].to_dict("records"):
        about = names.loc[(row["rule"], row["quota"])]
        found.append(
            Finding(
                "quota_missed",
                f"{year}: {about['name_en']}; {row['evaluated']} of {row['classes']} were evaluated.",
                f"Năm {year}: {about['name_vi']}; đã đánh giá {row['evaluated']}/{row['classes']} khóa.",
                where=f"{row['rule']}, {about['articles']}",
                expected=about["name_en"],
                got=f"{row['evaluated']}/{row['classes']}",
                hint="Evaluate more of the year's classes, or import the forms that are missing.",
                kind="note",
            )
        )
    held = classes[pd.to_datetime(classes["end"]).dt.year == year]
    under = {rule["rule"] for rule in rules_of_classes(held).values()}
    for rule in sorted(under - set(quotas["rule"])):
        found.append(
            Finding(
                "quota_unknown",
                f"{year}: the yearly evaluation quotas of rule {rule} are not known.",
                f"Năm {year}: chưa có số liệu về tỷ lệ khóa phải đánh giá theo quy định {rule}.",
                where="data/training/quotas.csv",
                hint="Add its quotas with their source.",
                kind="note",
            )
        )
    return findings_table(found)
