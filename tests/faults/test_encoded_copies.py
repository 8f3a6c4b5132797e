"""The example with its places as text, copied into every way of writing Vietnamese -> the same bytes of results.

What can be told from the file is read; letters of a legacy encoding are converted only where the round asks
for it, and refused with a sample before and after where it does not.
"""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from analysis.places import read_places
from tests.analysis.intake.legacy_letters import misread, to_cp1258, to_tcvn3, to_vni
from tests.faults.survey_case import ROUND, SurveyCase, copy_case, example_table, make_case

#: PAPI's own sample is small and quick to build; the copy in which most changes is also made of the large one.
SMALL, LARGE = "example-papi-2021", "example-2021"
DISTRICT, COMMUNE, ZONE = "Huyện, thành phố", "Xã, phường, thị trấn", "Vùng"
ZONES = {
    1: "Tứ giác Long Xuyên",
    2: "Tây sông Hậu",
    3: "U Minh Thượng",
    4: "Hải đảo, ven biển",
    91: "Toàn tỉnh",
}


def text_of(example: str) -> str:
    """The example as .csv: names of districts and communes, zones and PSUs in words, Vietnamese headings."""
    places, table = read_places(), example_table(example)
    communes = places.communes.set_index("code")
    names = communes["kind_vi"] + " " + communes["name_vi"]
    table["PSW_PSU"] = table["PSW_PSU"].map(lambda code: f"cụm số {code:.0f}")
    table["PSW_STRATA"] = table["PSW_STRATA"].map(ZONES)
    table["huyen"] = table["huyen"].map(lambda code: places.district(f"{code:03.0f}").full_name)
    table["xa"] = table["xa"].map(lambda code: names[f"{code:05.0f}"])
    named = table.rename(columns={"huyen": DISTRICT, "xa": COMMUNE, "PSW_STRATA": ZONE})
    return named.to_csv(index=False, float_format="%.17g", lineterminator="\n")


