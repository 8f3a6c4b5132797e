"""A round's sample + its districts -> the round's rows of the results table."""

from __future__ import annotations

import pandas as pd

from analysis.estimates.comparisons import estimate_changes, estimate_differences
from analysis.estimates.disclosure import withhold_linked
from analysis.estimates.families import adjust_families
from analysis.estimates.levels import estimate_levels
from analysis.estimates.measures import describe_measures
from analysis.estimates.results import arrange, empty_numbers_where_withheld
from analysis.estimates.sample import Sample


def build_estimates(
    sample: Sample,
    districts: list[str],
    previous: Sample | None = None,
    breaks: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Every result of one round: levels, differences from the province, changes since the last round.

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
    if previous is not None:
        rows += estimate_changes(sample, previous, districts, breaks)
    table = withhold_linked(arrange(rows), _parents(sample))
    return adjust_families(empty_numbers_where_withheld(table))


def _parents(sample: Sample) -> dict[str, str]:
    """What each composite is added into."""
    measures = describe_measures(sample.framework).set_index("measure")
    added = measures[(measures["measure_kind"] != "indicator") & (measures["parent"] != "")]
    return dict(added["parent"])
