"""A typed sample of what a round's checks leave behind -> the page `data_checks` with something in every section."""

from __future__ import annotations

from analysis.briefing import open_round_page
from analysis.briefing.about_data.opened import DataPage
from analysis.built_findings import arrange_findings
from analysis.findings import Finding, findings_table

ROUND, BEFORE = "example-2021", "example-2020"


def outside(row, value="", **more):
    about = {"file": "khao-sat.xlsx", "sheet": "Sheet1", "cell": f"E{row}", "row": row, "column": "ngay"}
    return Finding(
        "interview_outside_fieldwork",
        "7 interviews are dated outside the fieldwork.",
        "7 cuộc phỏng vấn ghi ngày ngoài thời gian khảo sát. Hãy hỏi đơn vị khảo sát.",
        hint="Ask the field team.",
        kind="note",
        value=value,
        **about | more,
    )


def findings():
    own = [outside(row, "2019-07-01" if row == 4 else "•••") for row in range(4, 11)]
    own.append(
        Finding(
            "bad_row",
            "Row left out.",
            "Dòng bị loại. Hãy sửa.",
            kind="left_out",
            file="a.csv",
            row=12,
            value="{x}",
        )
    )
    own.append(
        Finding(
            "corrected",
            "2 declared corrections: d101 set.",
            "2 dòng sửa đã khai báo: đặt lại d101.",
            got="reason: nhập nhầm",
            kind="note",
            file="corrections/example-2021.csv",
        )
    )
    before = [
        Finding("weights_equal", "All weights are equal.", "Mọi trọng số bằng nhau.", kind="note", column="w")
    ]
    return arrange_findings({ROUND: findings_table(own), BEFORE: findings_table(before)})


def variable(name, answered, dont_know=0, refused=0, not_asked=0, missing=0):
    labels = {"label_vi": f"Câu {name}", "label_en": f"Question {name}"}
    counts = {"answered": answered, "dont_know": dont_know, "refused": refused, "not_asked": not_asked}
    return {"variable": name, **labels, **counts, "missing": missing}


def person(code, interviews, asked, dont_know, low, high):
    return dict(zip(("interviewer", "interviews", "asked", "dont_know", "low", "high"),
                    (code, interviews, asked, dont_know, low, high), strict=True))  # fmt: skip


FILES = {
    ROUND: {
        "file": "khao-sat.xlsx", "format": "xlsx", "sheet": "Sheet1", "encoding": "", "delimiter": ";",
        "rows": 1504, "rows_kept": 1503, "columns": 162, "columns_kept": 160,
        "answers": {
            "variables": [
                variable("q1", 90, 5, 3, 0, 2),
                variable("q2", 30, 10, not_asked=60),
                variable("q3", 100),
                variable("q4", 0, not_asked=100),
            ],
            "interviewers": [
                person("1", 20, 400, 20, 8, 34),
                person("2", 20, 400, 90, 8, 34),
                person("3", 10, 200, 9, 2, 20),
            ],
        },
    },
    BEFORE: {"file": "b.dta", "format": "dta", "rows": 1500, "rows_kept": 1500, "columns": 9, "columns_kept": 9},
}  # fmt: skip


def page_of(language, **changes):
    about = open_round_page(ROUND, language)
    parts = {"findings": findings(), "files": FILES} | changes
    return DataPage(
        survey_round=about.survey_round,
        language=language,
        results=about.results,
        measures=about.measures,
        **parts,
    )
