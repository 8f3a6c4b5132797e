"""`workbench estimate` answers from the shell what `open_round` answers in Python."""

import io

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from analysis import open_round
from analysis.cli import main
from analysis.commands.estimate import estimate


@pytest.fixture(scope="module")
def survey():
    return open_round("example-2021")


@pytest.fixture
def opened_once(monkeypatch, survey):
    """The round that the shell asks for is the one already open: opening it takes longer than the answer."""
    monkeypatch.setattr("analysis.open_round", lambda name: survey)


def run(*arguments):
    return CliRunner().invoke(main, ["estimate", *arguments])


def table_of(*arguments):
    done = run(*arguments, "--csv")
    assert done.exit_code == 0, done.output
    return pd.read_csv(io.StringIO(done.output), keep_default_na=False, na_values=[""])


SEXES = ["D2[female] - D2[male]"]
QUESTIONS = {
    "mean": (["mean", "D2", "internet_home", "--by", "sex"], lambda s: s.mean(["D2", "internet_home"], by="sex")),
    "the old way": (["D2", "--by", "sex"], lambda s: s.mean("D2", by="sex")),
    "options first": (["--by", "sex", "D2"], lambda s: s.mean("D2", by="sex")),
    "share": (
        ["share", "residence", "--by", "sex", "--by", "age_group", "--interval", "wilson", "--level", "0.9"],
        lambda s: s.share("residence", by=["sex", "age_group"], interval="wilson", level=0.9),
    ),
    "withheld": (
        ["share", "residence", "--by", "district", "--show-withheld"],
        lambda s: s.share("residence", by="district", withhold=False),
    ),
    "total": (["total", "internet_home", "--deff", "without"], lambda s: s.total("internet_home", deff="without")),
    "ratio": (["ratio", "internet_home", "a002", "--df", "r"], lambda s: s.ratio("internet_home", "a002", df="r")),
    "quantile": (
        ["quantile", "a002", "-p", "0.5", "--rule", "hf8", "--interval", "beta"],
        lambda s: s.quantile("a002", 0.5, rule="hf8", interval="beta"),
    ),
    "compare": (["compare", "D2", "--by", "sex", "female", "male"], lambda s: s.compare("D2", "sex", "female", "male")),
    "compare with all": (["compare", "D2", "--by", "sex", "female", "all"], lambda s: s.compare("D2", "sex", "female")),
    "compare crossed": (
        ["compare", "D2", "--by", "sex", "--by", "residence", "male,urban", "female,urban"],
        lambda s: s.compare("D2", ["sex", "residence"], ("male", "urban"), ("female", "urban")),
    ),
    "contrast": (["contrast", *SEXES, "--by", "sex"], lambda s: s.contrast(SEXES, by="sex")),
    "covariance": (
        ["covariance", "D2", "D5", "--with-round", "example-2020"],
        lambda s: s.covariance(["D2", "D5"], rounds=["example-2020"]).reset_index(),
    ),
    "table": (["table", "sex", "residence"], lambda s: s.table("sex", "residence").to_frame()),
    "cells": (["table", "sex", "residence", "--cells"], lambda s: s.table("sex", "residence").cells(25)),
    "ttest": (["ttest", "internet_home", "sex"], lambda s: s.ttest("internet_home", "sex").to_frame()),
    "wald": (["wald", "D2", "D5", "--null", "4"], lambda s: s.wald(["D2", "D5"], null=4).to_frame("wald")),
    "regress": (
        ["regress", "internet_home ~ sex", "--family", "poisson", "--offset", "log(a002)"],
        lambda s: s.regress("internet_home ~ sex", "poisson", offset="log(a002)").to_frame(),
    ),
    "ranks": (["ranks", "PAPI", "--by", "age_group"], lambda s: s.ranks("PAPI", by="age_group")),
    "trend": (["trend", "D2"], lambda s: s.trend("D2")),
    "replicates": (
        ["mean", "D2", "--replicates", "jackknife"], lambda s: s.replicated("jackknife").mean("D2"),
    ),
    "within districts": (
        ["mean", "D2", "--by", "district", "--within-districts"],
        lambda s: s.within_districts().mean("D2", by="district"),
    ),
}  # fmt: skip


@pytest.mark.usefixtures("opened_once")
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_shell_gives_what_python_gives(survey, question):
    arguments, asked = QUESTIONS[question]
    ours, theirs = table_of(*arguments), asked(survey)
    assert list(ours.columns) == [str(name) for name in theirs.columns]
    for column in theirs:
        if pd.api.types.is_numeric_dtype(theirs[column]):
            wanted = theirs[column].astype(float)
            np.testing.assert_allclose(ours[column].astype(float), wanted, rtol=1e-12, err_msg=column)


def test_another_round_is_opened_by_its_name():
    ours = table_of("--round", "example-2020", "D2")
    assert ours["estimate"].iloc[0] == open_round("example-2020").mean("D2")["estimate"].iloc[0]


@pytest.mark.usefixtures("opened_once")
def test_without_csv_a_table_is_printed_for_reading():
    done = run("share", "residence")
    assert done.exit_code == 0
    assert "residence=urban" in done.output and "korn" not in done.output


def test_every_question_says_what_it_does_in_both_languages():
    done = run("--help")
    assert done.exit_code == 0 and "Mỗi câu hỏi" in done.output
    for name, command in estimate.commands.items():
        assert " / " in command.short_help, name
        shown = run(name, "--help")
        assert shown.exit_code == 0
        for option in command.params:
            if getattr(option, "help", None) and option.name not in ("survey_round",):
                assert " / " in option.help, f"{name} {option.name}"


@pytest.mark.usefixtures("opened_once")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["D22"], "D2"),
        (["share", "residnce"], "residence"),
        (["compare", "D2", "--by", "sex", "female", "female"], "itself"),
        (["quantile", "sex"], "holds words"),
        (["mean", "D2", "--replicates", "jacknife"], "jackknife"),
        (["contrast", "D2 -"], "cannot be read"),
    ],
)
def test_a_slip_ends_with_its_sentence_and_no_traceback(arguments, words):
    done = run(*arguments)
    assert done.exit_code in (2, 19)
    assert words in done.output and "Traceback" not in done.output


def test_a_small_area_model_refuses_with_the_counts(tmp_path, survey):
    codes = survey._districts()
    covariates = tmp_path / "covariates.csv"
    pd.DataFrame({"district": codes, "x": range(len(codes))}).to_csv(covariates, index=False)
    done = run("small-area", "D2", str(covariates))
    assert done.exit_code == 40
    assert "13 are sampled, and 0 of them have 25 answers or more" in done.output
