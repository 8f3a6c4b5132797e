"""A round's name -> a `Survey`: estimates, comparisons, ranks, trends, models of one round, a line each.

The packs' own functions. A domain is an argument: rows are never dropped. Figures of one district are its
direct ones (statistic `..._direct` in the results); packs show those of the pooled design effect, which
`Survey.packs` gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.briefing.wording import check_language
from analysis.errors import BadDesign
from analysis.estimates.round_design import within_district_design
from analysis.explore.asking import Asking
from analysis.explore.calibrating import Margins, calibrate_design
from analysis.explore.opened import By, names_of
from analysis.pipeline import prepare_with_respondents
from analysis.rounds import read_previous, read_round

if TYPE_CHECKING:
    from analysis.explore.replicated import ReplicatedSurvey


class Survey(Asking):
    """One survey round, open for questions.

    Parameters
    ----------
    sample : Sample
        Indicators and design.
    respondents : DataFrame
        The same rows with their answers as stored.

    Examples
    --------
    >>> from analysis import open_round
    >>> s = open_round("example-2021")
    >>> s.mean(["D2", "poverty_list_published"], by="sex")[["group", "measure", "estimate", "se"]].round(3)
        group                 measure  estimate     se
    0    male                      D2     4.219  0.065
    1  female                      D2     4.315  0.068
    2    male  poverty_list_published     0.574  0.022
    3  female  poverty_list_published     0.620  0.027
    >>> model = s.regress("internet_home ~ residence + age_group", "binomial")
    """

    def calibrate(self, method: str, margins: Margins, bounds: tuple[float, float] | None = None) -> Survey:
        """The same survey with weights that meet known population totals; every method then uses them.

        Parameters
        ----------
        method : {"poststratify", "rake", "linear", "raking", "logit"}
            "poststratify" meets one margin, "rake" several in turn; the others change the weights as
            little as possible by their distance: "linear" (GREG), "raking" (exponential), "logit"
            (bounded).
        margins : dict of column -> {label: people in the population}
            A group of the round, "district", or a coded variable of the file; several columns crossed
            by a tuple of names, whose labels are tuples too. Every label of the sample needs a total,
            and everybody in the sample a label.
        bounds : (low, high), optional
            Limits of new weight / old weight, low < 1 < high; "logit" needs them.

        Returns
        -------
        Survey
            A new one; this one stays as it is. It starts from the weights that this one has, those of an
            earlier calibration included. `repr` says what was done. Standard errors account for
            it; what follows from the totals alone has none, and its flag is `not_estimated`.

        Raises
        ------
        UnknownName
            The method, a column or a label; the nearest are given.
        BadWeight
            Somebody has no value in a margin, or the totals cannot be met.

        Source
        ------
        Deville and Sarndal (1992). R `survey::postStratify`, `rake`, `calibrate`; Stata
        `svyset, poststrata()`, `rake()`, `regress()` (test_calibration.py).

        Examples
        --------
        >>> sexes = {"male": 640_000, "female": 620_000}
        >>> homes = {"urban": 350_000, "rural": 910_000}
        >>> known = s.calibrate("poststratify", {"sex": sexes}).share("sex", withhold=False)
        >>> known[["measure", "estimate", "quality"]].round(4)
              measure  estimate        quality
        0    sex=male    0.5079  not_estimated
        1  sex=female    0.4921  not_estimated
        >>> s.calibrate("rake", {"sex": sexes, "residence": homes}).mean("D7")[["estimate", "se"]].round(4)
           estimate     se
        0    3.8834  0.052
        """
        main = calibrate_design(self, self.design, method, margins, bounds)
        same = self.district_design is self.design
        districts = main if same else calibrate_design(self, self.district_design, method, margins, bounds)
        names = [name if isinstance(name, str) else " × ".join(name) for name in margins]
        return self._with(f"calibrated ({method}: {', '.join(names)})", _designs=(main, districts))

    def replicated(
        self, kind: str, replicates: int = 500, seed: int = 1, fay: float = 0.3, mse: bool = False
    ) -> ReplicatedSurvey:
        """The same survey with standard errors from replicates of its weights.

        Parameters
        ----------
        kind : {"jackknife", "bootstrap", "brr", "fay"}
            "brr" and "fay" need two PSUs in every stratum.
        replicates, seed : int
            Of the bootstrap; the same seed gives the same numbers.
        fay : float
            Fay's coefficient.
        mse : bool
            Centre on the estimate instead of the replicates' mean (Stata's `mse`).

        Returns
        -------
        ReplicatedSurvey
            Every question but `trend`; df stays that of the design. Calibrate first: each replicate is then
            calibrated anew.

        Source
        ------
        Wolter (2007, ch. 3-5). R `survey::as.svrepdesign`; Stata `vce(jackknife)`, `vce(bootstrap)`
        (test_replicate_weights.py).

        Examples
        --------
        >>> s.replicated("jackknife").mean("PAPI", by="residence")[["group", "estimate", "se"]].round(3)
           group  estimate     se
        0  urban    39.630  0.273
        1  rural    39.776  0.192
        >>> c = s.calibrate("poststratify", {"sex": {"male": 640_000, "female": 620_000}})
        >>> both = c.replicated("bootstrap", replicates=100, seed=7)
        """
        from analysis.explore.replicated import ReplicatedSurvey, maker

        text = f"{kind} replicates" + (f" ({replicates}, seed {seed})" if kind == "bootstrap" else "")
        return ReplicatedSurvey(self, maker(kind, replicates, seed, fay, mse), text)

    def with_replicates(
        self,
        columns: str | Sequence[str] | pd.DataFrame,
        type: str,
        *,
        scale: float | None = None,
        rscales: Sequence[float] | np.ndarray | None = None,
        fay: float = 0.0,
        combined: bool = True,
        mse: bool = False,
    ) -> ReplicatedSurvey:
        """The same survey with standard errors from replicate weights that came with the data.

        Parameters
        ----------
        columns : str, list of str, or DataFrame
            Columns of the round's file ("rw*" is all that start so), or a table with a row a respondent: in
            their order, or indexed by their codes.
        type : {"JK1", "JKn", "BRR", "Fay", "bootstrap", "other"}
        scale, rscales, fay, combined, mse
            See `replicates.given_replicates`: by default those of the type; JKn needs `rscales`.

        Returns
        -------
        ReplicatedSurvey
            df is the rank of the replicate weights less 1, as in R.

        Raises
        ------
        UnknownName, BadWeight

        Source
        ------
        R `survey::svrepdesign`; Stata `svyset, brrweight()`, `jkrweight()` (test_replicates.py).

        Examples
        --------
        >>> s.with_replicates("rw*", "bootstrap").mean("D2")                            # doctest: +SKIP
        """
        from analysis.explore.replicated import ReplicatedSurvey, given_maker

        options = dict(scale=scale, rscales=rscales, fay=fay, combined=combined, mse=mse)
        make, count = given_maker(self, columns, type, **options)
        return ReplicatedSurvey(self, make, f"{count} given {type} replicates", given=True)

    def within_districts(self) -> Survey:
        """The same survey with figures by district from inside each district alone.

        Returns
        -------
        Survey
            Whose `by="district"` takes the district as stratum and its villages (communes where no village
            is known) as PSUs: df is villages less 1. The round's own direct figures count the district as a
            domain of the province's design instead (METHODS.md, "Two intervals for a district").

        Raises
        ------
        BadDesign
            The round knows neither villages nor communes.

        Source
        ------
        Sarndal, Swensson and Wretman (1992, ch. 4.3), each district a population of its own;
        docs/benchmarks/district_coverage.md has the coverage.

        Examples
        --------
        >>> inside = s.within_districts().mean("D2", by="district")
        """
        if not self.is_own_design:
            raise BadDesign(
                "The districts' own design is made from the round's weights.",
                vi="Thiết kế theo từng huyện lập từ trọng số gốc; hãy gọi within_districts() trước tiên.",
                expected="the survey as opened",
                got=self._done,
                hint="Call within_districts() first, then calibrate.",
            )
        design, unit = within_district_design(self.data, self.survey_round)
        return self._with(f"districts by their own {unit}", _designs=(self.design, design))

    def trend(
        self,
        measures: str | Sequence[str],
        by: By | None = None,
        domain: str | None = None,
        withhold: bool = True,
    ) -> pd.DataFrame:
        """This round and those before it: a row of level a round, a row of change between neighbours.

        Parameters
        ----------
        measures, by, domain, withhold
            As in `mean`; `domain` as an expression, read in each round.

        Returns
        -------
        DataFrame with the columns `trends.TREND_COLUMNS`, sorted by measure, group and year. Rounds are
        followed back through `previous` in their settings. A change counts the PSUs that both rounds
        visited; where the two rounds do not ask the same its numbers are empty and `note` says why.
        p_value is not adjusted for the number of tests. Rounds before this one stand on their own weights,
        also where this one is calibrated.

        Raises
        ------
        BadDesign
            The round names no round before it.
        BadRows
            One that it names cannot be compared with, such as a real round with a simulated one.

        Source
        ------
        The packs' own changes (METHODS.md, "Differences and changes").

        Examples
        --------
        >>> s.trend("D2")[["year", "statistic", "estimate", "ci_low", "ci_high"]].round(2)
           year statistic  estimate  ci_low  ci_high
        0  2020     score      4.83    4.70     4.97
        1  2021     score      4.26    4.16     4.36
        2  2021    change     -0.57   -0.73    -0.41
        """
        from analysis.explore.trends import trend_table

        rounds: list[Survey] = [self]
        while rounds[-1].previous is not None:
            rounds.append(rounds[-1].previous)
        if len(rounds) == 1:
            raise BadDesign(
                f'Round "{self.survey_round.survey_round}" names no round before it.',
                vi=f'Vòng "{self.survey_round.survey_round}" không nêu vòng trước (previous) nên không có '
                "xu hướng; hãy điền previous trong tệp cấu hình.",
                expected="`previous` in the round's settings",
                got='previous = ""',
                hint="Name an earlier round of the same kind, or ask s.mean(…).",
            )
        names = [name for one in rounds for name in one.measures]
        wanted = names_of(measures)
        unknown = [name for name in wanted if name not in names]
        if unknown or not wanted:
            self._wanted(unknown)
        return trend_table(rounds, wanted, by, domain, withhold)

    @cached_property
    def previous(self) -> Survey | None:
        """The round that this one names as the one before it."""
        before = read_previous(self.survey_round)
        return None if before is None else Survey(*prepare_with_respondents(before))


def open_survey(name: str, language: str = "vi") -> Survey:
    """Open a round for analysis; see `analysis.open_round`."""
    opened = Survey(*prepare_with_respondents(read_round(name)))
    opened.language = check_language(language)
    return opened
