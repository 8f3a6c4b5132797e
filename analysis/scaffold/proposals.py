"""Everything found out about a file -> the keys of its round's settings: values, reasons, open decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.errors import WorkbenchError, shown
from analysis.intake.table import RawTable
from analysis.rounds import Round, read_round, round_names
from analysis.scaffold.fieldwork import look_at_days
from analysis.scaffold.known import NO_ANSWER
from analysis.scaffold.no_answer import Seen
from analysis.scaffold.places_draft import PlacesDraft
from analysis.scaffold.profile import Profile
from analysis.scaffold.province import ProvinceChoice
from analysis.scaffold.roles import ROLES, Proposal, Reason
from analysis.scaffold.sampling import Nesting
from analysis.scaffold.settings_draft import Fill

#: Key of the settings -> the part whose column it names; those of `_NEEDED` may not stay empty.
_COLUMNS = {
    "columns.respondent": "respondent", "columns.district": "district", "columns.commune": "commune",
    "columns.village": "village", "columns.age": "age",
    "design.weight": "weight", "design.stratum": "stratum", "design.psu": "psu",
    "fieldwork.interviewer": "interviewer",
}  # fmt: skip
_NEEDED = ("respondent", "district", "weight", "stratum", "psu")
_LIKE = Reason("như vòng được nêu ở --like", "as in the round of --like")
_KIND_NAMES = {
    "dont_know": ("không biết", "don't know"),
    "refused": ("từ chối", "refused"),
    "not_asked": ("không được hỏi", "not asked"),
    "": ("chưa rõ loại", "kind not known"),
}


@dataclass(frozen=True)
class Known:
    """What the draft rests on.

    Attributes
    ----------
    wanted : analysis.scaffold.draft.Wanted
    rows : mapping
        Names of the codebook and the framework to use.
    alien : bool
        Nothing of the framework is in the file: a survey of another kind.
    simulated : str
        The simulated round with the very same file, "".
    province : ProvinceChoice
        Whose rows the draft was made from.
    """

    wanted: Any
    raw: RawTable
    profiles: Mapping[str, Profile]
    proposals: Mapping[str, Proposal]
    seen: list[Seen]
    places: PlacesDraft
    like: Round | None
    nesting: Nesting | None
    rows: Mapping[str, str]
    alien: bool
    simulated: str
    province: ProvinceChoice

    def column(self, role: str) -> str:
        return self.proposals[role].column


def settings_fills(known: Known) -> dict[str, Fill]:
    """Key -> what goes there."""
    fills = {key: _column(known.proposals[role]) for key, role in _COLUMNS.items()}
    return (
        fills
        | dict(_about(known))
        | dict(_design(known))
        | dict(_fieldwork(known))
        | dict(_no_answer(known.seen))
        | dict(_reading(known))
    )


def _column(proposal: Proposal) -> Fill:
    """A column's name with its reason; where none is certain its candidates, and a decision if needed."""
    if proposal.column or proposal.settled:
        return Fill(proposal.column, (proposal.reason,))
    listed = tuple(
        Reason(f"  có thể là {name}: {why.vi}", f"perhaps {name}: {why.en}")
        for name, why in proposal.candidates
    )
    if proposal.role not in _NEEDED:
        return Fill("", listed)
    vi, en = ROLES[proposal.role]
    names = shown(name for name, _ in proposal.candidates)
    more_vi, more_en = f"; xem xét: {names}" if names else "", f"; consider: {names}" if names else ""
    decide = Reason(
        f"cột nào là {vi}? {proposal.reason.vi}{more_vi}",
        f"which column is the {en}? {proposal.reason.en}{more_en}",
    )
    if proposal.role == "stratum":
        decide = Reason(
            f'{decide.vi}; nếu mẫu không phân tầng, để ""',
            f'{decide.en}; leave "" for a sample without strata',
        )
    return Fill("", listed, decide)


