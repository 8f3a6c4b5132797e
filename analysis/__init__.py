"""A survey file -> one honest briefing a district. Stages are named by what they make:

respondents   raw file + codebook + places   -> one row a respondent, faults named
indicators    respondents + framework        -> one column an indicator
estimates     indicators + design            -> the results table, every number with its uncertainty
context       published PAPI scores          -> rows of the same table
pipeline      a round's name                 -> the built files, made again only when something changed
briefing      results                        -> sentences, tables, charts; sees no respondent
explore       a round's name                 -> a `Survey` that analysts ask, a line an answer
batch         a notebook a district          -> checked offline pages, index, manifest
cli           the `workbench` command

Imports run one way, down this list (tests/house/test_imports.py).
"""

__all__ = ["open_round"]


def open_round(name: str, language: str = "vi"):
    """Open one survey round for analysis.

    Parameters
    ----------
    name : str
        A round of data/rounds, such as "example-2021".
    language : {"vi", "en"}
        Of what notebooks show: labels, numbers, signs.

    Returns
    -------
    Survey
        `.ask` gives a whole answer (table, test, chart); `.find`, `.measures` and `.codebook` say what there
        is. `.mean`, `.share`, `.total`, `.ratio`, `.quantile`, `.compare`, `.contrast`, `.covariance`,
        `.table`, `.ttest`, `.wald`, `.regress`, `.ranks`, `.trend`, `.small_area` each give one thing;
        `.calibrate`, `.replicated`, `.with_replicates` and `.within_districts` make a new one.

    Raises
    ------
    UnknownName
        No such round; the nearest names are given.
    """
    from analysis.explore.survey import open_survey  # here, so that `import analysis` stays light

    return open_survey(name, language)
