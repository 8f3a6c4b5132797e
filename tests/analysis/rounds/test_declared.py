"""A round's settings: what is refused, by which key, before any file is read."""

import shutil
import tomllib
from dataclasses import fields

import pytest

from analysis import paths
from analysis.errors import BadRows, UnknownName
from analysis.rounds import (
    CalibrationSettings,
    CheckRules,
    Columns,
    DesignColumns,
    Fieldwork,
    FileFormat,
    Missing,
    QualityRules,
    Round,
    read_previous,
    read_round,
    round_names,
)

ROUND = "example-2021"
#: What a person writes into the template.
FILLED = {
    'survey_round = ""': 'survey_round = "mine"',
    'title_vi = ""': 'title_vi = "Khảo sát"',
    'title_en = ""': 'title_en = "Survey"',
    "\nyear = 0 ": "\nyear = 2022 ",
    'file = ""': 'file = "raw/mine.dta"',
    'source = ""': 'source = "Sở Nội vụ, 2022"',
    'respondent = ""': 'respondent = "id"',
    '\ndistrict = ""': '\ndistrict = "huyen"',
    'weight = ""': 'weight = "w"',
    '\nstratum = ""': '\nstratum = "tang"',
    '\npsu = ""': '\npsu = "cum"',
}


@pytest.fixture
def rounds(tmp_path, monkeypatch):
    """The rounds folder of a data folder of the test's own."""
    for name in ("rounds", "places"):
        shutil.copytree(paths.rows_folder(name), tmp_path / name)
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    return tmp_path / "rounds"


def change(rounds, old, new, name=ROUND):
    file = rounds / f"{name}.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def fill(rounds, **left):
    """The template with everything filled in but the keys in `left`, which get these lines."""
    text = (rounds / "_template.toml").read_text("utf-8")
    for old, new in (FILLED | left).items():
        assert old in text
        text = text.replace(old, new)
    (rounds / "mine.toml").write_text(text, encoding="utf-8")


def test_the_template_is_not_a_round(rounds):
    assert (rounds / "_template.toml").is_file()
    assert round_names() == ["example-2020", "example-2021", "example-papi-2021"]
    with pytest.raises(UnknownName):
        read_round("_template")


def test_the_template_filled_in_is_a_round_that_compares_with_nothing(rounds):
    fill(rounds)
    mine = read_round("mine")
    assert (mine.title("vi"), mine.year, mine.simulated, mine.previous) == ("Khảo sát", 2022, False, "")
    assert read_previous(mine) is None


def test_the_template_holds_every_key():
    raw = tomllib.loads((paths.rows_folder("rounds") / "_template.toml").read_text("utf-8"))
    assert set(raw) == {field.name for field in fields(Round)}
    parts = {
        "columns": Columns, "design": DesignColumns, "calibration": CalibrationSettings,
        "missing": Missing, "quality": QualityRules, "file_format": FileFormat, "fieldwork": Fieldwork,
        "checks": CheckRules,
    }  # fmt: skip
    for name, part in parts.items():
        assert set(raw[name]) == {field.name for field in fields(part)}


@pytest.mark.parametrize("line", [line for line in FILLED if line != '\nstratum = ""'])
def test_what_the_template_leaves_empty_must_be_filled_in(rounds, line):
    fill(rounds, **{line: line})
    with pytest.raises(BadRows) as caught:
        read_round("mine")
    assert line.split()[0] in caught.value.what