def _about(known: Known) -> Iterator[tuple[str, Fill]]:
    """Name, titles, year, source, file, rows and places."""
    wanted, places = known.wanted, known.places
    yield "survey_round", Fill(wanted.name)
    yield (
        "title_vi",
        Fill("", decide=Reason("tên cuộc khảo sát in trên mọi trang", "the survey's name on every page")),
    )
    yield "title_en", Fill("", decide=Reason("tên tiếng Anh", "the same in English"))
    yield "year", Fill(wanted.year)
    yield (
        "source",
        Fill(
            "", decide=Reason("cơ quan khảo sát, thời gian; in dưới mọi số liệu", "who did the survey, when")
        ),
    )
    if known.simulated:
        vi, en = (
            f"cùng tệp với vòng mô phỏng {known.simulated}",
            f"the very file of the simulated {known.simulated}",
        )
        yield "simulated", Fill(True, (Reason(vi, en),))
    yield "file", Fill(wanted.file)
    yield "codebook", Fill(known.rows["codebook"])
    yield "framework", Fill(known.rows["framework"])
    yield "places", Fill(places.folder)
    province = known.province
    reasons = (places.reason, *filter(None, [province.reason]))
    decides = [one for one in (province.decide, places.decide) if one]
    both = Reason("; ".join(one.vi for one in decides), "; ".join(one.en for one in decides))
    yield "province", Fill(places.province, reasons, both if decides else None)
    if province.rows is not None or province.decide:
        yield "columns.province", Fill(known.column("province"), (known.proposals["province"].reason,))
    if places.folder and known.alien:
        yield "wording", Fill("general", (Reason("câu chữ trung tính, không nói về PAPI", "neutral words"),))
    yield "previous", Fill("", tuple(_earlier(known)))


def _earlier(known: Known) -> Iterator[Reason]:
    """Rounds that this one could be compared with."""
    for name in round_names():
        try:
            other = read_round(name)
        except WorkbenchError:
            continue
        same = other.province == known.places.province and other.places == known.places.folder
        if same and other.year < known.wanted.year and other.simulated == bool(known.simulated):
            yield Reason(
                f"  có thể so sánh với {name} ({other.year})", f"may be compared with {name}, {other.year}"
            )


def _design(known: Known) -> Iterator[tuple[str, Fill]]:
    """What the nesting of the design columns says, and what the round of --like has."""
    nesting, like = known.nesting, known.like
    if nesting is None:
        return
    anew = nesting.starts_again
    strata = "1 stratum" if nesting.strata == 1 else f"{nesting.strata} strata"
    counted = Reason(
        f"{nesting.strata} tầng, {nesting.psus} đơn vị chọn mẫu{', mã đánh lại trong mỗi tầng' * anew}",
        f"{strata}, {nesting.psus} PSUs{', whose codes start again in each stratum' * anew}",
    )
    if nesting.psus_in_two_strata:
        vi = (
            f"{nesting.psus_in_two_strata} mã đơn vị có ở hơn một tầng: true nếu mã được đánh lại trong "
            "mỗi tầng, false nếu là lỗi"
        )
        en = (
            f"{nesting.psus_in_two_strata} PSU codes stand in more than one stratum: true if they start "
            "again in each, false if that is a fault"
        )
        yield "design.nest", Fill(anew, (counted,), Reason(vi, en))
    else:
        yield "design.nest", Fill(False, (counted,))
    if nesting.lone:
        vi, en = f"{nesting.lone} tầng chỉ có một đơn vị chọn mẫu", f"{nesting.lone} strata have one PSU"
        yield "design.lone_psu", Fill("stop", (), Reason(f"{vi}: chọn cách xử lý", f"{en}: choose a policy"))
    if like and like.design.has_district_design:
        pair = like.design.district_stratum, like.design.district_psu
        if all(column in known.profiles for column in pair):
            yield "design.district_stratum", Fill(pair[0], (_LIKE,))
            yield "design.district_psu", Fill(pair[1])
            return
    inner = known.column("village") or known.column("commune")
    if nesting.district_is_psu and nesting.psus > 1 and inner:
        vi = (
            "mỗi huyện chỉ là một đơn vị chọn mẫu nên số liệu huyện không có sai số; giữ hai dòng dưới "
            "nếu thôn hoặc xã được chọn trong huyện, nếu không để trống cả hai"
        )
        en = (
            "each district is one PSU, so its figures would have no error; keep both keys if villages or "
            "communes were drawn inside districts, else empty both"
        )
        yield "design.district_stratum", Fill(known.column("district"), (), Reason(vi, en))
        yield "design.district_psu", Fill(inner)


