"""Committed rows about what is not survey -> findings, where a round's pages use them."""

from __future__ import annotations

import pandas as pd

from analysis.context.administrative_figures import check_figures, read_figures
from analysis.context.directive import directive_of_round
from analysis.context.directive_checks import check_directive
from analysis.context.parindex_checks import check_parindex
from analysis.context.parindex_rows import read_parindex
from analysis.findings import join_findings
from analysis.rounds import Round

#: Folders of data/ that hold these rows.
CONTEXT_ROWS = ("published", "parindex", "directive", "administrative")


def check_context(survey_round: Round, measures: pd.DataFrame) -> pd.DataFrame:
    """Find faults in the letter's rows, the declared figures and the rows of the reform index.

    Parameters
    ----------
    measures : DataFrame
        The framework's, from `estimates.measures.describe_measures`.

    Returns
    -------
    DataFrame of findings; a link to a measure, field or figure that does not exist is a stop. Nothing of a
    round that the letter is not about.
    """
    directive = directive_of_round(survey_round)
    if directive is None:
        return join_findings([])
    figures, fields = read_figures(), read_parindex("fields")
    found = [
        check_directive(directive, measures.set_index("measure"), set(fields["field"].astype(str)), figures),
        check_figures(figures, set(directive.tasks["task"])),
        check_parindex(),
    ]
    return join_findings(found)
