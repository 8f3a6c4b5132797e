"""The column taken for the district -> the places of the round: known ones, or drafted ones."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis import paths
from analysis.errors import shown
from analysis.intake.persons.masks import show
from analysis.places import Places, read_places
from analysis.places.rows import fold
from analysis.places.spelling import typed_text
from analysis.scaffold.profile import Profile
from analysis.scaffold.roles import Reason
from analysis.scaffold.spelled_places import SpelledPlaces, join_spellings, kind_words, part_kind

#: Below this share of known districts the column is of another geography.
_KNOWN = 0.5


@dataclass(frozen=True)
class PlacesDraft:
    """What is known of the places of a file.

    Attributes
    ----------
    folder : str
        "" for the default places, else the folder that is drafted.
    province : str
        Its code; "" where it is not known.
    reason : Reason
    decide : Reason or None
        What a person has to do about it.
    files : dict of str to str
        districts.csv and provinces.csv of the drafted folder.
    """

    folder: str
    province: str
    reason: Reason
    decide: Reason | None = None
    files: Mapping[str, str] = field(default_factory=dict)


def draft_places(
    district: Profile | None, province: Profile | None, name: str, source: str, code: str = ""
) -> PlacesDraft:
    """Where the districts of a file lie.

    Parameters
    ----------
    district, province : Profile or None
        The columns taken for them.
    name : str
        The round's name, for a folder of its own.
    source : str
        The file's name, for the rows' column source.
    code : str, optional
        Of the province whose rows were taken; districts of another are none of its own.

    Notes
    -----
    Spellings are counted, not districts: three ways to write one are three that are understood.
    """
    if district is None:
        vi, en = "chưa biết cột huyện", "the district's column is not known"
        again = "--again --column district="
        decide = Reason(
            f"mã tỉnh; {vi}; chạy lại lệnh này với {again}TÊN_CỘT để soạn cả địa bàn",
            f"the province's code; {en}; run the command again with {again}NAME to draft the places too",
        )
        return PlacesDraft("", "", Reason(vi, en), decide)
    places = read_places()
    written = _names_of(district)
    codes = {text: _known(places, text, label, code) for text, label in written.items()}
    known = {one for one in codes.values() if one}
    unknown = [text for text, one in codes.items() if not one]
    if len(codes) - len(unknown) >= _KNOWN * len(codes):
        return _default_places(places, known, unknown, len(codes) - len(unknown))
    return _own_places(district, written, province, places, name, source, code)


def _names_of(district: Profile) -> dict[str, str]:
    """Each different value of the column -> the file's label for it, or the value itself."""
    labels = {typed_text(code): text for code, text in district.labels.items()}
    values = dict.fromkeys(typed_text(text) for text in district.texts.dropna())
    return {value: labels.get(value, value) for value in values}


def _known(places: Places, text: str, label: str, province: str) -> str:
    """The code of a district by its own code, its name or the label of its code; "" where there is none.

    With a province, one of its own alone: several provinces have a Châu Thành.
    """
    answers = (places.names.find(one, "district", suggest=False).code for one in dict.fromkeys((text, label)))
    own = places.districts_of(province) if province else ()
    return next((code for code in answers if code and (not province or code in own)), "")


def _default_places(places: Places, known: set[str], unknown: list[str], spellings: int) -> PlacesDraft:
    provinces = set(places.districts.loc[places.districts["code"].isin(known), "province"])
    more_vi = f", viết theo {spellings} cách" if spellings > len(known) else ""
    more = f", written in {spellings} ways" if spellings > len(known) else ""
    vi, en = f"{len(known)} huyện đã có trong danh mục{more_vi}", f"{len(known)} known districts{more}"
    if len(provinces) > 1:
        listed = ", ".join(sorted(provinces))
        decide = Reason(
            f"tệp có huyện của nhiều tỉnh: {listed}; ghi mã một tỉnh, và cột tỉnh ở [columns] province",
            f"the file has districts of several provinces: {listed}; give one, and the column of provinces "
            "in "
            "[columns] province",
        )
        return PlacesDraft("", "", Reason(vi, en), decide)
    decide = None
    if unknown:
        odd = shown(show(text, place=True) for text in unknown)
        decide = Reason(
            f"các giá trị sau của cột huyện chưa rõ là huyện nào: {odd}; hãy sửa trong tệp gốc, khai "
            "báo ở corrections hoặc thêm vào danh mục",
            f"these values of the district's column are no known district: {odd}; mend them by "
            "corrections, or add them to the places",
        )
    return PlacesDraft("", provinces.pop(), Reason(vi, en), decide)


