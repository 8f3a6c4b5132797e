"""A measure's estimates by group + their covariance -> a table of joint sets of ranks.

Two ways to the covariance: the design's own, between all groups, and for districts the packs' pooled
design effect, which knows more where a district has few PSUs.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.errors import BadDesign
from analysis.estimates import quality
from analysis.estimates.linearise import Scores
from analysis.estimates.ranks import rank_sets
from analysis.estimates.variance import covariance

RANK_COLUMNS = [
    "group_kind", "group", "measure", "estimate", "se", "df", "rank_low", "rank_high", "n", "n_psu",
    "quality", "note",
]  # fmt: skip


def group_covariance(scores: Scores) -> np.ndarray:
    """Covariance of one measure's estimates between all domains, shape (D, D).

    Notes
    -----
    Each domain's person scores are a column of one matrix, so whatever the groups share is in it: strata,
    PSUs, calibration, and for a composite all its indicators. A group without an estimate is NaN.
    """
    columns = [scores.person_scores(d)[:, 0] for d in range(len(scores.domains.labels))]
    vcov = covariance(scores.design, np.nan_to_num(np.column_stack(columns)), scores.domains.code >= 0)
    empty = np.isnan(scores.estimate[:, 0])
    vcov[empty, :] = vcov[:, empty] = np.nan
    return vcov


def rank_table(
    levels: pd.DataFrame, vcov: np.ndarray, lowest_first: bool, df: float | None, **options: object
) -> pd.DataFrame:
    """Sets of ranks of the groups whose level may be shown.

    Parameters
    ----------
    levels : DataFrame of D rows, one a group: the columns of `mean`
    vcov : ndarray, shape (D, D)
    lowest_first : bool
        Whether rank 1 is the lowest value.
    df : float, optional
        Degrees of freedom of the critical value; the smallest of the groups ranked by default.
    options
        level, method, stepdown, draws and seed of `rank_sets`.

    Raises
    ------
    BadDesign
        Fewer than two groups can be ranked, or a level or df that does not exist.
    """
    level = options["level"]
    if not 0 < level < 1 or (df is not None and not df > 0):
        raise BadDesign(
            "The level or the degrees of freedom of the ranks cannot be used.",
            vi="level phải nằm giữa 0 và 1, df phải lớn hơn 0; hãy sửa lại.",
            expected="0 < level < 1, df above 0 (inf = normal)",
            got=f"level={level}, df={df}",
        )
    shown = levels["quality"].isin(quality.SHOWN).to_numpy() & np.isfinite(np.diag(vcov))
    if shown.sum() < 2:
        raise BadDesign(
            f"Fewer than two groups have an estimate that may be shown: {int(shown.sum())} of {len(levels)}.",
            vi=f"Chỉ có {int(shown.sum())} trên {len(levels)} nhóm có số liệu được phép nêu nên không so "
            "sánh thứ hạng được; hãy chọn cách chia nhóm khác.",
            expected="two groups or more",
            got=f"{int(shown.sum())}; the others are {', '.join(sorted(set(levels['quality'][~shown])))}",
            hint="Take larger groups, or another measure.",
        )
    used = float(levels["df"].to_numpy(dtype=float)[shown].min()) if df is None else float(df)
    values = np.where(shown, levels["estimate"].to_numpy(dtype=float), np.nan)
    sets = rank_sets(-values if lowest_first else values, vcov, df=used, **options)
    kept = f"{sets['note'][shown].iloc[0]}; rank 1 = {'lowest' if lowest_first else 'highest'}; df={used:g}"
    note = np.where(shown, kept, "not ranked: " + levels["quality"].astype(str))
    table = levels.assign(rank_low=sets["rank_low"].array, rank_high=sets["rank_high"].array, note=note)
    return table[RANK_COLUMNS].reset_index(drop=True)
