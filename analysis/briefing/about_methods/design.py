"""A `RoundPage` -> what the page `methods` says of the sample: design, weights, design effects."""

from __future__ import annotations

import pandas as pd

from analysis.briefing.about_methods.figures import STRIPS, draw_effects, draw_weights
from analysis.briefing.blocks import Block
from analysis.briefing.numbers import say_count, say_number
from analysis.briefing.parts import listing, section, sentences
from analysis.briefing.round_page import LEVELS, RoundPage
from analysis.briefing.tables import Column, label, legend, table
from analysis.briefing.wording import listed
from analysis.estimates import quality
from analysis.estimates.design_summary import DISTRICT, MAIN

#: The quantiles of the weights that the table names, in per cent, with their wording.
_TOLD = {0: "least", 25: "quarter", 50: "half", 75: "three_quarters", 100: "most"}


def design(page: RoundPage) -> Block:
    """What was drawn and what was not, in words; strata, clusters, respondents and weight in a table."""
    return section(
        page,
        "design",
        "methods_design",
        listing([*_how_drawn(page), _where_not_drawn(page)]),
        *(_strata_table(page, name) for name in page.design["design"].unique()),
    )


def number_of(page: RoundPage, statistic: str, name: str = MAIN) -> float:
    """A number of the whole sample; NaN where it is not told."""
    own = page.design.query("design == @name and stage == 0 and statistic == @statistic")
    return float(own["value"].iloc[0]) if len(own) else float("nan")


def _counts(page: RoundPage, *statistics: str, name: str = MAIN) -> dict[str, str]:
    return {s: say_count(number_of(page, s, name), page.language) for s in statistics}


def _how_drawn(page: RoundPage) -> list[str]:
    whole = page.design.query("design == @MAIN and stage == 0").set_index("statistic")
    stages = page.design.query("design == @MAIN and stage > 0 and stratum == ''")
    finite = stages.query("stage == 1 and statistic == 'finite'")["value"].iloc[0] > 0
    said = [page.say("methods_drawn", **_counts(page, "n", "n_psu", "n_strata", "df"))]
    if stages["stage"].max() > 1:
        said.append(page.say("methods_stages", stages=str(stages["stage"].max())))
    said.append(page.say("methods_population" if finite else "methods_no_population"))
    said.append(
        page.say("methods_calibrated" if whole.at["calibrated", "value"] else "methods_not_calibrated")
    )
    lone = say_count(whole.at["lone_strata", "value"], page.language)
    said.append(page.say(f"methods_lone_{whole.at['lone_psu', 'text']}", lone=lone))
    if whole.at["lone_in_domains", "value"]:
        said.append(page.say("methods_lone_in_domains"))
    if (page.design["design"] == DISTRICT).any():
        counts = _counts(page, "n_psu", "n_strata", "df", name=DISTRICT)
        said.append(page.say("methods_two_designs", **counts))
    return said


def _where_not_drawn(page: RoundPage) -> str:
    """The districts in which nobody was interviewed, by name."""
    measure = page.total or page.headline_measures[0]
    rows = page.results[(page.results["place_kind"] == "district") & (page.results["measure"] == measure)]
    rows = rows[rows["statistic"].isin(LEVELS) & (rows["survey_round"] == page.survey_round.survey_round)]
    none = rows.loc[rows["quality"] == quality.NOT_SAMPLED, "place"]
    counts = {
        "sampled": say_count(len(rows) - len(none), page.language),
        "all": say_count(len(rows), page.language),
    }
    if none.empty:
        return page.say("methods_districts_all", **counts)
    names = [page.places.district(code).phrase(page.language) for code in none]
    return page.say(
        "methods_districts_some", which=listed(names, page.language, page.survey_round.wording), **counts
    )


def _strata_table(page: RoundPage, name: str) -> Block:
    long = page.design.query("design == @name and stage == 1 and stratum != ''")
    strata = long.pivot(index="stratum", columns="statistic", values="value").loc[long["stratum"].unique()]
    finite = strata["population"].notna().any()
    keys = ["stratum", "n_psu", "n", "weight_share", *(["population"] if finite else [])]
    head = [Column(page.say(f"col_methods_{key}"), numeric=key != "stratum") for key in keys]
    rows = []
    for stratum, row in strata.iterrows():
        cells = [
            _stratum(page, str(stratum)),
            *(say_count(row[key], page.language) for key in ("n_psu", "n")),
        ]
        cells.append(_share(page, row["weight_share"]))
        if finite:
            cells.append(say_count(row["population"], page.language) if pd.notna(row["population"]) else "–")
        rows.append(cells)
    notes = [page.say("methods_withheld_weight")] if strata["weight_share"].isna().any() else []
    return table(page.say(f"caption_methods_strata_{name}"), head, rows, notes)