def _own_places(
    district: Profile,
    written: Mapping[str, str],
    province: Profile | None,
    places: Places,
    name: str,
    source: str,
    chosen: str,
) -> PlacesDraft:
    """A folder of places made from the values and labels of the column."""
    districts, found = _districts(written, places)
    code, title = _province(province, places, name, chosen)
    taken = {row["code"].lstrip("0") for row in districts}
    own_code = code
    while own_code.lstrip("0") in taken:  # one code for the whole and for a part would mix their pages
        own_code = f"T{own_code}"
    rows = [
        {**row, "name_en": "", "province": own_code, "source": f"{source}, column {district.name}"}
        for row in districts
    ]
    provinces = pd.DataFrame([{"code": own_code, "name_vi": title, "name_en": "", "source": source}])
    vi = f"không có huyện nào trong danh mục: đã soạn địa bàn {name} từ cột {district.name}"
    en = f"its districts are not in the places that are known: drafted {name} from column {district.name}"
    files = {"districts.csv": _csv(pd.DataFrame(rows)), "provinces.csv": _csv(provinces)}
    if any(row["kind_vi"] for row in districts):
        files["prefixes.csv"] = _csv(places.prefixes)  # so that "TP. X" in the file is found again
    if own_code != code and province is not None:
        alias = {"level": "province", "code": own_code, "alias": code, "source": source, "note": ""}
        files["aliases.csv"] = _csv(pd.DataFrame([alias]))
    decide = _look_at(written, found, name, title, own_code if own_code != code else "", code)
    return PlacesDraft(name, own_code, Reason(vi, en), decide, files)


def _districts(
    written: Mapping[str, str], places: Places
) -> tuple[list[dict[str, str]], SpelledPlaces | None]:
    """Code, kind and name of each district; what was made of the spellings where the column holds names."""
    if all(value.isascii() and value.isalnum() for value in written):
        kinds = kind_words(places.prefixes)
        parted = {value: part_kind(label, kinds) for value, label in written.items()}
        if len({fold(name) for _, name in parted.values()}) < len(parted):  # names would repeat without kinds
            parted = {value: ("", label) for value, label in written.items()}
        rows = [{"code": v, "name_vi": parted[v][1], "kind_vi": parted[v][0]} for v in sorted(written)]
        return rows, None
    found = join_spellings(written.values(), kind_words(places.prefixes))
    width = len(str(len(found.districts)))
    rows = [
        {"code": str(at).zfill(width), "name_vi": one.name, "kind_vi": one.kind}
        for at, one in enumerate(found.districts, 1)
    ]
    return rows, found


def _look_at(
    written: Mapping[str, str], found: SpelledPlaces | None, name: str, title: str, own_code: str, code: str
) -> Reason:
    """What a person has to look at in the drafted places."""
    folder = paths.short(paths.data_folder() / "places" / name)
    vi = [f'đã soạn {folder}: hãy xem lại tên tỉnh "{title}", tên và loại từng huyện']
    en = [f"{folder} was drafted: look at the province's name \"{title}\" and each district's name and kind"]
    bare = sum(fold(label) == fold(value) and value.isdecimal() for value, label in written.items())
    if bare:
        vi.append("các huyện chưa có tên")
        en.append("its districts have no names yet")
    if found and len(written) > len(found.districts):
        vi.append(f"{len(written)} cách viết được gộp thành {len(found.districts)} huyện")
        en.append(f"{len(written)} spellings were joined to {len(found.districts)} districts")
    if found and found.doubtful:
        listed = shown(found.doubtful)
        vi.append(f"tên không kèm loại có thể là nhiều huyện, hãy sửa trong tệp: {listed}")
        en.append(f"names without a kind may be several districts, mend them in the file: {listed}")
    if found and found.alike:
        listed = shown(f"{one} ~ {other}" for one, other in found.alike)
        vi.append(f"tên gần giống nhau, có thể là một huyện: {listed}")
        en.append(f"names that are nearly the same and may be one district: {listed}")
    if found and found.accents:
        listed = shown(f"{one} ~ {other}" for one, other in found.accents)
        vi.append(f"được gộp dù khác dấu; nếu là hai huyện, hãy thêm dòng, nếu viết sai, hãy sửa: {listed}")
        en.append(f"joined although their accents differ; add a row if they are two, mend a slip: {listed}")
    if own_code:
        vi.append(f"mã tỉnh là {own_code} vì mã {code} cũng là mã một huyện")
        en.append(f"the province's code is {own_code}, for {code} is a district's too")
    return Reason("; ".join(vi), "; ".join(en))


def _province(province: Profile | None, places: Places, name: str, chosen: str) -> tuple[str, str]:
    """The province's code and name: those of the file where it has one only, else 1 and the round's name."""
    if chosen:
        known = chosen in set(places.provinces["code"])
        return chosen, places.province(chosen).name_vi if known else chosen
    values = _names_of(province) if province is not None else {}
    if len(values) != 1:
        return "1", name
    ((value, label),) = values.items()
    found = (
        places.names.find(value, "province", suggest=False).code or places.names.find(label, "province").code
    )
    if found:
        return found, places.province(found).name_vi
    return (value if value.isascii() and value.isalnum() else "1"), label


def _csv(table: pd.DataFrame) -> str:
    text = io.StringIO()
    table.to_csv(text, index=False, lineterminator="\n")
    return text.getvalue()
