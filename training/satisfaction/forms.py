"""Rows of evaluation forms -> which forms are valid, what is wrong with them, and how many answered."""

from __future__ import annotations

import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding, findings_table
from training.measured import NOBODY, Measured, counted, measured_table
from training.rules import evaluation_rule_on, read_training_rows
from training.rules.checks import OBJECTS

FORM = ["class_id", "respondent", "form"]
#: Forms of learners are those whose number can be compared with a list.
LEARNER = "learner"


def rules_of_classes(classes: pd.DataFrame, rules: pd.DataFrame | None = None) -> dict[str, pd.Series]:
    """Class -> the evaluation rule in force on its last day.

    Raises
    ------
    UnknownName
        No rule is known for a class's date.
    """
    rules = read_training_rows("evaluation_rules") if rules is None else rules
    ends = classes.set_index("class_id")["end"]
    return {class_id: evaluation_rule_on(end, rules) for class_id, end in ends.items()}


def judge_forms(
    forms: pd.DataFrame, classes: pd.DataFrame, rules: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Each form and whether it is valid.

    Parameters
    ----------
    forms : DataFrame
        `Records.forms`: one row an indicator put to a respondent, score NA where it was not answered.
    classes : DataFrame
        `Records.classes`.
    rules : DataFrame, optional
        Rows of evaluation_rules.csv.

    Returns
    -------
    DataFrame
        Columns class_id, respondent, form, asked, answered, valid. A form is invalid where more than
        `unanswered_share` of what it asks is unanswered: 1 of 20 is valid, 2 of 20 is not.
    """
    by_class = rules_of_classes(classes, rules)
    judged = forms.groupby(FORM, sort=True)["score"].agg(asked="size", answered="count").reset_index()
    limit = judged["class_id"].map({name: rule["unanswered_share"] for name, rule in by_class.items()})
    # Compared in whole answers: 0.05 x 20 is 1, whatever the last bit of the product says.
    allowed = (limit.astype(float) * judged["asked"] + 1e-9).astype(int)
    return judged.assign(valid=(judged["asked"] - judged["answered"]) <= allowed)


def valid_rows(forms: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """The answered rows of the valid forms."""
    keep = pd.MultiIndex.from_frame(judged.loc[judged["valid"], FORM])
    inside = pd.MultiIndex.from_frame(forms[FORM]).isin(keep)
    return forms[inside & forms["score"].notna().to_numpy()]


def response_rate(judged: pd.DataFrame, participants: pd.DataFrame) -> pd.DataFrame:
    """How many learners' forms there are for the learners on the list.

    Parameters
    ----------
    judged : DataFrame
        From `judge_forms`, of the classes to look at together.
    participants : DataFrame
        `Records.participants` of the same classes.

    Returns
    -------
    DataFrame (`training.measured.COLUMNS`)
        response_rate : valid learners' forms over learners; valid_forms : valid ones among all received. Both
        are counts, so no interval belongs to them: who did not answer was not drawn by lot.
    """
    learners = len(participants[["class_id", "participant"]].drop_duplicates())
    own = judged[judged["respondent"] == LEARNER]
    valid = int(own["valid"].sum())
    rate = counted("response_rate", valid / learners, learners) if learners else None
    return measured_table(
        [
            rate or Measured("response_rate", 0, state=NOBODY),
            counted("valid_forms", float(judged["valid"].mean()), len(judged))
            if len(judged)
            else Measured("valid_forms", 0, state=NOBODY),
        ]
    )


def check_forms(
    forms: pd.DataFrame, classes: pd.DataFrame, participants: pd.DataFrame, rules: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Find what does not fit in evaluation forms.

    Returns
    -------
    DataFrame of findings
        stop: a score outside the rule's scale, an unknown object, an indicator answered twice on one form.
        note: invalid forms (left out and counted), more learners' forms than learners.
    """
    by_class = rules_of_classes(classes, rules)
    low, high = (forms["class_id"].map({c: r[end] for c, r in by_class.items()}).astype(float)
                 for end in ("score_low", "score_high"))  # fmt: skip
    score = forms["score"].astype("Float64")
    outside = ((score < low) | (score > high)).fillna(False).astype(bool)
    twice = forms.duplicated([*FORM, "lecturer", "object", "indicator"])
    unknown = ~forms["object"].isin(OBJECTS)
    judged = judge_forms(forms, classes, rules)
    learners = participants.groupby("class_id")["participant"].nunique()
    sent = judged[judged["respondent"] == LEARNER].groupby("class_id").size()
    many = sent[sent > learners.reindex(sent.index, fill_value=0)]
    invalid = judged[~judged["valid"]]
    rules_found = (
        ("form_score", "stop", forms.loc[outside, "class_id"], "scores lie outside the form's scale",
         "điểm nằm ngoài thang điểm của phiếu"),
        ("form_object", "stop", forms.loc[unknown, "class_id"], "rows are about an unknown object",
         "dòng có đối tượng đánh giá không có trong quy định"),
        ("form_twice", "stop", forms.loc[twice, "class_id"], "indicators are answered twice on one form",
         "chỉ số được chấm hai lần trên một phiếu"),
        ("form_invalid", "note", invalid["class_id"],
         "forms are invalid (more than the rule allows is unanswered) and left out",
         "phiếu không hợp lệ (bỏ trống quá tỷ lệ cho phép) và không được tính"),
        ("form_too_many", "note", pd.Series(many.index, dtype="str"),
         "classes have more learners' forms than learners", "lớp có số phiếu học viên nhiều hơn số học viên"),
    )  # fmt: skip
    return findings_table(
        Finding(
            code,
            f"Evaluation forms: {len(found)} {what}.",
            f"Phiếu đánh giá: {len(found)} {vi}.",
            where=shown(sorted(set(found))),
            got=str(len(found)),
            hint="Compare with the forms of these classes.",
            kind=kind,
        )
        for code, kind, found, what, vi in rules_found
        if len(found)
    )
