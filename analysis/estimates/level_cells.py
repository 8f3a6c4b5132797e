"""Scores of any kind -> the results columns of levels: estimate, error, interval, n, flag, as asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Real

import numpy as np
import pandas as pd

from analysis.errors import UnknownName, nearest, shown
from analysis.estimates import quality
from analysis.estimates.estimated import effective_size
from analysis.estimates.intervals import korn_graubard_interval, t_interval
from analysis.estimates.linearise import Scores
from analysis.estimates.proportions import SHARE_INTERVALS, share_interval
from analysis.estimates.replicated_scores import ReplicatedScores
from analysis.rounds import QualityRules

#: Degrees of freedom of those who answered, or of all in the domain, as R counts them.
DF_RULES = ("nonmissing", "r")
#: The design effect beside samples with or without replacement.
DEFFS = ("replacement", "without")
#: Statistics whose relative standard error may withhold them.
_RELATIVE = ("mean", "total", "ratio")


@dataclass(frozen=True)
class Asked:
    """How levels are to be shown; the defaults are the packs' own.

    Attributes
    ----------
    level : float, optional
        The round's own if not given.
    interval : str, optional
        "t", or of shares one of `SHARE_INTERVALS`. If not given Korn-Graubard for shares, and for the rest t
        with at least the standard error of a simple random sample.
    df : {"nonmissing", "r"}
    deff : {"replacement", "without"}
    """

    level: float | None = None
    interval: str | None = None
    df: str = "nonmissing"
    deff: str = "replacement"

    def __post_init__(self) -> None:
        if self.level is not None and not (isinstance(self.level, Real) and 0 < self.level < 1):
            raise refused_option("level", self.level, ["a number above 0 and below 1, such as 0.95"])
        for name, value, valid in (
            ("interval", self.interval or "t", ["t", *SHARE_INTERVALS]),
            ("df", self.df, DF_RULES),
            ("deff", self.deff, DEFFS),
        ):
            if value not in valid:
                raise refused_option(name, value, valid)


def refused_option(option: str, got: object, valid: Sequence[str]) -> UnknownName:
    """The error for an option's value that does not exist, with those that do."""
    close = nearest(str(got), valid)
    return UnknownName(
        f'{option} does not take "{got}".',
        vi=f'{option} không nhận giá trị "{got}"; hãy chọn một trong: {", ".join(valid)}.',
        expected=f"one of {', '.join(valid)}",
        got=str(got),
        hint=f"Perhaps {shown(close)}." if close else "",
    )


def level_cells(
    scores: Scores, about: pd.DataFrame, rules: QualityRules, asked: Asked = Asked()
) -> dict[str, np.ndarray]:
    """The results columns of levels, each an array that broadcasts to (domains, measures).

    Parameters
    ----------
    scores : Scores of K measures
    about : DataFrame of K rows
        `statistic` ("score", "share", "mean", "total" or "ratio"), `minimum` and `maximum` of each.
    rules : QualityRules
        Flags go by these, with the packs' own interval, whatever is asked for.
    asked : Asked
    """
    statistic, variance = about["statistic"].to_numpy(), scores.variance()
    se, df = np.sqrt(variance), scores.df if asked.df == "nonmissing" else scores.df_of_domain
    with np.errstate(invalid="ignore", divide="ignore"):
        deff = variance / scores.srs_variance
    known = quality.is_known(scores.estimate, variance, scores.srs_variance)
    n_effective = effective_size(scores.n, np.where(known & (deff > 0), deff, np.nan))
    if np.isnan(n_effective).any():
        n_effective = np.where(np.isnan(n_effective), scores.kish, n_effective)
    own = _own_interval(scores, about, se, scores.df, rules.level)
    flags = quality.flag_quality(
        estimate=scores.estimate,
        known=known,
        df=scores.df,
        n=scores.n,
        n_psu=scores.n_psu,
        rules=rules,
        n_least=scores.n_least,
        n_effective=n_effective,
        **precision(statistic, scores.estimate, se, own[1] - own[0]),
    )
    low, high = own
    if asked != Asked():
        low, high = _asked_interval(scores, about, se, df, rules, asked)
        flags = np.where(np.isin(flags, quality.SHOWN) & np.isnan(low + high), quality.NOT_ESTIMATED, flags)
    note = np.where(scores.n_least < scores.n, np.char.add("n_least=", scores.n_least.astype(str)), "")
    if isinstance(scores, ReplicatedScores):
        note = _with_replicates_used(note, scores)
    return {
        "statistic": statistic, "estimate": scores.estimate, "se": se, "ci_low": low, "ci_high": high,
        "level": np.float64(rules.level if asked.level is None else asked.level), "df": df,
        "deff": deff if asked.deff == "replacement" else _without_replacement(deff, scores),
        "n": scores.n, "n_effective": n_effective, "n_psu": scores.n_psu, "quality": flags, "note": note,
    }  # fmt: skip


