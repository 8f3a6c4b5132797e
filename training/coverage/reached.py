"""Class lists + attendance + places -> communes reached, posts covered, learners and periods, by place."""

from __future__ import annotations

import pandas as pd

from analysis.places import Places
from training.gains.pairs import PERSON

#: The kinds of place that figures are given for.
PLACE_KINDS = ("district", "zone", "province")
REACHED_COLUMNS = ("place_kind", "place", "reached", "communes")
POST_COLUMNS = ("place_kind", "place", "position", "covered", "communes")
LEARNER_COLUMNS = ("place_kind", "place", "level", "learners", "attended", "periods", "periods_mean")


def trained(participants: pd.DataFrame, attendance: pd.DataFrame) -> pd.DataFrame:
    """The participants who came: present at one session or more, with the periods they attended.

    Parameters
    ----------
    participants, attendance : DataFrame
        `Records.participants`, `Records.attendance`.

    Returns
    -------
    DataFrame
        Rows of participants with the column periods (Int64, NA where their class recorded no attendance).
        Where a class recorded none, everybody on its list counts as come; where it did, who was never
        present does not.
    """
    listed = participants.drop_duplicates(PERSON).reset_index(drop=True)
    present = attendance[attendance["status"] == "present"]
    periods = present.groupby(PERSON)["periods"].sum(min_count=1)
    keys = pd.MultiIndex.from_frame(listed[PERSON])
    recorded = listed["class_id"].isin(set(attendance["class_id"])).to_numpy()
    came = keys.isin(periods.index)
    counted = periods.reindex(keys).astype("Int64").reset_index(drop=True)
    return listed.assign(periods=counted)[came | ~recorded].reset_index(drop=True)


def places_table(places: Places, province: str) -> pd.DataFrame:
    """Every commune of the province with its district, zone and province."""
    zones = places.districts.set_index("code")["zone_vi"]
    districts = places.communes_of(province)
    table = pd.DataFrame({"commune": list(districts), "district": list(districts.values())})
    return table.assign(zone=table["district"].map(zones), province=province)


def communes_reached(came: pd.DataFrame, places: Places, province: str) -> pd.DataFrame:
    """How many communes have at least one trained official of their own.

    Parameters
    ----------
    came : DataFrame
        From `trained`.

    Returns
    -------
    DataFrame
        Columns `REACHED_COLUMNS`, every district, zone and the province. An official of the district's or the
        province's offices reaches no commune, nor does one whose commune the list does not give.
    """
    table = places_table(places, province)
    own = set(came.loc[(came["level"] == "commune") & (came["commune"] != ""), "commune"])
    table = table.assign(reached=table["commune"].isin(own))
    return _by_place(table, "reached")


def posts_covered(came: pd.DataFrame, places: Places, province: str) -> pd.DataFrame:
    """In how many communes a post (position) has a trained holder.

    Returns
    -------
    DataFrame
        Columns `POST_COLUMNS`, every position of a commune official in the lists, by district, zone and
        province.
    """
    own = came[(came["level"] == "commune") & (came["commune"] != "") & (came["position"] != "")]
    base = places_table(places, province)
    tables = []
    for position, holders in own.groupby("position", sort=True):
        table = base.assign(covered=base["commune"].isin(set(holders["commune"])))
        tables.append(_by_place(table, "covered").assign(position=position))
    if not tables:
        return pd.DataFrame(columns=list(POST_COLUMNS))
    return pd.concat(tables, ignore_index=True)[list(POST_COLUMNS)]


def _by_place(table: pd.DataFrame, column: str) -> pd.DataFrame:
    parts = []
    for kind in PLACE_KINDS:
        sums = table.groupby(kind, sort=True)[column].agg(["sum", "size"]).reset_index()
        sums.columns = ["place", column, "communes"]
        parts.append(sums.assign(place_kind=kind))
    joined = pd.concat(parts, ignore_index=True)
    return joined[["place_kind", "place", column, "communes"]].astype({column: "int64", "communes": "int64"})


def learners_reached(came: pd.DataFrame, places: Places, province: str) -> pd.DataFrame:
    """Trained officials and the periods they attended, by place and level.

    Returns
    -------
    DataFrame
        Columns `LEARNER_COLUMNS`: level "" for all levels; learners counts persons, once each whatever the
        number of their classes; attended those of them with recorded attendance; periods their sum of
        attended periods and periods_mean that of one of them (NaN where none is recorded). Every district and
        zone, with 0 learners where nobody came; officials of the province's offices, or of no known district,
        only in the province.
    """
    zones = places.districts.set_index("code")["zone_vi"]
    one = came.groupby("participant", as_index=False, sort=True).agg(
        level=("level", "first"), district=("district", "first"), periods=("periods", _sum_known)
    )
    one = one.assign(zone=one["district"].map(zones).fillna(""), province=province)
    codes = {"district": places.districts_of(province), "province": [province]}
    codes["zone"] = sorted({zones[code] for code in codes["district"]})
    rows = []
    for kind in PLACE_KINDS:
        for place in codes[kind]:
            here = one[one[kind] == place]
            for level in ("", "province", "district", "commune"):
                own = here if level == "" else here[here["level"] == level]
                known = own["periods"].dropna()
                mean = float(known.mean()) if len(known) else float("nan")
                rows.append((kind, place, level, len(own), len(known), int(known.sum()), mean))
    return pd.DataFrame(rows, columns=list(LEARNER_COLUMNS))


def _sum_known(values: pd.Series) -> float:
    return values.sum(min_count=1)