def _stratum(page: RoundPage, code: str) -> str:
    """A stratum by the name of the place it is, or by its code in the file."""
    province = page.survey_round.province
    if code == province:
        return page.say("methods_stratum_province")
    if code in page.places.districts_of(province):
        district = page.places.district(code)
        return district.full_name if page.language == "vi" else district.name_en
    return page.say("methods_stratum", code=code)


def _share(page: RoundPage, share: float) -> str:
    if pd.isna(share):
        return quality.SIGNS[quality.SUPPRESSED]
    return say_number(share, "share", page.language)


def weights(page: RoundPage) -> Block:
    """How unequal the weights are, and what that costs."""
    deff = number_of(page, "weight_deff")
    if pd.isna(deff):
        said = sentences(page.say("methods_weights_withheld"))
        return section(page, "weights", "methods_weights", said)
    values = {q: number_of(page, f"weight_p{q}") for q in (0, 5, 25, 50, 75, 95, 100)}
    counts = {
        "n": say_count(number_of(page, "n"), page.language),
        "n_effective": say_count(round(number_of(page, "weight_n_effective")), page.language),
        "deff": say_number(deff, "ratio", page.language),
    }
    lead = sentences(page.say("methods_weights_lead"), page.say("methods_weights_cost", **counts))
    rows = [
        [page.say(f"methods_quantile_{name}"), say_number(values[q], "ratio", page.language)]
        for q, name in _TOLD.items()
    ]
    rows.append(
        [page.say("methods_weight_cv"), say_number(number_of(page, "weight_cv"), "ratio", page.language)]
    )
    head = [Column(page.say("col_methods_weight")), Column(page.say("col_methods_relative"), True)]
    told = table(page.say("caption_methods_weights"), head, rows, [], kind="compact")
    return section(page, "weights", "methods_weights", lead, draw_weights(page, values), told)


def effects(page: RoundPage) -> Block:
    """Design effects of the province's figures: the headline measures in a table, all in a chart."""
    rows = page.by_measure("level")
    composites = rows.loc[[*page.headline_measures, *page.measures_of("total")]]
    head = [Column(page.say(f"col_{page.headline_kind}"))]
    head += [Column(page.say(f"col_methods_{key}"), True) for key in ("deff", "n", "n_effective", "df")]
    cells = [_effect(page, measure, row) for measure, row in composites.iterrows()]
    notes = [page.say("methods_deff_reading"), *_cautions(page, composites)]
    notes += legend(page, list(composites["quality"]))
    told = table(page.say("caption_methods_effects"), head, cells, notes)
    known = rows[rows["deff"].notna()]
    strips = {kind: known.loc[known["measure_kind"] == kind, "deff"] for kind in STRIPS}
    strips = {kind: values for kind, values in strips.items() if len(values)}
    parts = [told, draw_effects(page, strips)] if strips else [told]
    parts.append(sentences(page.say("methods_deff_noisy"), kind="note"))
    return section(page, "effects", "methods_effects", *parts)


def _effect(page: RoundPage, measure: str, row: pd.Series) -> list[str]:
    n, df = (say_count(row[key], page.language) for key in ("n", "df"))
    if row["quality"] not in quality.SHOWN:
        sign = quality.SIGNS[row["quality"]]
        return [label(page, measure), sign, n, sign, df]
    deff = say_number(row["deff"], "ratio", page.language)
    return [label(page, measure), deff, n, say_count(people_worth(row), page.language), df]


def people_worth(row: pd.Series) -> int:
    """Effective sample size as the intervals count it: never more than the respondents."""
    return round(min(row["n_effective"], row["n"]))


def _cautions(page: RoundPage, rows: pd.DataFrame) -> list[str]:
    """What is to be said of these design effects: that some are below 1, that all are known roughly."""
    said = [page.say("methods_deff_floor")] if (rows["deff"] < 1).any() else []
    few = (rows["df"] < page.survey_round.quality.df_caution).any()
    return [*said, page.say("methods_deff_few")] if few else said