def _with_replicates_used(note: np.ndarray, scores: ReplicatedScores) -> np.ndarray:
    """The note with "replicates=38/40" where some replicates have no estimate."""
    made, used = len(scores.replicates.rscales), scores.replicates_used
    told = np.char.add(np.char.add("replicates=", used.astype(str)), f"/{made}")
    joined = np.where(note == "", told, np.char.add(np.char.add(note.astype(str), ";"), told))
    return np.where(used < made, joined, note)


def precision(
    statistic: np.ndarray, estimate: np.ndarray, se: np.ndarray, width: np.ndarray
) -> dict[str, np.ndarray]:
    """What the rules of presentation look at: the width of a share's interval, the others' relative error."""
    with np.errstate(invalid="ignore", divide="ignore"):
        relative = se / estimate
    return {
        "share_width": np.where(statistic == "share", width, np.nan),
        "rse": np.where(np.isin(statistic, _RELATIVE), relative, np.nan),
        "score_rse": np.where(statistic == "score", relative, np.nan),
    }


def _without_replacement(deff: np.ndarray, scores: Scores) -> np.ndarray:
    """The design effect beside a sample without replacement; NaN where weights are no numbers of people."""
    with np.errstate(invalid="ignore", divide="ignore"):
        factor = scores.population / (scores.population - scores.n)
    return np.where(scores.population > scores.n, deff * factor, np.nan)


def _own_interval(
    scores: Scores, about: pd.DataFrame, se: np.ndarray, df: np.ndarray, level: float
) -> tuple[np.ndarray, np.ndarray]:
    """Korn-Graubard for shares; t for the rest, never narrower than a simple random sample would give.

    METHODS.md, "Intervals", says why a standard error that is small by chance must not narrow either.
    """
    bounds = (about["minimum"].to_numpy(), about["maximum"].to_numpy())
    at_least = np.fmax(se, np.sqrt(scores.srs_variance))
    low, high = t_interval(scores.estimate, at_least, df, level, bounds)
    share_low, share_high = korn_graubard_interval(scores.estimate, se, df, scores.n, level)
    is_share = (about["statistic"] == "share").to_numpy()
    return np.where(is_share, share_low, low), np.where(is_share, share_high, high)


def _asked_interval(
    scores: Scores, about: pd.DataFrame, se: np.ndarray, df: np.ndarray, rules: QualityRules, asked: Asked
) -> tuple[np.ndarray, np.ndarray]:
    level = rules.level if asked.level is None else asked.level
    if asked.interval is None:
        return _own_interval(scores, about, se, df, level)
    plain = t_interval(scores.estimate, se, df, level)
    is_share = (about["statistic"] == "share").to_numpy()
    if asked.interval == "t" or not is_share.any():
        return plain
    cells = share_interval(asked.interval, scores.estimate, se, df, scores.n, level)
    return tuple(np.where(is_share, *pair) for pair in zip(cells, plain, strict=True))