def make_nfc(folder: Path, example: str) -> tuple[SurveyCase, str]:
    """The copy in NFC and UTF-8, built, which all others must equal; and its text."""
    case, text = make_case(folder, example), text_of(example)
    for old, new in {
        'district = "huyen"': f'district = "{DISTRICT}"',
        'commune = "xa"': f'commune = "{COMMUNE}"',
        'stratum = "PSW_STRATA"': f'stratum = "{ZONE}"',
    }.items():
        case.settle(old, new)
    if 'stratum = "huyen"' in case.settings.read_text("utf-8"):
        case.settle('stratum = "huyen"', f'stratum = "{DISTRICT}"')
    case.file(".csv").write_bytes(unicodedata.normalize("NFC", text).encode("utf-8"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_DATA", str(case.data))
        case.results()
    return case, text


@pytest.fixture(scope="session")
def small(tmp_path_factory) -> tuple[SurveyCase, str]:
    return make_nfc(tmp_path_factory.mktemp("nfc"), SMALL)


@pytest.fixture(scope="session")
def nfc(small) -> SurveyCase:
    return small[0]


@pytest.fixture(scope="session")
def written_text(small) -> str:
    return small[1]


@pytest.fixture
def copied(nfc, tmp_path, monkeypatch) -> SurveyCase:
    return copy_unbuilt(nfc, tmp_path, monkeypatch)


def copy_unbuilt(case: SurveyCase, folder: Path, monkeypatch) -> SurveyCase:
    """The same round in a folder of its own, in use, nothing built."""
    own = copy_case(case, folder)
    for path in (own.data / "built").iterdir():
        path.unlink()
    monkeypatch.setenv("WORKBENCH_DATA", str(own.data))
    return own


def results_bytes(case: SurveyCase) -> bytes:
    return (case.data / "built" / f"{ROUND}.results.parquet").read_bytes()


def ask_for(case: SurveyCase, settings: str) -> None:
    case.settle("[columns]", f"[file_format]\n{settings}\n\n[columns]")


COPIES = {
    "NFD": (lambda text: unicodedata.normalize("NFD", text).encode("utf-8"), ""),
    "byte order mark": (lambda text: text.encode("utf-8-sig"), ""),
    "UTF-16": (lambda text: text.encode("utf-16"), ""),
    "UTF-16, big end first": (lambda text: b"\xfe\xff" + text.encode("utf-16-be"), ""),
    "UTF-16, no mark": (lambda text: text.encode("utf-16-le"), ""),
    "cp1258": (to_cp1258, ""),
    "cp1258, declared": (to_cp1258, 'encoding = "cp1258"'),
    "Windows line ends": (lambda text: text.replace("\n", "\r\n").encode("utf-8"), ""),
    "no-break spaces": (lambda text: text.replace("cụm số", "cụm\u00a0số\u200b").encode("utf-8"), ""),
    "Ð for Đ": (lambda text: text.replace("Đ", "Ð").replace("đ", "ð").encode("utf-8"), ""),
    "TCVN3 in UTF-8, asked for": (lambda text: to_tcvn3(text).encode("utf-8"), 'legacy = "tcvn3"'),
    "TCVN3 in bytes, asked for": (lambda text: to_tcvn3(text).encode("latin-1"), 'legacy = "tcvn3"'),
    "VNI in UTF-8, asked for": (lambda text: to_vni(text).encode("utf-8"), 'legacy = "vni"'),
    "VNI in bytes, asked for": (lambda text: to_vni(text).encode("cp1252"), 'legacy = "vni"'),
    "misread UTF-8, asked for": (lambda text: misread(text).encode("utf-8"), 'legacy = "mojibake"'),
}


@pytest.mark.parametrize("name", COPIES)
def test_copy_gives_byte_identical_results(copied, nfc, written_text, name):
    write, settings = COPIES[name]
    raw = write(written_text)
    assert raw != written_text.encode("utf-8")
    copied.file(".csv").write_bytes(raw)
    if settings:
        ask_for(copied, settings)
    copied.results()
    assert results_bytes(copied) == results_bytes(nfc)


def test_large_example_too_gives_byte_identical_results(tmp_path, monkeypatch):
    case, text = make_nfc(tmp_path / "nfc", LARGE)
    copy = copy_unbuilt(case, tmp_path / "copy", monkeypatch)
    write, settings = COPIES["TCVN3 in UTF-8, asked for"]
    copy.file(".csv").write_bytes(write(text))
    ask_for(copy, settings)
    copy.results()
    assert results_bytes(copy) == results_bytes(case)


@pytest.mark.parametrize("form", ["NFD", "NFC"])
def test_stata_and_parquet_copies_give_byte_identical_results(copied, nfc, written_text, form):
    table = pd.read_csv(io.StringIO(unicodedata.normalize(form, written_text)))
    table.to_parquet(copied.file(".parquet"), index=False)
    copied.results()
    assert results_bytes(copied) == results_bytes(nfc)
    plain = {unicodedata.normalize(form, name): ascii for name, ascii in
             {DISTRICT: "huyen", COMMUNE: "xa", ZONE: "vung"}.items()}  # fmt: skip
    for vi, name in {DISTRICT: "huyen", COMMUNE: "xa", ZONE: "vung"}.items():
        copied.settle(f'"{vi}"', f'"{name}"')
    pyreadstat.write_dta(table.rename(columns=plain), str(copied.file(".dta")))
    copied.results()
    assert results_bytes(copied) == results_bytes(nfc)


REFUSED = {
    "TCVN3 in UTF-8": (lambda text: to_tcvn3(text).encode("utf-8"), "", "--legacy tcvn3"),
    "TCVN3 in bytes": (lambda text: to_tcvn3(text).encode("latin-1"), "", "--legacy tcvn3"),
    "VNI in UTF-8": (lambda text: to_vni(text).encode("utf-8"), "", "--legacy vni"),
    "VNI in bytes": (lambda text: to_vni(text).encode("cp1252"), "", "--legacy vni"),
    "misread UTF-8": (lambda text: misread(text).encode("utf-8"), "", "--legacy mojibake"),
    "cp1258 declared as UTF-8": (to_cp1258, 'encoding = "utf-8"', "utf-8"),
    "UTF-16 declared as UTF-8": (lambda text: text.encode("utf-16"), 'encoding = "utf-8"', "utf-8"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_unicode_is_refused_and_nothing_is_written(copied, written_text, name):
    write, settings, says = REFUSED[name]
    copied.file(".csv").write_bytes(write(written_text))
    if settings:
        ask_for(copied, settings)
    before = copied.outputs()
    for command in ("check", "packs"):
        ended = copied.run(command)
        assert ended.exit_code == 11, ended.output
        assert says in ended.output and "Traceback" not in ended.output
    assert copied.outputs() == before


def test_refusal_shows_a_word_before_and_after(copied, written_text):
    copied.file(".csv").write_bytes(to_tcvn3(written_text).encode("utf-8"))
    said = copied.run("check").output
    before, after = re.search(r'ví dụ "(.+?)" nghĩa là "(.+?)"', said).groups()
    assert before == to_tcvn3(after) != after
    assert f'for example "{before}" stands for "{after}"' in said


@pytest.mark.parametrize(
    ("write", "asked", "right"),
    [(to_tcvn3, "vni", "tcvn3"), (to_vni, "tcvn3", "vni"), (misread, "vni", "mojibake")],
)
def test_wrong_legacy_encoding_stops_and_names_the_right_one(copied, written_text, write, asked, right):
    copied.file(".csv").write_bytes(write(written_text).encode("utf-8"))
    ask_for(copied, f'legacy = "{asked}"')
    for command in ("check", "build"):
        ended = copied.run(command)
        assert ended.exit_code == 11, ended.output
        assert f"--legacy {right}" in ended.output
    assert not list((copied.data / "built").glob("*"))
