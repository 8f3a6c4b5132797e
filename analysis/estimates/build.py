"""A round's sample + its districts -> the round's rows of the results table."""

from __future__ import annotations

import pandas as pd

from analysis.estimates.comparisons import estimate_changes, estimate_differences, estimate_group_differences
from analysis.estimates.detectable import detectable_rows
from analysis.estimates.disclosure import withhold_linked
from analysis.estimates.families import adjust_families
from analysis.estimates.levels import estimate_levels
from analysis.estimates.measures import describe_measures
from analysis.estimates.results import arrange, empty_numbers_where_withheld, join_blocks
from analysis.estimates.sample import Sample


def build_estimates(
    sample: Sample,
    districts: list[str],
    previous: Sample | None = None,
    breaks: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Every result of one round: levels, differences from the province, changes since the last round, and
    the smallest difference or change that each of these tests could have shown.

    Parameters
    ----------
    sample : Sample
    districts : list of str
        Codes of all districts of the province; those with no respondent get `not_sampled` rows.
    previous : Sample, optional
        The round compared with; PSUs with the same code in the same stratum are the same PSUs.
    breaks : DataFrame, optional
        Columns measure and year: measures that from this year on are not comparable with before.

    Returns
    -------
    DataFrame in the columns of `results.COLUMNS`.
    """
    rows = [*estimate_levels(sample, districts), *estimate_differences(sample, districts)]
    rows += estimate_group_differences(sample)
    if previous is not None:
        rows += estimate_changes(sample, previous, districts, breaks)
    measures = describe_measures(sample.framework).set_index("measure")
    table = withhold_linked(join_blocks(rows), _parents(measures))
    tested = adjust_families(empty_numbers_where_withheld(table))
    return arrange([tested, detectable_rows(tested, measures[["minimum", "maximum"]])])


def _parents(measures: pd.DataFrame) -> dict[str, str]:
    """What each composite is added into."""
    added = measures[(measures["measure_kind"] != "indicator") & (measures["parent"] != "")]
    return dict(added["parent"])
