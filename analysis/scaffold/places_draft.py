"""The column taken for the district -> the places of the round: known ones, or drafted ones."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.errors import shown
from analysis.intake.persons.masks import show
from analysis.places import Places, read_places
from analysis.places.rows import fold
from analysis.places.spelling import typed_text
from analysis.scaffold.profile import Profile
from analysis.scaffold.roles import Reason

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


def draft_places(district: Profile | None, province: Profile | None, name: str, source: str) -> PlacesDraft:
    """Where the districts of a file lie.

    Parameters
    ----------
    district, province : Profile or None
        The columns taken for them.
    name : str
        The round's name, for a folder of its own.
    source : str
        The file's name, for the rows' column source.
    """
    if district is None:
        vi, en = "chưa biết cột huyện", "the district's column is not known"
        again = "--column district="
        decide = Reason(
            f"mã tỉnh; {vi}; xóa bản thảo và chạy lại với {again}TÊN_CỘT để soạn cả địa bàn",
            f"the province's code; {en}; delete the draft and run again with {again}NAME to draft the "
            "places too",
        )
        return PlacesDraft("", "", Reason(vi, en), decide)
    places = read_places()
    written = _names_of(district)
    codes = {text: _known(places, text, label) for text, label in written.items()}
    known = {code for code in codes.values() if code}
    unknown = [text for text, code in codes.items() if not code]
    if len(known) >= _KNOWN * len(codes):
        return _default_places(places, known, unknown)
    return _own_places(district, written, province, places, name, source)


def _names_of(district: Profile) -> dict[str, str]:
    """Each different value of the column -> the file's label for it, or the value itself."""
    labels = {typed_text(code): text for code, text in district.labels.items()}
    values = dict.fromkeys(typed_text(text) for text in district.texts.dropna())
    return {value: labels.get(value, value) for value in values}


def _known(places: Places, text: str, label: str) -> str:
    """The code of a district by its own code, its name or the label of its code; "" where there is none."""
    answers = (places.names.find(one, "district", suggest=False).code for one in dict.fromkeys((text, label)))
    return next(filter(None, answers), "")


def _default_places(places: Places, known: set[str], unknown: list[str]) -> PlacesDraft:
    provinces = set(places.districts.loc[places.districts["code"].isin(known), "province"])
    vi, en = f"{len(known)} huyện đã có trong danh mục", f"{len(known)} districts are in data/places"
    if len(provinces) > 1:
        listed = ", ".join(sorted(provinces))
        decide = Reason(
            f"tệp có huyện của nhiều tỉnh: {listed}", f"the file has districts of several provinces: {listed}"
        )
        return PlacesDraft("", "", Reason(vi, en), decide)
    decide = None
    if unknown:
        odd = shown(show(text, place=True) for text in unknown)
        decide = Reason(
            f"các giá trị sau của cột huyện chưa rõ là huyện nào: {odd}; hãy sửa trong tệp gốc, khai "
            "báo ở corrections hoặc "
            "thêm vào danh mục",
            f"these values of the district's column are no known district: {odd}; mend them by "
            "corrections, or add them to "
            "data/places",
        )
    return PlacesDraft("", provinces.pop(), Reason(vi, en), decide)


def _own_places(
    district: Profile,
    written: Mapping[str, str],
    province: Profile | None,
    places: Places,
    name: str,
    source: str,
) -> PlacesDraft:
    """A folder of places made from the values and labels of the column."""
    code, title = _province(province, places, name)
    coded = all(value.isascii() and value.isalnum() for value in written)
    width = len(str(len(written)))
    numbers = {value: value if coded else str(at).zfill(width) for at, value in enumerate(sorted(written), 1)}
    named = _kinds(written, places)
    rows = [
        {"code": numbers[value], "name_vi": named[value][1], "name_en": "", "kind_vi": named[value][0],
         "province": code, "source": f"{source}, column {district.name}"}
        for value in sorted(written)
    ]  # fmt: skip
    districts = pd.DataFrame(rows).sort_values("code")
    provinces = pd.DataFrame([{"code": code, "name_vi": title, "name_en": "", "source": source}])
    vi = f"không có huyện nào trong danh mục: đã soạn data/places/{name} từ cột {district.name}"
    en = f"its districts are not in data/places: drafted data/places/{name} from column {district.name}"
    bare = sum(fold(label) == fold(value) and value.isdecimal() for value, label in written.items())
    names_vi = "; các huyện chưa có tên" if bare else ""
    names_en = "; its districts have no names yet" if bare else ""
    decide = Reason(
        f'đã soạn data/places/{name}: hãy xem lại tên tỉnh "{title}", tên và loại từng huyện{names_vi}',
        f"data/places/{name} was drafted: look at the province's name \"{title}\" and each district's "
        "name and "
        f"kind{names_en}",
    )
    files = {"districts.csv": _csv(districts), "provinces.csv": _csv(provinces)}
    if any(kind for kind, _ in named.values()):
        files["prefixes.csv"] = _csv(places.prefixes)  # so that "TP. X" in the file is found again
    return PlacesDraft(name, code, Reason(vi, en), decide, files)


def _kinds(written: Mapping[str, str], places: Places) -> dict[str, tuple[str, str]]:
    """Value -> kind and bare name: "TP. Vị Thanh" is Thành phố, Vị Thanh. Not where names would repeat."""
    prefixes = places.prefixes.query("level == 'district' and position == 'before'")
    kinds = {tuple(fold(row.written).split()): row.kind_vi for row in prefixes.itertuples()}
    found = {value: _parted(label, kinds) for value, label in written.items()}
    if len({fold(name) for _, name in found.values()}) < len(found):
        return {value: ("", label) for value, label in written.items()}
    return found


def _parted(label: str, kinds: Mapping[tuple[str, ...], str]) -> tuple[str, str]:
    words = label.replace(".", ". ").split()
    keys = [fold(word.strip(".")) for word in words]
    for length in range(len(words) - 1, 0, -1):
        if tuple(keys[:length]) in kinds:
            return kinds[tuple(keys[:length])], " ".join(words[length:])
    return "", label


def _province(province: Profile | None, places: Places, name: str) -> tuple[str, str]:
    """The province's code and name: those of the file where it has one only, else 1 and the round's name."""
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
