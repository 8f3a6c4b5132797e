"""Nothing withheld leaves: not in the answer's tables, nor its page, chart, workbook or charts' files."""

from __future__ import annotations

import io
import re
import zipfile

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from analysis.errors import WorkbenchError
from analysis.estimates import quality
from analysis.explore.release import withhold_for_release

#: Few people: a district's oldest of one ethnicity.
FEW = {"measures": ["D2", "poverty_list_published", "a006"], "by": "ethnicity", "place": "899"}
TOLD = ["estimate", "se", "ci_low", "ci_high"]


@pytest.fixture(scope="module")
def few(survey):
    return survey.ask(**FEW, domain="age_group == '55+'")


def hidden(table: pd.DataFrame) -> pd.DataFrame:
    return table[~table["quality"].isin(quality.SHOWN)]


def test_there_is_something_withheld_and_something_shown(few):
    assert len(hidden(few.estimates)) >= 5
    assert few.estimates["quality"].isin(quality.SHOWN).any()


def test_withheld_rows_tell_no_number(few):
    for table in (few.estimates, few.tests):
        assert hidden(table)[TOLD].isna().all(axis=None)


def test_a_group_cannot_be_had_by_subtraction(survey):
    """Where one of two groups is withheld, so is the other: everybody's row would give it back."""
    answer = survey.ask("D2", by="ethnicity", place="899")
    groups = answer.estimates[answer.estimates["group"] != ""]
    assert (groups["quality"] == quality.SUPPRESSED).sum() != 1


def test_the_one_withheld_answer_of_a_question_takes_another_with_it(survey):
    levels = survey.ask("a006").estimates
    planted = levels.copy()
    planted.loc[0, "quality"] = quality.SUPPRESSED
    assert (levels["quality"].isin(quality.SHOWN)).all()
    out, _ = withhold_for_release(survey, planted, survey.ask("a006").tests)
    closed = hidden(out)
    assert len(closed) == 2
    assert set(closed["measure"]) == {levels["measure"].iloc[0], _smallest_but_first(levels)}


def _smallest_but_first(levels: pd.DataFrame) -> str:
    rest = levels.iloc[1:]
    return rest.loc[rest["estimate"].astype(float).idxmin(), "measure"]


def test_the_workbook_has_no_number_of_what_is_withheld(few, survey, tmp_path):
    book = load_workbook(few.to_excel(tmp_path / "out" / "few.xlsx"))
    assert book.sheetnames[0] == "Kết quả" and book.sheetnames[-1] == "Nguồn"
    rows = list(book["Kết quả"].iter_rows(min_row=4, values_only=True))
    assert len(rows) == len(few.estimates)
    for row, ours in zip(rows, few.estimates.to_dict("records"), strict=True):
        if ours["quality"] in quality.SHOWN:
            assert row[2] == pytest.approx(ours["estimate"], rel=1e-12)
        else:
            assert row[2:6] == (None, None, None, None)
    _no_secret(few, survey, "".join(_texts(tmp_path / "out" / "few.xlsx")))
    said = {value for row in book["Nguồn"].iter_rows(values_only=True) for value in row if value}
    assert few.line in said and any("MÔ PHỎNG" in text for text in said)


def _texts(file) -> list[str]:
    with zipfile.ZipFile(file) as archive:
        return [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")]


def _no_secret(answer, survey, text: str) -> None:
    """The withheld numbers, as an analyst can see them, are nowhere in a text."""
    question = answer.question
    inside = f"district == '{question.place}' and {question.domain}"
    open_ = survey.mean(["D2", "poverty_list_published"], by=list(question.by), domain=inside, withhold=False)
    keys = set(zip(hidden(answer.estimates)["measure"], hidden(answer.estimates)["group"], strict=True))
    secret = [r["estimate"] for r in open_.to_dict("records") if (r["measure"], r["group"]) in keys]
    secret = [number for number in secret if np.isfinite(number) and number not in (0, 1)]
    assert secret
    digits = {f"{number:.4f}"[:6] for number in secret}
    assert not [each for each in digits if each in text]


def test_page_and_chart_show_the_sign_instead(few, survey):
    page = few._repr_html_()
    sign = quality.SIGNS[quality.SUPPRESSED]
    table = re.sub(r"<img[^>]*>", "", page)
    assert sign in table
    svg = few.chart().svg.decode()
    assert svg.count("n = ") >= len(hidden(few.estimates).query("group != ''")["measure"].unique())
    _no_secret(few, survey, table + few.chart().alt)


@pytest.mark.parametrize(("ending", "starts"), [(".svg", b"<?xml"), (".png", b"\x89PNG")])
def test_a_chart_is_saved_by_its_ending(few, tmp_path, ending, starts):
    file = few.save_chart(tmp_path / "charts" / f"few{ending}")
    assert file.read_bytes().startswith(starts)
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_a_chart_of_another_ending_is_refused(few, tmp_path):
    with pytest.raises(WorkbenchError, match=r"\.svg or \.png"):
        few.save_chart(tmp_path / "few.pdf")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # openpyxl's unfinished sheets
def test_a_file_that_cannot_be_written_says_so(few, tmp_path):
    (tmp_path / "taken").write_text("a file, no folder")
    for write, name in ((few.to_excel, "a.xlsx"), (few.save_chart, "a.png")):
        with pytest.raises(WorkbenchError) as fault:
            write(tmp_path / "taken" / name)
        assert "Không ghi được" in str(fault.value)


def test_every_interval_is_drawn(survey):
    chart = survey.ask("D2", by="age_group").chart()
    assert chart.png()[:4] == b"\x89PNG" and io.BytesIO(chart.svg).read(5) == b"<?xml"
    assert "khoảng tin cậy 95%" in chart.caption
    assert chart.alt.count("(từ ") == 4
