"""The column taken for the province + which is wanted -> that province's rows, or what is to be decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.errors import UnknownName, shown
from analysis.intake.persons.masks import show
from analysis.places import read_places
from analysis.respondents.province_rows import province_codes
from analysis.scaffold.profile import Profile
from analysis.scaffold.roles import Reason


@dataclass(frozen=True)
class ProvinceChoice:
    """Which rows of a file a round is about.

    Attributes
    ----------
    code : str
        Of the province; "" where none was named and the file has one only, or none was chosen.
    rows : array of bool, or None
        Its rows; None for all.
    reason : Reason or None
        How many rows of how many provinces.
    decide : Reason or None
        What a person has to say.
    """

    code: str = ""
    rows: np.ndarray | None = None
    reason: Reason | None = None
    decide: Reason | None = None


def choose_province(province: Profile | None, wanted: str, usual: Collection[str]) -> ProvinceChoice:
    """The rows to draft a round from.

    Parameters
    ----------
    province : Profile or None
        The column taken for the province.
    wanted : str
        What the person named: a code, a name or a value of the column; "" for nothing.
    usual : collection of str
        Codes to take where the person named none: that of the round of --like, then the template's.

    Raises
    ------
    UnknownName
        What the person named is no province of the file, or none of the country where the file has no column
        of provinces.
    """
    codes = _codes(province)
    counts = codes.value_counts()
    if wanted:
        return _wanted(codes, counts, wanted)
    if len(counts) < 2:
        return ProvinceChoice()
    code = next((one for one in usual if one in counts.index), "")
    listed = _listed(counts)
    if not code:
        vi, en = f"tệp có {len(counts)} tỉnh: {listed}", f"the file has {len(counts)} provinces: {listed}"
        again = "--again --province"
        decide = Reason(
            f"tỉnh nào? {vi}; chạy lại lệnh này với {again} TỈNH để chỉ lấy các dòng của tỉnh đó",
            f"which province? {en}; run the command again with {again} NAME to take its rows alone",
        )
        return ProvinceChoice(reason=Reason(vi, en), decide=decide)
    chosen = _of(codes, counts, code)
    return replace(
        chosen,
        decide=Reason(
            f"có đúng là tỉnh này? {chosen.reason.vi}; nếu là tỉnh khác, chạy lại với --again --province "
            "TỈNH",
            f"is it this province? {chosen.reason.en}; for another run again with --again --province NAME",
        ),
    )


def rows_of(profiles: Mapping[str, Profile], rows: np.ndarray | None) -> dict[str, Profile]:
    """The profiles of the chosen rows alone."""
    if rows is None:
        return dict(profiles)
    return {
        name: replace(one, texts=one.texts[rows].reset_index(drop=True), numbers=one.numbers[rows])
        for name, one in profiles.items()
    }


def _codes(province: Profile | None) -> pd.Series:
    if province is None:
        return pd.Series(dtype="str")
    stored = pd.Series(province.numbers) if province.is_numeric else province.texts
    return province_codes(stored, province.labels, read_places())


def _wanted(codes: pd.Series, counts: pd.Series, wanted: str) -> ProvinceChoice:
    found = read_places().names.find(wanted, "province", suggest=False).code
    if counts.empty and found:  # all rows are the province's that the person says
        return ProvinceChoice(found)
    code = next((one for one in (found, wanted) if one in counts.index), "")
    if not code and counts.empty:
        raise UnknownName(
            f'"{wanted}" is no province that is known, and no column of provinces was found in the file.',
            vi=f'Không có tỉnh nào tên hay mã là "{wanted}", và không nhận ra cột tỉnh trong tệp. Hãy bỏ '
            "--province, hoặc chỉ rõ cột tỉnh bằng --column province=TÊN_CỘT.",
            where="--province",
            expected="a province's code or name (data/places/provinces.csv)",
            got=wanted,
            hint="Leave --province out, or name the column by --column province=NAME.",
        )
    if not code:
        listed = _listed(counts)
        raise UnknownName(
            f'No row of the file is of province "{wanted}".',
            vi=f'Tệp không có dòng nào của tỉnh "{wanted}". Tệp có: {listed}.',
            where="--province",
            expected="a province of the file, by code or name",
            got=wanted,
            hint=f"Name one of: {listed}; or the column by --column province=NAME.",
        )
    return _of(codes, counts, code) if len(counts) > 1 else ProvinceChoice(code)


def _of(codes: pd.Series, counts: pd.Series, code: str) -> ProvinceChoice:
    kept, total = int(counts[code]), len(codes)
    name = _names().get(code, code)
    vi = f"{kept} trong {total} dòng thuộc {name} (mã {code}); tệp có {len(counts)} tỉnh"
    en = f"{kept} of {total} rows are of {name} (code {code}); the file has {len(counts)} provinces"
    return ProvinceChoice(code, (codes == code).to_numpy(dtype=bool), Reason(vi, en))


def _listed(counts: pd.Series) -> str:
    names = _names()
    return shown(f"{names.get(code, show(code, place=True))} ({count})" for code, count in counts.items())


def _names() -> dict[str, str]:
    provinces = read_places().provinces
    return dict(zip(provinces["code"], provinces["name_vi"], strict=True))
