"""What a round declares becomes its design; totals that cannot be met are refused."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.errors import BadDesign, BadWeight
from analysis.estimates.calibration import calibrate
from analysis.estimates.round_design import (
    one_district_design,
    province_design,
    within_district_design,
)
from analysis.estimates.variance import covariance
from analysis.rounds import CalibrationSettings, DesignColumns, read_round


@pytest.fixture
def table():
    """Two strata of two PSUs of two villages of two people."""
    rows = np.arange(16)
    return pd.DataFrame(
        {
            "weight": 1.0 + rows % 3,
            "stratum": np.where(rows < 8, "1", "2"),
            "psu": (rows // 4).astype(str),
            "psu_2": (rows // 2).astype(str),
            "population": 9.0,
            "population_2": 7.0,
            "district_stratum": (rows // 4).astype(str),
            "district_psu": (rows // 2).astype(str),
            "sex": np.where(rows % 2, "male", "female"),
            "margin_where": np.where(rows % 4 < 2, "1", "2"),
        }
    )


def declared(calibration=None, **design):
    """The example round with another design and calibration."""
    columns = DesignColumns(**({"weight": "w", "stratum": "tang", "psu": ("xa", "thon")} | design))
    return replace(read_round("example-2021"), design=columns, calibration=calibration)


def test_each_declared_stage_and_population_is_in_the_design(table):
    design = province_design(table, declared(population=("n_xa", "n_thon")))
    assert [stage.n_units.tolist() for stage in design.stages] == [[2, 2], [2, 2, 2, 2]]
    assert [set(stage.population) for stage in design.stages] == [{9.0}, {7.0}]
    assert design.has_later_stages


def test_stages_without_populations_are_one_stage_with_replacement(table):
    design = province_design(table, declared())
    assert design.is_plain
    assert np.isinf(design.population_h).all()


def test_codes_that_start_again_need_nest(table):
    table["psu"] = table["psu"].map({"0": "a", "1": "b", "2": "a", "3": "b"})
    with pytest.raises(BadDesign, match="more than one stratum"):
        province_design(table, declared())
    assert province_design(table, declared(nest=True)).n_psu == 4


def test_the_lone_psu_policy_reaches_the_domains_where_declared(table):
    assert not province_design(table, declared(lone_psu="adjust")).lone_in_domains
    design = province_design(table, declared(lone_psu="adjust", lone_in_domains=True))
    assert (design.lone_psu, design.lone_in_domains) == ("adjust", True)


def totals(method, bounds=(), **margins):
    return CalibrationSettings(method, "typed", margins, bounds)


MALE, WHERE = {"male": 40.0, "female": 60.0}, {"1": 30.0, "2": 70.0}


@pytest.mark.parametrize(
    ("method", "bounds"), [("rake", ()), ("linear", ()), ("raking", (0.1, 9)), ("logit", (0.5, 9.0))]
)
def test_every_method_meets_all_margins_in_both_designs(table, method, bounds):
    survey_round = declared(
        totals(method, bounds, sex=MALE, where=WHERE), district_stratum="huyen", district_psu="thon"
    )
    for make in (province_design, one_district_design):
        weight = make(table, survey_round).weight
        for column, wanted in (("sex", MALE), ("margin_where", WHERE)):
            sums = pd.Series(weight).groupby(table[column]).sum()
            assert sums.to_dict() == pytest.approx(wanted, rel=1e-9)


def test_a_post_stratum_weighs_what_it_counts(table):
    design = province_design(table, declared(totals("poststratify", where=WHERE)))
    in_first = table["margin_where"] == "1"
    first = table.loc[in_first, "weight"]
    np.testing.assert_allclose(design.weight[in_first], first * 30 / first.sum(), rtol=1e-14)


def test_cells_that_the_sums_give_change_nothing(table):
    """All four cells or three of them span the same variables."""
    survey_round = declared(totals("linear", sex=MALE, where=WHERE))
    ours = province_design(table, survey_round)
    cells = pd.concat([pd.get_dummies(table[c], dtype=float) for c in ("sex", "margin_where")], axis=1)
    plain = province_design(table, replace(survey_round, calibration=None))
    np.testing.assert_allclose(ours.weight, calibrate(plain, cells, MALE | WHERE).weight, rtol=1e-12)


def test_weights_of_nobody_are_refused_with_a_way_out(table):
    table["sex"] = np.where(np.arange(16) < 14, "female", "male")
    table.loc[[12, 13], "margin_where"] = "1"
    table.loc[[14, 15], "margin_where"] = "1"
    skewed = totals("linear", sex={"female": 1.0, "male": 99.0}, where={"1": 1.5, "2": 98.5})
    with pytest.raises(BadWeight) as caught:
        province_design(table, declared(skewed))
    assert "0 or less" in caught.value.what
    assert "[calibration]" in caught.value.where
    assert "bounds" in caught.value.hint


def test_totals_out_of_reach_of_the_bounds_are_refused(table):
    far = totals("logit", (0.9, 1.1), sex={"male": 1.0, "female": 99.0})
    with pytest.raises(BadWeight):
        province_design(table, declared(far))


def test_a_district_from_inside_is_a_stratum_of_its_villages(table):
    """Village codes start again in each commune; a district of one village adds nothing and has no df."""
    places = table.assign(
        district=table["stratum"], commune=table["psu"], village=(np.arange(16) // 2 % 2).astype(str)
    )
    design, unit = within_district_design(places, declared())
    assert (unit, design.n_psu, design.n_h.tolist()) == ("villages", 8, [4, 4])
    same = one_district_design(
        places.assign(district_stratum=places["district"], district_psu=table["psu_2"]), declared()
    )
    y = np.random.default_rng(1).normal(0, 1, 16)
    assert covariance(design, y)[0, 0] == pytest.approx(covariance(same, y)[0, 0], rel=1e-12)
    alone = places.assign(district=np.where(np.arange(16) < 2, "one", "many"))
    assert within_district_design(alone, declared())[0].df_of(np.arange(16) < 2) == 0


@pytest.mark.parametrize("gap", [None, ""])
def test_communes_stand_in_for_villages_that_are_not_known(table, gap):
    places = table.assign(district=table["stratum"], commune=table["psu"], village=gap)
    design, unit = within_district_design(places, declared())
    assert (unit, design.n_psu) == ("communes", 4)
    with pytest.raises(BadDesign, match="neither villages nor communes"):
        within_district_design(places.assign(commune=gap), declared())


def test_a_district_from_inside_keeps_the_round_s_totals(table):
    places = table.assign(district=table["stratum"], commune=table["psu"], village=table["psu_2"])
    totals = CalibrationSettings(
        method="poststratify", margins={"sex": {"male": 40.0, "female": 60.0}}, source="x"
    )
    design, _ = within_district_design(places, declared(totals))
    assert design.weight[(table["sex"] == "male").to_numpy()].sum() == pytest.approx(40)
