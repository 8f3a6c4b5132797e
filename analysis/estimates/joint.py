"""Estimates of any kind, of several measures, domains and rounds -> one vector with its full covariance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates.contrasts import unit_positions
from analysis.estimates.design import Design
from analysis.estimates.estimated import Estimated
from analysis.estimates.linearise import Scores
from analysis.estimates.replicated_scores import ReplicatedScores


@dataclass(frozen=True)
class Part:
    """One estimate of some scores: which domain and which measure."""

    scores: Scores
    domain: int = 0
    measure: int = 0

    def of(self, values: np.ndarray) -> float:
        """The estimate's entry of an array of shape (domains, measures)."""
        return values[self.domain, self.measure]


def joint_estimates(parts: Sequence[Part], names: Sequence[str], df: str = "nonmissing") -> Estimated:
    """Several estimates as one vector, with the covariance between all of them.

    Parameters
    ----------
    parts : sequence of Part
        Of one design, or of several rounds: units of the same names are the same units. Of replicated
        scores, with the same replicates.
    names : sequence of str
    df : {"nonmissing", "r"}
        Degrees of freedom of those who answered, or of all in the domain.

    Returns
    -------
    Estimated

    Notes
    -----
    V_jk = sum over the units of all stages of c_j c_k, with c the standard scores (`variance`): two rounds
    share the PSUs, and units inside them, of the same strata and codes; single persons never are.

    Source
    ------
    R `survey::svycontrast` and `svyby(covmat = TRUE)` on one design; for two rounds Tam (1984), as in
    `contrasts.compare_domains`.
    """
    estimate = np.array([part.of(part.scores.estimate) for part in parts])
    if all(isinstance(part.scores, ReplicatedScores) for part in parts):
        moved = [part.scores.replicated(part.domain)[:, part.measure] for part in parts]
        vcov = parts[0].scores.replicates.covariance(np.column_stack(moved), estimate)
    else:
        vcov = sum(block.T @ block for block in _stacked(parts, _columns(parts)))
    vcov[np.isnan(estimate), :] = vcov[:, np.isnan(estimate)] = np.nan
    degrees = [part.of(part.scores.df if df == "nonmissing" else part.scores.df_of_domain) for part in parts]
    return Estimated(
        names=tuple(names),
        estimate=estimate,
        vcov=vcov,
        df=float(min(degrees)),
        df_answered=np.array(degrees, dtype=float),
        n=np.array([part.of(part.scores.n) for part in parts]),
        srs_variance=np.array([part.of(part.scores.srs_variance) for part in parts]),
        population=np.array([part.of(part.scores.population) for part in parts]),
    )


def covariance_table(joint: Estimated) -> pd.DataFrame:
    """The covariance as a labelled matrix."""
    labels = pd.Index(joint.names, name="estimate")
    return pd.DataFrame(joint.vcov, index=labels, columns=labels.rename(None))


def _columns(parts: Sequence[Part]) -> list[list[np.ndarray]]:
    """Each part's standard scores, one array of units a stage; scores asked once a domain."""
    made: dict[tuple[int, int], list[np.ndarray]] = {}
    out = []
    for part in parts:
        key = (id(part.scores), part.domain)
        if key not in made:
            made[key] = part.scores.standard_scores(part.domain)
        out.append([stage[:, part.measure] for stage in made[key]])
    return out


def _stacked(parts: Sequence[Part], columns: list[list[np.ndarray]]) -> list[np.ndarray]:
    """For each stage the scores over the units of all designs, shape (units, parts)."""
    designs: list[Design] = []
    for part in parts:
        if not any(part.scores.design is known for known in designs):
            designs.append(part.scores.design)
    blocks = []
    for stage in range(max(len(column) for column in columns)):
        index, size = unit_positions(
            tuple(d.stages[stage] if stage < len(d.stages) else None for d in designs)
        )
        block = np.zeros((size, len(parts)))
        for at, (part, column) in enumerate(zip(parts, columns, strict=True)):
            if stage < len(column):
                own = next(i for i, known in enumerate(designs) if known is part.scores.design)
                block[index[own], at] = column[stage]
        blocks.append(block)
    return blocks
