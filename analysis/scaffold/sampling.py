"""The columns taken for stratum, PSU and district -> what their nesting says about the sample's design."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.scaffold.profile import Profile

#: From this share of PSU codes in several strata on they start again in each.
_MOSTLY = 0.5


@dataclass(frozen=True)
class Nesting:
    """How the design columns lie in each other.

    Attributes
    ----------
    strata, psus : int
        PSUs whose codes start again in each stratum are counted in each.
    psus_in_two_strata : int
        PSU codes that stand in more than one stratum.
    starts_again : bool
        Most PSU codes do, so that they start again in each stratum.
    lone : int
        Strata with one PSU.
    district_is_psu : bool
        Each district is one PSU: a district would have no standard error of its own.
    """

    strata: int
    psus: int
    psus_in_two_strata: int
    starts_again: bool
    lone: int
    district_is_psu: bool


def look_at_nesting(profiles: Mapping[str, Profile], stratum: str, psu: str, district: str) -> Nesting | None:
    """Count strata and PSUs; None where the PSU is not known. Without a column of strata all is one.

    Parameters
    ----------
    profiles : mapping of str to Profile
    stratum, psu, district : str
        Columns, "" where not known.
    """
    if not psu:
        return None
    strata = profiles[stratum].texts if stratum else "1"
    pairs = pd.DataFrame({"psu": profiles[psu].texts}).assign(stratum=strata).drop_duplicates()
    in_two = int((pairs["psu"].value_counts() > 1).sum())
    lone = int((pairs["stratum"].value_counts() == 1).sum())
    same = False
    if district:
        both = pd.DataFrame(
            {"district": profiles[district].texts, "psu": profiles[psu].texts}
        ).drop_duplicates()
        same = len(both) == both["district"].nunique() == both["psu"].nunique()
    # One code in many strata is one unit of each; one in two is more likely a slip.
    codes = pairs["psu"].nunique()
    anew = in_two > _MOSTLY * codes
    return Nesting(pairs["stratum"].nunique(), len(pairs) if anew else codes, in_two, anew, lone, same)
