"""A survey that nobody here made, from `workbench new` to its packs: drafted, decided, checked, built; R's figures.

NHANES as R's survey package carries it. Its race, codes 1 to 4, stands for the district. All that is typed here
is what the draft asks for.
"""

import re
import shutil

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.estimates.results import read_results
from tests.analysis.test_another_survey import has_survey_in_r
from tests.conftest import require_or_skip
from tests.reference.nhanes_folder import make_folder

NAME = "nhanes-2009"
NUMBERS = ["estimate", "se", "df", "n"]
KEYS = ["place", "group", "measure"]
#: Indicator of the draft -> its name in R's table.
MEASURES = {"hi_chol": "high_cholesterol", "agecat": "age_class"}
AGES = """
[groups.age]
variable = "agecat"
codes = { "0-19" = [1], "20-39" = [2], "40-59" = [3], "60+" = [4] }
"""
RACES = {"1": "gốc Tây Ban Nha", "2": "da trắng", "3": "da đen", "4": "khác"}


def run(data, *arguments):
    ended = CliRunner().invoke(main, ["--data", str(data), *map(str, arguments)])
    return ended.exit_code, ended.output


def change_rows(path, change):
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    change(rows).to_csv(path, index=False)


def decide(data):
    """What a person fills in, in the order in which the draft asks for it."""
    settings = data / "rounds" / f"{NAME}.toml"
    text = settings.read_text("utf-8")
    asked = re.findall(r"^# decide: ([\w.]+)", text, flags=re.MULTILINE)
    text = re.sub(r"^# decide:.*\n", "", text, flags=re.MULTILINE)
    for key, value in {"title_vi": "NHANES", "title_en": "NHANES", "source": "NCHS"}.items():
        text = re.sub(rf'^{key}( *)= ""', rf'{key}\1= "{value}"', text, flags=re.MULTILINE)
    text = text.replace("{ male = [], female = [] }", "{ male = [1], female = [2] }")
    settings.write_text(text + AGES, encoding="utf-8")
    places = data / "places" / NAME
    change_rows(places / "provinces.csv", lambda rows: rows.assign(name_vi="Hoa Kỳ", name_en="United States"))
    change_rows(
        places / "districts.csv",
        lambda rows: rows.assign(name_vi=rows["code"].map(RACES), kind_vi="nhóm", kind_en="group"),
    )
    change_rows(
        data / "framework" / NAME / "indicators.csv",
        lambda rows: rows.assign(use="yes", direction=["lower", "higher"]),
    )
    return asked


@pytest.fixture(scope="module")
def drafted(tmp_path_factory):
    """A new data folder with the file, drafted, decided and built; what was asked; R's estimates."""
    require_or_skip("r", has_survey_in_r())
    of_r = make_folder(tmp_path_factory.mktemp("of_r"))
    data = tmp_path_factory.mktemp("new") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("WORKBENCH_DATA", raising=False)
        assert CliRunner().invoke(main, ["new", str(data)]).exit_code == 0
        shutil.copy(of_r / "raw" / "nhanes.csv", data / "raw")
        patch.setenv("WORKBENCH_DATA", str(data))
        options = ("--codebook", "none", "--framework", "none")
        columns = ("--column", "district=race", "--column", "respondent=person")
        code, said = run(data, "round", "new", NAME, "--file", "nhanes.csv", *options, *columns)
        assert code == 0, said
        refused = run(data, "packs", "--round", NAME, "--out", data / "packs")
        assert not list((data / "built").glob("*.parquet")) and not (data / "packs").exists()
        asked = decide(data)
        yield data, refused, asked, pd.read_csv(of_r / "estimates.csv", dtype=str, keep_default_na=False)


def test_only_what_no_file_can_say_is_asked_and_nothing_is_built_before(drafted):
    _, (code, said), asked, _ = drafted
    assert asked == ["title_vi", "title_en", "province", "source", "design.nest", "groups.sex"]
    assert code not in (0, 1), said


def test_every_pack_is_built_though_a_district_has_the_code_that_the_province_would_have(drafted):
    data, *_ = drafted
    code, said = run(data, "check", "--round", NAME)
    assert code == 0, said
    code, said = run(data, "packs", "--round", NAME, "--out", data / "packs")
    assert code == 0, said
    made = sorted(path.parent.name for path in (data / "packs").glob("*/briefing.html"))
    assert [name.split("-")[0] for name in made] == list(RACES)


def test_estimates_are_those_of_r(drafted):
    data, _, _, of_r = drafted
    code, said = run(data, "build", "--round", NAME)
    assert code == 0, said
    rows = read_results(NAME)
    rows = rows[rows["measure"].isin(MEASURES) & (rows["compared_with"] == "")]
    rows = rows[(rows["place_kind"] == "province") | rows["statistic"].str.endswith("_direct")]
    rows = rows.assign(
        measure=rows["measure"].map(MEASURES),
        place=rows["place"].where(rows["place_kind"] == "district", "US"),
    ).set_index(KEYS)
    theirs = of_r[of_r["statistic"] == "level"].set_index(KEYS)[NUMBERS].astype(float).loc[rows.index]
    shown = rows["estimate"].notna().to_numpy()
    # All and two sexes by two measures, four ages by one, four races by two.
    assert shown.sum() == 2 * 3 + 4 + 2 * 4
    np.testing.assert_allclose(rows.loc[shown, NUMBERS].astype(float), theirs[shown], rtol=1e-8)
    # What is not shown has no standard error: everybody of an age class is in that class.
    assert (theirs.loc[~shown, "se"] < 1e-10).all()
