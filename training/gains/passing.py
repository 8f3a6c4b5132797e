"""Tests, attendance and the certificate rule of the day -> who met it, the pass rate, odd certificates."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding, findings_table
from training.gains.attempts import take_attempts
from training.gains.pairs import PERSON, SCALE, scaled
from training.measured import NOBODY, Measured
from training.rules import certificate_rule_on, read_training_rows
from training.shares import share_of

#: Why a person is neither passed nor failed.
NO_TEST, NO_ATTENDANCE = "no_test", "no_attendance"


def judge_learners(
    classes: pd.DataFrame, participants: pd.DataFrame, scores: pd.DataFrame, attendance: pd.DataFrame,
    rules: pd.DataFrame | None = None, test: str = "post", attempt: str = "first",
) -> pd.DataFrame:  # fmt: skip
    """Each learner against the certificate rule in force on the class's last day.

    Parameters
    ----------
    classes, participants, scores, attendance : DataFrame
        Tables of `Records`.
    rules : DataFrame, optional
        Rows of certificate_rules.csv.
    test : str
        The test that counts; the first test measures what learners came with and is no examination.
    attempt : {"first", "last"}
        The first for what a class taught; the last for whether a certificate was earned, since a learner may
        sit the test again.

    Returns
    -------
    DataFrame
        Columns class_id, participant, rule, passed (boolean, NA where it cannot be judged), why ("" or
        "no_test", "no_attendance": the rule asks for full attendance and none was recorded). Who sat the test
        and failed it has failed, whatever their attendance.

    Notes
    -----
    passed = score >= pass_share of the scale, and, where the rule asks for it, every session present.

    Raises
    ------
    UnknownName
        No rule is known for a class's date.
    """
    rules = read_training_rows("certificate_rules") if rules is None else rules
    ends = classes.set_index("class_id")["end"]
    rows = {class_id: certificate_rule_on(end, rules) for class_id, end in ends.items()}
    judged = participants[PERSON].drop_duplicates().sort_values(PERSON).reset_index(drop=True)
    one = scaled(take_attempts(scores, attempt))
    one = one[one["test"] == test].set_index(PERSON)["scaled"]
    keys = pd.MultiIndex.from_frame(judged)
    score = one.reindex(keys).to_numpy()
    full = _attended_all(attendance).reindex(keys)
    known = full.notna().to_numpy()
    pass_share = np.array([rows[c]["pass_share"] for c in judged["class_id"]], dtype=float)
    asks = np.array([rows[c]["attendance"] == "full" for c in judged["class_id"]], dtype=bool)
    above = score >= pass_share * SCALE
    present = ~asks | full.fillna(False).to_numpy(dtype=bool)
    blind = asks & ~known & above & ~np.isnan(score)
    unknown = np.isnan(score) | blind
    return judged.assign(
        rule=[rows[c]["rule"] for c in judged["class_id"]],
        passed=pd.Series(above & present, dtype="boolean").mask(unknown),
        why=np.select([np.isnan(score), blind], [NO_TEST, NO_ATTENDANCE], ""),
    )


def _attended_all(attendance: pd.DataFrame) -> pd.Series:
    """Person -> whether every session that the class recorded finds them present; absent where none did."""
    if attendance.empty:
        return pd.Series(dtype="boolean", index=pd.MultiIndex.from_arrays([[], []], names=PERSON))
    sessions = attendance.groupby("class_id")["session"].nunique()
    present = attendance[attendance["status"] == "present"].groupby(PERSON)["session"].nunique()
    recorded = attendance.groupby(PERSON)["session"].nunique()
    held = recorded.index.get_level_values("class_id").map(sessions).to_numpy()
    full = present.reindex(recorded.index, fill_value=0).to_numpy() == held
    return pd.Series(full, index=recorded.index, dtype="boolean")


def pass_rate(judged: pd.DataFrame) -> Measured:
    """The share of judged learners who met the rule; the note names the rules ("rule=01/2018").

    Returns
    -------
    Measured, statistic "passed". Learners without the test are not in it: they are counted in `left`.
    """
    known = judged[judged["passed"].notna()]
    if known.empty:
        return Measured("passed", 0, state=NOBODY)
    note = ";".join(f"rule={rule}" for rule in sorted(set(known["rule"])))
    return share_of("passed", int(known["passed"].sum()), len(known), note)


def check_certificates(judged: pd.DataFrame, certificates: pd.DataFrame) -> pd.DataFrame:
    """Find certificates that the records do not bear out, and learners who earned one and have none.

    Returns
    -------
    DataFrame of findings, kind note: counts by class, never a person.
    """
    issued = pd.MultiIndex.from_frame(certificates[PERSON])
    keys = pd.MultiIndex.from_frame(judged[PERSON])
    has = pd.Series(keys.isin(issued), index=judged.index)
    failed, met = ~judged["passed"].fillna(True), judged["passed"].fillna(False)
    rules = (
        ("certificate_not_earned", has & failed,
         "certificates were issued to learners who did not meet the rule",
         "giấy chứng nhận đã cấp cho học viên chưa đạt điều kiện"),
        ("certificate_without_test", has & (judged["why"] == NO_TEST),
         "certificates were issued to learners without a final test",
         "giấy chứng nhận đã cấp cho học viên không có bài kiểm tra cuối khóa"),
        ("certificate_missing", ~has & met & (len(certificates) > 0),
         "learners met the rule and have no certificate",
         "học viên đạt điều kiện nhưng chưa được cấp giấy chứng nhận"),
    )  # fmt: skip
    return findings_table(
        Finding(
            code,
            f"{int(bad.sum())}: {what}.",
            f"{int(bad.sum())} trường hợp: {vi}.",
            where=shown(sorted(set(judged.loc[bad, "class_id"]))),
            hint="Compare the class's certificates with its marks and attendance.",
            kind="note",
        )
        for code, bad, what, vi in rules
        if bad.any()
    )
