"""The columns taken for stratum, PSU and district -> what their nesting says about the sample's design."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.scaffold.profile import Profile


@dataclass(frozen=True)
class Nesting:
    """How the design columns lie in each other.

    Attributes
    ----------
    strata, psus : int
    psus_in_two_strata : int
        PSU codes that stand in more than one stratum.
    lone : int
        Strata with one PSU.
    district_is_psu : bool
        Each district is one PSU: a district would have no standard error of its own.
    """

    strata: int
    psus: int
    psus_in_two_strata: int
    lone: int
    district_is_psu: bool


def look_at_nesting(profiles: Mapping[str, Profile], stratum: str, psu: str, district: str) -> Nesting | None:
    """Count strata and PSUs; None where stratum or PSU is not known.

    Parameters
    ----------
    profiles : mapping of str to Profile
    stratum, psu, district : str
        Columns, "" where not known.
    """
    if not stratum or not psu:
        return None
    pairs = pd.DataFrame({"stratum": profiles[stratum].texts, "psu": profiles[psu].texts}).drop_duplicates()
    in_two = int((pairs["psu"].value_counts() > 1).sum())
    lone = int((pairs["stratum"].value_counts() == 1).sum())
    same = False
    if district:
        both = pd.DataFrame(
            {"district": profiles[district].texts, "psu": profiles[psu].texts}
        ).drop_duplicates()
        same = len(both) == both["district"].nunique() == both["psu"].nunique()
    return Nesting(pairs["stratum"].nunique(), pairs["psu"].nunique(), in_two, lone, same)
