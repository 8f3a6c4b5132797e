"""A design laid open: each number by hand, and nothing about a person."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import MissingFile
from analysis.estimates.calibration import poststratify
from analysis.estimates.design import build_design, declare_design
from analysis.estimates.design_summary import (
    COLUMNS,
    DISTRICT,
    FEWEST,
    MAIN,
    QUANTILES,
    read_design,
    summarise_design,
)


def long_of(design, name=MAIN):
    table = summarise_design("r", {name: design})
    assert list(table.columns) == list(COLUMNS)
    return table


def whole(table):
    return table[table["stage"] == 0].set_index("statistic")["value"]


def strata(table):
    inside = table[(table["stage"] == 1) & (table["stratum"] != "")]
    return inside.pivot(index="stratum", columns="statistic", values="value")


@pytest.fixture
def two_strata():
    """Stratum a: 2 PSUs of 5 people, weight 1; stratum b: 3 PSUs of 4 people, weight 2."""
    stratum = ["a"] * 10 + ["b"] * 12
    psu = [f"{i // 5}" for i in range(10)] + [f"{i // 4}" for i in range(12)]
    return build_design(stratum, psu, [1.0] * 10 + [2.0] * 12)


def test_counts_weights_and_df_are_those_of_the_sample(two_strata):
    table = long_of(two_strata)
    numbers = whole(table)
    assert (numbers["n"], numbers["n_psu"], numbers["n_strata"]) == (10 + 12, 2 + 3, 2)
    assert numbers["df"] == (2 + 3) - 2
    rows = strata(table)
    assert list(rows["n"]) == [10, 12]
    assert list(rows["n_psu"]) == [2, 3]
    assert list(rows["weight_sum"]) == [10 * 1.0, 12 * 2.0]
    assert list(rows["weight_share"]) == pytest.approx([10 / 34, 24 / 34])


def test_kish_s_effect_of_the_weights(two_strata):
    numbers = whole(long_of(two_strata))
    effective = (10 * 1 + 12 * 2) ** 2 / (10 * 1**2 + 12 * 2**2)
    assert numbers["weight_n_effective"] == pytest.approx(effective)
    assert numbers["weight_deff"] == pytest.approx(22 / effective)
    mean = 34 / 22
    assert numbers["weight_cv"] == pytest.approx(
        np.sqrt((10 * (1 - mean) ** 2 + 12 * (2 - mean) ** 2) / 22) / mean
    )
    assert (numbers["weight_p0"], numbers["weight_p100"]) == pytest.approx((1 / mean, 2 / mean))


def test_weights_times_a_constant_change_nothing_but_the_sum(two_strata):
    scaled = build_design(
        two_strata.stratum_names[two_strata.stages[0].stratum],
        two_strata.psu_names[two_strata.psu],
        two_strata.weight * 1e6,
    )
    a, b = (long_of(d).query("statistic != 'weight_sum'") for d in (two_strata, scaled))
    pd.testing.assert_frame_equal(a, b, rtol=1e-12)


def test_second_design_adds_its_own_rows_and_no_second_description_of_the_weights(two_strata):
    table = summarise_design("r", {MAIN: two_strata, DISTRICT: two_strata})
    assert set(table["design"]) == {MAIN, DISTRICT}
    about_weights = table["statistic"].str.fullmatch(r"weight_(p\d+|cv|deff|n_effective)")
    assert set(table.loc[about_weights, "design"]) == {MAIN}
    assert about_weights.sum() == len(QUANTILES) + len(["cv", "deff", "n_effective"])


def test_stages_and_population_counts_that_are_declared_are_told():
    rows = pd.DataFrame(
        {
            "w": 1.0, "s": "a", "psu": np.repeat(["1", "2", "3"], 4), "house": np.tile(["x", "x", "y", "y"], 3),
            "N": 30, "M": 8,
        }
    )  # fmt: skip
    design = declare_design(rows, weight="w", psu=["psu", "house"], stratum=["s"], population=["N", "M"])
    table = long_of(design)
    stages = table[(table["stage"] > 0) & (table["stratum"] == "")]
    assert stages.set_index(["stage", "statistic"])["value"].to_dict() == {
        (1, "n_units"): 3, (1, "n_strata"): 1, (1, "finite"): 1,
        (2, "n_units"): 3 * 2, (2, "n_strata"): 3, (2, "finite"): 1,
    }  # fmt: skip
    assert list(strata(table)["population"]) == [30]


def test_calibrated_design_says_so_and_tells_the_weights_after_it(two_strata):
    by = pd.Series(["x"] * 10 + ["y"] * 12)
    table = long_of(poststratify(two_strata, by, {"x": 30.0, "y": 60.0}))
    assert whole(table)["calibrated"] == 1
    assert list(strata(table)["weight_sum"]) == pytest.approx([30, 60])
    assert whole(long_of(two_strata))["calibrated"] == 0


def of_sizes(*sizes):
    """Strata of these many people, two PSUs each, every weight another."""
    stratum = np.repeat([f"s{i}" for i in range(len(sizes))], sizes)
    psu = np.concatenate([np.arange(size) % 2 for size in sizes]).astype(str)
    return build_design(stratum, psu, np.arange(1.0, sum(sizes) + 1))


def test_weight_of_a_few_people_is_not_told_nor_can_it_be_found_by_subtraction():
    rows = strata(long_of(of_sizes(2, 20, 30)))
    assert rows["weight_sum"].isna().tolist() == [True, True, False]  # 2 people, and the next smallest
    assert rows["weight_share"].isna().tolist() == [True, True, False]
    assert rows["n"].tolist() == [2, 20, 30]


def test_two_small_strata_hide_each_other():
    assert strata(long_of(of_sizes(2, 3, 30)))["weight_sum"].isna().tolist() == [True, True, False]


def test_strata_of_enough_people_are_told():
    assert strata(long_of(of_sizes(FEWEST, 30)))["weight_sum"].notna().all()


def test_weights_of_a_sample_of_a_few_people_are_not_told():
    table = long_of(of_sizes(FEWEST - 1))
    assert not table["statistic"].str.startswith("weight_p").any()
    assert strata(table)["weight_sum"].isna().all()


def test_example_s_design_is_built_with_its_results(example_results, papi_results):
    assert whole(read_design("example-2021"))["n"] == 1504
    papi = read_design("example-papi-2021")
    df = papi.query("statistic == 'df'").set_index("design")["value"]
    assert df.to_dict() == {MAIN: 3 - 1, DISTRICT: 3 * 4 - 3}


def test_round_that_is_not_built_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    with pytest.raises(MissingFile, match="workbench build"):
        read_design("example-2021")
