"""A round's groups -> sets of their ranks; its districts as packs show them, and by a small-area model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.errors import BadDesign, shown
from analysis.estimates.district_pool import districts_that_share_psus
from analysis.estimates.level_cells import refused_option
from analysis.estimates.levels import DIRECT
from analysis.estimates.linearise import Scores
from analysis.estimates.results import read_results
from analysis.explore.models import Models
from analysis.explore.ranking import group_covariance, rank_table
from analysis.pipeline import build_round

ERRORS = ("direct", "pooled")


class Districts(Models):
    """What is asked of many groups at once, districts above all."""

    def packs(self, measures: str | Sequence[str]) -> pd.DataFrame:
        """What the packs show of the districts: levels and differences by the pooled design effect.

        The built round's numbers, whatever was calibrated or replicated here.

        Examples
        --------
        >>> packs = s.packs("D2")
        >>> sorted(packs["statistic"].unique())
        ['change', 'change_detectable', 'difference', 'difference_detectable', 'score']
        """
        wanted = self._wanted(measures)
        rows = read_results(build_round(self.survey_round.survey_round).survey_round.survey_round)
        keep = (rows["place_kind"] == "district") & rows["measure"].isin(wanted)
        return rows[keep & ~rows["statistic"].str.endswith(DIRECT)].reset_index(drop=True)

    def ranks(
        self,
        measure: str,
        by: str = "district",
        method: str = "mogstad",
        *,
        error: str = "direct",
        level: float | None = None,
        df: float | None = None,
        stepdown: bool = True,
        domain: str | np.ndarray | None = None,
        draws: int = 20_000,
        seed: int = 1,
    ) -> pd.DataFrame:
        """Sets of ranks that hold the true ranks of all groups at once: what the survey knows of the order.

        Parameters
        ----------
        measure : str
            A score, an indicator or a variable of the file. Rank 1 is the highest; the lowest for an
            indicator whose direction is "lower".
        method : {"mogstad", "klein"}
            "mogstad" tests every difference; "klein" compares simultaneous intervals and gives wider sets.
        error : {"direct", "pooled"}
            "direct": the design's full covariance between the groups. "pooled", districts only: the
            packs' pooled design effect, districts taken as independent.
        level : float, optional
            The round's own by default.
        df : float, optional
            Degrees of freedom; by default the smallest of the groups ranked, which is cautious. inf =
            normal.
        stepdown : bool
            Test again those pairs that were not told apart ("mogstad"); never wider.
        draws, seed : int
            Of the simulated critical value.

        Returns
        -------
        DataFrame with the columns `ranking.RANK_COLUMNS`. A group that the round's rules withhold is left
        out of the comparison and its `note` says so.

        Raises
        ------
        BadDesign
            Fewer than two groups may be shown, or "pooled" where there is no pool.

        Source
        ------
        Mogstad, Romano, Shaikh and Wilhelm (2024); Klein, Wright and Wieczorek (2020) (test_ranks.py).

        Examples
        --------
        The youngest are first, the other two second or third: the survey cannot tell these apart.

        >>> s.ranks("PAPI", by="age_group")[["group", "estimate", "rank_low", "rank_high"]].round(2)
           group  estimate  rank_low  rank_high
        0  18-34     40.35         1          1
        1  35-54     39.65         2          3
        2    55+     39.04         2          3
        >>> districts = s.ranks("D5", by="district", error="pooled")
        """
        (name,) = self._wanted([measure])
        if error not in ERRORS:
            raise refused_option("error", error, ERRORS)
        levels, vcov = self._pooled(name, by, domain) if error == "pooled" else self._direct(name, by, domain)
        about = self.sample.framework.indicators.set_index("indicator")["direction"]
        options = dict(method=method, stepdown=stepdown, draws=draws, seed=seed)
        level = self.survey_round.quality.level if level is None else level
        return rank_table(levels, vcov, about.get(name) == "lower", df, level=level, **options)

    def small_area(self, measure: str, covariates: pd.DataFrame, benchmark: str = "") -> pd.DataFrame:
        """Model-based (Fay-Herriot) estimates of all districts; never to be shown as the survey's own.

        Parameters
        ----------
        measure : str
            A score or an indicator.
        covariates : DataFrame, one row a district, indexed by its code
            Numbers known for all districts, from a source other than the survey; a constant is added.
        benchmark : {"", "difference", "ratio"}
            Make the districts agree with the survey's estimate of the whole; all must then be sampled.

        Returns
        -------
        DataFrame
            place, measure, estimate, se, ci_low, ci_high, level, direct, gamma, n, source, note. `source`
            is "model_based" in every row; `gamma` is the weight of the direct estimate, 0 where not sampled.

        Raises
        ------
        TooFewAreas
            Fewer than 30 sampled districts: one province never has enough.
        BadDesign
            Covariates that cannot be used, or a survey calibrated or replicated here.

        Source
        ------
        Fay and Herriot (1979); variances from the pooled design effect (METHODS.md, "Small-area
        estimates"; test_small_area.py).

        Examples
        --------
        >>> s.small_area("D2", covariates=census[["poverty_rate", "log_density"]])      # doctest: +SKIP
        """
        from analysis.explore.small_areas import small_area_table

        (name,) = self._wanted([measure])
        self._need_pool(name, "small_area")
        return small_area_table(self.sample, name, covariates, benchmark, self.survey_round.quality.level)

    def _direct(
        self, measure: str, by: str, domain: str | np.ndarray | None
    ) -> tuple[pd.DataFrame, np.ndarray]:
        """Levels of the groups, and the design's covariance between them."""
        (scores,) = self._scores([measure], self._domains(by, domain)[1], self._design_by(by))
        return self.mean(measure, by, domain), self._group_covariance(scores)

    def _group_covariance(self, scores: Scores) -> np.ndarray:
        return group_covariance(scores)

    def _pooled(
        self, measure: str, by: str, domain: str | np.ndarray | None
    ) -> tuple[pd.DataFrame, np.ndarray]:
        """Levels of the districts as packs show them, and their variances on a diagonal."""
        self._need_pool(measure, 'error="pooled"')
        if by != "district" or domain is not None:
            raise BadDesign(
                'error="pooled" is of whole districts only.',
                vi='error="pooled" chỉ dùng cho toàn bộ từng huyện (by="district", không có domain); '
                'hãy dùng error="direct".',
                expected='by="district" and no domain',
                got=f'by="{by}"' + ("" if domain is None else " and a domain"),
                hint='Take error="direct".',
            )
        rows = self.packs(measure)
        levels = rows[(rows["compared_with"] == "") & (rows["group_kind"] == "all")]
        levels = levels.assign(group_kind="district", group=levels["place"]).set_index("group", drop=False)
        labels = [code for code in self.labels_of("district") if code in levels.index]
        levels = levels.loc[labels].reset_index(drop=True)
        return levels, np.diag(levels["se"].to_numpy(dtype=float) ** 2)

    def _need_pool(self, measure: str, asked: str) -> None:
        """The pooled design effect is of the round's own weights and of the framework's measures."""
        if not self.is_own_design or measure not in {*self.sample.names, *self.sample.composites.kinds}:
            raise BadDesign(
                f"{asked} rests on the packs' pooled design effect, which knows the framework's measures "
                "with the round's own weights only.",
                vi=f"{asked} dựa trên hệ số thiết kế gộp, chỉ có cho chỉ tiêu và điểm của khung chỉ số với "
                "trọng số gốc; hãy dùng khảo sát chưa hiệu chỉnh hoặc chọn chỉ tiêu khác.",
                expected="a score or an indicator, asked of the survey as opened",
                got=f"{measure}; {self._done or 'as opened'}",
                hint="Ask the survey that open_round gave, or the direct way.",
            )
        shared = districts_that_share_psus(self.sample)
        if shared:
            raise BadDesign(
                f"{asked} takes districts as sampled each for itself, and these share survey clusters.",
                vi=f"{asked} coi các huyện (đơn vị) được chọn mẫu độc lập, nhưng ở đây chúng chung cụm điều "
                "tra; hãy dùng cách trực tiếp.",
                expected="each PSU in one district",
                got=f"PSUs shared by {shown(shared)}",
                hint="Take the direct way, which knows how they vary together.",
            )
