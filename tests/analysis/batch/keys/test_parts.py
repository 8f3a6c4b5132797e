"""The parts of a page's key: what changes with a district's figures, a rule, a format, and what does not."""

import shutil
from dataclasses import replace

import pytest

from analysis import paths
from analysis.batch.formats.wanted import Wanted
from analysis.batch.keys.parts import KeyParts, source_of
from analysis.batch.targets import district_target, round_notebook, round_target
from analysis.briefing.pack import open_round_page, pack_of

DISTRICTS = ("899", "900", "912")
ANNEX = Wanted(annex=True)


@pytest.fixture(scope="module")
def about(papi_results):
    return open_round_page("example-papi-2021", "vi")


def parts(about, wanted=ANNEX):
    """Code -> parts of the key, of three districts and one page of the round."""
    keys, notebook = KeyParts(about, wanted), round_notebook("district_briefing")
    places = (about.places.resolve_district(code, about.survey_round.province) for code in DISTRICTS)
    targets = [district_target(pack_of(place, about), notebook) for place in places]
    return {target.code: keys.of(target) for target in [*targets, round_target("methods", about)]}


def different(before, now):
    """Code -> names of the parts that are not the same."""
    names = {code: sorted(before[code].keys() | now[code].keys()) for code in before}
    differ = {code: {n for n in ns if before[code].get(n) != now[code].get(n)} for code, ns in names.items()}
    return {code: found for code, found in differ.items() if found}


def with_rows(about, where, **values):
    results = about.results.copy()
    at = results.index[where(results)][0]
    for column, value in values.items():
        results.loc[at, column] = value
    return replace(about, results=results)


def test_nothing_changed_is_the_same_key(about):
    assert different(parts(about), parts(replace(about, results=about.results.copy()))) == {}


def test_a_district_s_figure_is_in_its_own_key_and_that_of_pages_about_the_round(about):
    changed = with_rows(
        about,
        lambda rows: (rows["place"] == "900") & rows["survey_round"].str.startswith("administrative"),
        estimate=0.123456,
    )
    assert different(parts(about), parts(changed)) == {
        "900": {"rows:district:administrative"},
        "methods": {"rows:district:administrative"},
    }


def test_a_commune_s_figure_is_in_the_key_of_its_district_alone(about):
    commune = next(c for c, district in about.places.communes_of("91").items() if district == "899")
    changed = with_rows(
        about, lambda rows: (rows["place_kind"] == "commune") & (rows["place"] == commune), note="x"
    )
    found = different(parts(about), parts(changed))
    assert found == {code: {"rows:commune:administrative"} for code in ("899", "methods")}


def test_the_province_s_figure_is_in_every_key_because_every_page_shows_it(about):
    own = about.survey_round.survey_round
    changed = with_rows(
        about,
        lambda rows: (rows["place_kind"] == "province") & (rows["survey_round"] == own),
        note="x",
    )
    assert set(different(parts(about), parts(changed))) == {*DISTRICTS, "methods"}


def test_the_last_bit_of_a_number_counts(about):
    at = about.results.index[(about.results["place"] == "900") & about.results["estimate"].notna()][0]
    number = about.results.loc[at, "estimate"]
    changed = with_rows(about, lambda rows: rows.index == at, estimate=number * (1 + 2**-52))
    assert set(different(parts(about), parts(changed))) == {"900", "methods"}


def test_formats_are_in_the_key(about):
    found = different(parts(about), parts(about, Wanted(annex=True, word=True)))
    assert all(names == {"formats"} for names in found.values())
    assert len(found) == 4


def test_a_wording_row_is_in_the_key_of_every_page_of_that_wording(about, tmp_path, monkeypatch):
    before = parts(about)
    shutil.copytree(paths.rows_folder("wording"), tmp_path / "wording")
    file = tmp_path / "wording" / "briefing.csv"
    file.write_text(file.read_text("utf-8") + "\n", encoding="utf-8")
    built = paths.built_folder()
    (tmp_path / "built").symlink_to(built)
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    found = different(before, parts(about))
    assert found == {code: {"rules:wording"} for code in (*DISTRICTS, "methods")}


def test_a_notebook_is_in_the_key_of_what_it_makes(about, tmp_path):
    keys = KeyParts(about, ANNEX)
    target = round_target("methods", about)
    other = tmp_path / "methods.ipynb"
    other.write_bytes(target.notebook.read_bytes() + b" ")
    found = different({"methods": keys.of(target)}, {"methods": keys.of(replace(target, notebook=other))})
    assert found == {"methods": {"notebook"}}


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("example-papi-2021", "survey"),
        ("administrative-2021-Q4", "administrative"),
        ("published-2021", "published"),
        ("parindex-sheet-2020", "parindex-sheet"),
    ],
)
def test_source_of_rows(name, source):
    assert source_of(name, "example-papi-2021") == source
