"""Why something typed is not one place -> what to say of it, in both languages, with what to do."""

from __future__ import annotations

from analysis.errors import shown
from analysis.places.names import Answer, PlaceNames

#: Level -> what a unit of it is called: Vietnamese, English.
LEVEL_WORDS = {
    "district": ("huyện/thành phố", "district"),
    "commune": ("xã/phường/thị trấn", "commune"),
    "province": ("tỉnh/thành phố", "province"),
}
#: Reason -> Vietnamese and English, behind what was typed in quotes.
_SAID = {
    "empty": ("không phải là một {level_vi}", "is not a {level}"),
    "unknown": ("không phải là một {level_vi}", "is not a {level}"),
    "level": ("là đơn vị của cấp khác, không phải {level_vi}", "is a unit of another level, not a {level}"),
    "part": (
        "có phần sau không phải là huyện hay tỉnh đã biết",
        "has a part behind the name that is no known district or province",
    ),
    "code": ("ghi mã và tên không khớp nhau", "gives a code and a name of different places"),
    "kind": (
        "ghi loại đơn vị (thành phố, huyện, phường, xã…) khác với danh mục",
        "names another kind of unit than the place is",
    ),
    "parent": ("không nằm trong đơn vị được ghi kèm", "does not lie in the place that is given with it"),
    "province": ("ghi một tỉnh khác", "names another province"),
    "merged": (
        "ghi tỉnh {into}: từ {since_vi} {province} nhập vào {into} và không còn cấp huyện, "
        "nên không rõ là đơn vị trước hay sau sáp nhập; nếu là đơn vị cũ, hãy ghi {province}",
        "names {into}, which {province} became part of on {since}, without districts: it may be a place of "
        "before or of after; write {province} if the former one is meant",
    ),
    "several": ("ứng với nhiều {level_vi}", "fits several {level}s"),
}
_MORE = {
    "district": ("", ""),
    "commune": (" (hãy ghi kèm loại đơn vị và huyện)", " (write the kind and the district with it)"),
    "province": ("", ""),
}


def label(names: PlaceNames, level: str, code: str) -> str:
    """A unit as messages list it: "899 Thành phố Rạch Giá", "30892 Xã Vĩnh Hòa Hiệp (Huyện Châu Thành)"."""
    unit = names.units[level][code]
    upper = names.units["district"].get(unit.parent) if level == "commune" else None
    return f"{code} {unit.full_name}" + (f" ({upper.full_name})" if upper else "")


def suggestion(names: PlaceNames, answer: Answer, level: str) -> str:
    """The places to suggest, labelled; empty where none is near."""
    return shown(label(names, level, code) for code in answer.near)


def say_refusal(
    names: PlaceNames, answer: Answer, typed: object, level: str, folder: str, parent: str = ""
) -> dict[str, str]:
    """The fields of an error or a finding about something typed that is refused.

    Parameters
    ----------
    names : PlaceNames
    answer : Answer
        Without a code.
    typed : str or number
        As it stands in the cell or was given.
    level : {"district", "commune", "province"}
    folder : str
        Where the rows of places lie, as a message shows it.
    parent : str
        The unit above that it had to lie in, if any.

    Returns
    -------
    dict with what, vi, where, expected, got, hint
    """
    level_vi, level_en = LEVEL_WORDS[level]
    words = {"level": level_en, "level_vi": level_vi} | _merger(names, answer, level)
    vi, en = (text.format(**words) for text in _SAID[answer.reason])
    if answer.reason == "several":
        vi, en = vi + _MORE[level][0], en + _MORE[level][1]
    near = suggestion(names, answer, level)
    inside = [code for code, unit in names.units[level].items() if not parent or unit.parent == parent]
    listed = near or shown(label(names, level, code) for code in inside)
    if listed:
        ask_vi, ask = ("Có phải là", "Perhaps you mean") if near else ("Hãy chọn một trong", "Use one of")
        next_vi, hint = f"{ask_vi}: {listed}{'?' if near else '.'}", f"{ask} {listed}."
    else:
        next_vi, hint = f"Danh mục chưa có {level_vi} nào.", f"There is no {level_en} in the rows: add them."
    return {
        "what": f'"{typed}" {en}.',
        "vi": f'"{typed}" {vi}. {next_vi}',
        "where": f"{folder}/{level}s.csv",
        "expected": f"a {level_en}'s code, full name (accents may be left out) or slug",
        "got": str(typed),
        "hint": hint,
    }


def say_understood(names: PlaceNames, typed: str, code: str, level: str, count: int) -> tuple[str, str]:
    """That a spelling other than the official one was understood, and as what: Vietnamese, English."""
    name = names.units[level][code].full_name
    cells = "1 cell" if count == 1 else f"{count} cells"
    return (
        f'"{typed}" → hiểu là "{name}" (mã {code}), {count} ô. Hãy sửa ô nếu không đúng.',
        f'"{typed}" → understood as "{name}" (code {code}), {cells}. Mend the cells if that is wrong.',
    )


def is_official(names: PlaceNames, text: str, code: str, level: str) -> bool:
    """Whether a text is the unit's code, name or full name, letter for letter."""
    unit = names.units[level][code]
    return text in (code, unit.name, unit.full_name)


def _merger(names: PlaceNames, answer: Answer, level: str) -> dict[str, str]:
    """What happened to the province of the places suggested."""
    if answer.reason != "merged":
        return {}
    province = names.above(level, answer.near[0])["province"]
    into, since = names.mergers[province]
    since_vi = "/".join(reversed(since.split("-")))
    return {
        "into": into,
        "since": since,
        "since_vi": since_vi,
        "province": names.units["province"][province].name,
    }