FAULTS = {
    "a code that is no list": ("dont_know = [888]", "dont_know = 888", "[missing] dont_know"),
    "a code that is a word": ("refused = [999]", 'refused = ["999"]', "[missing] refused"),
    "a code of two kinds": ("refused = [999]", "refused = [888]", "[missing]"),
    "a band that is no list": ('"18-34" = [18, 34]', '"18-34" = 18', "[groups.age_group] bands, 18-34"),
    "a band of three": ('"18-34" = [18, 34]', '"18-34" = [18, 34, 40]', "[groups.age_group] bands, 18-34"),
    "a band upside down": ('"18-34" = [18, 34]', '"18-34" = [34, 18]', "[groups.age_group] bands, 18-34"),
    "codes that are words": ("male = [1]", 'male = "1"', "[groups.sex] codes, male"),
    "a variable that is a number": ('variable = "a001"', "variable = 1", "[groups.sex]"),
    "a level in percent": ("level = 0.95", "level = 95", "[quality] level"),
    "a level below a half": ("level = 0.95", "level = 0.05", "[quality] level"),
    "a level that is yes": ("level = 0.95", "level = true", "[quality] level"),
    "a threshold below nought": ("n_caution = 50", "n_caution = -1", "[quality] n_caution"),
    "one PSU enough": ("psu_least = 2", "psu_least = 1", "[quality] psu_least"),
    "a province without districts": ('province = "91"', 'province = "92"', "province"),
    "a province that is none": ('province = "91"', 'province = "99"', "province"),
    "a province that is a number": ('province = "91"', "province = 91", "province"),
    "a year that is yes": ("year = 2021", "year = true", "year"),
    "a year of two digits": ("year = 2021", "year = 21", "year"),
    "a title of blanks": (
        'title_vi = "Khảo sát mô phỏng tỉnh Kiên Giang năm 2021"',
        'title_vi = "  "',
        "title_vi is empty",
    ),
    "no weight": ('weight = "PSW_psweight"', 'weight = ""', "[design] weight is empty"),
    "half a district design": (
        'lone_psu = "stop"',
        'lone_psu = "stop"\ndistrict_psu = "thon"',
        "the district design is half declared",
    ),
    "an unknown policy": ('lone_psu = "stop"', 'lone_psu = "ignore"', "[design] lone_psu"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_bad_value_is_refused_by_the_name_of_its_key(rounds, fault):
    old, new, key = FAULTS[fault]
    change(rounds, old, new)
    with pytest.raises(BadRows) as caught:
        read_round(ROUND)
    assert f": {key}" in caught.value.what
    assert caught.value.where.endswith("/rounds/example-2021.toml")
    assert caught.value.exit_code == 18


@pytest.mark.parametrize("section", ["columns", "design", "missing", "quality", "groups"])
def test_a_section_that_is_no_section_is_refused(rounds, section):
    file = rounds / f"{ROUND}.toml"
    head = file.read_text("utf-8").split("[columns]")[0]
    file.write_text(f"{head}\n{section} = 3\n", encoding="utf-8")
    with pytest.raises(BadRows) as caught:
        read_round(ROUND)
    assert f"[{section}]" in caught.value.what


def test_the_round_before_is_read(rounds):
    assert read_previous(read_round(ROUND)).survey_round == "example-2020"


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('previous = "example-2020"', 'previous = "example-2021"', "example-2021"),
        ('previous = "example-2020"', 'previous = "example-2019"', "example-2019"),
        ('previous = "example-2020"', 'previous = "_template"', "_template"),
        ("simulated = true", "simulated = false", '"example-2021" is real, "example-2020" is simulated'),
        ("year = 2021", "year = 2020", "2020"),
    ],
)
def test_a_round_that_cannot_be_compared_with_stops(rounds, old, new, word):
    change(rounds, old, new)
    with pytest.raises(BadRows, match="previous") as caught:
        read_previous(read_round(ROUND))
    assert word in caught.value.got
    assert caught.value.exit_code == 18


def test_a_simulated_round_is_not_compared_with_a_real_one(rounds):
    change(rounds, "simulated = true", "simulated = false", "example-2020")
    with pytest.raises(BadRows, match="previous") as caught:
        read_previous(read_round(ROUND))
    assert "không được so sánh số liệu thật với dữ liệu mô phỏng" in caught.value.vi
    assert '"example-2020" is real' in caught.value.got
