"""Forms of a test, the Circular's evaluation form -> A4 pages to print."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.batch.render import page_style
from analysis.findings import stop_on
from training.lessons.build.markup import TEMPLATES, fill
from training.lessons.build.page_rules import check_lesson_page
from training.lessons.papers.forms import Form
from training.lessons.teaching.words import say
from training.question_bank.bank_checks import LETTERS
from training.records.form_indicators import read_form_indicators

#: Who fills in a form of evaluation, and the parts of it that are theirs; a lecturer has a part each.
RESPONDENTS = ("learner", "lecturer", "manager")
_LATER = "effectiveness"
_SCORES = tuple(range(1, 11))


def print_paper(form: Form, class_id: str, language: str = "vi") -> str:
    """One form of a test: names nothing but its class, test and version; no sign of the key."""
    return _page("paper.html", language, form=form, class_id=class_id, letters=LETTERS)


def print_keys(forms: Sequence[Form], class_id: str, language: str = "vi") -> str:
    """The keys of all forms, for the marker alone: printed letter, item, and the bank's letters in order."""
    return _page("keys.html", language, forms=forms, class_id=class_id)


def print_evaluation(rule: str, respondent: str, class_id: str, language: str = "vi") -> str:
    """The evaluation form that a learner, a lecturer or a manager fills in when the course ends.

    Parameters
    ----------
    rule : str
        Such as "10/2017".
    respondent : {"learner", "lecturer", "manager"}
    class_id : str
    language : {"vi", "en"}

    Notes
    -----
    One line an indicator, 1 to 10. The code of each indicator is printed: it heads its column in the record
    workbook. What a learner is asked months later is not on it.
    """
    rows = read_form_indicators()
    own = rows[(rows["rule"] == rule) & (rows["object"] != _LATER)]
    own = own[[respondent in who.split() for who in own["respondents"]]]
    parts = [_part(name, part, language) for name, part in own.groupby("object", sort=False)]
    assumed = bool((own["status"] == "assumed").any())
    return _page(
        "evaluation.html", language, parts=parts, rule=rule, respondent=respondent, class_id=class_id,
        scores=_SCORES, assumed=assumed,
    )  # fmt: skip


def respondents_of(rule: str) -> list[str]:
    """Who is asked by a rule when a course ends."""
    rows = read_form_indicators()
    own = rows[(rows["rule"] == rule) & (rows["object"] != _LATER)]
    asked = {name for who in own["respondents"] for name in who.split()}
    return [name for name in RESPONDENTS if name in asked]


def _part(name: str, rows: pd.DataFrame, language: str) -> dict[str, object]:
    """One object of the form: its criteria, each with its indicators."""
    criteria = [
        {
            "name": own[f"criterion_{language}"].iloc[0],
            "lines": [(row["indicator"], row[f"name_{language}"]) for row in own.to_dict("records")],
        }
        for _, own in rows.groupby("criterion", sort=False)
    ]
    return {"object": name, "criteria": criteria}


def _page(template: str, language: str, **values: object) -> str:
    style = page_style() + (TEMPLATES / "handout.css").read_text(encoding="utf-8")
    style += (TEMPLATES / "papers.css").read_text(encoding="utf-8")
    html = fill(template, say=say, language=language, style=style, **values)
    stop_on(check_lesson_page(str(html), simulated=False))
    return str(html)
