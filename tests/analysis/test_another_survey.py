"""A survey that is not PAPI, from its rows to its packs: NHANES against R, and a bare one without groups."""

import shutil
import subprocess

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.batch.run import build_packs
from analysis.briefing import annex, methods, open_pack, open_round_page
from analysis.errors import BadDesign, BadRows, UnknownName
from analysis.estimates.results import SHARED_PSUS, read_measures, read_results
from analysis.explore.survey import open_survey
from analysis.pipeline import build_round, check_round
from analysis.rounds import read_round
from tests.conftest import require_or_skip
from tests.reference.nhanes_folder import ROUND, make_folder, write_rows

NUMBERS = ["estimate", "se", "df", "n"]
#: What only PAPI, Kiên Giang or Viet Nam have.
OTHERS_WORDS = (
    "PAPI",
    "Kiên Giang",
    "KIÊN GIANG",
    "tỉnh",
    "huyện",
    "xã,",
    "province",
    "district",
    "commune",
    "citizen",
)


def has_survey_in_r():
    found = shutil.which("Rscript")
    asked = [found, "-e", "quit(status = !requireNamespace('survey', quietly = TRUE))"]
    return bool(found) and subprocess.run(asked, capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def nhanes(tmp_path_factory):
    """A data folder with NHANES, built."""
    require_or_skip("r", has_survey_in_r())
    folder = make_folder(tmp_path_factory.mktemp("nhanes"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_DATA", str(folder))
        build_round("nhanes")
        yield folder


@pytest.fixture(scope="module")
def of_r(nhanes):
    table = pd.read_csv(nhanes / "estimates.csv", dtype={"place": str}, keep_default_na=False)
    return table.set_index(["statistic", "place", "group", "measure"])[NUMBERS]


def indexed(rows, statistic):
    return rows.assign(statistic=statistic).set_index(["statistic", "place", "group", "measure"])[NUMBERS]


def check_against(rows, of_r, least):
    """Shown rows are R's; those not shown are the ones that have no standard error."""
    shown = rows["estimate"].notna()
    theirs = of_r.loc[rows.index]
    np.testing.assert_allclose(rows[shown].astype(float), theirs[shown], rtol=1e-8)
    assert shown.sum() >= least
    assert (theirs.loc[~shown, "se"] < 1e-10).all()


def test_country_and_its_groups_are_those_of_r(nhanes, of_r):
    rows = read_results("nhanes")
    levels = rows.query("place_kind == 'province' and compared_with == ''")
    check_against(indexed(levels, "level"), of_r, 15)


def test_groups_that_share_psus_are_shown_with_the_direct_error_of_r(nhanes, of_r):
    rows = read_results("nhanes").query("place_kind == 'district' and compared_with == ''")
    for direct in (True, False):
        part = rows[rows["statistic"].str.endswith("_direct") == direct]
        check_against(indexed(part, "level"), of_r, 4 * 3)


def test_difference_of_a_group_that_shares_psus_counts_the_covariance_as_r_does(nhanes, of_r):
    rows = read_results("nhanes").query("place_kind == 'district' and compared_with == 'province'")
    shown = rows[rows["statistic"] == "difference"]
    check_against(indexed(shown, "difference"), of_r, 4 * 3)
    assert shown["note"].str.contains(SHARED_PSUS).all()


def test_nothing_is_found_wrong_and_no_composite_is_made(nhanes):
    assert check_round("nhanes").empty
    measures = read_measures("nhanes")
    assert set(measures["measure_kind"]) == {"indicator"} and set(measures["parent"]) == {""}
    assert set(read_results("nhanes")["measure_kind"]) == {"indicator"}
    assert not (read_results("nhanes")["quality"] == "published").any()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_pack_passes_its_checks_and_says_nothing_of_other_surveys(nhanes, language, tmp_path):
    report = build_packs("nhanes", language, tmp_path)
    assert [job.reason for job in (*report.failed, *report.failed_pages)] == []
    files = [*sorted(tmp_path.glob("*/briefing.html")), tmp_path / "province_overview/province_overview.html"]
    assert len(files) == 5
    assert not (tmp_path / "parindex").exists()  # that index is of Vietnamese provinces
    for html in [page.read_text(encoding="utf-8") for page in [*files, report.index]]:
        soup = BeautifulSoup(html, "html.parser")
        for heading in ("style", "head"):
            soup.find(heading).decompose()
        text = soup.get_text(" ")
        assert [word for word in OTHERS_WORDS if word in text] == []


def test_page_shows_every_indicator_and_its_decimals(nhanes):
    pack = open_pack("1", "nhanes", "vi")
    soup = BeautifulSoup(annex.district_pack(pack)._repr_html_(), "html.parser")
    assert [h["id"] for h in soup("h2")] == ["headlines", "indicators", "limits", "annex"]
    assert [h["id"] for h in soup("h3")] == ["change", "groups", "certainty"]
    rows = {row.th.get_text(): row.td.get_text() for row in soup.select("section.indicators tbody tr")}
    assert len(rows) == 3
    level = pack.by_measure("level").loc["age_class", "estimate"]
    assert rows["Nhóm tuổi bình quân (1-4)"].startswith(f"{level:.3f}".replace(".", ","))
    assert "tính trực tiếp" in soup.select_one("section.certainty").get_text()


def test_analyst_may_ask_but_not_for_pooled_errors_of_groups_that_share_psus(nhanes):
    survey = open_survey("nhanes")
    assert survey.labels_of("district") == ["1", "2", "3", "4"]
    with pytest.raises(BadDesign, match="share survey clusters"):
        survey.ranks("high_cholesterol", error="pooled")


def test_district_of_another_survey_is_not_known(nhanes):
    with pytest.raises(UnknownName):
        open_pack("Rạch Giá", "nhanes")


# --- a survey with nothing that may be left out --------------------------------------------------


def people(number=400, seed=3):
    """Made-up people: each PSU in one district, PSU codes anew in each stratum."""
    random = np.random.default_rng(seed)
    psu = random.integers(0, 16, number)
    return pd.DataFrame(
        {
            "person": [f"N{at:03}" for at in range(number)], "SDMVPSU": psu % 4 + 1, "SDMVSTRA": psu // 4 + 1,
            "WTMEC2YR": random.uniform(1, 3, number), "HI_CHOL": (random.random(number) < 0.4).astype(int),
            "race": psu // 4 % 3 + 1, "agecat": random.integers(1, 5, number),
            "RIAGENDR": random.integers(1, 3, number),
        }
    )  # fmt: skip


@pytest.fixture
def bare(tmp_path, monkeypatch):
    """A survey without groups, communes, villages, composites, breaks or a round before."""
    write_rows(tmp_path)
    settings = ROUND[: ROUND.index("[groups.sex]")].replace("simulated = false", "simulated = true")
    (tmp_path / "rounds/nhanes.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "raw").mkdir()
    people().to_csv(tmp_path / "raw/nhanes.csv", index=False)
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    return tmp_path


def test_bare_survey_is_built_and_its_pages_name_the_group_without_a_sample(bare):
    build_round("nhanes")
    results = read_results("nhanes")
    assert set(results["group_kind"]) == {"all"}
    assert not results["note"].str.contains(SHARED_PSUS).any()
    pooled = results.query("place_kind == 'district' and place == '1' and statistic == 'share'")
    direct = results.query("place_kind == 'district' and place == '1' and statistic == 'share_direct'")
    assert (pooled["df"].to_numpy() > direct["df"].to_numpy()).all()
    page = annex.district_pack(open_pack("4", "nhanes", "en"))._repr_html_()
    assert "there are no figures of Other people" in page and "of the United States as a whole" in page
    assert "Design effect" in methods.methods_page(open_round_page("nhanes", "en"))._repr_html_()


def test_psus_numbered_anew_in_each_stratum_are_not_taken_for_one(bare):
    """District 1 holds strata 1 and 4 of four PSUs each: 8 units, not 4. df = 8 + 4 + 4 less 3 districts."""
    build_round("nhanes")
    rows = read_results("nhanes").query(
        "place_kind == 'district' and measure == 'female' and statistic == 'share'"
    )
    assert set(rows.loc[rows["place"] != "4", "df"]) == {8 + 4 + 4 - 3}


def settings_with(folder, **keys):
    path = folder / "rounds/nhanes.toml"
    text = path.read_text(encoding="utf-8")
    for key, (old, new) in keys.items():
        assert f'{key} = "{old}"' in text
        text = text.replace(f'{key} = "{old}"', f'{key} = "{new}"')
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("keys", "named"),
    [
        ({"places": ("nhanes", "nowhere")}, "places"),
        ({"places": ("nhanes", "../nhanes")}, "places"),
        ({"wording": ("general", "nowhere")}, "wording"),
        ({"province": ("US", "91")}, "places/nhanes/districts.csv"),
    ],
)
def test_places_or_wording_that_are_not_there_are_refused(bare, keys, named):
    settings_with(bare, **keys)
    with pytest.raises(BadRows, match=named):
        read_round("nhanes")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("no_such_key,câu,sentence", "unknown_key"),
        ("heading,Bản tin {who},Briefing {who}", "values"),
        ("heading,Bản tin,", "empty"),
    ],
)
def test_own_wording_that_replaces_nothing_or_names_what_is_not_given_is_refused(bare, row, code):
    own = bare / "wording/mine"
    own.mkdir(parents=True)
    (own / "pages.csv").write_text(f"key,vi,en\n{row}\n", encoding="utf-8")
    settings_with(bare, wording=("general", "mine"))
    with pytest.raises(BadRows) as fault:
        build_packs("nhanes", "vi", bare / "packs")
    assert {"unknown_key": "has not", "values": "not given", "empty": "empty"}[code] in str(fault.value)
    assert not list((bare / "packs").glob("*/briefing.html"))


def test_own_wording_stands_in_the_place_of_the_default(bare):
    own = bare / "wording/mine"
    own.mkdir(parents=True)
    (own / "pages.csv").write_text(
        "key,vi,en\nheading,Tin: {district} {year},News: {district} {year}\n", "utf-8"
    )
    settings_with(bare, wording=("general", "mine"))
    build_round("nhanes")
    pack = open_pack("2", "nhanes", "en")
    assert pack.say("heading") == "News: White people 2009"
    assert pack.say("col_indicator") == "Indicator"


def test_district_code_that_cannot_name_a_folder_is_refused(bare):
    path = bare / "places/nhanes/districts.csv"
    path.write_text(path.read_text("utf-8").replace("\n4,", "\n../4,"), "utf-8")
    with pytest.raises(BadRows, match="folders of packs"):
        build_packs("nhanes", "vi", bare / "packs")
