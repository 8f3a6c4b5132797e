"""A round's settings + its built table -> the designs it declares, calibrated where it gives totals."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.errors import BadDesign, BadWeight
from analysis.estimates.calibration import calibrate, poststratify, rake
from analysis.estimates.design import Design, declare_design
from analysis.rounds import Round


def province_design(table: pd.DataFrame, survey_round: Round) -> Design:
    """The design for figures about the province and its groups.

    Parameters
    ----------
    table : DataFrame, n rows
        The round's respondents or indicators: weight, stratum, psu and what later stages declare.
    survey_round : Round

    Raises
    ------
    BadDesign, LonePsu, BadWeight
    """
    columns = survey_round.design
    built = list(columns.built_columns())
    stages = {role: [name for name in built if name.startswith(role)] for role in ("stratum", "psu")}
    return _declared(
        table, survey_round, **stages, population=[name for name in built if name.startswith("population")],
        lone_in_domains=columns.lone_in_domains,
    )  # fmt: skip


def one_district_design(table: pd.DataFrame, survey_round: Round) -> Design:
    """The second design, for figures about one district: one stage, drawn with replacement."""
    return _declared(table, survey_round, stratum=["district_stratum"], psu=["district_psu"])


def within_district_design(table: pd.DataFrame, survey_round: Round) -> tuple[Design, str]:
    """Each district as a stratum of its own, its villages (or communes) as PSUs drawn with replacement.

    Parameters
    ----------
    table : DataFrame, n rows
        With district, and village or commune.
    survey_round : Round

    Returns
    -------
    design : Design
        With the round's calibration. A district of one unit adds nothing to a variance and has no df.
    unit : {"villages", "communes"}

    Raises
    ------
    BadDesign
        Neither villages nor communes are known for everybody.
    """
    for unit, column in (("villages", "village"), ("communes", "commune")):
        known = column in table and table[column].notna().all() and (table[column] != "").all()
        if known:
            in_commune = unit == "villages" and table["commune"].notna().all()
            psu = table[["commune", "village"] if in_commune else [column]].astype(str).agg("/".join, axis=1)
            units = pd.DataFrame({"weight": table["weight"], "district": table["district"], "psu": psu})
            design = declare_design(
                units, weight="weight", stratum=["district"], psu=["psu"], nest=True, lone_psu="remove"
            )
            return calibrate_to_round(design, table, survey_round), unit
    raise BadDesign(
        "Districts cannot be estimated from inside: neither villages nor communes are known for everybody.",
        vi="Không ước lượng được trong phạm vi từng huyện vì không phải ai cũng có mã thôn hoặc xã; hãy khai "
        "báo cột village hoặc commune.",
        where=f"data/rounds/{survey_round.survey_round}.toml, [columns]",
        expected="village or commune, filled in every row",
        got="blank",
        hint="Name the columns in the round's settings.",
    )


def _declared(table: pd.DataFrame, survey_round: Round, **stages) -> Design:
    columns = survey_round.design
    design = declare_design(table, weight="weight", nest=columns.nest, lone_psu=columns.lone_psu, **stages)
    return calibrate_to_round(design, table, survey_round)


def calibrate_to_round(design: Design, table: pd.DataFrame, survey_round: Round) -> Design:
    """The design with weights that meet the round's totals; the design itself where it gives none.

    Notes
    -----
    poststratify and rake are R's `postStratify` and `rake`; linear, raking and logit go through
    `calibrate` on the margins' indicator columns: all cells of the first margin, all but the first
    cell of the others, which the sums give.

    Raises
    ------
    BadWeight
        Totals that no weights meet, or a weight that comes out as 0 or less.
    """
    settings = survey_round.calibration
    if settings is None:
        return design
    margins = [
        (table[survey_round.margin_column(name)].rename(name), totals)
        for name, totals in settings.margins.items()
    ]
    if settings.method == "poststratify":
        out = poststratify(design, *margins[0])
    elif settings.method == "rake":
        out = rake(design, margins)
    else:
        matrix, totals = _indicator_columns(margins)
        out = calibrate(design, matrix, totals, settings.method, settings.bounds or None)
    _refuse_weights_of_nobody(out, survey_round)
    return out


def _indicator_columns(
    margins: list[tuple[pd.Series, dict[str, float]]],
) -> tuple[pd.DataFrame, dict[str, float]]:
    """0/1 columns of the margins' cells, shape (n, P), and the total of each."""
    columns, totals = {}, {}
    for number, (cells, wanted) in enumerate(margins):
        for label in list(wanted)[1 if number else 0 :]:
            columns[f"{cells.name} {label}"] = (cells == label).to_numpy(dtype=float, na_value=0.0)
            totals[f"{cells.name} {label}"] = wanted[label]
    return pd.DataFrame(columns), totals


def _refuse_weights_of_nobody(design: Design, survey_round: Round) -> None:
    below = int(np.sum(~(design.weight > 0)))
    if below:
        raise BadWeight(
            "Calibration makes weights of 0 or less.",
            vi=f"Hiệu chỉnh làm {below} trọng số bằng 0 hoặc âm; hãy đặt bounds hoặc dùng rake.",
            where=f"data/rounds/{survey_round.survey_round}.toml, [calibration]",
            expected="weights above 0",
            got=f"{below} of {len(design.weight)} weights 0 or less with {survey_round.calibration.method}",
            hint="Set bounds = [0.3, 3.0] or the like, or take rake or raking, whose weights stay positive.",
        )