def _fieldwork(known: Known) -> Iterator[tuple[str, Fill]]:
    """The column of days with the first and the last of them; none without all three."""
    proposal = known.proposals["interview_date"]
    days = look_at_days(known.profiles[proposal.column]) if proposal.column else None
    if days is None:
        candidates = ((proposal.column, proposal.reason),) if proposal.column else proposal.candidates
        listed = [
            Reason(f"  có thể là {name}: {why.vi}", f"perhaps {name}: {why.en}") for name, why in candidates
        ]
        yield "fieldwork.date", Fill("", tuple(listed))
        return
    vi = f"đợt khảo sát từ ngày nào đến ngày nào? tệp có từ {days.first} đến {days.last}"
    en = f"from when to when was the fieldwork? the file has {days.first} to {days.last}"
    if days.unread:
        vi, en = f"{vi}, {days.unread} ô không đọc được", f"{en}, and {days.unread} cells that cannot be read"
    yield "fieldwork.start", Fill(str(days.start), (), Reason(vi, en))
    yield "fieldwork.end", Fill(str(days.end))
    yield "fieldwork.date", Fill(proposal.column, (proposal.reason,))
    yield "fieldwork.date_forms", Fill(days.forms)


def _no_answer(seen: list[Seen]) -> Iterator[tuple[str, Fill]]:
    """[missing]: the codes by kind, each with its count, for a person to confirm."""
    lines = [_told(one) for one in seen]
    for kind in NO_ANSWER:
        codes = [one.code for one in seen if one.kind == kind]
        fill = Fill(codes)
        if kind == NO_ANSWER[0] and seen:
            vi = (
                "xác nhận các mã không trả lời trong cả mục này (một mã chỉ ở một loại; bỏ mã là câu trả "
                "lời thật)"
            )
            en = "confirm the codes of this section (each in one kind; take out what is an answer)"
            fill = Fill(codes, tuple(lines), Reason(vi, en))
        yield f"missing.{kind}", fill


def _told(one: Seen) -> Reason:
    kind_vi, kind_en = _KIND_NAMES[one.kind]
    by = ("theo nhãn", "by labels") if one.kinds else ("theo giá trị", "by value")
    code = one.code if isinstance(one.code, str) else f"{one.code:.15g}"
    vi = f"  {code}: {one.cells} ô ở {len(one.columns)} cột, {kind_vi} ({by[0]})"
    en = f"{code}: {one.cells} cells in {len(one.columns)} columns, {kind_en} ({by[1]})"
    if one.answers:
        vi += f"; nhưng có thể là câu trả lời ở {shown(one.answers)}"
        en += f"; but perhaps an answer in {shown(one.answers)}"
    return Reason(vi, en)


def _reading(known: Known) -> Iterator[tuple[str, Fill]]:
    """[file_format]: what was asked for, and decimal commas where the file has them."""
    for key, value in known.wanted.reading.items():
        if value:
            yield f"file_format.{key}", Fill(value)
    marks: dict[str, list[str]] = {}
    for name, one in known.profiles.items():
        if one.blank:
            marks.setdefault(one.blank, []).append(name)
    if marks:
        listed = "; ".join(f'"{mark}" ({shown(names)})' for mark, names in marks.items())
        decide = Reason(
            f"các ký hiệu này có nghĩa là ô trống? {listed}",
            f"do these mean that nothing stands in the cell? {listed}",
        )
        yield "file_format.blanks", Fill(sorted(marks), (), decide)
    commas = [name for name, one in known.profiles.items() if one.comma and one.is_numeric]
    if commas:
        told = Reason(f"dấu phẩy thập phân ở {shown(commas)}", f"decimal commas in {shown(commas)}")
        yield "file_format.decimal", Fill("comma", (told,))
