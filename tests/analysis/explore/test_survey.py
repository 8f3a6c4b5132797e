"""`open_round`: an analyst's questions, answered with the packs' own numbers."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from analysis import open_round
from analysis.cli import main
from analysis.errors import UnknownName
from analysis.estimates import quality


@pytest.fixture(scope="module")
def survey():
    return open_round("example-2021")


def row_of(results, **equal):
    kinds = (
        ["score", "share", "mean"]
        if equal["place"] == "91"
        else ["score_direct", "share_direct", "mean_direct"]
    )
    keep = (results["survey_round"] == "example-2021") & results["statistic"].isin(kinds)
    for column, value in equal.items():
        keep &= results[column] == value
    return results[keep].iloc[0]


NUMBERS = ["estimate", "se", "ci_low", "ci_high", "df", "n", "n_psu"]


@pytest.mark.parametrize("measure", ["PAPI", "D2", "S2.2", "poverty_list_published"])
def test_answers_are_the_packs_own_numbers(survey, example_results, measure):
    ours = survey.mean(measure).iloc[0]
    packs = row_of(example_results, measure=measure, place="91", group_kind="all")
    pd.testing.assert_series_equal(
        ours[NUMBERS].astype(float), packs[NUMBERS].astype(float), check_names=False
    )


def test_groups_are_the_packs_own_numbers(survey, example_results):
    for ours in survey.mean("D2", by="sex").itertuples():
        packs = row_of(example_results, measure="D2", place="91", group_kind="sex", group=ours.group)
        assert (ours.estimate, ours.se) == pytest.approx((packs["estimate"], packs["se"]), rel=1e-12)


def test_district_is_a_domain_by_name_and_by_expression(survey, example_results):
    by = survey.mean("D2", by="district").set_index("group").loc["899"]
    only = survey.mean("D2", domain="district == '899'").iloc[0]
    packs = row_of(example_results, measure="D2", place="899", group_kind="all")
    assert by["se"] == pytest.approx(packs["se"], rel=1e-12)
    assert only["se"] == pytest.approx(packs["se"], rel=1e-12)


def test_comparison_is_the_packs_own(survey, example_results):
    ours = survey.compare("D2", "district", "899").iloc[0]
    packs = example_results[
        (example_results["statistic"] == "difference_direct")
        & (example_results["measure"] == "D2")
        & (example_results["place"] == "899")
    ].iloc[0]
    assert (ours["estimate"], ours["se"], ours["p_value"]) == pytest.approx(
        (packs["estimate"], packs["se"], packs["p_value"]), rel=1e-12
    )


def test_packs_own_figures_of_a_district_are_at_hand(survey, example_results):
    table = survey.packs("D2")
    ours = table[(table["place"] == "899") & (table["statistic"] == "score")].iloc[0]
    packs = example_results[
        (example_results["place"] == "899")
        & (example_results["measure"] == "D2")
        & (example_results["statistic"] == "score")
    ].iloc[0]
    assert (ours["se"], ours["ci_low"]) == (packs["se"], packs["ci_low"])


def test_two_groups_compared_is_the_difference_of_their_levels(survey):
    levels = survey.mean("D2", by="sex").set_index("group")["estimate"]
    ours = survey.compare("D2", "sex", "female", "male").iloc[0]
    assert ours["estimate"] == pytest.approx(levels["female"] - levels["male"])


def test_measures_of_every_kind_stand_in_one_table_in_the_order_asked(survey):
    table = survey.mean(["poverty_list_published", "PAPI", "D2"], by="sex")
    assert list(dict.fromkeys(table["measure"])) == ["poverty_list_published", "PAPI", "D2"]
    assert list(table["group"]) == ["male", "female"] * 3


def test_variable_of_the_file_is_estimated_without_its_no_answer_codes(survey):
    stored = survey._respondents
    name = next(c for c in stored.columns[20:] if (stored[c] == 888).any())
    row = survey.mean(name).iloc[0]
    assert row["estimate"] < 100
    assert row["n"] == survey.data[name].notna().sum() < len(survey.data)


def test_withheld_numbers_are_blank_unless_asked_for_and_then_say_so(survey):
    kwargs = {"by": "district", "domain": "age_group == '18-34' and sex == 'male'"}
    blank = survey.mean("land_compensation_fair", **kwargs)
    shown = survey.mean("land_compensation_fair", withhold=False, **kwargs)
    withheld = ~blank["quality"].isin(quality.SHOWN)
    assert withheld.any()
    assert blank.loc[withheld, "estimate"].isna().all()
    assert (shown.loc[withheld & shown["estimate"].notna(), "note"] == "not for publication").all()


def test_shares_of_all_values_sum_to_one(survey):
    assert survey.share("residence")["estimate"].sum() == pytest.approx(1)


def test_mean_is_the_ratio_of_totals(survey):
    total = survey.total("poverty_list_published").iloc[0]
    answered = survey.design.weight[survey.data["poverty_list_published"].notna()].sum()
    assert total["estimate"] / answered == pytest.approx(
        survey.mean("poverty_list_published")["estimate"].iloc[0]
    )


@pytest.mark.parametrize(
    ("ask", "nearest"),
    [
        (lambda s: s.mean("povrty_list_published"), "poverty_list_published"),
        (lambda s: s.mean("D2", by="sexx"), "sex"),
        (lambda s: s.mean("D2", domain="distrct == '899'"), "district"),
        (lambda s: s.compare("D2", "sex", "mal"), "male"),
        (lambda s: s.ratio("D2x", "n"), ""),
    ],
)
def test_mistyped_name_gives_the_nearest(survey, ask, nearest):
    with pytest.raises(UnknownName) as fault:
        ask(survey)
    assert nearest in fault.value.hint


def test_domain_that_cannot_be_read_is_refused_in_words(survey):
    with pytest.raises(UnknownName):
        survey.mean("D2", domain="district == ")
    with pytest.raises(UnknownName):
        survey.mean("D2", domain="weight + 1")


def test_repr_says_the_design(survey):
    assert repr(survey).startswith("example-2021: 1504 respondents, 47 PSUs in 4 strata")


def test_command_gives_the_same_table(survey):
    result = CliRunner().invoke(main, ["estimate", "D2", "--by", "sex", "--csv"])
    assert result.exit_code == 0
    ours = survey.mean("D2", by="sex")
    printed = [line.split(",") for line in result.output.splitlines()]
    assert printed[0] == list(ours.columns)
    assert [float(line[4]) for line in printed[1:]] == pytest.approx(ours["estimate"].tolist())


def test_import_is_light():
    code = "import time; t = time.process_time(); import analysis; print(time.process_time() - t)"
    loaded = "import sys, analysis; print(*[m for m in ('scipy.stats', 'statsmodels', 'pandas') if m in sys.modules])"
    seconds = float(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    )
    assert seconds < 0.5
    assert (
        subprocess.run(
            [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
        ).stdout.strip()
        == ""
    )


def test_mean_of_a_domain_nobody_is_in_is_empty_and_flagged(survey):
    row = survey.mean("D2", domain=np.zeros(len(survey.data), dtype=bool)).iloc[0]
    assert row["n"] == 0
    assert row["quality"] == "not_estimated"
