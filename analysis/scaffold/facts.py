"""What was found out about a file while its round was drafted -> the lines that are printed."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.errors import shown
from analysis.intake.table import RawTable
from analysis.scaffold.codebook_draft import Variable
from analysis.scaffold.indicator_map import IndicatorMap
from analysis.scaffold.places_draft import PlacesDraft
from analysis.scaffold.roles import ROLES, Proposal, Reason


def facts_of(
    raw: RawTable,
    proposals: Mapping[str, Proposal],
    personal: Mapping[str, str],
    variables: list[Variable],
    rows: IndicatorMap | None,
    names: Mapping[str, str],
    places: PlacesDraft,
    carried: list[Reason],
) -> list[str]:
    """What is printed before the decisions.

    Parameters
    ----------
    raw : RawTable
    proposals : mapping of str to Proposal
    personal : mapping of str to str
        Columns that look personal.
    variables : list of Variable
    rows : IndicatorMap or None
        The drafted framework; None where the one that was named fits.
    names : mapping of str to str
        Of the codebook and the framework that were matched with.
    places : PlacesDraft
    carried : list of Reason
        What was taken over from the codebook.
    """
    facts = [f"Đã đọc / read: {len(raw.rows)} dòng / rows, {len(raw.columns)} cột / columns."]
    for role, one in proposals.items():
        if one.column:
            vi, en = ROLES[role]
            facts.append(f"{vi} / {en}: {one.column} ({one.reason.vi} / {one.reason.en})")
    facts.append(f"Địa bàn / places: {places.reason.vi} / {places.reason.en}.")
    left = set(personal) - {one.name for one in variables}
    if left and rows:
        vi = f"{len(left)} cột có vẻ là dữ liệu cá nhân, không khai báo nên không được giữ"
        facts.append(f"{vi} / columns that look personal, not declared and so not kept: {len(left)}.")
    if rows is None:
        facts.append(
            f"Đủ mọi chỉ tiêu của khung {names['framework']} / every indicator of "
            f"{names['framework']} is there."
        )
        return facts
    words = [one.name for one in variables if one.type == "text" and one.role == "question"]
    if words:
        facts.append(
            f"{len(words)} cột ghi chữ thay vì mã, không đọc; nếu là câu hỏi, chạy lại với --again --words "
            "CỘT "
            f"/ columns of words, not read; if they are questions run again with --words: {shown(words)}."
        )
    coded = [one.name for one in variables if one.words]
    if coded:
        facts.append(
            f"{len(coded)} cột ghi chữ được đọc thành mã (codes.csv, cột word) / columns of words read as "
            f"codes: {shown(coded)}."
        )
    facts += [f"{one.vi[0].upper()}{one.vi[1:]} / {one.en}." for one in carried]
    if rows.matched:
        facts.append(
            f"Khớp / matched with {names['framework']}: {rows.matched}/{rows.wanted} chỉ tiêu / indicators; "
            f"cần quyết định / to decide: {rows.to_decide}."
        )
    else:
        facts.append(
            "Khảo sát khác: mọi chỉ tiêu lấy từ tệp / another survey: indicators come from the file itself."
        )
    return facts
